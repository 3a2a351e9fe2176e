"""Taking works away as a file."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from evidence.citations.formats import WRITERS
from evidence.cli.output import AsJson, say, table, told
from evidence.cli.reviews import Wanted, find_review, store
from evidence.errors import WaymarkError
from evidence.steps.desk import Desk
from evidence.steps.records import exporting
from evidence.store.records.filters import Filter


def _one_of(words: Iterable[str]) -> Callable[[str], str]:
    """A check that a word is one of these; another one is wrong usage."""
    known = tuple(words)

    def checked(word: str) -> str:
        if word not in known:
            raise typer.BadParameter(f"“{word}” is none of {', '.join(known)}.")
        return word

    return checked


FORMS, SETS = tuple(WRITERS), tuple(exporting.SETS)
Form = Annotated[str, typer.Option("--format", help=", ".join(FORMS), callback=_one_of(FORMS))]
Which = Annotated[str, typer.Option("--set", help=", ".join(SETS), callback=_one_of(SETS))]


@told
def review_export(
    wanted: Wanted,
    form: Form,
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    which: Which = "all",
    source: Annotated[str, typer.Option(help="Only works of this source: its name.")] = "",
    search: Annotated[str, typer.Option(help="Only works with all of these words.")] = "",
    as_json: AsJson = False,
) -> bool:
    """Write the works of a review as a file of references."""
    desk = find_review(store(), wanted)
    within = Filter(words=search, source_id=_source(desk, source))
    works = exporting.save(desk, exporting.chosen(which, within), form, out)
    result = {"file": str(out), "format": form, "set": which, "works": works}
    say(result) if as_json else table([list(result.values())], list(result))
    return True


def _source(desk: Desk, name: str) -> int | None:
    if not name:
        return None
    sources = exporting.all_sources(desk)
    for one in sources:
        if one.name == name:
            return one.id
    names = ", ".join(f"“{one.name}”" for one in sources)
    raise WaymarkError(f"There is no source “{name}”. There are: {names or 'none'}.")
