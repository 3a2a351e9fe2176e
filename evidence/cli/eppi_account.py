"""What a file of EPPI-Reviewer holds and what became of it, as JSON and for people."""

from collections.abc import Sequence
from typing import Any

import typer

from evidence.cli.output import print_table
from evidence.eppi.account import Account, Counts, LeftOut, Part, Repair
from evidence.eppi.export import Export


def account_json(export: Export) -> dict[str, Any]:
    """How much the file holds, by part, and what became of it: in the file = kept + told."""
    account = export.account
    return {
        "generation": export.generation.value if export.generation else None,
        **_numbers(account.held),
        "repairs": sum(repair.number for repair in account.repairs),
        "kept": _numbers(account.kept),
        "told": _numbers(account.told),
        "left_out": [{"part": left.part.value, **_line(left)} for left in account.left_out],
        "repaired": [_line(repair) for repair in account.repairs],
    }


def print_account(file: str, account: Account) -> None:
    """The same as a table, with a sentence for whatever was left out or mended."""
    typer.echo("")
    rows = [
        (part.value, account.held[part], account.kept[part], account.told[part]) for part in Part
    ]
    print_table(rows, (file, "in the file", "kept", "left out"))
    for left in account.left_out:
        typer.echo(f"Left out, {left.part.value}: {left.sentence} {_where(left)}")
    for repair in account.repairs:
        typer.echo(f"Mended: {repair.sentence} {_where(repair)}")


def _numbers(counts: Counts) -> dict[str, int]:
    return {part.value: counts[part] for part in Part}


def _line(entry: LeftOut | Repair) -> dict[str, Any]:
    return {"text": entry.sentence, "where": list(entry.places), "number": entry.number}


def _where(entry: LeftOut | Repair) -> str:
    places: Sequence[str] = entry.places
    more = " and others" if entry.number > len(places) else ""
    return f"({entry.number:,}: {'; '.join(places)}{more})"
