"""A large file in chunks, which several processes can read at the same time.

The file is cut where its format says that no entry is open. So the chunks together give what
reading the file as a whole gives, but for what can be said at its end only, which
`closing_problems` gives.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.citations.formats import exact_values
from evidence.citations.formats.detect import OpenedFile, lost_entries
from evidence.citations.formats.format import Cuts, Entries, Rows
from evidence.citations.formats.known_formats import FORMATS
from evidence.citations.formats.tagged_problems import headings_notice
from evidence.citations.record import Record
from evidence.problems import Problem

CHUNK_BYTES = 3 << 20  # holds about as many entries as are stored in one transaction


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where a chunk begins and ends in the clean bytes, and the number of its first line."""

    begin: int
    end: int
    line: int


def cut(opened: OpenedFile) -> list[Chunk]:
    """The chunks of a file, none where it is to be read as a whole."""
    cuts = FORMATS[opened.format].cuts if opened.format in FORMATS else None
    if cuts is None or opened.parts or opened.reader:
        return []
    chunks: list[Chunk] = []
    begin, line = 0, 1
    for end in _ends(opened.clean, cuts):
        chunks.append(Chunk(begin, end, line))
        begin, line = end, line + opened.clean.count(b"\n", begin, end)
    return chunks if len(chunks) > 1 else []


def read_chunk(text: bytes, line: int, opened: OpenedFile, headings: Rows) -> Entries:
    """The records and problems of a chunk whose first line has this number."""
    cuts = FORMATS[opened.format].cuts
    for entry in cuts.read(text, opened.file, line, headings) if cuts else ():
        yield exact_values.restore(entry) if isinstance(entry, Record) else entry


def closing_problems(opened: OpenedFile, entries: int, headings: Rows) -> Iterator[Problem]:
    """What there is to say when all chunks were read.

    Args:
        opened: the file.
        entries: how many came out, as a record or as a problem that says it is lost.
        headings: lines between the entries, of all chunks.
    """
    yield from headings_notice(headings, opened.file)
    yield from lost_entries(opened, entries)


def _ends(clean: bytes, cuts: Cuts) -> Iterator[int]:
    """Where the chunks end; the first one holds an entry at least, as do all the others."""
    first = 0 if clean.startswith(cuts.start) else clean.find(b"\n" + cuts.start)
    start = max(CHUNK_BYTES, first)
    while first >= 0 and start < len(clean) and (match := cuts.cut.search(clean, start)):
        yield match.end()
        start = match.end() + CHUNK_BYTES
    yield len(clean)
