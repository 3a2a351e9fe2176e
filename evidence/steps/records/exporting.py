"""Taking works away as a file of references: which works, in which format."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from evidence.citations.formats import WRITERS, Writer
from evidence.citations.record import Reference
from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.records import sources, works
from evidence.store.records.filters import Filter
from evidence.store.records.sources import Source
from evidence.store.review import reviews

_AT_ONCE = 500  # works that stand in memory together
_NOT_IN_NAMES = re.compile(r"[^\w]+")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSet:
    """Works in one state at a stage; all works where there is no stage."""

    stage: Stage | None = None
    state: State | None = None


_ENDS = {State.INCLUDE: "included", State.EXCLUDE: "excluded"}


def _sets() -> Iterator[tuple[str, WorkSet]]:
    yield "all", WorkSet()
    yield "included", WorkSet(stage=Stage.FULL_TEXT, state=State.INCLUDE)
    for stage in Stage:
        for state in State:
            end = _ENDS.get(state, state.value)
            yield f"{stage.value}-{end}".replace("_", "-"), WorkSet(stage=stage, state=state)


# The sets by their stable words: all, included (at full text), title-abstract-open and so on.
SETS: Mapping[str, WorkSet] = MappingProxyType(
    {
        name: work_set
        for name, work_set in _sets()
        if name not in {"full-text-included", "title-abstract-not-retrieved"}
    }
)


def filter_of(name: str, within: Filter | None = None) -> Filter:
    """A filter for the works of a set, or for those of them that pass another filter.

    Raises:
        Invalid: there is no such set.
    """
    if name not in SETS:
        raise Invalid(f"There is no set “{name}”. There are: {', '.join(SETS)}.")
    work_set, which = SETS[name], within or Filter()
    if work_set.stage is None or work_set.state is None:
        return which
    return replace(which, stage=work_set.stage.value, state=work_set.state.value)


def writer(name: str) -> Writer:
    """The writer of a format.

    Raises:
        Invalid: nothing can be written in it.
    """
    if name not in WRITERS:
        raise Invalid(f"“{name}” cannot be written. You can choose {', '.join(WRITERS)}.")
    return WRITERS[name]


@made_from(Area.RECORDS)
def all_sources(desk: Desk) -> list[Source]:
    """The sources of the review."""
    with desk.reading() as c:
        return sources.listing(c, desk.review_id)


@made_from(Area.RECORDS | Area.SCREENING)
def count(desk: Desk, which: Filter) -> int:
    """How many works pass a filter."""
    with desk.reading() as c:
        return works.count(c, desk.review_id, which)


def file_pieces(desk: Desk, which: Filter, format_name: str) -> Iterator[bytes]:
    """The file of these works piece by piece, so that a large one never stands in memory.

    Each work has its number as its key: w17.
    """
    yield from writer(format_name).write(_references(desk, which))


def save(desk: Desk, which: Filter, format_name: str, out: Path) -> int:
    """Write the file of these works; gives how many there are.

    An older file of the name is replaced when the new one is complete.
    """
    form = writer(format_name)
    written = 0

    def counted() -> Iterator[tuple[str, Reference]]:
        nonlocal written
        for written, keyed in enumerate(_references(desk, which), 1):  # noqa: B007
            yield keyed

    save_pieces(form.write(counted()), out)
    return written


def save_pieces(pieces: Iterable[bytes], out: Path) -> None:
    """Write a file; an older one of the name is replaced when the new one is complete.

    What is no file but a device, such as /dev/stdout, is written to and never replaced; of a link
    the file it leads to is replaced.

    Raises:
        OSError: it cannot be written, or is a folder.
    """
    if out.exists() and not out.is_file():
        with out.open("wb") as handle:
            handle.writelines(pieces)
        return
    out = out.resolve()
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as handle:
            handle.writelines(pieces)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def file_name(desk: Desk, set_name: str, format_name: str) -> str:
    """A name that says of which review and which works the file is."""
    with desk.reading() as c:
        review = reviews.get(c, desk.review_id)
    parts = (review.title, review.label, "" if set_name == "all" else set_name)
    words = [_NOT_IN_NAMES.sub("-", part).strip("-").lower()[:_LONGEST_NAME] for part in parts]
    return f"{'_'.join(filter(None, words)) or 'works'}.{writer(format_name).ending}"


def _references(desk: Desk, which: Filter) -> Iterator[tuple[str, Reference]]:
    with desk.reading() as c:
        for batch in works.references_in_batches(c, desk.review_id, which, _AT_ONCE):
            yield from ((f"w{work_id}", reference) for work_id, reference in batch)
