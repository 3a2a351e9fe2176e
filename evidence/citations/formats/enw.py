"""EndNote's tagged format (.enw, .enl, refer): a per cent sign, one sign, a blank, the value.

A blank line ends an entry, but EndNote leaves blank lines within abstracts and notes as they are,
so text without a tag behind a blank line goes on. What the tags mean is in enw_tags.py.
"""

import re
from collections.abc import Iterator

from evidence.citations.formats.dialect import Dialect, Entry, Outside
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.enw_tags import MANY_LINES, reference
from evidence.citations.formats.format import Entries, Format, marks
from evidence.citations.formats.tagged import entries
from evidence.citations.formats.tagged_problems import Headings, has_values, kept, untagged
from evidence.citations.record import Record
from evidence.problems import Code, Problem

_START = "%0"
_TELLING = ("%T", "%A", "%B", "%J", "%D", "%E", "%R")

DIALECT = Dialect(
    tagged=re.compile(r"[ \t]*(%[A-Z0-9!@#$^&*()+=~<>?\[\]|])(?=[ \t]|$)[ \t]*(.*)"),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    resumes=re.compile(r"\s*\S"),
)
_HEADING = re.compile(r"(?!)")  # none are known


def read(clean: bytes, file: str) -> Entries:
    """The records of an EndNote file, and what is wrong with it."""
    outside = Headings(_HEADING, file)
    for found in entries(clean, DIALECT):
        if isinstance(found, Outside):
            yield from outside.rest(found)
        else:
            yield from _entry(found, file)


def _entry(entry: Entry, file: str) -> Iterator[Record | Problem]:
    if not has_values(entry, _START):
        yield Problem(code=Code.ENTRY_EMPTY, file=file, line=entry.line)
        return
    yield from untagged(entry, MANY_LINES, file)
    key = next((value for tag, value in entry.fields if tag == "%F"), "")
    yield from kept(entry, reference(entry.fields), key, file)


# The count looks at bytes, for the tags that open an entry and for blank lines.
_END_OF_TAG = "(?=[ \t\n]|\\Z)"
_MARK = re.compile(
    (
        f"\n{GAP}(?:[ \t]*(?:(?P<start>%0{_END_OF_TAG})"
        f"|(?P<telling>(?:{'|'.join(_TELLING)}){_END_OF_TAG}))|{REST})"
    ).encode("latin-1")
)
_TAGGED_ROW = re.compile(rb"[ \t]*%[A-Z0-9!@#$^&*()+=~<>?\[\]|](?=[ \t]|\Z)")


def count(clean: bytes) -> int:
    """Entry starts: each `%0`, and each run of lines that opens an entry without one."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(rb"\n[ \t]*(?:%0|%T|%A) ")


def recognise(clean: bytes) -> int:
    """How many lines give a type, a title or an author."""
    if b"%0 " not in clean and b"%T " not in clean:
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


FORMAT = Format(name="enw", label="EndNote (tagged)", recognise=recognise, read=read, count=count)
