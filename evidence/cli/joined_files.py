"""Citation files joined into one: each publication once, put together from all its records."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats import WRITERS
from evidence.citations.formats.writer import Writer
from evidence.cli.output import print_json, print_table, problem_json, write_csv
from evidence.errors import Invalid
from evidence.steps.records import without_review
from evidence.steps.records.exporting import save_pieces
from evidence.steps.records.without_review import JoinedFiles

ENDINGS = {writer.ending: writer for writer in WRITERS.values()}
KNOWN = ", ".join(f".{ending}" for ending in ENDINGS)
Written = Annotated[
    Path | None,
    typer.Option(help=f"Write each publication once ({KNOWN}); “-” is RIS on standard output."),
]
NUMBERS = ("records", "works", "duplicates", "possible")


def write_joined(
    paths: Sequence[Path], out: Path, possible: Path | None, workers: int, *, as_json: bool
) -> bool:
    """Join citation files and write them; what was joined and what was wrong is told beside it.

    Args:
        paths: the files.
        out: its ending says the format; RIS where it has none.
        possible: where the pairs go that a person should look at; None for nowhere.
        workers: processes; 0 means one for each core.
        as_json: tell it as JSON, on standard output.

    Raises:
        Invalid: the format is not known, or no file holds a record.
    """
    form = _form(out)
    joined = without_review.join(paths, workers)
    if not joined.works:
        raise Invalid("\n".join([*map(str, joined.problems), "No record was found."]))
    if possible:  # first, so that a wrong name of it leaves nothing half done
        write_csv(possible, ("work_a", "work_b", "reason"), joined.possible)
    save_pieces(form.write((work.key, work.reference) for work in joined.works), out)
    if as_json:
        print_json(_as_json(joined))
    else:
        _tell(joined)
    return True


def _form(out: Path) -> Writer:
    ending = out.suffix.removeprefix(".").lower() or "ris"
    if ending not in ENDINGS:
        raise Invalid(f"{out} does not say as what it is written; end it in one of {KNOWN}.")
    return ENDINGS[ending]


def _numbers(joined: JoinedFiles) -> tuple[int, ...]:
    works = len(joined.works)
    return joined.records, works, joined.records - works, len(joined.possible)


def _tell(joined: JoinedFiles) -> None:
    """Say it on standard error, as others may read what is written."""
    print_table([_numbers(joined)], NUMBERS, err=True)
    for work in joined.works:
        if len(work.places) > 1:
            title = work.reference.title or "(no title)"
            typer.echo(f"{work.key} joins {', '.join(work.places)}: {title}", err=True)
    for problem in joined.problems:
        typer.echo(str(problem), err=True)
    if joined.possible:
        typer.echo("Possible duplicates stay apart; --possible FILE.csv lists them.", err=True)


def _as_json(joined: JoinedFiles) -> dict[str, object]:
    return {
        **dict(zip(NUMBERS, _numbers(joined), strict=True)),
        "joined": {work.key: list(work.places) for work in joined.works if len(work.places) > 1},
        "problems": [problem_json(problem) for problem in joined.problems],
    }
