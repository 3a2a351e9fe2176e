"""RIS in all the ways in which databases and programs write it.

Every entry begins with `TY  - ` and ends with `ER  - `, says the specification (Research
Information Systems, 2001). Real files miss either, put tags around them, write one blank or four
before the dash and text between the entries. What the tags mean is in ris_fields.py.
"""

import re
from collections.abc import Iterator

from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines
from evidence.citations.formats.format import (
    Cuts,
    Entries,
    Format,
    Rows,
    marks,
    opening_line,
)
from evidence.citations.formats.ris_count import BLANK, DASH, count
from evidence.citations.formats.ris_fields import MANY_LINES, reference
from evidence.citations.formats.tagged import entries
from evidence.citations.formats.tagged_problems import (
    Headings,
    has_values,
    headings_notice,
    problems_and_record,
    untagged_lines,
)
from evidence.citations.record import Record
from evidence.problems import Code, Problem

_TITLES = ("TI", "T1")
_PEOPLE = ("AU", "A1")
_TELLING = (*_TITLES, *_PEOPLE, "AB", "N2", "DO")

DIALECT = Dialect(
    tagged=re.compile(r"[ \t\xa0]*([A-Z][A-Z0-9]{1,3})[ \t\xa0]{2,4}[-–][ \t\xa0]*(.*)"),
    start="TY",
    end="ER",
    telling=frozenset(_TELLING),
    titles=frozenset(_TITLES),
    people=frozenset(_PEOPLE),
    whole=re.compile(r"^([A-Z][A-Z0-9])  -[ \t\xa0]*(.*\S|)[^\S\n]*$", re.MULTILINE),
    whole_start="TY  - ",
    whole_end="\nER  -",
    bare_end=re.compile(r"[ \t\xa0]*ER[ \t\xa0]?[-–]?[ \t\xa0]*$"),
    narrow=re.compile(r"[ \t\xa0]*(?!TY|ER)([A-Z][A-Z0-9]) [-–][ \t\xa0]*(.*)"),
    narrow_start=re.compile(r"[ \t\xa0]*(TY) [-–][ \t\xa0]*([A-Z][A-Z0-9]+|)[ \t\xa0]*$"),
)

# Lines that databases put between the records; one notice for all of them is enough.
_HEADING = re.compile(
    r"\s*(?:"
    r"<?\d+\s*[.>]?"  # Ovid numbers the records
    r"|Record #\d+ of \d+"  # Cochrane
    r"|(?:Provider|Database|Content):.*"  # Cochrane, JSTOR, APA
    r"|Scopus|EXPORT DATE:.*"  # Scopus, above the first
    r"|Link to the (?:Ovid )?(?:Full Text|External).*"  # Ovid
    r")\s*"
)


def read(clean: bytes, file: str) -> Entries:
    """The records of a RIS file, and what is wrong with it."""
    rows: Rows = []
    yield from read_chunk(clean, file, 1, rows)
    yield from headings_notice(rows, file)


def read_chunk(clean: bytes, file: str, line: int, rows: Rows) -> Entries:
    """The records and problems of a chunk of a RIS file; headings between entries go to the rows.

    Args:
        clean: the chunk.
        file: the name of its file.
        line: the number of its first line in the file.
        rows: the headings of all chunks; those of this one are added.
    """
    ends_are_written = line > 1  # as a cut stands behind one
    last: Entry | None = None
    headings = Headings(_HEADING, file, rows)
    for part in entries(clean, DIALECT, line):
        if isinstance(part, OutsideLines):
            yield from headings.collect(part)
            continue
        if last:
            yield from _entry(last, file, Code.END_MISSING)
            ends_are_written |= last.ended
        last = part
    if last:
        broken_off = Code.ENTRY_TRUNCATED if ends_are_written else Code.END_MISSING
        yield from _entry(last, file, broken_off)


def _entry(entry: Entry, file: str, without_end: Code) -> Iterator[Record | Problem]:
    """The record of one entry; `without_end` is what to say where its end mark is missing."""
    if not has_values(entry, DIALECT.start):
        yield Problem(code=Code.ENTRY_EMPTY, file=file, line=entry.line)
        return
    if not entry.ended:
        yield Problem(code=without_end, file=file, line=entry.line)
    types = [value for tag, value in entry.fields if tag == "TY"]
    if not any(types):
        yield Problem(code=Code.TYPE_MISSING, file=file, line=entry.line)
    if len(types) > 1:
        yield Problem(code=Code.FIELD_REPEATED, file=file, line=entry.line, detail="TY")
    yield from untagged_lines(entry, MANY_LINES, file)
    key = next((value for tag, value in entry.fields if tag == "ID"), "")
    yield from problems_and_record(entry, reference(entry.fields), key, file)


_RECOGNISED = re.compile(f"\n{BLANK}*(?:TY|ER){BLANK}{{1,4}}{DASH}".encode())


def recognise(clean: bytes) -> int:
    """How many lines open or close a RIS entry."""
    return sum(1 for _ in marks(_RECOGNISED, clean))


# Any tag may stand above the type, but for those with which Ovid's own export begins.
_OPENING = re.compile(
    f"\n{BLANK}*(?:TY{BLANK}{{1,4}}|(?!VN|UI|XL|RO)[A-Z][A-Z0-9]{BLANK}{{2,4}}){DASH}".encode()
)

CUTS = Cuts(
    cut=re.compile(rb"\nER  -[ \t]*+\n(?:[ \t]*+\n)*+(?=TY  - )"),
    start=b"TY  - ",
    read=read_chunk,
)

FORMAT = Format(
    name="ris",
    label="RIS",
    recognise=recognise,
    opening=opening_line(_OPENING),
    beginnings=(b"TY", b"ER"),
    read=read,
    count=count,
    cuts=CUTS,
)
