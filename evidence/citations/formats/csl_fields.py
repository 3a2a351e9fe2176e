"""What the variables of CSL JSON mean, and those of Crossref, which differ little.

The list of CSL: https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables
"""

import json
from collections.abc import Mapping, Sequence

from evidence.citations import dates, identifiers, names, page_ranges, types
from evidence.citations.formats import entry_values
from evidence.citations.formats.entry_values import NormalForm
from evidence.citations.record import Name, Reference
from evidence.citations.text import NOTHING, line, paragraphs
from evidence.problems import Code

Item = Mapping[str, object]

# Meaning: variables in order of preference.
TYPE = ("type",)
TITLE = ("title", "title-short", "original-title")
AUTHORS = ("author", "authors")
EDITORS = ("editor", "container-author", "collection-editor")
DATES = ("issued", "published", "published-print", "published-online", "available-date", "year")
JOURNAL = ("container-title", "event-title", "event", "journal")
JOURNAL_SHORT = ("container-title-short", "journalAbbreviation", "short-container-title")
VOLUME = ("volume",)
ISSUE = ("issue",)
PAGES = ("page", "article-number", "number")
DOI = ("DOI", "doi")
PMID = ("PMID", "pmid")
PMCID = ("PMCID", "pmcid", "PMC")
ABSTRACT = ("abstract",)
KEYWORDS = ("keyword", "keywords", "categories")
LANGUAGE = ("language",)
ADDRESSES = ("URL", "url", "article_url", "fulltext_url")
SERIALS = ("ISSN", "ISBN", "isbn", "issn")
PUBLISHER = ("publisher",)
PLACE = ("publisher-place", "publisher-location")
NOTES = ("note",)
_DATE_PARTS = ("date-parts", "date_parts")
RANK = "rank"  # in a search of Publish or Perish, whose journal is "source"
CUSTOM = "custom"  # where this program keeps further addresses


def reference(item: Item) -> NormalForm:
    """The normal form of an item, and what is to be said of its values."""
    date = dates.date(_dates(item))
    doi = entry_values.find_first(identifiers.doi, _texts(item, DOI))
    journal = _first(item, (*JOURNAL, "source") if RANK in item else JOURNAL)
    notes = _texts(item, NOTES)
    numbers = "\n".join(note for note in notes if len(note) < entry_values.SHORT_NOTE)
    pmid = entry_values.find_first(identifiers.pmid, _texts(item, PMID)) or identifiers.pmid_named(
        numbers
    )
    pmcid = entry_values.find_first(identifiers.pmcid, [*_texts(item, PMCID), numbers])
    serials = _texts(item, SERIALS)
    normal = Reference(
        type=types.from_csl(_first(item, TYPE)),
        title=_first(item, TITLE),
        authors=_people(item, AUTHORS),
        editors=_people(item, EDITORS),
        year=dates.year(date),
        date=date,
        journal=journal,
        journal_short=_short(item, journal),
        volume=_first(item, VOLUME),
        issue=_first(item, ISSUE),
        pages=page_ranges.pages(_first(item, PAGES))
        or page_ranges.pages(_first(item, ("startpage",)), _first(item, ("endpage",))),
        doi=doi or entry_values.find_first(identifiers.noted_doi, notes),
        pmid=pmid,
        pmcid=pmcid,
        abstract=paragraphs(next(iter(_texts(item, ABSTRACT)), "")),
        keywords=entry_values.split_keywords(_texts(item, KEYWORDS)),
        language=_first(item, LANGUAGE),
        urls=entry_values.urls([*_texts(item, ADDRESSES), *_further(item)]),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=_first(item, PUBLISHER),
        place=_first(item, PLACE),
        notes=entry_values.notes(
            (part for note in notes for part in entry_values.split_notes(note)), pmid, pmcid
        ),
    )
    meanings = (("DOI", _texts(item, ("DOI",)), doi), ("year", _dates(item), date))
    return normal, [
        (Code.VALUE_UNREADABLE, f"{name} “{text[0][: entry_values.QUOTE_LENGTH]}”")
        for name, text, value in meanings
        if text and not value
    ]


def fields(item: Item) -> tuple[tuple[str, str], ...]:
    """Every variable with its value; what is more than a text stays JSON."""
    return tuple((key, _as_text(value)) for key, value in item.items())


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _texts(item: Item, keys: Sequence[str]) -> list[str]:
    """The texts of all the variables; Crossref puts most into lists."""
    values = [item.get(key) for key in keys]
    parts = (text for value in values for text in (value if isinstance(value, list) else [value]))
    return [str(text) for text in parts if _says_something(text)]


def _says_something(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return str(value) not in NOTHING


def _first(item: Item, keys: Sequence[str]) -> str:
    return line(next(iter(_texts(item, keys)), ""))


def _short(item: Item, journal: str) -> str:
    shorts = map(line, _texts(item, JOURNAL_SHORT))
    return next((short for short in shorts if short.casefold() != journal.casefold()), "")


def _dates(item: Item) -> list[str]:
    """The dates in words; of a range the first one."""
    return [text for key in DATES for text in _date_texts(item.get(key))]


def _date_texts(value: object) -> list[str]:
    """One date as texts, in whichever shape a program wrote it: `date-parts`, names, one text."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):  # parts in a list, or old pandoc's dates
        if value and not isinstance(value[0], list | dict):
            return _joined(value)
        return _date_texts(value[0]) if value else []
    if not isinstance(value, dict):
        return []
    texts = [text for key in _DATE_PARTS for text in _date_texts(value.get(key))]
    if "year" in value:
        texts += _joined([value["year"], value.get("month"), value.get("day")])
    return texts + [str(value[key]) for key in ("raw", "literal", "date-time") if value.get(key)]


def _joined(parts: Sequence[object]) -> list[str]:
    """Year, month and day as one text; a season, or what is no month, ends it."""
    year, *others = [line(str(part)) if part is not None else "" for part in parts[:3]]
    numbers = []
    for other in others:
        if not other.isdecimal():
            break
        numbers.append(other)
    if others and others[0] and not others[0].isdecimal():
        day = others[1] if others[1:] and others[1].isdecimal() else ""
        return [" ".join(filter(None, (year, others[0], day))), year]
    return ["-".join([year, *numbers]), year] if year else []


def _people(item: Item, keys: Sequence[str]) -> tuple[Name, ...]:
    for key in keys:
        value = item.get(key)
        if isinstance(value, str):
            return names.names([value])
        if isinstance(value, list) and (people := tuple(filter(None, map(_name, value)))):
            return people
    return ()


def _name(person: object) -> Name | None:
    """A person with particles and suffix, or an organisation in `literal` or `name`."""
    if not isinstance(person, dict):
        return names.given_first(person) if isinstance(person, str) and person.strip() else None

    def part(key: str) -> str:
        value = person.get(key)
        return line(value) if isinstance(value, str) else ""

    whole = part("literal") or part("name")
    family = f"{part('non-dropping-particle')} {part('family')}".strip()
    given = f"{part('given')} {part('dropping-particle')}".strip()
    if suffix := part("suffix"):
        given = f"{given}, {suffix}".lstrip(", ")
    if family:
        return Name(family, given)
    return Name(whole or given) if whole or given else None


def _further(item: Item) -> list[str]:
    custom = item.get(CUSTOM)
    urls = custom.get("urls") if isinstance(custom, dict) else None
    return [url for url in urls if isinstance(url, str)] if isinstance(urls, list) else []
