"""What the tags of Ovid's own export mean, over the databases that it offers.

Its field guides: https://ospguides.ovid.com/OSPguides/medline.htm and their like. Each database
names its fields a little differently, and some give volume, issue and pages in `SO` only.
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
from evidence.citations.text import line, paragraphs

# Meaning: tags in order of preference.
TITLE = ("TI", "TT", "OT")
AUTHORS = ("FA", "AU")  # full names before short ones
EDITORS = ("ED",)
DATES = ("DP", "DG", "YR")
SOURCE = ("SO", "AS")  # journal, volume, issue, pages and date in one line
JOURNAL = ("NJ", "JN", "JT")
BOOK = "BT"  # with its editors and pages, in some databases
JOURNAL_SHORT = ("TA", "JA")
VOLUME = ("VI", "VO")
ISSUE = ("IP",)
PAGES = ("PG",)
DOI = ("DO", "DI")
PMID = ("PM",)
NUMBER = "UI"  # in a database, which DB names
ABSTRACT = ("AB",)
HEADINGS = ("MH", "SH", "DE", "MJ", "MN")
WORDS = ("KW", "ID")  # running lists
LANGUAGE = ("LG", "LA")
ADDRESSES = ("UR", "JL", "XL")
SERIALS = ("IS", "IT", "IB", "BN")
PUBLISHER = ("PB", "PU")
PLACE = ("PL", "CP")
NOTES = ("NT",)
TYPE = ("DT", "PT")

MANY_LINES = frozenset({"AB", "GS", "IN", "RF", "TM", "CP", "MA", "CQ", "DE", "SY"})

_ROLE = re.compile(r"\s*\[[^\[\]]{0,200}\]|(?<=[a-z.])\s*[\d,+*\s]+$")  # "[Author]", footnotes
_DEGREES = (
    r"Ph\.? ?D|D\.? ?Phil|M\.?D|M\.?Sc|B\.?Sc|M\.?P\.?H|M\.?B\.?B\.?S|M\.?B|B\.?Ch|D\.?O|R\.?N"
    r"|B\.?S\.?N|M\.?S\.?N|D\.?N\.?P|Pharm\.?D|Psy\.?D|Dr\.?P\.?H|Sc\.?D|Ed\.?D|J\.?D|D\.?D\.?S"
    r"|D\.?M\.?D|D\.?V\.?M|M\.?B\.?A|M\.?Ed|M\.?H\.?S|M\.?S\.?W|F[A-Z]{3,5}|MRC[A-Z]{1,4}|OTR/?L?"
    r"|PT|DPT|MA|MS|BA|BS"
)
_BEHIND_NAME = re.compile(
    rf"(?:(?<=\S\s)|,\s?)(?:{_DEGREES})\.?(?:\([A-Za-z]+\))?$|[\s,]*[*+†‡§¶#\d,]+$|[\s,]+$"
)
_FULL_STOP = re.compile(r"[^\W\d_]{3}\.$|(?<!\.) [A-Z] [A-Z]\.$")
_KINDS = (
    "Articles?|Original Articles?|Miscellaneous(?: Article)?|Reports?|Clinical Reports?|References"
    "|Reviews?|Systematic Reviews?|Letters?|Editorials?|Abstracts?|Case Reports?|Comment(?:ary)?"
    r"|Announcement|Book Reviews?|News|Erratum|Correction|Meta-?Analysis|\d+ refs?"
)
_KIND = re.compile(rf"[\s.]*(?:\[(?:{_KINDS})\][\s.]*)+$", re.IGNORECASE)


def reference(fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values."""
    values = entry_values.by_tag(fields, TITLE)
    source = first(values, (*SOURCE[:1], BOOK))
    cited = parse_source(source)
    kind = _type(values) or ("chapter" if cited.is_chapter else "")
    date = dates.date([*map(line, every(values, DATES)), cited.date])
    doi = find_first(identifiers.doi, every(values, DOI))
    journal = line(first(values, JOURNAL)) or _book(values, cited) or cited.container
    serials = every(values, SERIALS)
    normal = Reference(
        type=kind,
        title=_without_kind(line(first(values, TITLE))),
        authors=_people(values, AUTHORS),
        editors=_people(values, EDITORS) or cited.editors,
        year=dates.year(date),
        date=date,
        journal="" if kind == "book" else journal,
        journal_short=entry_values.abbreviated_journal(values, JOURNAL_SHORT, journal)
        or _short(values, journal),
        volume=entry_values.brief(values, VOLUME) or cited.volume,
        issue=entry_values.brief(values, ISSUE) or cited.issue,
        pages=page_ranges.pages(line(first(values, PAGES))) or cited.pages,
        doi=doi,
        pmid=_pmid(values),
        abstract=paragraphs(first(values, ABSTRACT)),
        keywords=entry_values.keywords(
            [*every(values, HEADINGS), *entry_values.split_keywords(every(values, WORDS))]
        ),
        language=entry_values.languages(values, LANGUAGE),
        urls=entry_values.urls(every(values, ADDRESSES)),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=line(first(values, PUBLISHER)),
        place=line(first(values, PLACE)),
        notes=entry_values.notes(every(values, NOTES)),
    )
    unread = entry_values.unreadable_values(values, (("year", DATES, date), ("DOI", DOI, doi)))
    known = (journal, date, normal.volume or normal.pages or kind == "book")
    return normal, unread + entry_values.unread_source(source, cited, known)


def _people(values: Values, tags: tuple[str, ...]) -> tuple[Name, ...]:
    texts = (_ROLE.sub("", value) for value in of_first_tag(values, tags))
    parts = (part for text in texts for row in text.split("\n") for part in line(row).split(";"))
    return names.names(_without_degrees(part) for part in parts)


def _without_degrees(text: str) -> str:
    """A name without degrees, marks of footnotes and the full stop of the field."""
    text = line(text)
    while (shorter := _BEHIND_NAME.sub("", text)) != text:
        text = shorter
    return text[:-1] if _FULL_STOP.search(text) else text


def _without_kind(title: str) -> str:
    """A title without the kinds of documents that Ovid writes behind it: "Title. [Article]"."""
    match = _KIND.search(title)
    return title[: match.start()].rstrip(" .") if match else title


def _book(values: Values, cited: Source) -> str:
    """The book as its own field names it, where that holds its title alone."""
    book = line(first(values, (BOOK,)))
    return "" if cited.is_chapter and SOURCE[0] not in values else parse_source(book).container


def _short(values: Values, journal: str) -> str:
    """The abbreviated journal, where the citation stands in a short form too."""
    short = parse_source(first(values, SOURCE[1:])).container
    return short if short.casefold() != journal.casefold() else ""


def _type(values: Values) -> str:
    """The first known type; `PT` may hold several, parted by full stops."""
    parts = [part for value in every(values, TYPE) for part in line(value).split(". ")]
    words = [types.from_words(part.strip(" .")) for part in parts]
    return next(filter(None, words), types.OTHER if parts else "")


def _pmid(values: Values) -> str:
    pmid = find_first(identifiers.pmid, every(values, PMID))
    if not pmid and "medline" in " ".join(every(values, ("DB",))).lower():
        pmid = find_first(identifiers.pmid, every(values, (NUMBER,)))
    return pmid
