"""What the elements of EndNote's XML mean, as EndNote, Mendeley and others write it."""

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

# Meaning: paths of elements in order of preference.
TYPE = ("ref-type@name",)
TYPE_NUMBER = ("ref-type",)
TITLE = ("titles/title", "titles/short-title", "titles/translated-title")
AUTHORS = ("contributors/authors/author",)
EDITORS = ("contributors/secondary-authors/author",)
DATES = ("dates/year", "dates/pub-dates/date")
JOURNAL = ("titles/secondary-title", "periodical/full-title", "titles/alt-title")
JOURNAL_SHORT = ("periodical/abbr-1", "alt-periodical/abbr-1", "titles/alt-title")
VOLUME = ("volume",)
ISSUE = ("number", "issue")
PAGES = ("pages", "electronic-pages", "section")
DOI = ("electronic-resource-num",)
PMCID = ("custom2",)
NUMBER = ("accession-num",)
DATABASE = ("remote-database-name", "remote-database-provider")
ABSTRACT = ("abstract",)
KEYWORDS = ("keywords/keyword",)
LANGUAGE = ("language",)
ADDRESSES = (
    *("urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url", "urls/pdf-urls/url"),
    "urls/url",
)
SERIALS = ("isbn", "issn")
PUBLISHER = ("publisher",)
PLACE = ("pub-location",)
NOTES = ("notes", "research-notes")

# EndNote's own numbers of types, for files that give no name.
_TYPES = {
    **dict.fromkeys(("17", "43"), "article"),
    **dict.fromkeys(("6", "28", "44"), "book"),
    **dict.fromkeys(("10", "47"), "conference"),
    **dict.fromkeys(("27", "46"), "report"),
    "5": "chapter",
    "32": "thesis",
    "12": "web",
    "34": "preprint",
    "25": "patent",
    "23": "newspaper",
    "19": "magazine",
    "59": "data",
    "9": "software",
    "13": "other",
}
# The elements of EndNote before version 8, as today's; its types had other numbers.
_OLD = {
    "AUTHORS/AUTHOR": "contributors/authors/author",
    "SECONDARY_AUTHORS/SECONDARY_AUTHOR": "contributors/secondary-authors/author",
    "TITLE": "titles/title",
    "SHORT_TITLE": "titles/short-title",
    "SECONDARY_TITLE": "titles/secondary-title",
    "ALTERNATE_TITLE": "titles/alt-title",
    "DATE": "dates/pub-dates/date",
    "YEAR": "dates/year",
    "KEYWORDS/KEYWORD": "keywords/keyword",
    "PLACE_PUBLISHED": "pub-location",
    "ACCESSION_NUMBER": "accession-num",
    "URL": "urls/url",
    "DOI": "electronic-resource-num",
    **{
        name.upper(): name
        for name in ("volume", "number", "pages", "publisher", "isbn", "abstract", "notes")
    },
}
_OLD_TYPE = "REFERENCE_TYPE"
_OLD_TYPES = {
    "0": "article",
    **dict.fromkeys(("1", "9"), "book"),
    "2": "thesis",
    "3": "conference",
    "5": "newspaper",
    "6": "software",
    "7": "chapter",
    "8": "magazine",
    "10": "report",
    **dict.fromkeys(("12", "21"), "media"),
    "15": "patent",
    "16": "web",
    **dict.fromkeys(("17", "18", "19", "22"), "legal"),
    "20": "preprint",
}
_BOOKS = frozenset({"book", "chapter", "conference", "encyclopedia", "report", "thesis"})
_NUMBERS_ARE_PMIDS = ("nlm", "pubmed", "medline")


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(((_OLD.get(name, name), value) for name, value in fields), TITLE)
    kind = _type(values)
    date = dates.date(map(line, every(values, DATES)))
    doi = _doi(values)
    journal = "" if kind == "book" else line(first(values, JOURNAL))
    journal, short = entry_values.longer_first(
        journal, entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal)
    )
    serials = every(values, SERIALS)
    normal = Reference(
        type=kind,
        title=line(first(values, TITLE)),
        authors=names.names(of_first_tag(values, AUTHORS)),
        editors=names.names(of_first_tag(values, EDITORS)) if kind in _BOOKS else (),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=short,
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
        values, (("year", DATES, date), ("DOI", DOI, doi))
    )


def _type(values: Values) -> str:
    if old := first(values, (_OLD_TYPE,)):
        return _OLD_TYPES.get(old, types.OTHER)
    name = line(first(values, TYPE))
    return types.from_ris(name) if name else _TYPES.get(first(values, TYPE_NUMBER), "")


def _doi(values: Values) -> str:
    linked = (value for value in every(values, ADDRESSES) if "doi.org/" in value)
    return find_first(identifiers.doi, every(values, DOI)) or find_first(identifiers.doi, linked)


def _pmid(values: Values) -> str:
    """EndNote keeps the number of the database that the record came from, whichever it was."""
    database = " ".join(every(values, DATABASE)).lower()
    if any(name in database for name in _NUMBERS_ARE_PMIDS):
        return find_first(identifiers.pmid, every(values, NUMBER))
    return find_first(identifiers.pmid_named, every(values, NUMBER + ADDRESSES))
