"""What the tags of MEDLINE mean, as PubMed, PubMed Central and ERIC use them.

PubMed's own list: https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format. Long values are wrapped, so
line ends mean nothing; `AB` that stands twice holds two paragraphs.
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
from evidence.citations.formats.source_lines import Source, parse_source
from evidence.citations.record import Name, Reference
from evidence.citations.text import line

# Meaning: tags in order of preference.
TITLE = ("TI", "BTI", "TT")  # BTI of a book; TT in the language of the publication
BOOK = "BTI"
AUTHORS = ("FAU", "AU")
EDITORS = ("FED", "ED")
DATES = ("DP", "DEP")
JOURNAL = ("JT", "TA")
JOURNAL_SHORT = ("TA",)
SOURCE = ("SO",)  # all of it in one line
VOLUME = ("VI",)
ISSUE = ("IP",)
PAGES = ("PG",)
LOCATIONS = ("LID", "AID")  # with what they are in brackets: [doi], [pii]
ABSTRACT = ("AB", "OAB")
KEYWORDS = ("OT", "MH")
LANGUAGE = ("LA",)
SERIALS = ("IS", "ISSN", "ISBN")
PUBLISHER = ("PB",)
PLACE = ("PL",)
NOTES = ("GN",)
PMID = ("PMID",)
PMCID = ("PMC", "AID")
ADDRESSES = ("LID", "AID", "URL")

_ORGANISATION = "CN"
_ARTICLE_NUMBER = re.compile(  # publishers' own numbers (pii) are longer
    r"(e?\d{1,9})|(?:pii:?\s?)?(e\d{1,9}|[a-z]?\d{1,6})\s?\[pii\]", re.IGNORECASE
)
_ISSN_WORD = re.compile(r"\bE?ISSN-", re.IGNORECASE)


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    tagged = list(fields)
    values = entry_values.by_tag(tagged, TITLE)
    date = dates.date(map(line, every(values, DATES)))
    doi = find_first(identifiers.doi, every(values, LOCATIONS))
    in_book = BOOK in values and "TI" in values
    journal = line(first(values, (BOOK,) if in_book else JOURNAL))
    pages = page_ranges.pages(line(first(values, PAGES))) or _article_number(values)
    volume = line(first(values, VOLUME))
    source = line(first(values, SOURCE))
    is_told = BOOK in values or (journal and date and (volume or pages))
    cited = Source() if is_told else parse_source(source)
    if cited.is_read:
        date, journal = date or cited.date, journal or cited.container
        volume, pages = volume or cited.volume, pages or cited.pages
    serials = [_ISSN_WORD.sub(" ", value) for value in every(values, SERIALS)]
    normal = Reference(
        type=_type(values, in_book=in_book),
        title=line(first(values, TITLE)),
        authors=_people(tagged, values, AUTHORS),
        editors=_people(tagged, values, EDITORS),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal),
        volume=volume,
        issue=line(first(values, ISSUE)) or cited.issue,
        pages=pages,
        doi=doi or find_first(identifiers.noted_doi, every(values, NOTES)),
        pmid=find_first(identifiers.pmid, every(values, PMID)),
        pmcid=find_first(identifiers.pmcid, every(values, PMCID)),
        abstract="\n".join(map(line, of_first_tag(values, ABSTRACT))),
        keywords=entry_values.keywords(map(line, every(values, KEYWORDS))),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, ADDRESSES)),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE)),
        notes=tuple(map(line, every(values, NOTES))),
    )
    unread = entry_values.unreadable_values(values, (("year", DATES, date),))
    return normal, unread + entry_values.unread_source(source, cited, (journal, date))


def _type(values: Values, *, in_book: bool) -> str:
    kind = types.from_pubmed(map(line, values.get("PT", ())))
    if in_book and kind in {"", "article", "book"}:
        return "chapter"
    if BOOK in values and kind == "article":
        return "book"
    return kind or ("book" if BOOK in values else types.OTHER if "PT" in values else "")


def _people(
    fields: Iterable[tuple[str, str]], values: Values, tags: tuple[str, ...]
) -> tuple[Name, ...]:
    """The names in their order, in the first form that there is; the others repeat them."""
    form = next((tag for tag in tags if tag in values), "")
    people: list[Name] = []
    for tag, value in fields:
        if tag == form:
            people += names.names([line(value)])
        elif tag == _ORGANISATION and tags == AUTHORS and line(value):
            people.append(Name(line(value)))
    return tuple(people)


def _article_number(values: Values) -> str:
    """The article's number among the locations, bare (PubMed Central) or as the publisher's."""
    matches = (_ARTICLE_NUMBER.fullmatch(line(value)) for value in every(values, LOCATIONS))
    return next((match[1] or match[2] for match in matches if match), "")
