"""A large file in stretches, which several processes can read at the same time.

The file is cut where its format says that no entry is open. So the stretches together give what
reading the file as a whole gives, but for what can be said at its end only: `ending` says that.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.citations.formats import exact_values
from evidence.citations.formats.catalogue import FORMATS
from evidence.citations.formats.detect import Opened, missing
from evidence.citations.formats.format import Cuts, Entries, Rows
from evidence.citations.formats.tagged_problems import headings_notice
from evidence.citations.record import Record
from evidence.problems import Problem

LENGTH = (
    3 << 20
)  # bytes; about as many entries as are stored at once (steps/records/importing/batches.py)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where a stretch begins and ends in the clean bytes, and the number of its first line."""

    begin: int
    end: int
    line: int


def stretches(opened: Opened) -> list[Stretch]:
    """The stretches of a file, none where it is to be read as a whole."""
    cuts = FORMATS[opened.format].cuts if opened.format in FORMATS else None
    if cuts is None or opened.parts or opened.reader:
        return []
    found: list[Stretch] = []
    begin, line = 0, 1
    for end in _ends(opened.clean, cuts):
        found.append(Stretch(begin, end, line))
        begin, line = end, line + opened.clean.count(b"\n", begin, end)
    return found if len(found) > 1 else []


def entries(text: bytes, line: int, opened: Opened, headings: Rows) -> Entries:
    """The records and problems of a stretch whose first line has this number."""
    cuts = FORMATS[opened.format].cuts
    for found in cuts.read(text, opened.file, line, headings) if cuts else ():
        yield exact_values.restored(found) if isinstance(found, Record) else found


def ending(opened: Opened, told: int, headings: Rows) -> Iterator[Problem]:
    """What there is to say when all stretches were read.

    Args:
        opened: the file.
        told: how many of its entries came out as a record, or as a problem that says it is lost.
        headings: lines between the entries, of all stretches.
    """
    yield from headings_notice(headings, opened.file)
    yield from missing(opened, told)


def _ends(clean: bytes, cuts: Cuts) -> Iterator[int]:
    """Where the stretches end; the first one holds an entry at least, as do all the others."""
    first = 0 if clean.startswith(cuts.start) else clean.find(b"\n" + cuts.start)
    place = max(LENGTH, first)
    while first >= 0 and place < len(clean) and (cut := cuts.cut.search(clean, place)):
        yield cut.end()
        place = cut.end() + LENGTH
    yield len(clean)
