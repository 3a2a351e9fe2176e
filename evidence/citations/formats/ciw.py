"""Web of Science and its platform: tags of two characters (.ciw, or "plain text" as .txt).

An entry begins with `PT` and ends with `ER`; longer values go on below, indented by three blanks;
`FN` and `VR` open a file and `EF` closes it. What the tags mean is in ciw_fields.py.
"""

import re
from collections.abc import Iterator

from evidence.citations.formats.ciw_fields import MANY_LINES, reference
from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines
from evidence.citations.formats.entry_starts import starts
from evidence.citations.formats.format import Entries, Format, marks, opening_line
from evidence.citations.formats.tagged import entries
from evidence.citations.formats.tagged_problems import (
    Headings,
    has_values,
    problems_and_record,
    untagged_lines,
)
from evidence.citations.record import Record
from evidence.problems import Code, Problem

_TELLING = ("TI", "AU", "SO")
_APART = ("FN", "VR", "EF")

# A line of prose may begin with two capitals too ("ER positive", "PT was"), so that the tags which
# open and close an entry are taken for them only where they have nothing else in their line.
DIALECT = Dialect(
    tagged=re.compile(
        r"((?:ER|EF)(?=[ \t]*$)|PT(?=[ \t]+[A-Z]{1,2}[ \t]*$)|(?!ER|EF|PT)[A-Z][A-Z0-9](?=[ \t]|$))"
        r"[ \t]*(.*)"
    ),
    start="PT",
    end="ER",
    apart=frozenset(_APART),
    telling=frozenset(_TELLING),
    wraps=re.compile(r"[ \t]{2,}\S"),
)
_HEAD_AND_FOOT = re.compile(r"(?:FN|VR|EF)\b.*")


def read(clean: bytes, file: str) -> Entries:
    """The records of a Web of Science file, and what is wrong with it."""
    outside = Headings(_HEAD_AND_FOOT, file)
    last: Entry | None = None
    for part in entries(clean, DIALECT):
        if isinstance(part, OutsideLines):
            yield from outside.collect(part)
            continue
        if last:
            yield from _entry(last, file, Code.END_MISSING)
        last = part
    if last:
        yield from _entry(last, file, Code.ENTRY_TRUNCATED)


def _entry(entry: Entry, file: str, without_end: Code) -> Iterator[Record | Problem]:
    """The record of one entry; `without_end` is what to say where its end mark is missing."""
    if not has_values(entry, DIALECT.start):
        yield Problem(code=Code.ENTRY_EMPTY, file=file, line=entry.line)
        return
    if not entry.ended:
        yield Problem(code=without_end, file=file, line=entry.line)
    if not entry.started:
        yield Problem(code=Code.TYPE_MISSING, file=file, line=entry.line)
    yield from untagged_lines(entry, MANY_LINES, file)
    key = next((value for tag, value in entry.fields if tag == "UT"), "")
    yield from problems_and_record(entry, reference(entry.fields), key, file)


# The count looks at bytes, for the lines that open and close an entry alone.
_ALONE = "[ \t]*(?=\n|\\Z)"
_BEHIND = "(?=[ \t\n]|\\Z)"
_MARK = re.compile(
    (
        f"\n(?:(?P<start>PT[ \t]+[A-Z]{{1,2}}{_ALONE})"
        f"|(?P<end>(?:ER|EF){_ALONE}|(?:FN|VR){_BEHIND})"
        f"|(?P<telling>(?:{'|'.join(_TELLING)}){_BEHIND}))"
    ).encode()
)
_TAGGED_ROW = re.compile(rb"(?!ER|EF|PT)[A-Z][A-Z0-9](?:[ \t]|\Z)")


def count(clean: bytes) -> int:
    """Entry starts: each `PT`, and each run of telling tags that has none."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(rb"\n(?:PT [A-Z]{1,2}[ \t]*(?=\n)|UT [A-Z]|FN [A-Z]|ER[ \t]*(?=\n|\Z))")


def recognise(clean: bytes) -> int:
    """How many lines open or close an entry, or give it the number that Web of Science gives."""
    if b"PT " not in clean and b"\nUT " not in clean:
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


# The tags of RIS have a dash behind them.
_OPENING = re.compile(
    rb"\n(?:(?:FN|VR|UT) |PT [A-Z]{1,2}[ \t]*(?=\n)|(?:TI|AU|SO)[ \t](?![ \t]*(?:-|\xe2\x80\x93)))"
)

FORMAT = Format(
    name="ciw",
    label="Web of Science (tagged)",
    recognise=recognise,
    opening=opening_line(_OPENING),
    beginnings=(b"PT ", b"UT ", b"FN ", b"ER"),
    read=read,
    count=count,
)
