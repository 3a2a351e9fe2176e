"""What the tags of EndNote's tagged format mean, which goes back to Unix's refer."""

from collections.abc import Iterable

from evidence.citations import dates, identifiers, names, page_ranges, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.entry_values import (
    NormalForm,
    Values,
    every,
    find_first,
    first,
    of_first_tag,
)
from evidence.citations.record import Reference
from evidence.citations.text import line, paragraphs

# Meaning: tags in order of preference.
TYPE = ("%0", "%9")
TITLE = ("%T", "%Q")  # Q translated
AUTHORS = ("%A", "%H")
EDITORS = ("%E",)
DATES = ("%D", "%8")
JOURNAL = ("%J", "%B", "%S")
BOOK = ("%B", "%J", "%S")  # of a chapter or a paper
JOURNAL_SHORT = ("%O",)
VOLUME = ("%V",)
ISSUE = ("%N",)
PAGES = ("%P", "%&")
DOI = ("%R", "%U")
PMCID = ("%2",)
ABSTRACT = ("%X",)
KEYWORDS = ("%K",)
LANGUAGE = ("%G",)
ADDRESSES = ("%U", "%>")
SERIALS = ("%@",)
PUBLISHER = ("%I",)
PLACE = ("%C",)
NOTES = ("%Z", "%<")
NUMBER = "%M"  # in a database, which %~ names

MANY_LINES = frozenset({"%X", "%Z", "%K", "%U", "%+", "%@", "%<", "%>"})

_BOOK_PARTS = frozenset({"chapter", "conference", "encyclopedia"})
_NUMBERS_ARE_PMIDS = ("nlm", "pubmed", "medline")


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, TITLE)
    kind = types.from_ris(line(first(values, TYPE)))
    date = dates.date(map(line, every(values, DATES)))
    doi = find_first(identifiers.doi, (text for text in every(values, DOI) if "10." in text))
    journal = line(first(values, BOOK if kind in _BOOK_PARTS else JOURNAL))
    serials = every(values, SERIALS)
    normal = Reference(
        type=kind,
        title=line(first(values, TITLE)),
        authors=names.names(of_first_tag(values, AUTHORS)),
        editors=names.names(of_first_tag(values, EDITORS)),
        year=dates.year(date),
        date=date,
        journal="" if kind == "book" else journal,
        journal_short=entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal),
        volume=entry_values.brief(values, VOLUME),
        issue=entry_values.brief(values, ISSUE),
        pages=page_ranges.pages(line(first(values, PAGES))),
        doi=doi or find_first(identifiers.noted_doi, every(values, NOTES)),
        pmid=_pmid(values),
        pmcid=find_first(identifiers.pmcid, every(values, PMCID)),
        abstract=paragraphs(first(values, ABSTRACT)),
        keywords=entry_values.keywords(every(values, KEYWORDS)),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, ADDRESSES)),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE)),
        notes=entry_values.notes(every(values, NOTES)),
    )
    return normal, entry_values.unreadable_values(
        values, (("year", DATES, date), ("DOI", ("%R",), doi))
    )


def _pmid(values: Values) -> str:
    """EndNote keeps the number of the database that the record came from, whichever it was."""
    database = " ".join(every(values, ("%~", "%W"))).lower()
    if any(name in database for name in _NUMBERS_ARE_PMIDS):
        return find_first(identifiers.pmid, values.get(NUMBER, ()))
    return find_first(identifiers.pmid_named, every(values, (NUMBER, "%U", "%Z")))
