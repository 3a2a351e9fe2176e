"""RefWorks' tagged format: two characters, a blank, the value; `RT` opens an entry.

A blank line ends an entry, but notes and abstracts may hold blank lines, so text without a tag
behind one goes on. What the tags mean is described at
https://knowledge.exlibrisgroup.com/RefWorks/Legacy_RefWorks/05Managing_References/020RefWorks_Tagged_Format
"""

import re
from collections.abc import Iterable

from evidence.citations import dates, identifiers, names, page_ranges, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.blank_ended import BlankEnded
from evidence.citations.formats.dialect import Dialect
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.entry_values import (
    NormalForm,
    Values,
    every,
    find_first,
    first,
    of_first_tag,
)
from evidence.citations.formats.format import Format, marks, opening_line
from evidence.citations.record import Reference
from evidence.citations.text import line, paragraphs

_START = "RT"
_TELLING = ("T1", "A1", "JF", "YR")
_MANY_LINES = frozenset({"AB", "NO", "K1", "AD", "CR", *(f"U{n}" for n in range(1, 10))})
_BOOK_PARTS = frozenset({"chapter", "conference", "encyclopedia"})
_TYPES = {  # in its words, where others do not write them so
    "abstract": "article",
    "journal, electronic": "article",
    "book, edited": "book",
    "bills/resolutions": "legal",
    "case/court decisions": "legal",
    "laws/statutes": "legal",
    "dissertation/thesis, unpublished": "thesis",
    "motion picture": "media",
    "music score": "media",
    "sound recording": "media",
    "video/dvd": "media",
    "video/ dvd": "media",
    "online discussion forum": "web",
}

DIALECT = Dialect(
    tagged=re.compile(  # the tags of RIS, which a text may quote, have two blanks and a dash
        r"([A-Z][A-Z0-9]|PMC?ID)(?=[ \t]|$)(?![ \t]{2,}[-–])[ \t]*(.*)"
    ),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    resumes=re.compile(r"\s*\S"),
)


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, ("T1",))
    kind = _type(line(first(values, (_START,))))
    year, day = line(first(values, ("YR",))), line(first(values, ("FD",)))
    date = dates.date([day, f"{day} {year}", year])
    doi = find_first(identifiers.doi, every(values, ("DO",)))
    of_journal, of_book = ("JF", "T2", "JO"), ("T2", "JF", "JO")
    journal = line(first(values, of_book if kind in _BOOK_PARTS else of_journal))
    notes = every(values, ("NO",))
    brief = [note for note in notes if len(note) < entry_values.SHORT_NOTE]
    pmid = find_first(identifiers.pmid, every(values, ("PMID",))) or find_first(
        identifiers.pmid_named, brief
    )
    pmcid = find_first(identifiers.pmcid, every(values, ("PMCID",)))
    serials = every(values, ("SN",))
    normal = Reference(
        type=kind,
        title=line(first(values, ("T1", "OT"))),
        authors=names.names(of_first_tag(values, ("A1",))),
        editors=names.names(of_first_tag(values, ("A2",))),
        year=dates.year(date),
        date=date,
        journal="" if kind == "book" else journal,
        journal_short=entry_values.abbreviated_journal(values, ("JO",), journal),
        volume=entry_values.brief(values, ("VO",)),
        issue=entry_values.brief(values, ("IS",)),
        pages=_pages(values),
        doi=doi or find_first(identifiers.noted_doi, notes),
        pmid=pmid,
        pmcid=pmcid,
        abstract=paragraphs(first(values, ("AB",))),
        keywords=entry_values.keywords(every(values, ("K1",))),
        language=entry_values.languages(values, ("LA",)),
        urls=entry_values.urls(every(values, ("LK", "UL"))),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, ("PB",))),
        place=line(first(values, ("PP",))),
        notes=entry_values.notes(notes, pmid, pmcid),
    )
    return normal, entry_values.unreadable_values(
        values, (("year", ("YR",), date), ("DOI", ("DO",), doi))
    )


def _type(name: str) -> str:
    if not name:
        return ""
    return _TYPES.get(name.casefold()) or types.from_words(name) or types.OTHER


def _pages(values: Values) -> str:
    """`OP` holds "other pages": the last one, or all of them where there is no first (CNKI)."""
    start, end = line(first(values, ("SP",))), line(first(values, ("OP",)))
    return page_ranges.pages(start, end) if start else page_ranges.pages(end)


read = BlankEnded(
    dialect=DIALECT,
    reference=reference,
    key=frozenset({"ID"}),
    mark=_START,
    typed=True,
    many_lines=_MANY_LINES,
).read


# The count looks at bytes, for the tags that open an entry and for blank lines.
_END_OF_TAG = "(?=[ \t\n]|\\Z)(?![ \t]{2,}(?:-|\xe2\x80\x93))"
_MARK = re.compile(
    (
        f"\n{GAP}(?:(?P<start>{_START}{_END_OF_TAG})"
        f"|(?P<telling>(?:{'|'.join(_TELLING)}){_END_OF_TAG})|{REST})"
    ).encode("latin-1")
)
_TAGGED_ROW = re.compile(f"(?:[A-Z][A-Z0-9]|PMC?ID){_END_OF_TAG}".encode("latin-1"))


def count(clean: bytes) -> int:
    """Entry starts: each `RT`, and each run of lines that opens an entry without one."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(rb"\nRT [A-Z]")
# The tags of RIS have a dash behind them.
_TELLS = re.compile(rb"\n(?:T1|A1)[ \t]++(?!-|\xe2\x80\x93)\S")


def recognise(clean: bytes) -> int:
    """How many lines give a type as RefWorks does.

    Not the other lines: an abstract of another format may hold some.
    """
    if not _TELLS.search(clean):
        return 0
    return sum(1 for _ in marks(_RECOGNISED, clean))


_OPENING = re.compile(rb"\n(?:RT [A-Z]|[A-Z][A-Z0-9] (?![ \t]*(?:-|\xe2\x80\x93))\S)")

FORMAT = Format(
    name="refworks",
    label="RefWorks (tagged)",
    recognise=recognise,
    opening=opening_line(_OPENING),
    beginnings=(b"RT ",),
    read=read,
    count=count,
)
