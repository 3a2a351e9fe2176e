"""What the tags of Web of Science mean, over all the databases of its platform.

Its own list: https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html. Values are
wrapped, so line ends mean nothing, but for people: of them each line holds one.
"""

import re
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
from evidence.citations.record import Name, Reference
from evidence.citations.text import line

# Meaning: tags in order of preference.
TITLE = ("TI", "FT")  # FT in the language of the publication
AUTHORS = ("AF", "AU", "BF", "BA")  # full names before short ones, authors of a book behind
GROUPS = ("CA", "GP")  # organisations as authors
EDITORS = ("BE", "ED")
DATES = ("PY", "PD")
EARLY = ("EA", "EY")  # of early access, where there is no other date
JOURNAL = ("SO", "JI", "J9")
JOURNAL_SHORT = ("JI", "J9")
VOLUME = ("VL",)
ISSUE = ("IS",)
ARTICLE_NUMBER = ("AR", "PS")  # PS Zoological Record
DOI = ("DI",)
DOI_OF_BOOK = ("D2",)  # which all its chapters share
PMID = ("PM",)
ABSTRACT = ("AB",)
KEYWORDS = ("DE", "ID", "MH")
LANGUAGE = ("LA",)
ADDRESSES = ("UR", "HP")
SERIALS = ("SN", "EI", "BN")
PUBLISHER = ("PU",)
PLACE = ("PI",)
NOTES = ("NT",)

MANY_LINES = frozenset({"AB", "CR", "C1", "FX", "AU", "AF"})

_CONFERENCE = "CT"
_ADDRESS = re.compile(r"\s*\([^()\s]+@[^()\s]+\)")  # behind a name in Zoological Record
_IN_CAPITALS = re.compile(r"([^\W\d_a-z][^a-z\d,]*?) ([A-Z]{1,3}(?:[ -][A-Z]{1,2}){0,3})")
_COMPANIES = frozenset(
    {"CO", "INC", "LTD", "LLC", "AG", "SA", "BV", "KG", "PLC", "NV", "SPA", "AB"}
)
_NUMBER_WORD = re.compile(r"^(?:UNSP|ARTN)\s+", re.IGNORECASE)


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, TITLE)
    early = " ".join(every(values, EARLY))
    date = dates.date(map(line, every(values, DATES))) or dates.date([line(early)])
    kind = _type(values)
    doi = find_first(identifiers.doi, every(values, DOI + DOI_OF_BOOK if kind == "book" else DOI))
    journal = line(first(values, JOURNAL))
    serials = every(values, SERIALS)
    normal = Reference(
        type=kind,
        title=line(first(values, TITLE)),
        authors=_people(values, AUTHORS) + _groups(values),
        editors=_people(values, EDITORS),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal),
        volume=line(first(values, VOLUME)),
        issue=line(first(values, ISSUE)),
        pages=_pages(values),
        doi=doi,
        pmid=find_first(identifiers.pmid, every(values, PMID)),
        abstract=line(first(values, ABSTRACT)),
        keywords=entry_values.keywords(map(line, every(values, KEYWORDS))),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, ADDRESSES)),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE)),
        notes=tuple(map(line, every(values, NOTES))),
    )
    return normal, entry_values.unreadable_values(
        values, (("year", ("PY",), date), ("DOI", ("DI",), doi))
    )


def _people(values: Values, tags: tuple[str, ...]) -> tuple[Name, ...]:
    texts = (_ADDRESS.sub("", value) for value in of_first_tag(values, tags))
    return names.names(_with_comma(row) for text in texts for row in re.split("[\n;]", text))


def _with_comma(text: str) -> str:
    """A name as `FAMILY AB`, which patents have, with a comma between."""
    match = _IN_CAPITALS.fullmatch(line(text))
    return f"{match[1]}, {match[2]}" if match and match[2] not in _COMPANIES else text


def _groups(values: Values) -> tuple[Name, ...]:
    """Organisations, each in a line of its own, in a table parted by semicolons."""
    rows = (line(row) for value in every(values, GROUPS) for row in re.split("[\n;]", value))
    return tuple(Name(row) for row in rows if row)


def _pages(values: Values) -> str:
    page_range = page_ranges.pages(first(values, ("BP",)), first(values, ("EP",)))
    return page_range or page_ranges.pages(
        _NUMBER_WORD.sub("", line(first(values, ARTICLE_NUMBER)))
    )


def _type(values: Values) -> str:
    """`PT` says in what the work stands (J journal, B book, S series), `DT` what it is."""
    form = first(values, ("PT",)).strip()
    words = [types.from_words(part) for part in line(first(values, ("DT",))).split(";")]
    if form in {"", "J"}:
        return next(filter(None, words), "article" if form else "")
    if form == "P":
        return "patent"
    for kind in ("conference", "chapter", "book"):
        if kind in words:
            return kind
    if form == "C" or _CONFERENCE in values:
        return "conference"
    return "chapter" if form == "S" else "book"
