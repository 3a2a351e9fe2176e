"""Records as numbers: which words, pairs of words and runs of letters stand in them.

A feature counts more the rarer it is in the collection, and grows with the logarithm of how often
a record uses it (tf-idf, Salton and Buckley 1988, doi:10.1016/0306-4573(88)90021-0). Made once
for a collection; decisions change nothing here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from evidence.errors import Invalid
from evidence.screening.learner import Matrix

Numbers = NDArray[np.integer[Any]]

WORD = re.compile(r"\w\w+")
FEWEST = 2  # records that must share a feature; what one alone has says nothing about others
LARGE = 5_000  # in large collections it takes one record in so many, or memory would run out
COMMON = 0.95  # of the records; what nearly all have says nothing either
RUN = 4  # letters: so "randomised" and "randomized" meet, and "child" and "children"

# How much each block counts, found by trying: docs/methods-screening.md.
WHOLE = 1.0  # words, and pairs of neighbours, of title, abstract and keywords
TITLE = 0.5  # words of the title once more: it says most in the fewest words
LETTERS = 1.0  # runs of letters of all words


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a record says of itself; what is missing is empty."""

    id: int
    title: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it; lines keep words of different fields from becoming neighbours."""
        return "\n".join((self.title, self.abstract, *self.keywords))


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
class _Spelt:
    """Texts as numbers of words; `begins` says where each text begins, and last where all end."""

    numbers: Numbers
    begins: Numbers


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
    wanted = [Text(id=0, title=criteria), *known]
    vocabulary: dict[str, int] = {}
    whole = _read([text.whole for text in (*records, *wanted)], vocabulary)
    titles = _read([text.title for text in (*records, *wanted)], vocabulary)
    return _features(places, whole, titles, vocabulary)


def _features(
    places: Mapping[int, int], whole: _Spelt, titles: _Spelt, vocabulary: Mapping[str, int]
) -> Features:
    """Features of texts of which the last ones are no records, but what is wanted."""
    records, size = len(places), len(vocabulary)
    words, runs = _count(whole, size), _spell(vocabulary)
    pairs, neighbours = _pairs(whole, size, _fewest(records))
    body, in_body = _weigh(hstack([words, pairs], "csr"), records, WHOLE)
    title, in_titles = _weigh(_count(titles, size), records, TITLE)
    letters, in_letters = _weigh(words @ runs, records, LETTERS)
    rows = hstack([body, title, letters], "csr", np.float32)
    wanted = rows[records:]
    spelt = tuple(vocabulary)
    named = [*spelt, *(f"{spelt[one]} {spelt[two]}" for one, two in neighbours)]
    return Features(
        places=places,
        rows=rows[:records],
        wanted=wanted[np.diff(wanted.indptr) > 0],
        names=(*(named[at] for at in in_body), *(spelt[at] for at in in_titles)),
        vocabulary=spelt,
        words=words[:records],
        runs=runs[:, in_letters],
    )


def _read(texts: Sequence[str], vocabulary: dict[str, int]) -> _Spelt:
    """Number the words of texts; new ones are added to the vocabulary."""
    numbered = [
        np.array(
            [vocabulary.setdefault(word, len(vocabulary)) for word in WORD.findall(text.lower())],
            np.int32,
        )
        for text in texts
    ]
    begins = np.cumsum([0, *map(len, numbered)])
    return _Spelt(numbers=np.concatenate(numbered), begins=begins)


def _count(texts: _Spelt, size: int) -> Matrix:
    """How often each word stands in each text."""
    ones = np.ones(len(texts.numbers), np.float32)
    shape = (len(texts.begins) - 1, size)
    # A copy: summing duplicates would sort the words in place, and pairs need their order.
    counts: Matrix = csr_array((ones, texts.numbers, texts.begins), shape=shape, copy=True)
    counts.sum_duplicates()
    return counts


def _pairs(texts: _Spelt, size: int, fewest: int) -> tuple[Matrix, Numbers]:
    """How often each pair of neighbours stands in each text, and the two words of each pair.

    Most pairs stand in the collection once; leaving out the rare ones first spares much memory.
    """
    inside = np.ones(len(texts.numbers), bool)
    inside[texts.begins[1:-1][texts.begins[1:-1] < len(inside)]] = False
    inside[:1] = False  # a pair stands where its second word does
    second = np.flatnonzero(inside)
    codes = texts.numbers[second - 1].astype(np.int64) * size + texts.numbers[second]
    found, times = np.unique(codes, return_counts=True)
    common = found[times >= fewest]
    numbers = np.searchsorted(common, codes).astype(np.int32)
    numbers[numbers == len(common)] = 0  # larger than all of them; sorted out in the next line
    kept = common[numbers] == codes if len(common) else np.zeros(len(codes), bool)
    inside[second[~kept]] = False
    begins = np.concatenate([[0], np.cumsum(inside)])[texts.begins]
    counts = _count(_Spelt(numbers=numbers[kept], begins=begins), len(common))
    return counts, np.stack([common // max(size, 1), common % max(size, 1)], axis=1)


def _spell(vocabulary: Iterable[str]) -> Matrix:
    """How often each run of letters stands in each word; a blank marks where a word ends."""
    runs: dict[str, int] = {}
    spelt = [_read_runs(f" {word} ", runs) for word in vocabulary]
    begins = np.cumsum([0, *map(len, spelt)])
    numbers = np.concatenate([np.zeros(0, np.int32), *spelt])
    return _count(_Spelt(numbers=numbers, begins=begins), len(runs))


def _read_runs(word: str, runs: dict[str, int]) -> Numbers:
    starts = range(max(1, len(word) - RUN + 1))
    return np.array([runs.setdefault(word[at : at + RUN], len(runs)) for at in starts], np.int32)


def _fewest(records: int) -> int:
    """How many records must share a feature."""
    return max(FEWEST, records // LARGE)


def _weigh(counts: Matrix, records: int, weight: float) -> tuple[Matrix, Numbers]:
    """Counts by tf-idf, each row of the same length, and the columns that were kept.

    Rows after the records have no say in which features are rare.
    """
    having = np.bincount(counts.indices[: counts.indptr[records]], minlength=counts.shape[1])
    kept = np.flatnonzero((having >= _fewest(records)) & (having <= COMMON * records))
    rarity = (np.log((1 + records) / (1 + having[kept])) + 1).astype(np.float32)
    weighed: Matrix = counts[:, kept]
    weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
    squares = csr_array((weighed.data**2, weighed.indices, weighed.indptr), shape=weighed.shape)
    length = np.sqrt(np.asarray(squares.sum(axis=1), np.float32))
    length[length == 0] = 1
    weighed.data *= np.repeat(weight / length, np.diff(weighed.indptr)).astype(np.float32)
    return weighed, kept
