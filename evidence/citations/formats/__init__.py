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
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype html|html|head|body|script)\b",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = 4096


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
    marks = {each.name: each.recognise(decoded.clean) for each in FORMATS.values()}
    best = max(marks, key=marks.__getitem__) if any(marks.values()) else ""
    problems = decoded.problems
    if not best and decoded.encoding:
        problems += (Problem(code=_kind(decoded.clean), file=name),)
    return Opened(
        file=name,
        format=best,
        encoding=decoded.encoding,
        seen=FORMATS[best].count(decoded.clean) if best else 0,
        problems=problems,
        clean=decoded.clean,
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


def _kind(clean: bytes) -> Code:
    """Why a text that no format recognises is none."""
    if not clean.strip():
        return Code.FILE_EMPTY
    return Code.FILE_WEB_PAGE if _WEB_PAGE.match(clean[:_HEAD]) else Code.FILE_UNKNOWN
