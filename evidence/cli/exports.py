"""Taking works away as a file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats import WRITERS
from evidence.cli.output import AsJson, print_numbers, with_exit_code
from evidence.cli.reviews import ReviewName, find_review, store
from evidence.errors import WaymarkError
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, work_tables
from evidence.steps.records.work_tables import Contents
from evidence.store.records.filters import Filter


def _only(words: Iterable[str]) -> Callable[[str], str]:
    """A check that a word is one of these; another one is wrong usage."""
    allowed = tuple(words)

    def check(word: str) -> str:
        if word not in allowed:
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
    form: Form,
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    which: Which = "all",
    source: Annotated[str, typer.Option(help="Only works of this source: its name.")] = "",
    search: Annotated[str, typer.Option(help="Only works that a search finds.")] = "",
    contents: What = Contents.REFERENCES.value,
    as_json: AsJson = False,
) -> bool:
    """Write the works of a review as a file: references, works with what came of them, or the list
    of what was excluded at full text.
    """
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


def _source_id(desk: Desk, name: str) -> int | None:
    if not name:
        return None
    sources = exporting.all_sources(desk)
    for source in sources:
        if source.name == name:
            return source.id
    names = ", ".join(f"“{source.name}”" for source in sources)
    raise WaymarkError(f"There is no source “{name}”. There are: {names or 'none'}.")
