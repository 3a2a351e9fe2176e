"""Works as numbers: which words, pairs of words and runs of letters stand in them.

A feature counts more the rarer it is in the collection, and grows with the logarithm of how often
a work uses it (tf-idf, Salton and Buckley 1988, doi:10.1016/0306-4573(88)90021-0). Made once
for a collection; decisions change nothing here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from scipy.sparse import csr_array, hstack

from evidence.errors import Invalid
from evidence.screening.learner import Matrix, Vector
from evidence.screening.word_counts import (
    NumberedTexts,
    Numbers,
    Rows,
    Text,
    common_pairs,
    count,
    count_pairs,
    letter_runs,
    number_words,
)

__all__ = ["Features", "Numbers", "Text", "describe"]

FEWEST = 2  # works that must share a feature; what one alone has says nothing about others
LARGE = 5_000  # in large collections it takes one work in so many, or memory would run out
COMMON = 0.95  # of the works; what nearly all have says nothing either
AT_ONCE = 2_000  # works that are counted at a time; all at once would take several GB

# How much each block counts, found by trying: docs/methods-screening.md.
WHOLE = 1.0  # words, and pairs of neighbours, of title, abstract and keywords
TITLE = 0.5  # words of the title once more: it says most in the fewest words
LETTERS = 1.0  # runs of letters of all words


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Features:
    """A collection in numbers.

    Attributes:
        rows_by_id: the row of each work; rows are in the order of ids, so that nothing depends on
            the order in which the works came.
        rows: a work per row; columns are words and pairs, words of titles, runs of letters.
        targets: what the review is looking for, in further rows of the same columns: criteria,
            and relevant studies that are no works of it; rows without a word of any work
            are left out.
        names: of the columns, but for the runs of letters, which come last and have none.
        words: how often each word of the vocabulary stands in each work.
        runs: how often each of those runs of letters stands in each word of the vocabulary.
    """

    rows_by_id: Mapping[int, int]
    rows: Matrix
    targets: Matrix
    names: tuple[str, ...]
    vocabulary: tuple[str, ...]
    words: Matrix
    runs: Matrix


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Source:
    """All that counts are made from, a part of the texts at a time.

    Attributes:
        pairs: two words each, as one number.
        runs: how often each run of letters stands in each word of the vocabulary.
    """

    whole: NumberedTexts
    titles: NumberedTexts
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
    """Which columns of a block are used, how rare each is, and how much the block counts."""

    columns: Numbers
    rarity: Vector
    weight: float


def describe(
    texts: Iterable[Text], *, criteria: str = "", relevant_studies: Iterable[Text] = ()
) -> Features:
    """Turn works into numbers; needed once, until texts, criteria or relevant studies change.

    Args:
        texts: the collection, in any order.
        criteria: what the review is looking for, in words: its question and its criteria for
            inclusion. Criteria for exclusion would draw the order to what they name.
        relevant_studies: those that are known to be relevant and are no works of the collection;
            their ids play no part. Those that are works are better given to `rank` as decided.

    Raises:
        Invalid: two works with the same id.
    """
    works = sorted(texts, key=attrgetter("id"))
    rows_by_id = {text.id: row for row, text in enumerate(works)}
    if len(rows_by_id) < len(works):
        raise Invalid("Each work needs an id of its own.")
    vocabulary: dict[str, int] = {}
    works += [Text(id=0, title=criteria), *relevant_studies]
    whole, titles = number_words(works, vocabulary)
    size = len(vocabulary)
    pairs = common_pairs(whole, size, _fewest(len(rows_by_id)))
    runs = letter_runs(vocabulary)
    source = _Source(whole=whole, titles=titles, words=size, pairs=pairs, runs=runs)
    return _features(rows_by_id, source, tuple(vocabulary))


def _features(
    rows_by_id: Mapping[int, int], source: _Source, vocabulary: tuple[str, ...]
) -> Features:
    """Features of texts of which the last ones are no works, but targets."""
    works, size = len(rows_by_id), source.words
    frequencies = _frequencies(source, works)
    scales = [
        _scale(each, works, weight)
        for each, weight in zip(frequencies, (WHOLE, TITLE, LETTERS), strict=True)
    ]
    in_body, in_titles, in_letters = (scale.columns for scale in scales)
    filled = sum(
        int(each[scale.columns].sum()) for each, scale in zip(frequencies, scales, strict=True)
    )
    rows = Rows(sum(len(scale.columns) for scale in scales), filled)
    words = Rows(size, int(frequencies[0][:size].sum()))
    for begin, end in _parts(works):
        counts = source.counts(begin, end)
        rows.add(_side_by_side(counts, scales))
        words.add(counts[0][:, :size])
    targets = _side_by_side(source.counts(works, len(source.whole.begins) - 1), scales)
    names = [
        *vocabulary,
        *(f"{vocabulary[pair // size]} {vocabulary[pair % size]}" for pair in source.pairs),
    ]
    return Features(
        rows_by_id=rows_by_id,
        rows=rows.matrix(),
        targets=targets[np.diff(targets.indptr) > 0],
        names=(*(names[at] for at in in_body), *(vocabulary[at] for at in in_titles)),
        vocabulary=vocabulary,
        words=words.matrix(),
        runs=source.runs[:, in_letters],
    )


def _parts(works: int) -> Iterator[tuple[int, int]]:
    return ((begin, min(begin + AT_ONCE, works)) for begin in range(0, works, AT_ONCE))


def _frequencies(source: _Source, works: int) -> list[Numbers]:
    """How many works have each feature, by block; texts after the works have no say."""
    frequencies: list[Numbers] = [
        np.zeros(block.shape[1], np.int64) for block in source.counts(0, 0)
    ]
    for begin, end in _parts(works):
        for at, block in enumerate(source.counts(begin, end)):
            frequencies[at] += np.bincount(block.indices, minlength=block.shape[1])
    return frequencies


def _fewest(works: int) -> int:
    """How many works must share a feature."""
    return max(FEWEST, works // LARGE)


def _scale(frequencies: Numbers, works: int, weight: float) -> _Scale:
    """What is neither too rare nor too common in a block, by how many works have it."""
    columns = np.flatnonzero((frequencies >= _fewest(works)) & (frequencies <= COMMON * works))
    rarity = (np.log((1 + works) / (1 + frequencies[columns])) + 1).astype(np.float32)
    return _Scale(columns=columns, rarity=rarity, weight=weight)


def _side_by_side(counts: Iterable[Matrix], scales: Iterable[_Scale]) -> Matrix:
    """Blocks of counts, weighed, as one."""
    blocks = [_weigh(block, scale) for block, scale in zip(counts, scales, strict=True)]
    return hstack(blocks, "csr", np.float32)


def _weigh(counts: Matrix, scale: _Scale) -> Matrix:
    """Counts by tf-idf, each row of the same length."""
    weighed: Matrix = counts[:, scale.columns]
    weighed.data = (1 + np.log(weighed.data)) * scale.rarity[weighed.indices]
    squares = csr_array((weighed.data**2, weighed.indices, weighed.indptr), shape=weighed.shape)
    length = np.sqrt(np.asarray(squares.sum(axis=1), np.float32))
    length[length == 0] = 1
    weighed.data *= np.repeat(scale.weight / length, np.diff(weighed.indptr)).astype(np.float32)
    return weighed
