"""Checking and converting files of coding schemes; no review is touched."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any

import typer

from evidence.citations.formats.plain_tables import csv_pieces, xlsx_pieces
from evidence.cli.output import AsJson, OneFile, Paths, print_json, print_table, with_exit_code
from evidence.coding import scheme_table
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Scheme
from evidence.coding.scheme_differences import differences
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid, InvalidScheme, WaymarkError
from evidence.steps.coding import eppi_schemes

FORMS = ("yaml", "table")
TABLES = {".csv": csv_pieces, ".xlsx": xlsx_pieces}


def _known_form(word: str) -> str:
    if word not in FORMS:
        raise typer.BadParameter(f"“{word}” is none of {', '.join(FORMS)}.")
    return word


@with_exit_code
def schemes_check(paths: Paths, as_json: AsJson = False) -> bool:
    """Check files of coding schemes: every fault with file and line. Of files with one id, in the
    order in which they are named, say what each changes in the one before.
    """
    read: list[tuple[Path, Scheme]] = []
    faults: list[str] = []
    for path in paths:
        try:
            read.append((path, _read(path)))
        except InvalidScheme as error:
            faults += error.faults
            faults += [f"{path}: and {error.more:,} more faults"] if error.more else []
    rows = [_sizes(path, scheme) for path, scheme in read]
    changes = list(_changes(read))
    if as_json:
        print_json({"schemes": rows, "faults": faults, "changes": changes})
        return not faults
    if rows:
        print_table([list(row.values()) for row in rows], list(rows[0]))
    for fault in faults:
        typer.echo(fault)
    for change in changes:
        typer.echo(f"{change['before']} → {change['after']}")
        for line in change["differences"] or ["no difference"]:
            typer.echo(f"  {line}")
    return not faults


@with_exit_code
def schemes_convert(
    path: OneFile,
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    to: Annotated[str, typer.Option("--to", help=", ".join(FORMS), callback=_known_form)] = "yaml",
    as_json: AsJson = False,
) -> bool:
    """Write a coding scheme in the present words of the format, or as a table for people (.csv,
    .xlsx): its sections, questions and codes.
    """
    scheme = _read(path)
    if out.exists() and out.samefile(path):
        raise WaymarkError("Comments of the file would be lost; name another file to write.")
    write = _yaml(scheme) if to == "yaml" else _table(scheme, out)
    with out.open("wb") as handle:
        handle.writelines(write())
    if as_json:
        print_json({**_sizes(path, scheme), "to": to, "out": str(out)})
    else:
        typer.echo(f"{out}: “{scheme.title}”.")
        if to == "yaml":
            typer.echo("Comments of the file are not part of the scheme and did not come along.")
    return True


def _read(path: Path) -> Scheme:
    content = path.read_bytes()
    if eppi_schemes.is_eppi(content):
        return _only_set(content, path)
    try:
        return load(content.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = "Here is a character that is not UTF-8; save the file as UTF-8."
        raise InvalidScheme([f"{path}:{line}: {message}"]) from error


def _only_set(content: bytes, path: Path) -> Scheme:
    """The scheme that the code set of a file of EPPI-Reviewer is, where it has one set."""
    sets = eppi_schemes.read(content, path.name).sets
    if len(sets) > 1:
        titles = ", ".join(f"“{each.scheme.title}”" for each in sets)
        raise Invalid(f"{path.name} holds several code sets: {titles}. Export one of them alone.")
    return sets[0].scheme


def _sizes(path: Path, scheme: Scheme) -> dict[str, Any]:
    return {
        "file": path.name,
        "id": scheme.id,
        "version": scheme.version,
        "purpose": scheme.purpose.value,
        "judges": scheme.judges.value,
        "sections": len(scheme.sections),
        "questions": len(scheme.questions),
        "codes": sum(1 for question in scheme.questions for _ in question.walk()),
    }


def _changes(read: list[tuple[Path, Scheme]]) -> Iterator[dict[str, Any]]:
    by_id: dict[str, list[tuple[Path, Scheme]]] = defaultdict(list)
    for path, scheme in read:
        by_id[scheme.id].append((path, scheme))
    for versions in by_id.values():
        for (older_path, older), (newer_path, newer) in pairwise(versions):
            yield {
                "before": str(older_path),
                "after": str(newer_path),
                "differences": [str(each) for each in differences(older, newer)],
            }


def _yaml(scheme: Scheme) -> Callable[[], Iterator[bytes]]:
    return lambda: iter([as_yaml(scheme).encode()])


def _table(scheme: Scheme, out: Path) -> Callable[[], Iterator[bytes]]:
    pieces = TABLES.get(out.suffix.lower())
    if pieces is None:
        raise Invalid(f"A table is written as {' or '.join(TABLES)}; “{out.name}” is neither.")
    return lambda: pieces(scheme_table.HEAD, scheme_table.rows(scheme))
