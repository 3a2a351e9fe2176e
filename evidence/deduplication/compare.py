"""Compare the fields of candidate pairs. Nothing is decided here; all_rules.py decides."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.process import cpdist

from evidence.deduplication.authors import FieldLevel, compare_authors
from evidence.deduplication.journals import compare_journals
from evidence.deduplication.prepare import Integers, PreparedRecords
from evidence.deduplication.titles import SAME_ORDER, TitleLevel, compare_titles

Levels = NDArray[np.int8]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

HUNDRED = np.float32(100)

WORTH_READING = 55.0  # percent; titles less alike by letters are hardly alike by words
MUCH_SHORTER = 0.6  # of the longer title; then it may be a part of it, and less alike than that
PART_ALIKE = 75.0  # percent of the shorter title
MOST_YEARS = 3  # between two records of a work, where neither title nor volume is the same
ALIKE_ABSTRACTS = 85.0  # percent
LETTERED = 1_000  # e1234 is an article number, S123 is a page of a supplement
ARTICLE = 50_000  # a single page beyond is an article number


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPairs:
    """Pairs, field by field. Levels are those of TitleLevel and FieldLevel; a missing value is -1.

    Attributes:
        a, b: rows of the two records.
        years: difference in years, -1 where one is missing.
    """

    a: Integers
    b: Integers
    title: Levels
    authors: Levels
    journal: Levels
    volume: Levels
    issue: Levels
    pages: Levels
    doi: Levels
    pmid: Levels
    abstract: Levels
    years: Integers
    title_score: Scores
    authors_score: Scores
    abstract_score: Scores

    def __len__(self) -> int:
        return len(self.a)

    def take(self, rows: Integers | NDArray[np.bool_]) -> "ComparedPairs":
        """Some of the pairs."""
        return ComparedPairs(**{f.name: getattr(self, f.name)[rows] for f in fields(ComparedPairs)})

    def scores(self) -> Scores:
        """How alike the fields are, a column each; NaN where a value is missing."""
        years = np.where(self.years < 0, np.nan, np.maximum(0, 1 - self.years / 2))
        places = [_share(getattr(self, name)) for name in ("journal", "volume", "issue", "pages")]
        columns = [
            np.where(self.title == TitleLevel.MISSING, np.nan, self.title_score),
            np.where(self.authors == FieldLevel.MISSING, np.nan, self.authors_score),
            years,
            *places,
            _share(self.doi),
            np.where(self.abstract == FieldLevel.MISSING, np.nan, self.abstract_score),
        ]
        return np.stack(columns, axis=1).astype(np.float32)


def _share(level: Levels) -> Scores:
    return np.where(level < 0, np.nan, level / FieldLevel.SAME).astype(np.float32)


def compare(records: PreparedRecords, a: Integers, b: Integers) -> ComparedPairs:
    """Compare pairs of rows, field by field."""
    return _compare(records, a, b, _titles(records.title, a, b))


def compare_hopeful(records: PreparedRecords, a: Integers, b: Integers) -> ComparedPairs:
    """Compare pairs of rows, without those that no rule can join or ask about."""
    texts_a, texts_b = _texts(records.title, a), _texts(records.title, b)
    score = _ratio(texts_a, texts_b)
    same_spot = _same_place_or_number(records, a, b)
    near = ~_elsewhere(records, a, b)
    worth = ((score >= WORTH_READING) & near) | (score >= SAME_ORDER) | same_spot
    for at in np.flatnonzero(~worth & near & _same_year(records, a, b)).tolist():
        worth[at] = _same_people(records.authors[a[at]], records.authors[b[at]])
    for at in np.flatnonzero(~worth & near & _much_shorter(texts_a, texts_b)).tolist():
        worth[at] = _alike_in_part(texts_a[at], texts_b[at])
    a, b, same_spot = a[worth], b[worth], same_spot[worth]
    titles = _titles(records.title, a, b)
    hopeful = (titles[0] != TitleLevel.OTHER) | same_spot
    return _compare(records, a[hopeful], b[hopeful], (titles[0][hopeful], titles[1][hopeful]))


def _same_year(records: PreparedRecords, a: Integers, b: Integers) -> Mask:
    same: Mask = (records.year[a] == records.year[b]) & (records.year[a] > 0)
    return same


def _same_people(a: str, b: str) -> bool:
    """Whether two records have the same authors, several, in the same order."""
    return a == b and " " in a


def _much_shorter(texts_a: list[str], texts_b: list[str]) -> Mask:
    lengths = np.array([[*map(len, texts_a)], [*map(len, texts_b)]])
    shorter: Mask = lengths.min(axis=0) < MUCH_SHORTER * lengths.max(axis=0)
    return shorter


def _alike_in_part(a: str, b: str) -> bool:
    """Whether the shorter title is much like a part of the longer one; one may be missing."""
    return not a or not b or fuzz.partial_ratio(a, b, score_cutoff=PART_ALIKE) > 0


def _elsewhere(records: PreparedRecords, a: Integers, b: Integers) -> Mask:
    """Whether volume or year says that two records whose titles differ are two works."""
    volume = _equal(records.volume, a, b)
    years = np.abs(records.year[a] - records.year[b])
    both_years = (records.year[a] > 0) & (records.year[b] > 0)
    other_year = both_years & (years > MOST_YEARS) & (volume != FieldLevel.SAME)
    pages = _equal(records.first, a, b) == FieldLevel.SAME
    elsewhere: Mask = ((volume == FieldLevel.OTHER) | other_year) & ~pages
    return elsewhere


def _same_place_or_number(records: PreparedRecords, a: Integers, b: Integers) -> Mask:
    volume, first, last, doi, pmid = (
        _equal(getattr(records, name), a, b) == FieldLevel.SAME
        for name in ("volume", "first", "last", "doi_work", "pmid")
    )
    same: Mask = (volume & first & last) | doi | pmid
    year = _equal(records.year, a, b) == FieldLevel.SAME
    for at in np.flatnonzero(volume & year & ~same).tolist():
        family, other = records.family[a[at]], records.family[b[at]]
        same[at] = not family or not other or family == other
    return same


def _compare(
    records: PreparedRecords, a: Integers, b: Integers, titles: tuple[Levels, Scores]
) -> ComparedPairs:
    authors, authors_score = _authors(records, a.tolist(), b.tolist())
    abstract, abstract_score = _abstracts(records.abstract, a, b)
    year_a, year_b = records.year[a], records.year[b]
    return ComparedPairs(
        a=a,
        b=b,
        title=titles[0],
        authors=authors,
        journal=_journals(records, a.tolist(), b.tolist()),
        volume=_volumes(records, a, b),
        issue=_equal(records.issue, a, b),
        pages=_pages(records, a, b),
        doi=_equal(records.doi, a, b),
        pmid=_equal(records.pmid, a, b),
        abstract=abstract,
        years=np.where((year_a > 0) & (year_b > 0), np.abs(year_a - year_b), -1),
        title_score=titles[1],
        authors_score=authors_score,
        abstract_score=abstract_score,
    )


def _texts(values: Sequence[str], rows: Integers) -> list[str]:
    return [values[row] for row in rows.tolist()]


def _ratio(texts_a: list[str], texts_b: list[str]) -> Scores:
    if not texts_a:
        return np.empty(0, np.float32)
    return cpdist(texts_a, texts_b, scorer=fuzz.ratio, dtype=np.float32).astype(np.float32)


def _titles(titles: Sequence[str], a: Integers, b: Integers) -> tuple[Levels, Scores]:
    texts_a, texts_b = _texts(titles, a), _texts(titles, b)
    score = _ratio(texts_a, texts_b)
    level = [compare_titles(x, y) for x, y in zip(texts_a, texts_b, strict=True)]
    return np.array(level, dtype=np.int8), score / HUNDRED


def _authors(records: PreparedRecords, a: list[int], b: list[int]) -> tuple[Levels, Scores]:
    level, score = np.empty(len(a), np.int8), np.empty(len(a), np.float32)
    for at, (x, y) in enumerate(zip(a, b, strict=True)):
        level[at], score[at] = compare_authors(
            records.authors[x], records.authors[y], records.family[x], records.family[y]
        )
    return level, score


def _journals(records: PreparedRecords, a: list[int], b: list[int]) -> Levels:
    journal, issn = records.journal, records.issn
    level = np.empty(len(a), np.int8)
    for at, (x, y) in enumerate(zip(a, b, strict=True)):
        same = journal[x] == journal[y] and journal[x]
        level[at] = FieldLevel.SAME if same else compare_journals(journal[x], journal[y])
        if level[at] != FieldLevel.SAME and _same_issn(issn[x], issn[y]):
            level[at] = FieldLevel.SAME
    return level


def _same_issn(a: str, b: str) -> bool:
    return bool(a and b) and any(len(code) >= 8 and code in b for code in a.split())  # noqa: PLR2004


def _abstracts(abstracts: Sequence[str], a: Integers, b: Integers) -> tuple[Levels, Scores]:
    """Compare the beginnings; where they are unlike, one may begin within the other."""
    texts_a, texts_b = _texts(abstracts, a), _texts(abstracts, b)
    score = _ratio(texts_a, texts_b)
    missing = np.array([not x or not y for x, y in zip(texts_a, texts_b, strict=True)], dtype=bool)
    for at in np.flatnonzero((score < ALIKE_ABSTRACTS) & ~missing).tolist():
        score[at] = fuzz.partial_ratio(texts_a[at], texts_b[at])
    level = np.where(score >= ALIKE_ABSTRACTS, FieldLevel.SAME, FieldLevel.OTHER).astype(np.int8)
    level[missing] = FieldLevel.MISSING
    return level, score / HUNDRED


def _equal(codes: Integers, a: Integers, b: Integers) -> Levels:
    codes_a, codes_b = codes[a], codes[b]
    level = np.where(codes_a == codes_b, FieldLevel.SAME, FieldLevel.OTHER).astype(np.int8)
    level[(codes_a == 0) | (codes_b == 0)] = FieldLevel.MISSING
    return level


def _volumes(records: PreparedRecords, a: Integers, b: Integers) -> Levels:
    """Whether two volumes are the same.

    SOME where that cannot be told: 1A against 1, a word against a number.
    """
    level = _equal(records.volume, a, b)
    number_a, number_b = records.volume_number[a], records.volume_number[b]
    bare = (records.volume[a] == number_a) | (records.volume[b] == number_b)
    open_question = ((number_a == number_b) & bare) | ((number_a == 0) != (number_b == 0))
    level[(level == FieldLevel.OTHER) & open_question] = FieldLevel.SOME
    return level


def _pages(records: PreparedRecords, a: Integers, b: Integers) -> Levels:
    """Whether pages begin on the same page (SAME), overlap (SOME), or neither (OTHER).

    Article numbers and page numbers cannot be compared, and neither can pages that an article had
    before it was given a volume.
    """
    first_a, first_b = records.first[a], records.first[b]
    last_a, last_b = np.maximum(records.last[a], first_a), np.maximum(records.last[b], first_b)
    level = np.where(first_a == first_b, FieldLevel.SAME, FieldLevel.OTHER).astype(np.int8)
    inside = np.maximum(first_a, first_b) <= np.minimum(last_a, last_b)
    same_end = (records.last[a] == records.last[b]) & (records.last[a] != 0)
    level[(level == FieldLevel.OTHER) & (inside | same_end)] = FieldLevel.SOME
    other_kind = _article_number(records, a) != _article_number(records, b)
    early = _provisional(records, a) | _provisional(records, b)
    level[(level != FieldLevel.SAME) & (other_kind | early)] = FieldLevel.MISSING
    level[(first_a == 0) | (first_b == 0)] = FieldLevel.MISSING
    return level


def _article_number(records: PreparedRecords, rows: Integers) -> Mask:
    first, single = records.first[rows], records.last[rows] == 0
    lettered = (records.letters[rows] != 0) & (first >= LETTERED)
    is_article: Mask = single & (lettered | (first >= ARTICLE))
    return is_article


def _provisional(records: PreparedRecords, rows: Integers) -> Mask:
    from_page_1 = (records.first[rows] == 1) & (records.last[rows] > 1)
    provisional: Mask = from_page_1 & (records.volume[rows] == 0)
    return provisional
