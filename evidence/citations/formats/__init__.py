"""Files of references in, records and problems out; nothing is lost without being named.

A new format is one module here and one line in FORMATS.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.citations.formats import bibtex, ris
from evidence.citations.formats.decoding import decode
from evidence.citations.formats.format import Format
from evidence.citations.record import Reading, Record
from evidence.problems import Code, Effect, Problem

# In the order in which they are tried where two have as many marks.
FORMATS: dict[str, Format] = {each.name: each for each in (ris.FORMAT, bibtex.FORMAT)}

_WEB_PAGE = re.compile(
    rb"(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096  # bytes that show what a file is
_QUOTED = 60  # signs of its first line that a problem quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A file whose format is known and whose entries are counted, but not read yet.

    Attributes:
        format: a name of FORMATS, empty where none was recognised; then there are no entries.
        seen: entry starts, counted independently of the reader.
        problems: what concerns the file as a whole; `entries` gives those of the entries.
    """

    file: str
    format: str
    encoding: str
    seen: int
    problems: tuple[Problem, ...]
    clean: bytes

    def entries(self) -> Iterator[Record | Problem]:
        """The records and problems in the order of the file, one by one, so that a large file
        never stands in memory as a whole.
        """
        if not self.format:
            return
        told = 0
        for found in FORMATS[self.format].read(self.clean, self.file):
            told += isinstance(found, Record) or found.effect is Effect.LOST
            yield found
        for _ in range(self.seen - told):
            yield Problem(code=Code.ENTRY_UNREADABLE, file=self.file, detail="counted, not found")


def open_file(data: bytes, name: str) -> Opened:
    """Recognise a file by its content, whatever its name, and count its entries."""
    decoded = decode(data, name)
    clean, problems = decoded.clean, decoded.problems
    marks = {each.name: each.recognise(clean) for each in FORMATS.values()}
    best = max(marks, key=marks.__getitem__) if any(marks.values()) else ""
    seen = FORMATS[best].count(clean) if best else 0
    if not seen and decoded.encoding:
        problems += (_unknown(clean, name),)
    return Opened(
        file=name,
        format=best if seen else "",
        encoding=decoded.encoding,
        seen=seen,
        problems=problems,
        clean=clean,
    )


def read(data: bytes, name: str) -> Reading:
    """Read a whole file; trouble in it never raises, it becomes problems."""
    opened = open_file(data, name)
    found = tuple(opened.entries())
    return Reading(
        file=name,
        format=opened.format,
        encoding=opened.encoding,
        seen=opened.seen,
        records=tuple(each for each in found if isinstance(each, Record)),
        problems=opened.problems + tuple(each for each in found if isinstance(each, Problem)),
    )


def read_text(text: str, name: str) -> Reading:
    """Read text that somebody pasted."""
    return read(text.encode("utf-8", "replace"), name)


def _unknown(clean: bytes, name: str) -> Problem:
    """Why a text holds no entries."""
    said = clean[:_HEAD].strip()
    if not said and not clean.strip():
        return Problem(code=Code.FILE_EMPTY, file=name)
    code = Code.FILE_WEB_PAGE if _WEB_PAGE.match(said) else Code.FILE_UNKNOWN
    first = said.partition(b"\n")[0].decode("utf-8", "replace")[:_QUOTED]
    return Problem(code=code, file=name, detail=f"it begins “{first}”")
