"""What a file of EPPI-Reviewer holds and what became of it, as JSON and for people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import typer

from evidence.cli.output import print_table
from evidence.eppi.account import Counts, LeftOut, Part, Repair
from evidence.eppi.coded_review import review_of
from evidence.eppi.export import Export
from evidence.eppi.stored_effects import StoredVerdict, count_verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRead:
    """What a file holds of coding, and what was said of it.

    Attributes:
        repairs: of the file, and of what has another form here.
        effects: how many stored effects there are of each verdict.
    """

    export: Export
    repairs: tuple[Repair, ...]
    effects: Mapping[StoredVerdict, int]


def coding_of(export: Export) -> CodingRead:
    """What there is to say of an export."""
    review = review_of(export)
    outcomes = (outcome for each in export.references for outcome in each.outcomes)
    return CodingRead(
        export=export,
        repairs=(*export.account.repairs, *review.repairs),
        effects=count_verdicts(outcomes),
    )


def account_json(coding: CodingRead) -> dict[str, Any]:
    """How much the file holds, by part, and what became of it: in the file = kept + told."""
    export, account = coding.export, coding.export.account
    return {
        "generation": export.generation.value if export.generation else None,
        **_numbers(account.held),
        "repairs": sum(repair.number for repair in coding.repairs),
        "kept": _numbers(account.kept),
        "told": _numbers(account.told),
        "left_out": [{"part": left.part.value, **line_json(left)} for left in account.left_out],
        "repaired": [line_json(repair) for repair in coding.repairs],
        "effects": {verdict.value: number for verdict, number in coding.effects.items()},
    }


def print_account(coding: CodingRead) -> None:
    """The same as a table, with a sentence for whatever was left out or mended."""
    account = coding.export.account
    typer.echo("")
    rows = [
        (part.value, account.held[part], account.kept[part], account.told[part]) for part in Part
    ]
    print_table(rows, (coding.export.file, "in the file", "kept", "left out"))
    for left in account.left_out:
        typer.echo(f"Left out, {left.part.value}: {left.sentence} {where(left)}")
    for repair in coding.repairs:
        typer.echo(f"Mended: {repair.sentence} {where(repair)}")
    for verdict, number in coding.effects.items():
        if number:
            typer.echo(f"Stored effects, {verdict.value}: {number:,}")


def _numbers(counts: Counts) -> dict[str, int]:
    return {part.value: counts[part] for part in Part}


def line_json(entry: LeftOut | Repair) -> dict[str, Any]:
    """A sentence with its places and how often it holds, as JSON."""
    return {"text": entry.sentence, "where": list(entry.places), "number": entry.number}


def where(entry: LeftOut | Repair) -> str:
    """How often and where a sentence holds."""
    places: Sequence[str] = entry.places
    more = " and others" if entry.number > len(places) else ""
    return f"({entry.number:,}: {'; '.join(places)}{more})"
