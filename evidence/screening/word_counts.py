"""How often words, pairs of neighbours and runs of letters stand in texts."""

import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from evidence.screening.copyright_notices import without_notices
from evidence.screening.learner import Matrix

Numbers = NDArray[np.integer[Any]]

WORD = re.compile(r"\w\w+")
RUN = 4  # letters: so "randomised" and "randomized" meet, and "child" and "children"
SHARES = 8  # parts in which pairs are sorted; all at once would take much memory
MOST_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What a work says of itself; what is missing is empty."""

    id: int
    title: str
    abstract: str = ""
    keywords: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All of it but notices; lines keep words of different fields from becoming neighbours."""
        return "\n".join((self.title, without_notices(self.abstract), *self.keywords))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NumberedTexts:
    """Texts as numbers of words; `begins` says where each text begins, and last where all end."""

    numbers: Numbers
    begins: Numbers

    def part(self, begin: int, end: int) -> "NumberedTexts":
        """Some of the texts."""
        begins = self.begins[begin : end + 1]
        return NumberedTexts(
            numbers=self.numbers[begins[0] : begins[-1]], begins=begins - begins[0]
        )


def number_words(
    texts: list[Text], vocabulary: dict[str, int]
) -> tuple[NumberedTexts, NumberedTexts]:
    """Number the words of whole texts and of their titles; new ones go into the vocabulary.

    The list is emptied, so that texts and numbers need not stand in memory together.
    """
    texts.reverse()
    numbers, begins = (array("i"), array("i")), ([0], [0])
    while texts:
        text = texts.pop()
        for passage, ids, begin in zip((text.whole, text.title), numbers, begins, strict=True):
            words = WORD.findall(passage.lower())
            ids.extend(vocabulary.setdefault(word, len(vocabulary)) for word in words)
            begin.append(len(ids))
    whole, titles = (
        NumberedTexts(numbers=np.array(ids, np.int32), begins=np.array(begin))
        for ids, begin in zip(numbers, begins, strict=True)
    )
    return whole, titles


def count(texts: NumberedTexts, size: int) -> Matrix:
    """How often each word stands in each text."""
    ones = np.ones(len(texts.numbers), np.float32)
    shape = (len(texts.begins) - 1, size)
    # A copy: summing duplicates would sort the words in place, and pairs need their order.
    counts: Matrix = csr_array((ones, texts.numbers, texts.begins), shape=shape, copy=True)
    counts.sum_duplicates()
    return counts


def common_pairs(texts: NumberedTexts, size: int, fewest: int) -> Numbers:
    """The pairs of neighbours that stand in the texts so often, as one number each, ascending.

    Most pairs stand in the collection once; leaving out the rare ones first spares much memory.
    """
    inside = np.ones(len(texts.numbers), bool)
    inside[texts.begins[1:-1][texts.begins[1:-1] < len(inside)]] = False
    inside[:1] = False  # a pair stands where its second word does
    first, common = texts.numbers[:-1][inside[1:]], []
    second = texts.numbers[inside]
    for share in range(SHARES):
        in_share = first % SHARES == share
        codes, times = np.unique(_code(first[in_share], second[in_share], size), return_counts=True)
        common.append(codes[times >= fewest])
    return np.sort(np.concatenate(common))


def _code(first: Numbers, second: Numbers, size: int) -> Numbers:
    return first.astype(np.int64) * size + second


def count_pairs(texts: NumberedTexts, size: int, common: Numbers) -> Matrix:
    """How often each common pair stands in each text."""
    inside = np.ones(len(texts.numbers), bool)
    inside[texts.begins[1:-1][texts.begins[1:-1] < len(inside)]] = False
    inside[:1] = False
    second = np.flatnonzero(inside)
    codes = _code(texts.numbers[second - 1], texts.numbers[second], size)
    numbers = np.searchsorted(common, codes).astype(np.int32)
    numbers[numbers == len(common)] = 0  # larger than all of them; sorted out in the next line
    is_common = common[numbers] == codes if len(common) else np.zeros(len(codes), bool)
    inside[second[~is_common]] = False
    begins = np.concatenate([[0], np.cumsum(inside)])[texts.begins]
    return count(NumberedTexts(numbers=numbers[is_common], begins=begins), len(common))


def letter_runs(vocabulary: Iterable[str]) -> Matrix:
    """How often each run of letters stands in each word; a blank marks where a word ends."""
    runs: dict[str, int] = {}
    spelt = [_read_runs(f" {word} ", runs) for word in vocabulary]
    begins = np.cumsum([0, *map(len, spelt)])
    numbers = np.concatenate([np.zeros(0, np.int32), *spelt])
    return count(NumberedTexts(numbers=numbers, begins=begins), len(runs))


def _read_runs(word: str, runs: dict[str, int]) -> Numbers:
    starts = range(max(1, len(word) - RUN + 1))
    return np.array([runs.setdefault(word[at : at + RUN], len(runs)) for at in starts], np.int32)


class Rows:
    """A matrix that is filled from the top, in memory that is taken once."""

    def __init__(self, columns: int, filled: int) -> None:
        self.columns = columns
        self.begins = [np.zeros(1, np.int64)]
        self.indices, self.data = np.empty(filled, np.int32), np.empty(filled, np.float32)

    def add(self, part: Matrix) -> None:
        """Put further rows below."""
        begin = int(self.begins[-1][-1])
        end = begin + part.nnz
        self.indices[begin:end], self.data[begin:end] = part.indices, part.data
        self.begins.append(part.indptr[1:] + np.int64(begin))

    def matrix(self) -> Matrix:
        """All that was put in."""
        begins = np.concatenate(self.begins)
        if begins[-1] <= MOST_INT32:  # scipy would widen the indices to match
            begins = begins.astype(np.int32)
        shape = (len(begins) - 1, self.columns)
        return csr_array((self.data, self.indices, begins), shape=shape)
