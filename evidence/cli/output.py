"""What the commands share: their options, printing, exit codes."""

import csv
import errno
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer

from evidence.cli.standard_streams import with_streams
from evidence.errors import WaymarkError
from evidence.problems import Problem

DATA = 1  # exit code for trouble in the data
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
USAGE = 2  # as typer itself exits on wrong usage
_COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What a terminal obeys instead of showing it; names come from outside."""
LONGEST_CELL = 70  # characters in a table that may hold whole titles and sentences
P = ParamSpec("P")
IS_READ: dict[str, Any] = {"exists": True, "allow_dash": True, "path_type": str}
"""Of a file that a command reads; typer knows `-` as a text only, the streams make paths of all."""
IS_FILE = IS_READ | {"dir_okay": False}
Paths = Annotated[list[Path], typer.Argument(metavar="FILE…", **IS_FILE)]
OneFile = Annotated[Path, typer.Argument(metavar="FILE", **IS_FILE)]
CsvFile = Annotated[Path, typer.Argument(metavar="FILE.csv", **IS_FILE)]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def with_exit_code(command: Callable[P, bool]) -> Callable[P, None]:
    """Make a command that returns whether the data were in order exit with a code."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            with with_streams(kwargs) as given:
                fine = command(*args, **given)
        except WaymarkError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(DATA) from error
        except OSError as error:
            if not error.filename and error.errno not in NO_ROOM:
                raise
            typer.echo(_not_opened(error) if error.filename else _not_written(error), err=True)
            raise typer.Exit(USAGE) from error
        raise typer.Exit(0 if fine else DATA)

    return run


def _not_opened(error: OSError) -> str:
    """Which file a command cannot read or write, and why."""
    path = Path(str(error.filename))
    if not path.parent.is_dir():
        return f"There is no folder {path.parent}."
    return f"{path} cannot be opened ({error.strerror or error})."


def _not_written(error: OSError) -> str:
    """Why the rest of a file could not be written."""
    return f"The file could not be written to its end ({error.strerror}). Make room and try again."


def print_json(value: Any) -> None:
    """Print JSON."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def print_table(
    rows: Iterable[Sequence[object]], head: Sequence[str], *, err: bool = False
) -> None:
    """Print rows under a head, in columns; on standard error where that is asked for."""
    lines = [tuple(head), *(tuple(_COMMANDS.sub("", str(cell)) for cell in row) for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for line in lines:
        typer.echo(
            "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip(), err=err
        )


def print_listing(rows: Sequence[Mapping[str, object]], without: str) -> None:
    """Print rows that have the same keys as a table under these keys.

    Args:
        rows: of any number; lists in a cell are parted by semicolons, nothing is an empty cell, and
            what is longer than a line is cut with “…”. JSON has all of it.
        without: the sentence that is said where there is no row.
    """
    if not rows:
        typer.echo(without)
        return
    print_table([[_cell(value) for value in row.values()] for row in rows], list(rows[0]))


def _cell(value: object) -> str:
    text = _text(value)
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}"
    return "" if value is None else str(value)


def print_numbers(numbers: Mapping[str, object], *, as_json: bool) -> None:
    """Print some numbers: as JSON, or as a table of one row."""
    print_json(numbers) if as_json else print_table([list(numbers.values())], list(numbers))


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "code": problem.code,
        "file": problem.file,  # of an archive, the file within it
        "line": problem.line,
        "effect": problem.effect,
        "detail": problem.detail,
        "text": str(problem),
    }


def write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(head)
        writer.writerows(rows)
