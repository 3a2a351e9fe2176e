"""Records as numbers: which words, pairs of words and runs of letters stand in them.

A feature counts more the rarer it is in the collection, and grows with the logarithm of how often
a record uses it (tf-idf, Salton and Buckley 1988, doi:10.1016/0306-4573(88)90021-0). Made once
for a collection; decisions change nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from scipy.sparse import csr_array, hstack

from evidence.errors import Invalid
from evidence.screening.counting import (
    Numbers,
    Rows,
    Spelt,
    Text,
    common_pairs,
    count,
    count_pairs,
    read,
    spell,
)
from evidence.screening.learner import Matrix, Vector

__all__ = ["Features", "Numbers", "Text", "describe"]

FEWEST = 2  # records that must share a feature; what one alone has says nothing about others
LARGE = 5_000  # in large collections it takes one record in so many, or memory would run out
COMMON = 0.95  # of the records; what nearly all have says nothing either
AT_ONCE = 2_000  # records that are counted at a time; all at once would take several GB

# How much each block counts, found by trying: docs/methods-screening.md.
WHOLE = 1.0  # words, and pairs of neighbours, of title, abstract and keywords
TITLE = 0.5  # words of the title once more: it says most in the fewest words
LETTERS = 1.0  # runs of letters of all words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Features:
    """A collection in numbers.

    Attributes:
        places: the row of each record; rows are in the order of ids, so that nothing depends on
            the order in which the records came.
        rows: a record per row; columns are words and pairs, words of titles, runs of letters.
        wanted: what the review is looking for, in further rows of the same columns: criteria,
            and relevant studies that are no records of it; rows without a word of any record
            are left out.
        names: of the columns, but for the runs of letters, which come last and have none.
        words: how often each word of the vocabulary stands in each record.
        runs: how often each of those runs of letters stands in each word of the vocabulary.
    """

    places: Mapping[int, int]
    rows: Matrix
    wanted: Matrix
    names: tuple[str, ...]
    vocabulary: tuple[str, ...]
    words: Matrix
    runs: Matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """All that counts are made from, a part of the texts at a time.

    Attributes:
        pairs: two words each, as one number.
        runs: as in `Features`, of all runs of letters.
    """

    whole: Spelt
    titles: Spelt
    words: int
    pairs: Numbers
    runs: Matrix

    def counts(self, begin: int, end: int) -> tuple[Matrix, Matrix, Matrix]:
        """The three blocks of some of the texts: words and pairs, words of titles, letters."""
        whole, titles = self.whole.part(begin, end), self.titles.part(begin, end)
        words = count(whole, self.words)
        pairs = count_pairs(whole, self.words, self.pairs)
        return hstack([words, pairs], "csr"), count(titles, self.words), words @ self.runs


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Scale:
    """Which columns of a block are kept, how rare each is, and how much the block counts."""

    kept: Numbers
    rarity: Vector
    weight: float


def describe(texts: Iterable[Text], *, criteria: str = "", known: Iterable[Text] = ()) -> Features:
    """Turn records into numbers; needed once, until texts, criteria or known studies change.

    Args:
        texts: the collection, in any order.
        criteria: what the review is looking for, in words: its question and its criteria for
            inclusion. Criteria for exclusion would draw the order to what they name.
        known: studies that are known to be relevant and are no records of the collection; their
            ids play no part. Those that are records are better given to `rank` as decided.

    Raises:
        Invalid: two records with the same id.
    """
    records = sorted(texts, key=attrgetter("id"))
    places = {text.id: place for place, text in enumerate(records)}
    if len(places) < len(records):
        raise Invalid("Each record needs an id of its own.")
    vocabulary: dict[str, int] = {}
    records += [Text(id=0, title=criteria), *known]
    whole, titles = read(records, vocabulary)
    size = len(vocabulary)
    pairs = common_pairs(whole, size, _fewest(len(places)))
    runs = spell(vocabulary)
    source = _Source(whole=whole, titles=titles, words=size, pairs=pairs, runs=runs)
    return _features(places, source, tuple(vocabulary))


def _features(places: Mapping[int, int], source: _Source, spelt: tuple[str, ...]) -> Features:
    """Features of texts of which the last ones are no records, but what is wanted."""
    records, size = len(places), source.words
    having = _having(source, records)
    scales = [
        _scale(each, records, weight)
        for each, weight in zip(having, (WHOLE, TITLE, LETTERS), strict=True)
    ]
    in_body, in_titles, in_letters = (scale.kept for scale in scales)
    filled = sum(int(each[scale.kept].sum()) for each, scale in zip(having, scales, strict=True))
    rows = Rows(sum(len(scale.kept) for scale in scales), filled)
    words = Rows(size, int(having[0][:size].sum()))
    for begin, end in _parts(records):
        counts = source.counts(begin, end)
        rows.add(_side_by_side(counts, scales))
        words.add(counts[0][:, :size])
    wanted = _side_by_side(source.counts(records, len(source.whole.begins) - 1), scales)
    named = [*spelt, *(f"{spelt[pair // size]} {spelt[pair % size]}" for pair in source.pairs)]
    return Features(
        places=places,
        rows=rows.matrix(),
        wanted=wanted[np.diff(wanted.indptr) > 0],
        names=(*(named[at] for at in in_body), *(spelt[at] for at in in_titles)),
        vocabulary=spelt,
        words=words.matrix(),
        runs=source.runs[:, in_letters],
    )


def _parts(records: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + AT_ONCE, records)) for begin in range(0, records, AT_ONCE))


def _having(source: _Source, records: int) -> list[Numbers]:
    """How many records have each feature, by block; texts after the records have no say."""
    having: list[Numbers] = [np.zeros(block.shape[1], np.int64) for block in source.counts(0, 0)]
    for begin, end in _parts(records):
        for at, block in enumerate(source.counts(begin, end)):
            having[at] += np.bincount(block.indices, minlength=block.shape[1])
    return having


def _fewest(records: int) -> int:
    """How many records must share a feature."""
    return max(FEWEST, records // LARGE)


def _scale(having: Numbers, records: int, weight: float) -> _Scale:
    """What is neither too rare nor too common in a block, by how many records have it."""
    kept = np.flatnonzero((having >= _fewest(records)) & (having <= COMMON * records))
    rarity = (np.log((1 + records) / (1 + having[kept])) + 1).astype(np.float32)
    return _Scale(kept=kept, rarity=rarity, weight=weight)


def _side_by_side(counts: Iterable[Matrix], scales: Iterable[_Scale]) -> Matrix:
    """Blocks of counts, weighed, as one."""
    blocks = [_weigh(block, scale) for block, scale in zip(counts, scales, strict=True)]
    return hstack(blocks, "csr", np.float32)


def _weigh(counts: Matrix, scale: _Scale) -> Matrix:
    """Counts by tf-idf, each row of the same length."""
    weighed: Matrix = counts[:, scale.kept]
    weighed.data = (1 + np.log(weighed.data)) * scale.rarity[weighed.indices]
    squares = csr_array((weighed.data**2, weighed.indices, weighed.indptr), shape=weighed.shape)
    length = np.sqrt(np.asarray(squares.sum(axis=1), np.float32))
    length[length == 0] = 1
    weighed.data *= np.repeat(scale.weight / length, np.diff(weighed.indptr)).astype(np.float32)
    return weighed
