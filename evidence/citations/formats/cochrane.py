"""The Cochrane Library's plain text: two or three capitals, a colon, the value.

`Record #1 of 2` stands above each record, and `ID` opens it. What the tags mean stands below.
"""

import re
from collections.abc import Iterable

from evidence.citations import dates, identifiers, names, page_ranges, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.blank_ended import BlankEnded
from evidence.citations.formats.dialect import Dialect
from evidence.citations.formats.entry_starts import GAP, REST, starts
from evidence.citations.formats.entry_values import NormalForm, every, find_first, first
from evidence.citations.formats.format import Format, marks, opening_line
from evidence.citations.formats.source_lines import Source, parse_source
from evidence.citations.record import Reference
from evidence.citations.text import line, paragraphs

_START = "ID"
_TELLING = ("TI", "AU", "SO")
_MANY_LINES = frozenset({"AB", "KY", "CC"})
_NOT_ISSUED = re.compile(r"\(?(?:no pagination|pagination).*", re.IGNORECASE)

DIALECT = Dialect(
    tagged=re.compile(r"([A-Z]{2,3}):(?=[ \t]|$)[ \t]*(.*)"),
    start=_START,
    telling=frozenset(_TELLING),
    blank_ends=True,
    resumes=re.compile(r"(?!Record #\d)\s*\S"),
)
_HEADING = re.compile(r"\s*Record #\d+ of \d+\s*|Search Name:.*|Date Run:.*|Comment:.*")


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, ("TI",))
    date = dates.date(map(line, every(values, ("YR",))))
    doi = find_first(identifiers.doi, every(values, ("DOI",)))
    source = line(first(values, ("SO",)))
    journal = "" if source.startswith("http") else source
    volume, issue = (entry_values.brief(values, (tag,)) for tag in ("VL", "NO"))
    pages = page_ranges.pages(_NOT_ISSUED.sub("", line(first(values, ("PG",)))))
    cited = Source() if volume or issue or pages else parse_source(journal)
    if cited.is_read and (cited.volume or cited.issue or cited.pages):
        journal, date = cited.container, date or cited.date
        volume, issue, pages = cited.volume, cited.issue, cited.pages
    kind = types.from_words(line(first(values, ("PT",))))
    review = "article" if first(values, (_START,)).startswith("CD") else ""
    normal = Reference(
        type=kind or (types.OTHER if "PT" in values else review),
        title=line(first(values, ("TI",))),
        authors=names.names(every(values, ("AU",))),
        year=dates.year(date),
        date=date,
        journal=journal,
        volume=volume,
        issue=issue,
        pages=pages,
        doi=doi,
        pmid=find_first(identifiers.pmid_named, every(values, ("PM", "XR"))),
        abstract=paragraphs(first(values, ("AB",))),
        keywords=entry_values.keywords(every(values, ("KY",))),
        urls=entry_values.urls(every(values, ("US", "SO"))),
        issn=identifiers.issns(every(values, ("SN",))),
        publisher=line(first(values, ("PB",))),
    )
    unread = entry_values.unreadable_values(
        values, (("year", ("YR",), date), ("DOI", ("DOI",), doi))
    )
    return normal, unread + entry_values.unread_source(source, cited, (date,))


read = BlankEnded(
    dialect=DIALECT,
    reference=reference,
    key=frozenset({_START}),
    many_lines=_MANY_LINES,
    heading=_HEADING,
).read


# The count looks at bytes, for the tags that open an entry and for headings behind blank lines.
_END_OF_TAG = ":(?=[ \t\n]|\\Z)"
_MARK = re.compile(
    (
        f"\n{GAP}(?:(?P<start>{_START}{_END_OF_TAG})"
        f"|(?P<telling>(?:{'|'.join(_TELLING)}){_END_OF_TAG})"
        f"|(?(gap)(?P<text>Record #\\d)|(?!))|{REST})"
    ).encode("latin-1")
)
_TAGGED_ROW = re.compile(f"[A-Z]{{2,3}}{_END_OF_TAG}".encode())


def count(clean: bytes) -> int:
    """Entry starts: each `ID`, and each run of lines that opens an entry without one."""
    return starts(clean, _MARK, _TAGGED_ROW)


_RECOGNISED = re.compile(rb"\n(?:ID: C[A-Z]-?\d|Record #\d+ of \d+\nID:)")


def recognise(clean: bytes) -> int:
    """How many lines give a number of the Cochrane Library."""
    return sum(1 for _ in marks(_RECOGNISED, clean)) if b"ID: C" in clean else 0


FORMAT = Format(
    name="cochrane",
    label="Cochrane (text)",
    recognise=recognise,
    opening=opening_line(re.compile(rb"\n(?:ID: |Record #\d+ of \d+\n)")),
    beginnings=(b"ID: C", b"Record #"),
    read=read,
    count=count,
)
