"""Taking works away as a file."""

from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats import WRITERS
from evidence.cli.eppi_account import line_json, where
from evidence.cli.output import IS_READ, AsJson, print_json, print_numbers, with_exit_code
from evidence.cli.reviews import ReviewName, store
from evidence.errors import WaymarkError
from evidence.steps.coding import codings_check, codings_export, eppi_export
from evidence.steps.coding.eppi_export import WhoseCodings
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, work_tables
from evidence.steps.records.work_tables import Contents
from evidence.steps.review import membership
from evidence.steps.review.find_review import find_review
from evidence.store.records.filters import Filter


def _only(words: Iterable[str]) -> Callable[[str], str]:
    """A check that a word is one of these; another one is wrong usage."""
    allowed = tuple(words)

    def check(word: str) -> str:
        if word and word not in allowed:
            raise typer.BadParameter(f"“{word}” is none of {', '.join(allowed)}.")
        return word

    return check


FORMS, SETS = tuple(WRITERS), tuple(exporting.SETS)
Form = Annotated[str, typer.Option("--format", help=", ".join(FORMS), callback=_only(FORMS))]
CONTENTS = tuple(content.value for content in Contents)
What = Annotated[
    str, typer.Option("--contents", help=", ".join(CONTENTS), callback=_only(CONTENTS))
]
Which = Annotated[str, typer.Option("--set", help=", ".join(SETS), callback=_only(SETS))]


@with_exit_code
def review_export(
    review: ReviewName,
    out: Annotated[Path, typer.Option(help="The file to write; with --codings also a folder.")],
    form: Form = "",
    which: Which = "all",
    source: Annotated[str, typer.Option(help="Only works of this source: its name.")] = "",
    search: Annotated[str, typer.Option(help="Only works that a search finds.")] = "",
    contents: What = Contents.REFERENCES.value,
    codings: Annotated[
        bool,
        typer.Option(
            "--codings",
            help="What was coded instead of works: FILE.xlsx, FILE.json for EPPI-Reviewer, or a "
            "folder.",
        ),
    ] = False,
    coder: Annotated[
        str, typer.Option(help="With --codings and FILE.json: only codings of this person.")
    ] = "",
    as_json: AsJson = False,
) -> bool:
    """Write the works of a review as a file: references, works with what came of them, or the list
    of what was excluded at full text. Or write what was coded, as tables or for EPPI-Reviewer.
    """
    if codings:
        if form or source or search or which != "all" or contents != Contents.REFERENCES.value:
            raise typer.BadParameter("--codings takes all that was coded; it goes with --out only.")
        is_eppi = out.suffix.lower() == f".{eppi_export.ENDING}" and not out.is_dir()
        if coder and not is_eppi:
            raise typer.BadParameter("--coder goes with --codings --out FILE.json only.")
        desk = find_review(store(), review)
        if is_eppi:
            return _export_eppi(desk, out, coder, as_json=as_json)
        return _export_codings(desk, out, as_json=as_json)
    if not form:
        raise typer.BadParameter(f"Say --format ({', '.join(FORMS)}), or --codings.")
    if out.is_dir():
        raise typer.BadParameter(f"{out} is a folder; --out is the file to write.")
    desk = find_review(store(), review)
    within = Filter(words=search, source_id=_source_id(desk, source))
    numbers: dict[str, object] = {"file": str(out), "format": form}
    if contents == Contents.REFERENCES.value:
        works = exporting.save(desk, exporting.filter_of(which, within), form, out)
        numbers |= {"set": which, "works": works}
    else:
        kind = Contents(contents)
        if kind is Contents.EXCLUDED and which != "all":
            raise typer.BadParameter("--contents excluded has a set of its own; leave out --set.")
        works = work_tables.save(desk, kind, exporting.filter_of(which, within), form, out)
        numbers |= {"contents": contents, "set": which, "works": works}
    print_numbers(numbers, as_json=as_json)
    return True


def _export_codings(desk: Desk, out: Path, *, as_json: bool) -> bool:
    """Write codings; the command line sees complete ones without being in the team, unless it was
    taken out.
    """
    removed = membership.standing(desk).left_at is not None
    counts = codings_export.save(desk, out, on_the_machine=not removed)
    print_numbers({"out": str(out), **asdict(counts)}, as_json=as_json)
    return True


def _export_eppi(desk: Desk, out: Path, coder: str, *, as_json: bool) -> bool:
    """Write complete codings for EPPI-Reviewer, and say what cannot be said there."""
    removed = membership.standing(desk).left_at is not None
    made = eppi_export.save(desk, out, WhoseCodings(coder=coder), on_the_machine=not removed)
    numbers: dict[str, object] = {
        "out": str(out),
        "references": made.references,
        "codes": made.codes,
        "outcomes": made.outcomes,
    }
    if as_json:
        print_json(numbers | {"unsaid": [line_json(each) for each in made.unsaid]})
        return True
    print_numbers(numbers, as_json=False)
    for each in made.unsaid:
        typer.echo(f"{each.sentence} {where(each)}")
    return True


@with_exit_code
def codings_check_file(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", **IS_READ)],
    as_json: AsJson = False,
) -> bool:
    """Read codings that left a review: what is in them, and what is wrong, by file and line."""
    found = codings_check.read(path)
    numbers: dict[str, object] = dict(asdict(found.export.counts))
    if as_json:
        problems = [asdict(problem) | {"text": str(problem)} for problem in found.problems]
        print_json(numbers | {"problems": problems})
    else:
        print_numbers(numbers, as_json=False)
        for problem in found.problems:
            typer.echo(str(problem))
    return found.is_whole


def _source_id(desk: Desk, name: str) -> int | None:
    if not name:
        return None
    sources = exporting.all_sources(desk)
    for source in sources:
        if source.name == name:
            return source.id
    names = ", ".join(f"“{source.name}”" for source in sources)
    raise WaymarkError(f"There is no source “{name}”. There are: {names or 'none'}.")
