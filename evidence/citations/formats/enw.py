"""EndNote's tagged format (.enw, .enl, refer): a per cent sign, one character, a blank, the value.

A blank line ends an entry, but EndNote leaves blank lines within abstracts and notes as they are,
so text without a tag behind a blank line goes on. What the tags mean is in enw_fields.py.
"""

import re

from evidence.citations.formats.blank_ended import BlankEnded
from evidence.citations.formats.dialect import Dialect
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.enw_fields import MANY_LINES, reference
from evidence.citations.formats.format import Format, marks, opening_line

_START = "%0"
_TELLING = ("%T", "%A", "%B", "%J", "%D", "%E", "%R")

DIALECT = Dialect(
    tagged=re.compile(r"[ \t]*(%[A-Z0-9!@#$^&*()+=~<>?\[\]|])(?=[ \t]|$)[ \t]*(.*)"),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    resumes=re.compile(r"\s*\S"),
)

read = BlankEnded(
    dialect=DIALECT, reference=reference, key=frozenset({"%F"}), mark=_START, many_lines=MANY_LINES
).read


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


FORMAT = Format(
    name="enw",
    label="EndNote (tagged)",
    recognise=recognise,
    opening=opening_line(re.compile(rb"\n[ \t]*%[0A-Z] ")),
    beginnings=(b"%0 ", b"%T ", b"%A "),
    read=read,
    count=count,
)
