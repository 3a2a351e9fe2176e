"""Records in normal form, by field. Each record is treated alone, so parts can be joined."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import chain
from sys import intern
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from evidence.citations import identifiers
from evidence.deduplication import locators, volumes
from evidence.deduplication.authors import names
from evidence.deduplication.kinds import journal_flags, other_flags, title_flags, weight
from evidence.deduplication.reference_columns import Columns
from evidence.deduplication.text import journal_words, title_words, words

ABSTRACT_READ = 300  # characters
YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d(?!\d)")
ADDRESS = re.compile(r"\s*(?:https?://|www\.|doi:\s*10\.|10\.\d{4,9}/)\S+\s*", re.IGNORECASE)
REMEMBERED = 50_000  # years, volumes and issues; they repeat

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedRecords:
    """Records in normal form. Missing is an empty text or 0.

    Volume, issue, DOI and PubMed number are kept as numbers that stand for the text (code), since
    they are only compared for equality.

    Attributes:
        title: words in normal form.
        authors: words of the authors' names.
        family: family name of the first author.
        issn: ISSNs and ISBNs as the source wrote them.
        weight: number of different words that tell this title from others; 0 for titles that
            return from issue to issue ("Editorial").
        volume_number: the number in the volume (the 1 of `1A`); 0 for a letter or a word.
        first, last: pages; `last` is 0 where only one page is given.
        letters: what stands before the first page ("e", "s", "cd").
        doi_work: the DOI without a number of version.
        flags: kinds.KindFlag.
    """

    title: Sequence[str]
    authors: Sequence[str]
    family: Sequence[str]
    journal: Sequence[str]
    issn: Sequence[str]
    abstract: Sequence[str]
    weight: Integers
    year: Integers
    volume: Integers
    volume_number: Integers
    issue: Integers
    letters: Integers
    first: Integers
    last: Integers
    doi: Integers
    doi_work: Integers
    pmid: Integers
    flags: Integers

    def __len__(self) -> int:
        return len(self.title)

    def take(self, rows: Integers) -> "PreparedRecords":
        """The records at these rows."""
        columns: dict[str, Any] = {name: getattr(self, name)[rows] for name in NUMBERS}
        row_list = rows.tolist()
        for name in TEXTS:
            texts = getattr(self, name)
            columns[name] = [texts[row] for row in row_list]
        return PreparedRecords(**columns)


TEXTS = ("title", "authors", "family", "journal", "issn", "abstract")
NUMBERS = tuple(field.name for field in fields(PreparedRecords) if field.name not in TEXTS)
REPEATED = ("family", "journal", "issn")
COMPARED = (
    "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid", "issn",
    "abstract", "type",
)  # fmt: skip


def prepare(columns: Columns) -> PreparedRecords:
    """Bring records into normal form."""
    rows = [_row(*row) for row in zip(*(getattr(columns, name) for name in COMPARED), strict=True)]
    by_field = list(zip(*rows, strict=True)) if rows else [()] * len(TEXTS + NUMBERS)
    return _assembled(by_field)


def _assembled(by_field: Sequence[Iterable[str | int]]) -> PreparedRecords:
    values: dict[str, Any] = {
        name: list(column) for name, column in zip(TEXTS + NUMBERS, by_field, strict=True)
    }
    for name in NUMBERS:
        values[name] = np.array(values[name], dtype=np.int64)
    return PreparedRecords(**values)


def join(parts: Sequence[PreparedRecords]) -> PreparedRecords:
    """Parts of one set, prepared apart, as one."""
    joined: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in NUMBERS
    }
    for name in TEXTS:
        values = chain.from_iterable(getattr(part, name) for part in parts)
        joined[name] = list(map(intern, values) if name in REPEATED else values)
    return PreparedRecords(**joined)


def _row(  # noqa: PLR0913, PLR0917 - one argument per field of a record
    title: str, authors: str, year: str, journal: str, volume: str, issue: str, pages: str,
    doi: str, pmid: str, issn: str, abstract: str, kind: str,
) -> tuple[str | int, ...]:  # fmt: skip
    linked = ADDRESS.fullmatch(title)  # what a program wrote that found no title
    title_form = "" if linked else title_words(title)
    family, people = names(authors)
    journal_form = journal_words(journal)
    letters, first, last = locators.pages(pages)
    doi_form = identifiers.doi(doi) or (identifiers.doi_of_address(title) if linked else "")
    return (
        title_form, people, family, journal_form, issn.upper(), words(abstract[:ABSTRACT_READ]),
        weight(title_form, journal_form), _year(year), *_volume(volume, year),
        _issue(issue), code(letters), first, last,
        code(doi_form), code(locators.without_version(doi_form)), code(pmid),
        title_flags(title_form) | journal_flags(journal, kind)
        | other_flags(issue, volume, doi_form),
    )  # fmt: skip


@lru_cache(maxsize=REMEMBERED)
def _year(text: str) -> int:
    match = YEAR.search(text)
    return int(match[0]) if match else 0


def _volume(text: str, year: str) -> tuple[int, int]:
    """The volume and its number; a year that stands in its place says no more than the year."""
    whole, digits = volumes.volume(text)
    return (0, 0) if digits and digits == volumes.number(year) else _volume_codes(whole, digits)


@lru_cache(maxsize=REMEMBERED)
def _volume_codes(whole: str, digits: str) -> tuple[int, int]:
    return code(whole), code(digits)


@lru_cache(maxsize=REMEMBERED)
def _issue(text: str) -> int:
    return code(locators.issue(text))


def code(text: str) -> int:
    """A number that stands for a text, the same in every process; 0 for an empty text."""
    return crc32(text.encode("utf-8", "replace")) or 1 if text else 0
