"""What the tags of RIS mean, over all its dialects, and the normal form of an entry.

Where a row names several tags, the first one that says something is taken: values that repeat
under another tag are never run together. All tags, unknown ones too, stay in `Record.fields`.
"""

from collections.abc import Callable, Iterable, Sequence

from evidence.citations import dates, identifiers, names, pages, types
from evidence.citations.record import Reference
from evidence.citations.text import NOTHING, address, line, paragraphs

Values = dict[str, list[str]]

# Meaning: tags in order of preference, with the dialect that needs the odd ones.
TITLE = ("TI", "T1", "CT", "BT", "TT", "ST")  # ST is a short title, or a label
AUTHORS = ("AU", "A1")
EDITORS = ("ED",)
EDITORS_OF_BOOKS = ("ED", "A2")  # of an article, A2 may be anybody: Ovid lists authors of tests
DATES = ("PY", "Y1", "DA", "YR")  # not Y2: the day when somebody looked
JOURNAL = ("JF", "T2", "JO", "JA", "J2", "JI", "J1")
BOOK = ("T2", "BT", "JF", "C3", "JO")  # of a chapter or a paper: C3 is EndNote's
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
_SHORT = 200  # signs; a longer note may be a list of other people's references
_BRIEF = 60  # signs; a longer volume or issue is something else (Covidence: affiliations)
_QUOTED = 60  # signs of a value that a problem quotes
_BOOKS = _BOOK_PARTS | {"book", "report", "thesis"}


def reference(fields: Iterable[tuple[str, str]]) -> tuple[Reference, list[str]]:
    """The normal form of an entry, and the values that could not be understood."""
    values: Values = {}
    for tag, value in fields:
        if value not in NOTHING or (value and tag in TITLE):  # "None" may well be a title
            values.setdefault(tag, []).append(value)
    kind = types.from_ris(values.get("TY", [""])[0])
    date = dates.date(_all(values, DATES))
    journal = (
        line(_first(values, BOOK if kind in _BOOK_PARTS else JOURNAL)) if kind != "book" else ""
    )
    serials = _all(values, SERIALS)
    notices = _notices(values)
    normal = Reference(
        type=kind,
        title=line(_first(values, TITLE)),
        authors=names.names(_of_first(values, AUTHORS)),
        editors=names.names(_of_first(values, EDITORS_OF_BOOKS if kind in _BOOKS else EDITORS)),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=_short(values, journal),
        volume=_brief(values, VOLUME),
        issue=_brief(values, ISSUE),
        pages=_pages(values),
        doi=_doi(values),
        pmid=_pmid(values, notices),
        pmcid=_found(identifiers.pmcid, values.get(PMCID, ())) or identifiers.pmcid(notices),
        abstract=paragraphs(_first(values, ABSTRACT)),
        keywords=_keywords(values),
        language="; ".join(line(value) for value in _all(values, LANGUAGE)),
        urls=_urls(values),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(_first(values, PUBLISHER)),
        place=line(_first(values, PLACE)),
        notes=_notes(values),
    )
    return normal, _unread(values, normal)


def _first(values: Values, tags: Sequence[str]) -> str:
    """The first value of the first tag that has any."""
    for tag in tags:
        if tag in values:
            return values[tag][0]
    return ""


def _all(values: Values, tags: Sequence[str]) -> list[str]:
    """All values of all the tags."""
    found: list[str] = []
    for tag in tags:
        if tag in values:
            found += values[tag]
    return found


def _of_first(values: Values, tags: Sequence[str]) -> list[str]:
    """All values of the first tag that has any, so that AU and A1 do not double the authors."""
    for tag in tags:
        if tag in values:
            return values[tag]
    return []


def _brief(values: Values, tags: Sequence[str]) -> str:
    """The first value, if it is short enough to be a volume or an issue."""
    value = _first(values, tags)
    return line(value) if len(value) <= _BRIEF else ""


def _short(values: Values, journal: str) -> str:
    """The abbreviated journal, where it is another text than the journal."""
    for value in _all(values, JOURNAL_SHORT) if journal else ():
        short = line(value)
        if short != journal and short.casefold() != journal.casefold():
            return short
    return ""


def _pages(values: Values) -> str:
    found = pages.pages(_first(values, ("SP",)), _first(values, ("EP",)))
    return found or pages.pages(_first(values, ARTICLE_NUMBER))


def _doi(values: Values) -> str:
    linked = (value for value in _all(values, ADDRESSES) if "doi.org/" in value)
    return _found(identifiers.doi, _all(values, DOI)) or _found(identifiers.doi, linked)


def _pmid(values: Values, notices: str) -> str:
    for tag, database in PMID:
        if tag in values:
            databases = " ".join(_all(values, ("DB", "DP"))).lower()
            if database.lower() in databases and (found := _found(identifiers.pmid, values[tag])):
                return found
    return identifiers.pmid_named(notices)


def _found(identifier: Callable[[str], str], texts: Iterable[str]) -> str:
    """The first identifier of a kind in the texts."""
    for text in texts:
        if found := identifier(text):
            return found
    return ""


def _notices(values: Values) -> str:
    """Values that may name an identifier; a longer one may list those of other publications."""
    return "\n".join([value for value in _all(values, NOTICES) if len(value) < _SHORT])


def _keywords(values: Values) -> tuple[str, ...]:
    """Each keyword once; the star of a main topic (`*athlete`) is left to the fields."""
    found: list[str] = []
    for value in _of_first(values, KEYWORDS):
        for row in value.split("\n"):
            found += line(row).split(";")
    parts = [part.strip().lstrip("*") for part in found]
    return tuple(dict.fromkeys([part for part in parts if part not in NOTHING]))


def _urls(values: Values) -> tuple[str, ...]:
    """Each web address once; one line may hold several."""
    parts = " ".join(map(address, _all(values, ADDRESSES))).replace(";http", " http").split()
    found = [part.rstrip(";,") for part in parts if part.startswith(("http", "ftp", "www."))]
    return tuple(dict.fromkeys(found))


def _notes(values: Values) -> tuple[str, ...]:
    return tuple([note for value in _all(values, NOTES) if (note := paragraphs(value))])


def _unread(values: Values, normal: Reference) -> list[str]:
    """What the source said and the normal form could not take up."""
    if normal.date and normal.doi and normal.volume and normal.issue:
        return []
    meanings = (
        ("year", DATES, normal.date),
        ("DOI", ("DO",), normal.doi),
        ("volume", VOLUME, normal.volume),
        ("issue", ISSUE, normal.issue),
    )
    return [
        f"{name} “{_first(values, tags)[:_QUOTED]}”"
        for name, tags, value in meanings
        if not value and _first(values, tags)
    ]
