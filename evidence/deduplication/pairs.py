"""Candidate pairs: records that share a key are compared, others are not.

A key is a number made from fields; between them they forgive an error in any one field, or in
several. The sharp keys are selective, and no record is ever dropped from a block that is too large:
the block is split by further fields, and its records are compared with their neighbours in several
orders. The loose keys are for records with damaged titles or few fields, and are followed only
where few records share one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from evidence.deduplication.prepare import NUMBERS, Integers, PreparedRecords, code
from evidence.deduplication.vocabulary import SMALL_WORDS

Keys = NDArray[np.uint64]

BLOCK_LIMIT = 60  # records; 1,770 pairs
SHARP = 16  # columns of sharp keys; the loose ones follow
FAINT = SHARP + 25  # columns of sharp and loose keys; the faint ones follow
# Columns whose keys are compared with one another, since the longest words have no order.
POOLS = [
    *([column] for column in range(SHARP + 7)),
    [SHARP + 7, SHARP + 8, SHARP + 9],
    [SHARP + 10, SHARP + 11, SHARP + 12],
    [SHARP + 13, SHARP + 14, SHARP + 15],
    *([column] for column in range(SHARP + 16, SHARP + 19)),
    [SHARP + 19, SHARP + 20, SHARP + 21],
    [SHARP + 22, SHARP + 23, SHARP + 24],
    [FAINT, FAINT + 1, FAINT + 2],
    [FAINT + 3],
    [FAINT + 4],
    [*range(FAINT + 5, FAINT + 14)],
]
NEIGHBOURS = 3  # records on each side, within a block that is too large
TITLE_KEY = 30  # letters
ABSTRACT_KEY = 60  # letters
WORDS = 200_000  # whose codes are remembered
TITLE_WORD, AUTHOR_WORD = 4, 2  # letters that a word must have
LONGEST = 3  # words of a title, or of the names of the authors
SIGNATURES = 6  # least word hashes per title
MULTIPLIERS = tuple(0x9E3779B97F4A7C15 * (2 * n + 1) % 2**64 | 1 for n in range(1, SIGNATURES + 1))
CODE = np.uint64(0xFFFFFFFF)  # the half of a word's number that stands for its letters
LONGEST_WORD = 255  # letters that are counted
MIX = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a field of all records, behind one another.

    Attributes:
        flat: a number for each word, its length in the upper half; 0 stands for a field without.
        begins, lengths: where the words of each field begin, and how many they are.
    """

    flat: Keys
    begins: Integers
    lengths: Integers

    @classmethod
    def of(cls, texts: Sequence[Sequence[str]], shortest: int) -> "_Words":
        """The words of at least so many letters, of texts that are split into words."""
        split = [[_word(w) for w in text if len(w) >= shortest] or [0] for text in texts]
        lengths = np.array([len(words) for words in split], dtype=np.int64)
        flat = np.array([word for words in split for word in words], dtype=np.uint64)
        return cls(flat, np.cumsum(lengths) - lengths, lengths)

    def hashes(self) -> Keys:
        """Per title the least of its words' hashes, under several hash functions (MinHash).

        Two titles share one of them with a chance equal to the share of words they have in common,
        so a key of two survives a misspelt, added or lost word. A single word is no evidence.
        """
        codes = self.flat & CODE
        hashes = np.zeros((SIGNATURES, len(self.lengths)), dtype=np.uint64)
        for n, multiplier in enumerate(MULTIPLIERS):
            mixed = codes * np.uint64(multiplier)
            mixed ^= mixed >> np.uint64(29)
            least = np.minimum.reduceat(mixed, self.begins) if len(codes) else hashes[n]
            hashes[n] = np.where(self.lengths > 1, least, 0)
        return hashes

    def ends(self) -> tuple[Keys, Keys]:
        """The first and the last word of each title."""
        places = (self.begins, self.begins + self.lengths - 1)
        first, last = (np.where(self.lengths > 1, self.flat[at] & CODE, 0) for at in places)
        return first.astype(np.uint64), last.astype(np.uint64)

    def longest(self) -> Keys:
        """The longest words of each field, which are rarely common ones; 0 where it has fewer."""
        table = np.zeros((LONGEST, len(self.lengths)), dtype=np.uint64)
        left = self.flat.copy()
        for n in range(LONGEST if len(left) else 0):
            longest = np.maximum.reduceat(left, self.begins)
            table[n] = longest & CODE
            left[left == np.repeat(longest, self.lengths)] = 0
        return table


@lru_cache(maxsize=WORDS)
def _word(text: str) -> int:
    return min(len(text), LONGEST_WORD) << 32 | code(text)


def keys(records: PreparedRecords) -> Keys:
    """A table of keys: a row per record, a column per kind of key; 0 where the record has none.

    The last column is no key: it stands for all that the record holds, wherever it stands in the
    list.
    """
    titles = [title.split() for title in records.title]
    codes = _field_codes(records, titles)
    words = _Words.of(titles, TITLE_WORD)
    people = _Words.of([names.split() for names in records.authors], AUTHOR_WORD)
    longest = words.longest(), people.longest()
    sharp = _sharp_keys(words, codes)
    further = [*_loose_keys(*longest, codes), *_faint_keys(*longest, codes)]
    numbers = [getattr(records, name).astype(np.uint64) for name in NUMBERS]
    content = _mixed(*sharp, *numbers, codes["authors"], _codes(records.journal))
    return np.stack([*sharp, *further, content], axis=1)


def _field_codes(records: PreparedRecords, titles: Sequence[Sequence[str]]) -> dict[str, Keys]:
    """Numbers that stand for fields or parts of them, by name; 0 where a record has none."""
    codes = {
        name: getattr(records, name).astype(np.uint64)
        for name in ("year", "first", "last", "doi", "pmid")
    }
    whole, starts, ends = _title_codes(titles)
    in_figures = records.volume_number != 0
    authors = _codes(records.authors)
    several = np.array([" " in text for text in records.authors], dtype=bool)
    abstracts = [t[:ABSTRACT_KEY] if len(t) >= ABSTRACT_KEY else "" for t in records.abstract]
    return codes | {
        "whole": whole,
        "starts": starts,
        "ends": ends,
        "volume": np.where(in_figures, records.volume_number, records.volume).astype(np.uint64),
        "family": _codes(records.family),
        "authors": authors,
        "several": np.where(several, authors, np.uint64(0)),
        "abstract": _codes(abstracts),
        "initial": _codes([journal[:1] for journal in records.journal]),
    }


def _sharp_keys(words: _Words, codes: Mapping[str, Keys]) -> list[Keys]:
    """Keys that few works share; a block of many is split, and none of its records left out."""
    hashes, (first, last) = words.hashes(), words.ends()
    year, family, volume, page = (codes[name] for name in ("year", "family", "volume", "first"))
    return [
        codes["whole"],
        _both(codes["several"], year),
        codes["abstract"],
        codes["doi"],
        codes["pmid"],
        _both(codes["starts"], year),
        _both(codes["starts"], family),
        _both(codes["ends"], year),
        _both(codes["ends"], family),
        _both(*hashes[:4], year),
        _both(hashes[4], hashes[5], family),
        _both(first, family, year),
        _both(last, family, year),
        _both(family, year, page),
        _both(family, volume, page),
        _both(volume, year, page),
    ]


def _loose_keys(longest: Keys, longest_names: Keys, codes: Mapping[str, Keys]) -> list[Keys]:
    """Keys that survive more errors and say less; a block of many is left to the sharp keys."""
    year, family, volume, page = (codes[name] for name in ("year", "family", "volume", "first"))
    return [
        codes["starts"],
        codes["ends"],
        codes["several"],
        _both(codes["whole"], volume),
        _both(family, volume, codes["initial"]),
        _both(family, volume, year),
        _both(family, year),
        *(_both(word, family) for word in longest),
        *(_both(*pair, year) for pair in combinations(longest, 2)),
        *(_both(word, volume, year) for word in longest),
        _both(*longest),
        _both(volume, page, codes["last"]),
        _both(year, page, codes["last"]),
        *(_both(name, volume, year) for name in longest_names),
        *(_both(*pair, year) for pair in combinations(longest_names, 2)),
    ]


def _faint_keys(longest: Keys, longest_names: Keys, codes: Mapping[str, Keys]) -> list[Keys]:
    """Keys for records without title or year, which have little else to be found by."""
    family, page, last = codes["family"], codes["first"], codes["last"]
    return [
        *(_both(*pair) for pair in combinations(longest_names, 2)),
        _both(family, page, last),
        _both(codes["initial"], page, last),
        *(_both(word, name) for word in longest for name in longest_names),
    ]


def _codes(texts: Sequence[str]) -> Keys:
    return np.array([code(text) for text in texts], dtype=np.uint64)


def _title_codes(titles: Sequence[Sequence[str]]) -> tuple[Keys, Keys, Keys]:
    """The letters of titles without small words: all, the first and the last of them."""
    letters = ["".join([w for w in title if w not in SMALL_WORDS]) for title in titles]
    return (
        _codes(letters),
        _codes([text[:TITLE_KEY] for text in letters]),
        _codes([text[-TITLE_KEY:] for text in letters]),
    )


def _both(*parts: Keys) -> Keys:
    """One key of several; 0 where any part is missing."""
    present = np.logical_and.reduce([part != 0 for part in parts])
    return np.where(present, _mixed(*parts), np.uint64(0))


def _mixed(*parts: Keys) -> Keys:
    mixed = np.zeros_like(parts[0])
    for part in parts:
        mixed = (mixed ^ part) * MIX
        mixed ^= mixed >> np.uint64(31)
    return mixed


def candidates(records: PreparedRecords, table: Keys) -> tuple[Integers, Integers]:
    """Pairs of rows that share a key, each once, the smaller row first."""
    size = len(records)
    blocks = (_block_pairs(records, table, columns) for columns in POOLS)
    codes = np.sort(np.concatenate([np.minimum(*ab) * size + np.maximum(*ab) for ab in blocks]))
    first = np.concatenate([[True], codes[1:] != codes[:-1]]) if len(codes) else codes == 0
    return codes[first] // size, codes[first] % size


def _block_pairs(
    records: PreparedRecords, table: Keys, columns: Sequence[int]
) -> tuple[Integers, Integers]:
    """Pairs of rows that share a key of these columns; which of the columns is the same."""
    key = table[:, columns].T.ravel()
    bare = (records.year == 0) | (table[:, 0] == 0)  # without year or title
    if columns[0] >= FAINT:
        of_bare = np.unique(table[np.ix_(bare, columns)])
        key = np.where(np.isin(key, of_bare), key, 0)
    order = np.argsort(key, kind="stable")
    order = order[np.searchsorted(key[order], 1) :]
    begins, lengths = _runs(key[order])
    order %= len(table)
    small = lengths <= BLOCK_LIMIT
    pairs = [_within(order, begins[small], lengths[small])]
    if columns[0] < SHARP:
        for begin, length in zip(begins[~small], lengths[~small], strict=True):
            pairs.extend(_refined(records, table, order[begin : begin + length]))
    a, b = (np.concatenate(rows) for rows in zip(*pairs, strict=True))
    followed = a != b  # a record may share a key with itself
    if columns[0] >= FAINT:
        followed &= bare[a] | bare[b]
    return a[followed], b[followed]


def _runs(ordered: Keys) -> tuple[Integers, Integers]:
    """Begin and length of each run of at least two equal values."""
    if not len(ordered):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    lengths = np.diff(np.concatenate([begins, [len(ordered)]]))
    return begins[lengths > 1], lengths[lengths > 1]


def _within(order: Integers, begins: Integers, lengths: Integers) -> tuple[Integers, Integers]:
    """All pairs within runs: for each distance, each record with the one so far behind it."""
    rows_a, rows_b = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for distance in range(1, int(lengths.max(initial=0))):
        long = lengths > distance
        begins, lengths = begins[long], lengths[long]
        counts = lengths - distance
        offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        at = np.repeat(begins, counts) + offsets
        rows_a.append(order[at])
        rows_b.append(order[at + distance])
    return np.concatenate(rows_a), np.concatenate(rows_b)


def _refined(
    records: PreparedRecords, table: Keys, rows: Integers
) -> Iterator[tuple[Integers, Integers]]:
    """A block that is too large, split by more fields; its neighbours are compared as well."""
    splitters = [values[rows] for values in (records.year, records.first, table[:, 1], table[:, 0])]
    ties = [table[rows, n] for n in (-1, 1, 0)]
    for values in splitters:
        yield _neighbours(rows[np.lexsort((*ties, values))])
    groups = [np.arange(len(rows))]
    for values in splitters:
        parts = [part for group in groups for part in _split(group, values)]
        for part in parts:
            if len(part) <= BLOCK_LIMIT:
                yield _within(rows[part], np.array([0]), np.array([len(part)]))
        groups = [part for part in parts if len(part) > BLOCK_LIMIT]


def _split(group: Integers, values: Integers | Keys) -> list[Integers]:
    ordered = group[np.argsort(values[group], kind="stable")]
    cuts = np.flatnonzero(values[ordered][1:] != values[ordered][:-1]) + 1
    return [part for part in np.split(ordered, cuts) if len(part) > 1]


def _neighbours(order: Integers) -> tuple[Integers, Integers]:
    rows_a = [order[:-distance] for distance in range(1, NEIGHBOURS + 1) if distance < len(order)]
    rows_b = [order[distance:] for distance in range(1, NEIGHBOURS + 1) if distance < len(order)]
    return np.concatenate(rows_a), np.concatenate(rows_b)
