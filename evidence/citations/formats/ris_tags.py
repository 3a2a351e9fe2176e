"""What the tags of RIS mean, over all its dialects, and the normal form of an entry.

Where a row names several tags, the first one that says something is taken. All tags, unknown ones
too, stay in `Record.fields`.
"""

from collections.abc import Iterable

from evidence.citations import dates, identifiers, names, pages, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.entry_values import (
    NormalForm,
    Remark,
    Values,
    every,
    find_first,
    first,
    of_first_tag,
)
from evidence.citations.record import Reference
from evidence.citations.text import line, paragraphs

# Meaning: tags in order of preference, with the dialect that needs the odd ones.
TITLE = ("TI", "T1", "CT", "BT", "TT", "ST")  # ST is a short title, or a label
AUTHORS = ("AU", "A1")
EDITORS = ("ED",)
EDITORS_OF_BOOKS = ("ED", "A2")  # of an article, A2 may be anybody: Ovid lists authors of tests
DATES = ("PY", "Y1", "DA", "YR")  # not Y2: the day when somebody looked
JOURNAL = ("JF", "T2", "JO", "JA", "J2", "JI", "J1")
BOOK = ("T2", "BT", "JF", "C3", "JO")  # of a chapter
PROCEEDINGS = ("C3", *BOOK)  # of a paper: C3 in EndNote and Zotero, whose T2 is the conference
JOURNAL_SHORT = ("J2", "JA", "JI", "NL", "J9", "JO")  # NL Ovid; JI and J9 Web of Science
VOLUME = ("VL", "VO")  # VO IEEE
ISSUE = ("IS", "CP")
ARTICLE_NUMBER = ("C7", "AR", "PG")  # C7 Scopus and Web of Science; PG Covidence
DOI = ("DO", "DI", "M3", "L3", "AID")  # M3 APA, EndNote; L3 EBSCO
ABSTRACT = ("AB", "N2")
KEYWORDS = ("KW", "MH", "DE")  # MH LILACS
LANGUAGE = ("LA",)
ADDRESSES = ("UR", "L2", "L1", "LK", "L3")
SERIALS = ("SN", "NS", "EI")
PUBLISHER = ("PB", "PU")  # PU Web of Science
PLACE = ("CY", "PP", "PI")  # PP ProQuest; PI Web of Science
NOTES = ("N1", "RN")
PMCID = "C2"  # EndNote

# Where a PMID stands as a bare number, and in which database's records only (DB or DP).
PMID = (
    ("PMID", ""),
    ("C2", "Scopus"),
    ("C5", "Medline"),
    ("C5", "Embase"),
    ("AN", "NLM"),
    ("AN", "PubMed"),
    ("AN", "Medline"),
)
# Where PMID and PMCID may be named as such: C3 is Cochrane's "PUBMED 123", N1 Zotero's "PMID: 123".
NOTICES = ("C3", "N1", "UR", "L1", "L2", "AN")

# Tags whose values often run over several lines without anything being amiss.
MANY_LINES = frozenset(
    {"AB", "N2", "N1", "KW", "AD", "SN", "DB", "UR", "L1", "L2", "U1", "U2", "U3", "C1", "RN", "FX"}
)

_BOOK_PARTS = frozenset({"chapter", "conference", "encyclopedia"})
_BOOKS = _BOOK_PARTS | {"book", "report", "thesis"}


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, TITLE)
    kind = _type(values)
    date = dates.date(every(values, DATES))
    journal = _journal(values, kind)
    journal, short = entry_values.longer_first(
        journal, entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal)
    )
    serials = every(values, SERIALS)
    notices = _notices(values)
    pmid = _pmid(values, notices)
    pmcid = find_first(identifiers.pmcid, values.get(PMCID, ())) or identifiers.pmcid(notices)
    normal = Reference(
        type=kind,
        title=line(first(values, TITLE)),
        authors=names.names(of_first_tag(values, AUTHORS)),
        editors=names.names(of_first_tag(values, EDITORS_OF_BOOKS if kind in _BOOKS else EDITORS)),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=short,
        volume=entry_values.brief(values, VOLUME),
        issue=entry_values.brief(values, ISSUE),
        pages=_pages(values),
        doi=_doi(values),
        pmid=pmid,
        pmcid=pmcid,
        abstract=paragraphs(first(values, ABSTRACT)),
        keywords=entry_values.keywords(of_first_tag(values, KEYWORDS)),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, (*ADDRESSES, *JOURNAL))),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE).replace("<Blank>", "")).strip(", "),  # EBSCO
        notes=entry_values.notes(every(values, NOTES), pmid, pmcid),
    )
    return normal, _unread(values, normal)


def _type(values: Values) -> str:
    """The type; Scopus gives parts of a series as `SER`, and what they are in `M3`."""
    code = values.get("TY", [""])[0]
    if code == "SER" and "T2" in values:
        return types.from_words(first(values, ("M3",))) or "chapter"
    return types.from_ris(code)


def _journal(values: Values, kind: str) -> str:
    """Where the work stands; Cochrane has the address of a trial's register there."""
    if kind == "book":
        return ""
    tags = PROCEEDINGS if kind == "conference" else BOOK if kind in _BOOK_PARTS else JOURNAL
    journal = line(first(values, tags))
    return "" if journal.startswith(("http://", "https://")) else journal


def _pages(values: Values) -> str:
    page_range = pages.pages(first(values, ("SP",)), first(values, ("EP",)))
    return page_range or pages.pages(first(values, ARTICLE_NUMBER))


def _doi(values: Values) -> str:
    linked = (value for value in every(values, ADDRESSES) if "doi.org/" in value)
    return find_first(identifiers.doi, every(values, DOI)) or find_first(identifiers.doi, linked)


def _pmid(values: Values, notices: str) -> str:
    for tag, database in PMID:
        if tag in values:
            databases = " ".join(every(values, ("DB", "DP"))).lower()
            if database.lower() in databases and (
                pmid := find_first(identifiers.pmid, values[tag])
            ):
                return pmid
    return identifiers.pmid_named(notices)


def _notices(values: Values) -> str:
    """Values that may name an identifier; a longer one may list those of other publications."""
    return "\n".join(
        [value for value in every(values, NOTICES) if len(value) < entry_values.SHORT_NOTE]
    )


def _unread(values: Values, normal: Reference) -> list[Remark]:
    if normal.date and normal.doi and normal.volume and normal.issue:
        return []
    meanings = (
        ("year", DATES, normal.date),
        ("DOI", ("DO",), normal.doi),
        ("volume", VOLUME, normal.volume),
        ("issue", ISSUE, normal.issue),
    )
    return entry_values.unreadable_values(values, meanings)
