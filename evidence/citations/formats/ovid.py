"""Ovid's own tagged export ("Reprint/Medline", "Citavi"): no start type, no end mark.

Each record begins with `VN  - Ovid Technologies`, older ones with the database's number (`UI`), and
a number in angle brackets stands above it. Long values go on below, indented by six blanks, with
blank lines between their paragraphs. What the tags mean is in ovid_fields.py.
"""

import re

from evidence.citations.formats.blank_ended import BlankEnded
from evidence.citations.formats.dialect import Dialect
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.format import Format, marks, opening_line
from evidence.citations.formats.ovid_fields import MANY_LINES, reference

_START = "VN"
_TELLING = ("UI", "TI", "AU", "SO")

DIALECT = Dialect(
    tagged=re.compile(r"[ \t]?([A-Z][A-Z0-9])[ ]{1,2}-(?=[ \t]|$)[ \t]*(.*)"),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    wraps=re.compile(r"[ \t]{2,}\S"),
)
_HEADING = re.compile(r"\s*(?:<\s?\d{1,7}\s?\.?\s?>|\d{1,7}\s?\.)\s*")  # of each record

read = BlankEnded(
    dialect=DIALECT,
    reference=reference,
    key=frozenset({"UI", "AN"}),
    mark=_START,
    many_lines=MANY_LINES,
    heading=_HEADING,
).read


# The count looks at bytes. Behind a blank line, text that is neither tagged nor indented ends an
# entry, and so do the tags that open one.
_END_OF_TAG = "[ ]{1,2}-(?=[ \t\n]|\\Z)"
_TAG = f"[ \t]?[A-Z][A-Z0-9]{_END_OF_TAG}"
_MARK = re.compile(
    (
        f"\n{GAP}(?:[ \t]?(?:(?P<start>VN{_END_OF_TAG})"
        f"|(?P<telling>(?:{'|'.join(_TELLING)}){_END_OF_TAG}))"
        f"|(?(gap)(?P<text>(?!{_TAG}|[ \t]{{2,}})[^\n])|(?!))|{REST})"
    ).encode("latin-1")
)
_TAGGED_ROW = re.compile(_TAG.encode())


def count(clean: bytes) -> int:
    """Entry starts: each `VN`, and each run of lines that opens an entry without one."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(
    rb"\n[ \t]?(?:VN {1,2}- Ovid|UI {1,2}- \w|XL {1,2}- https?://ovid|RO {1,2}- )"
)


def recognise(clean: bytes) -> int:
    """How many lines have a tag that Ovid alone writes."""
    if b"- Ovid" not in clean and b"UI " not in clean:
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


# The number above a record, and a tag below it.
_OPENING = re.compile(
    rb"\n<\s?\d{1,7}\s?\.?\s?>[ \t]*\n(?=[ \t]?[A-Z][A-Z0-9] {1,2}-)|" + _RECOGNISED.pattern
)

FORMAT = Format(
    name="ovid",
    label="Ovid (tagged)",
    recognise=recognise,
    opening=opening_line(_OPENING),
    beginnings=(b"VN ", b"UI ", b"XL ", b"RO "),
    read=read,
    count=count,
)
