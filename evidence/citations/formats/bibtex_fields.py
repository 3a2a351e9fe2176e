"""What the fields of BibTeX and BibLaTeX mean, over all exporters, and the normal form of an entry.

Where a row names several fields, the first one that says something is taken. All fields, unknown
ones too, stay in `Record.fields`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from evidence.citations import dates, identifiers, page_ranges, types
from evidence.citations.formats import bibtex_names, latex
from evidence.citations.formats.entry_values import QUOTE_LENGTH, NormalForm, Remark, split_notes
from evidence.citations.record import Name, Reference
from evidence.citations.text import address, line, paragraphs, says_nothing
from evidence.problems import Code

Values = dict[str, list[str]]

# Meaning: fields in order of preference, lower case, with hyphens for blanks and underscores.
TITLE = ("title", "maintitle")
SUBTITLE = ("subtitle",)
CHAPTER = ("chapter",)  # its number, or its name
AUTHORS = ("author", "authors")
EDITORS = ("editor", "editors")
DATES = ("date", "year", "issue-date", "early-access-date")
JOURNAL = ("journal", "journaltitle", "fjournal")
BOOK = ("booktitle", "maintitle", "journal", "journaltitle")  # of a chapter or a paper
JOURNAL_SHORT = ("shortjournal", "abbrev-source-title", "journal-iso", "journal-abbrev")
VOLUME = ("volume",)
ISSUE = ("number", "issue")
PAGES = ("pages", "page")
ARTICLE_NUMBER = ("article-number", "art-number", "articleno", "eid")
DOI = ("doi", "crossref")  # SciELO puts the DOI into crossref
DOI_LINKS = ("url", "eprint", "ee", "howpublished")
PMID = ("pmid",)
PMID_NAMED = ("note", "annote", "url")
EPRINT = ("eprint",)  # a number in the archive that EPRINT_OF names
EPRINT_OF = ("eprinttype", "archiveprefix")
PMCID = ("pmcid", "pmc", "url")
ABSTRACT = ("abstract",)
KEYWORDS = ("keywords", "author-keywords", "keyword", "keywords-plus")
LANGUAGE = ("language", "langid")
ADDRESSES = ("url", "link", "eprint", "bdsk-url-1", "bdsk-url-2", "howpublished")
SERIALS = ("issn", "eissn", "isbn", "eisbn")
PUBLISHER = ("publisher", "institution", "school", "organization")
PLACE = ("address", "location")
NOTES = ("note", "annote", "annotation")

_BOOK_PARTS = frozenset({"chapter", "conference", "encyclopedia"})
_WRAPPED = re.compile(r"[ \t]*+\n[ \t]++")
_SEPARATOR = re.compile(r"[\s_-]+")
_NUMBER_OF_CHAPTER = re.compile(r"(?:\w{1,9}\.?\s)?(?:\d[\w.–-]{0,9}|[IVXLCivxlc]{1,7}|\w?)\.?")
_NOTE = 200  # characters; a longer note may be about other publications


def reference(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> NormalForm:
    """The normal form of an entry, and what is to be said of its values.

    The key serves as a last source of the DOI, because some publishers use it as key.
    """
    values: Values = {}
    for name, value in fields:
        if value.strip():
            values.setdefault(_SEPARATOR.sub("-", name.strip().lower()), []).append(value)
    word = _type(kind, values)
    date = _date(values)
    doi = _doi(values, key)
    serials = [latex.address(value) for value in _all(values, SERIALS)]
    normal = Reference(
        type=word,
        title=_title(values),
        authors=_names(values, AUTHORS),
        editors=_names(values, EDITORS),
        year=dates.year(date),
        date=date,
        journal=_text(values, BOOK if word in _BOOK_PARTS else JOURNAL),
        journal_short=_text(values, JOURNAL_SHORT),
        volume=_text(values, VOLUME),
        issue=_text(values, ISSUE),
        pages=page_ranges.pages(_text(values, PAGES))
        or page_ranges.pages(_text(values, ARTICLE_NUMBER)),
        doi=doi,
        pmid=_pmid(values),
        pmcid=next(filter(None, map(identifiers.pmcid, _all(values, PMCID))), ""),
        abstract=_abstract(values),
        keywords=_keywords(values),
        language=_text(values, LANGUAGE),
        urls=_urls(values),
        issn=identifiers.issns(serials),
        isbn=identifiers.isbns(serials),
        publisher=_text(values, PUBLISHER),
        place=_text(values, PLACE),
        notes=tuple(_notes(values)),
    )
    return normal, _unreadable(values, date, doi)


def _type(kind: str, values: Values) -> str:
    """The type; arXiv gives its preprints as @misc."""
    is_preprint = "arxiv" in map(str.lower, _all(values, EPRINT_OF))
    word = types.from_bibtex(kind)
    return "preprint" if is_preprint and word == types.OTHER else word


def _all(values: Values, names: Sequence[str]) -> list[str]:
    return [value for name in names for value in values.get(name, ()) if not says_nothing(value)]


def _text(values: Values, names: Sequence[str]) -> str:
    """The first value that says something, as one line."""
    return line(latex.plain(next(iter(_all(values, names)), "")))


def _title(values: Values) -> str:
    """Title and subtitle; here "None" may well be a title."""
    title = line(latex.plain(next((values[name][0] for name in TITLE if name in values), "")))
    subtitle = _text(values, SUBTITLE)
    if not title and not _NUMBER_OF_CHAPTER.fullmatch(chapter := _text(values, CHAPTER)):
        title = chapter
    return f"{title}: {subtitle}" if title and subtitle else title or subtitle


def _names(values: Values, names: Sequence[str]) -> tuple[Name, ...]:
    return bibtex_names.split(next(iter(_all(values, names)), ""))


def _unwrap(text: str) -> str:
    """The text without the line ends that only keep a file narrow; those are indented."""
    return _WRAPPED.sub(" ", text)


def _abstract(values: Values) -> str:
    return paragraphs(latex.plain(_unwrap(next(iter(_all(values, ABSTRACT)), ""))))


def _notes(values: Values) -> Iterator[str]:
    """The notes; one field may hold several, parted by blank lines."""
    for value in _all(values, NOTES):
        yield from filter(None, map(paragraphs, split_notes(latex.plain(_unwrap(value)))))


def _date(values: Values) -> str:
    """Year and month stand apart in BibTeX; SciELO and others give the month as a number."""
    months = [line(latex.plain(value)) for value in _all(values, ("month",))]
    days = [line(value) for value in _all(values, ("day",))]
    years = [line(latex.plain(value)) for value in _all(values, DATES)]
    month = months[0] if months else ""
    if month.isdecimal() and (year := dates.year(dates.date(years))):
        month = "-".join([str(year), month, *days[:1]])
    elif days:
        month = f"{days[0]} {month}"
    return dates.date([*years, month])


def _doi(values: Values, key: str) -> str:
    dois = _all(values, DOI)
    linked = [value for value in _all(values, DOI_LINKS) if "doi.org/" in value]
    texts = [latex.address(value) for value in (*dois, *linked)]
    doi = next(filter(None, map(identifiers.doi, [*texts, key])), "")
    noted = map(identifiers.noted_doi, map(latex.address, _all(values, NOTES)))
    return doi or next(filter(None, noted), "")


def _pmid(values: Values) -> str:
    pmids = _all(values, PMID)
    if "pubmed" in map(str.lower, _all(values, EPRINT_OF)):
        pmids += _all(values, EPRINT)
    plain = next(filter(None, map(identifiers.pmid, pmids)), "")
    named = (value for value in _all(values, PMID_NAMED) if len(value) < _NOTE)
    noted = map(identifiers.noted_pmid, _all(values, NOTES))
    return plain or next(filter(None, (*map(identifiers.pmid_named, named), *noted)), "")


def _keywords(values: Values) -> tuple[str, ...]:
    """Each keyword once; a field without semicolons is parted by commas."""
    texts: list[str] = []
    for value in _all(values, KEYWORDS):
        text = line(latex.plain(value))
        texts += text.split(";" if ";" in text else ",")
    parts = (part.strip() for part in texts)
    return tuple(dict.fromkeys(part for part in parts if part and not says_nothing(part)))


def _urls(values: Values) -> tuple[str, ...]:
    parts = " ".join(address(latex.address(value)) for value in _all(values, ADDRESSES)).split()
    return tuple(dict.fromkeys(part for part in parts if part.startswith(("http", "ftp", "www."))))


def _unreadable(values: Values, date: str, doi: str) -> list[Remark]:
    """What the source said and the normal form could not take up."""
    unreadable: list[Remark] = []
    if not date and (text := _text(values, DATES)):
        unreadable.append((Code.VALUE_UNREADABLE, f"year “{text[:QUOTE_LENGTH]}”"))
    if not doi and (text := _text(values, ("doi",))):
        unreadable.append((Code.VALUE_UNREADABLE, f"DOI “{text[:QUOTE_LENGTH]}”"))
    return unreadable
