"""What the tags of RIS mean, over all its dialects, and the normal form of an entry.

Where a row names several tags, the first one that says something is taken. All tags, unknown ones
too, stay in `Record.fields`.
"""

import re
from collections.abc import Sequence

from evidence.citations import dates, identifiers, names, page_ranges, types
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
from evidence.citations.record import Name, Reference
from evidence.citations.text import NOTHING, line, paragraphs
from evidence.problems import Code

# Meaning: tags in order of preference, with the dialect that needs the odd ones.
TITLE = ("TI", "T1", "CT", "BT", "TT", "ST")  # ST is a short title, or a label
AUTHORS = ("AU", "A1")
EDITORS = ("ED",)
EDITORS_OF_BOOKS = ("ED", "A2")  # of an article, A2 may be anybody: Ovid lists authors of tests
ISSUED = ("DA",)  # the date of the issue, where Y1 may be that of the first publication online
DATES = ("PY", "Y1", "YR", *ISSUED)  # not Y2: the day when somebody looked
JOURNAL = ("JF", "T2", "JO", "JA", "J2", "JI", "J1")
BOOK = ("T2", "BT", "JF", "C3", "JO")  # of a chapter
PROCEEDINGS = ("C3", *BOOK)  # of a paper: C3 in EndNote and Zotero, whose T2 is the conference
JOURNAL_SHORT = ("J2", "JA", "JI", "NL", "J9", "JO")  # NL Ovid; JI and J9 Web of Science
VOLUME = ("VL", "VO")  # VO IEEE
ISSUE = ("IS", "CP")
ISSUE_OR_NUMBER = "M1"  # EndNote's number, of an article its issue; other programs note anything
ARTICLE_NUMBER = ("C7", "AR", "PG")  # C7 Scopus and Web of Science; PG Covidence
DOI = ("DO", "DI", "M3", "L3", "AID")  # M3 APA, EndNote; L3 EBSCO
ABSTRACT = ("AB", "N2")
KEYWORDS = ("KW", "MH", "DE")  # MH LILACS
LANGUAGE = ("LA",)
ADDRESSES = ("UR", "L2", "L1", "LK", "L3")
_WITH_ADDRESSES = (*ADDRESSES, *JOURNAL)
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


_ARTICLES = frozenset({"", "article", "magazine", "newspaper"})
_SOME_ISSUE = re.compile(
    r"(?:(?:no|nr|n[°º]?|iss(?:ue)?|h(?:eft)?|n[uú]m(?:ero)?)\b[.:]?\s?)?\d{1,4}[a-z]?"
    r"(?:\s?[-–/,&+]\s?\d{1,4}[a-z]?)?(?:\s?\(?(?:suppl|pt|part|spec)[\w. ]{0,16}\)?)?"
    r"|\(?(?:S\d{1,3}|(?:suppl|spec|pt|part|sonder|beiheft|themenheft|extra)[\w. ]{0,20})\)?",
    re.IGNORECASE,
)
_OF_EPPI = re.compile(r"eppi-reviewer\d", re.IGNORECASE)  # it writes names as "Arbor Bea M"
_ALIKE = 50  # persons of one family name that are compared by their initials


def reference(fields: Sequence[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, TITLE)
    kind = _type(values)
    issued = every(values, ISSUED)
    date = dates.date([*issued, *every(values, DATES)])
    authors, guessed = _authors(fields, values)
    editors, guessed_editors = _in_order(
        values, of_first_tag(values, EDITORS_OF_BOOKS if kind in _BOOKS else EDITORS)
    )
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
        authors=authors,
        editors=editors,
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=short,
        volume=entry_values.brief(values, VOLUME),
        issue=entry_values.brief(values, ISSUE) or _number(values, kind, date),
        pages=_pages(values),
        doi=_doi(values),
        pmid=pmid,
        pmcid=pmcid,
        abstract=paragraphs(first(values, ABSTRACT)),
        keywords=entry_values.keywords(of_first_tag(values, KEYWORDS)),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, _WITH_ADDRESSES)),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE).replace("<Blank>", "")).strip(", "),  # EBSCO
        notes=entry_values.notes(every(values, NOTES), pmid, pmcid),
    )
    remarks = _unread(values, normal) + entry_values.guessed_names([*guessed, *guessed_editors])
    return normal, remarks + _other_year(values, date) if issued else remarks


def _type(values: Values) -> str:
    """The type; Scopus gives parts of a series as `SER`, and what they are in `M3`."""
    code = first(values, ("TY",))
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


def _authors(
    fields: Sequence[tuple[str, str]], values: Values
) -> tuple[tuple[Name, ...], list[str]]:
    """The authors; where they stand under two tags, all of them in the order of the file."""
    if not all(tag in values for tag in AUTHORS):
        return _in_order(values, of_first_tag(values, AUTHORS))
    tags: list[str] = []
    texts: list[str] = []
    for tag, value in fields:
        people = names.names([value]) if tag in AUTHORS and value not in NOTHING else ()
        tags += [tag] * len(people)
        texts += [value] if len(people) == 1 else map(str, people)
    people, guessed = _in_order(values, texts)
    return _without_repeats(tags, people), guessed


def _in_order(values: Values, texts: Sequence[str]) -> tuple[tuple[Name, ...], list[str]]:
    """The names of the texts, and what was guessed of the order of those without a comma."""
    if not texts:
        return (), []
    is_unclear = not all("," in text for text in texts)
    family_first = is_unclear and any(map(_OF_EPPI.match, values.get("KW", ())))
    return names.names_in_any_order(texts, family_first=family_first)


def _without_repeats(tags: Sequence[str], people: Sequence[Name]) -> tuple[Name, ...]:
    """Each person once, with the fuller given name, where another tag repeats it."""
    unique: list[Name] = []
    alike: dict[str, list[tuple[str, int]]] = {}
    for tag, person in zip(tags, people, strict=True):
        others = alike.setdefault(person.family.casefold(), [])
        for other_tag, at in others[:_ALIKE]:
            if other_tag != tag and names.may_be_one(unique[at], person):
                unique[at] = max(unique[at], person, key=names.given_letters)
                others.remove((other_tag, at))
                break
        else:
            others.append((tag, len(unique)))
            unique.append(person)
    return tuple(unique)


def _number(values: Values, kind: str, date: str) -> str:
    """EndNote's number of an article, if it looks like an issue."""
    number = line(first(values, (ISSUE_OR_NUMBER,)))
    is_issue = kind in _ARTICLES and _SOME_ISSUE.fullmatch(number) and number != date[:4]
    return number if is_issue else ""


def _other_year(values: Values, date: str) -> list[Remark]:
    """What is to be said where `PY` gives another year than the date of the issue."""
    year = dates.date(values.get("PY", ()))[:4]
    if not year or year == date[:4]:
        return []
    return [(Code.DATES_DIFFER, f"PY says {year}, DA {date}")]


def _pages(values: Values) -> str:
    page_range = page_ranges.pages(first(values, ("SP",)), first(values, ("EP",)))
    return page_range or page_ranges.pages(first(values, ARTICLE_NUMBER))


def _doi(values: Values) -> str:
    linked = (value for value in every(values, ADDRESSES) if "doi.org/" in value)
    return (
        find_first(identifiers.doi, every(values, DOI))
        or find_first(identifiers.doi, linked)
        or find_first(identifiers.noted_doi, every(values, NOTES))
    )


def _pmid(values: Values, notices: str) -> str:
    for tag, database in PMID:
        if tag in values:
            databases = " ".join(every(values, ("DB", "DP"))).lower()
            if database.lower() in databases and (
                pmid := find_first(identifiers.pmid, values[tag])
            ):
                return pmid
    return identifiers.pmid_named(notices) or find_first(
        identifiers.noted_pmid, every(values, NOTES)
    )


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
