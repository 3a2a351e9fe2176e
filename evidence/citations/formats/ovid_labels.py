"""Ovid's labelled text ("Citation", "Text"): the full name of a field in a line, its value below.

A number in angle brackets, or with a full stop, stands above each record. Most files indent the
values; then every line that is not indented is a label. Where values are not indented, only labels
that are known can be told from them. What the fields mean is in ovid_fields.py.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from evidence.citations.formats.dialect import Dialect, Entry, OutsideLines
from evidence.citations.formats.entry_starts import starts
from evidence.citations.formats.format import Entries, Format, marks, opening_line
from evidence.citations.formats.ovid_fields import reference
from evidence.citations.formats.tagged import entries
from evidence.citations.formats.tagged_problems import Headings, has_values, problems_and_record
from evidence.citations.record import Record
from evidence.problems import Code, Problem

# The labels, and the tag that Ovid's tagged export has for each.
_LABELS = {
    "Unique Identifier": "UI",
    "Accession Number": "AN",
    "Database": "DB",
    "Title": "TI",
    "Original Title": "OT",
    "Translated Title": "TT",
    "Author": "AU",
    "Authors": "AU",
    "Authors Full Name": "FA",
    "Author Full Name": "FA",
    "Editor": "ED",
    "Editors": "ED",
    "Source": "SO",
    "Abbreviated Source": "AS",
    "Journal Name": "JN",
    "NLM Journal Name": "NJ",
    "Volume": "VO",
    "Issue": "IP",
    "Page": "PG",
    "Pagination": "PG",
    "Abstract": "AB",
    "MeSH Subject Headings": "MH",
    "Subject Headings": "SH",
    "Subject Heading": "SH",
    "Emtree Heading": "SH",
    "Keyword Heading": "KW",
    "Keywords": "KW",
    "Key Words": "KW",
    "Publication Type": "PT",
    "Language": "LG",
    "Year of Publication": "YR",
    "Date of Publication": "DP",
    "Publication Date": "DP",
    "Digital Object Identifier": "DO",
    "DOI": "DO",
    "PubMed ID": "PM",
    "PMID": "PM",
    "ISSN": "IS",
    "ISSN Print": "IS",
    "ISSN Electronic": "IT",
    "ISBN": "IB",
    "Publisher": "PB",
    "Country of Publication": "CP",
    "Institution": "IN",
    "Status": "ST",
    "Link to the Ovid Full Text or citation": "XL",
    "URL": "UR",
}
_TELLING = ("Unique Identifier", "Title")
_MARKED = "|".join(map(re.escape, sorted(_LABELS, key=len, reverse=True)))
_NUMBER = r"(?:<[ \t]?\d{1,7}[ \t]?\.?[ \t]?>|\d{1,7}\.)(?=[ \t]*$)"
# A number opens an entry; as a tag it is empty, so that its line is the value.
_ANY = r"[A-Z](?:[ -9;-~]{0,59}[!-9;-~])?"

_FLAT = Dialect(
    tagged=re.compile(rf"((?={_NUMBER})|(?:{_MARKED})(?=:?[ \t]*$)):?(.*)"),
    start="",
    telling=frozenset(_TELLING),
    wraps=re.compile(r"\s*\S"),
)
_INDENTED = replace(_FLAT, tagged=re.compile(rf"((?={_NUMBER})|{_ANY}(?=:?[ \t]*$)):?(.*)"))
_VALUE_INDENTED = re.compile(rb"\n(?:Unique Identifier|Title):?[ \t]*\n[ \t]+\S")
_NAME_END = re.compile(r"(?<=[^\W\d_]{2})\.$", re.MULTILINE)
_OF_MEDLINE = re.compile(r"medline|in-process", re.IGNORECASE)  # its records alone have a status
_HEADING = re.compile(
    r"\s*(?:Database|Databases|Search Strategy|Search History|Date|Comments?)\b.*|[-*_=\s]{3,}"
    r"|\s*\d{1,5}\s.*\(\d+\)\s*|Link to .*|https?://\S*"
)


def _is_indented(clean: bytes) -> bool:
    """Whether the values are, so that all else is a label."""
    return _VALUE_INDENTED.search(b"\n" + clean) is not None


def read(clean: bytes, file: str) -> Entries:
    """The records of a file of labelled text, and what is wrong with it."""
    headings = Headings(_HEADING, file)
    for part in entries(clean, _INDENTED if _is_indented(clean) else _FLAT):
        if isinstance(part, OutsideLines):
            yield from headings.collect(part)
        else:
            yield from _entry(part, file)
    yield from headings.notice()


def _entry(entry: Entry, file: str) -> Iterator[Record | Problem]:
    if not has_values(entry, ""):
        yield Problem(code=Code.ENTRY_EMPTY, file=file, line=entry.line)
        return
    entry.fields = [(label or "Number", value) for label, value in entry.fields]
    tagged = [(_LABELS.get(label, label), _value(label, value)) for label, value in entry.fields]
    if any(tag == "ST" and _OF_MEDLINE.search(value) for tag, value in tagged):
        tagged.append(("DB", "MEDLINE"))
    key = next((value for tag, value in tagged if tag in {"UI", "AN"}), "")
    yield from problems_and_record(entry, reference(tagged), key, file)


def _value(label: str, value: str) -> str:
    """A value as the tagged export has it: names in lines of their own."""
    if _LABELS.get(label) in {"AU", "FA", "ED"}:
        return _NAME_END.sub("", re.sub(r"\.[ \t]{2,}", ".\n", value))
    return value


# The count looks at bytes, for the numbers above the entries and the labels that open one alone.
_MARK = re.compile(
    (
        r"\n(?:(?P<start>(?:<[ \t]?\d{1,7}[ \t]?\.?[ \t]?>|\d{1,7}\.)[ \t]*(?=\n|\Z))"
        rf"|(?P<telling>(?:{'|'.join(_TELLING)}):?[ \t]*(?=\n|\Z)))"
    ).encode()
)
_FLAT_ROW = re.compile(rf"(?:{_MARKED}):?[ \t]*\Z".encode())
_INDENTED_ROW = re.compile(rf"{_ANY}:?[ \t]*\Z".encode())


def count(clean: bytes) -> int:
    """Entry starts: each number, and each run of labels that opens an entry without one."""
    return starts(clean, _MARK, _INDENTED_ROW if _is_indented(clean) else _FLAT_ROW)


_RECOGNISED = re.compile(rb"\nTitle:?[ \t]*+(?=\n)")
_TELLS = re.compile(rb"\n(?:Source|Unique Identifier):?[ \t]*+\n")


def recognise(clean: bytes) -> int:
    """How many lines are nothing but Ovid's label of a title.

    Not the other lines: an abstract of another format may hold some. Nor the first one, which may
    name the columns of a table.
    """
    if b"\nTitle" not in clean or not _TELLS.search(clean):
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


_OPENING = re.compile(rf"\n(?:{_NUMBER}[ \t]*\n)?(?:{_MARKED}):?[ \t]*(?=\n)".encode())

FORMAT = Format(
    name="ovid-labels",
    label="Ovid (text)",
    recognise=recognise,
    opening=opening_line(_OPENING),
    beginnings=(b"Title",),
    read=read,
    count=count,
)
