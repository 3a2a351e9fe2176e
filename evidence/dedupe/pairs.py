"""Candidate pairs: records that share a key are compared, others are not.

A key is a number made from fields; each is selective, and between them they forgive an error in
any one field. No record is ever dropped from a block that is too large: the block is split by
further fields, and its records are compared with their neighbours in several orders.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from evidence.dedupe.prepare import NUMBERS, Integers, PreparedRecords, code
from evidence.dedupe.vocabulary import SMALL_WORDS

Keys = NDArray[np.uint64]

BLOCK_LIMIT = 60  # records; 1,770 pairs
LOOSE = 16  # the column from which on keys say less
NEIGHBOURS = 3  # records on each side, within a block that is too large
TITLE_KEY = 30  # letters
ABSTRACT_KEY = 60  # letters
WORDS = 200_000  # whose codes are remembered
SIGNATURES = 6  # least word hashes per title
MULTIPLIERS = tuple(0x9E3779B97F4A7C15 * (2 * n + 1) % 2**64 | 1 for n in range(1, SIGNATURES + 1))
MIX = np.uint64(0xD6E8FEB86659FD93)


def keys(records: PreparedRecords) -> Keys:
    """A table of keys: a row per record, a column per kind of key; 0 where the record has none.

    The last column is no key: it stands for all that the record holds, wherever it stands in the
    list.
    """
    whole, starts, ends = _title_codes(records.title)
    hashes, (first, last) = _words(records.title)
    year, page, doi, pmid = (
        getattr(records, name).astype(np.uint64) for name in ("year", "first", "doi", "pmid")
    )
    in_figures = records.volume_number != 0
    volume = np.where(in_figures, records.volume_number, records.volume).astype(np.uint64)
    family = _codes(records.family)
    authors = _codes(records.authors)
    abstracts = _codes(
        [t[:ABSTRACT_KEY] if len(t) >= ABSTRACT_KEY else "" for t in records.abstract]
    )
    several = np.array([" " in text for text in records.authors], dtype=bool)
    several_authors = np.where(several, authors, np.uint64(0))
    columns = [
        whole,
        _both(several_authors, year),
        abstracts,
        doi,
        pmid,
        _both(starts, year),
        _both(starts, family),
        _both(ends, year),
        _both(ends, family),
        _both(*hashes[:4], year),
        _both(hashes[4], hashes[5], family),
        _both(first, family, year),
        _both(last, family, year),
        _both(family, year, page),
        _both(family, volume, page),
        _both(volume, year, page),
        *_loose(records, family, year, volume, page, starts, ends, several_authors, whole),
    ]
    numbers = [getattr(records, name).astype(np.uint64) for name in NUMBERS]
    content = _mixed(*columns, *numbers, authors, _codes(records.journal))
    return np.stack([*columns, content], axis=1)


def _loose(
    records: PreparedRecords, family: Keys, year: Keys, volume: Keys, page: Keys, starts: Keys, ends: Keys, several_authors: Keys, whole: Keys
) -> list[Keys]:
    """Keys that survive more errors and say less."""
    longest = _longest_words(records.title)
    last = records.last.astype(np.uint64)
    initial = _codes([journal[:1] for journal in records.journal])
    return [
        starts,
        ends,
        several_authors,
        _both(whole, volume),
        _both(family, volume, initial),
        _both(family, volume, year),
        _both(family, year),
        _both(longest[0], longest[1], year),
        _both(longest[0], longest[2], year),
        _both(longest[1], longest[2], year),
        *(_both(word, family) for word in longest),
        _both(*longest),
        _both(volume, page, last),
        _both(year, page, last),
    ]


def _longest_words(titles: Sequence[str]) -> Keys:
    """The three longest words of each title, which are rarely common ones; 0 where it has fewer."""
    table = np.zeros((3, len(titles)), dtype=np.uint64)
    for at, title in enumerate(titles):
        words = sorted(set(title.split()), key=lambda word: (-len(word), word))[:3]
        for n, word in enumerate(words):
            table[n, at] = _word(word)
    return table


def _codes(texts: Sequence[str]) -> Keys:
    return np.array([code(text) for text in texts], dtype=np.uint64)


def _title_codes(titles: Sequence[str]) -> tuple[Keys, Keys, Keys]:
    """The letters of titles without small words: all, the first and the last of them."""
    letters = ["".join([w for w in title.split() if w not in SMALL_WORDS]) for title in titles]
    return (
        _codes(letters),
        _codes([text[:TITLE_KEY] for text in letters]),
        _codes([text[-TITLE_KEY:] for text in letters]),
    )


def _words(titles: Sequence[str]) -> tuple[Keys, tuple[Keys, Keys]]:
    """Per title the least of its words' hashes, under several hash functions (MinHash); its ends.

    Two titles share one of them with a chance equal to the share of words they have in common,
    so a key of two survives a misspelt, added or lost word. A single word is no evidence.
    """
    split = [[_word(w) for w in t.split() if len(w) > 3] or [0] for t in titles]  # noqa: PLR2004
    lengths = np.array([len(words) for words in split], dtype=np.int64)
    flat = np.array([word for words in split for word in words], dtype=np.uint64)
    begins = np.cumsum(lengths) - lengths
    hashes = np.zeros((SIGNATURES, len(split)), dtype=np.uint64)
    several = lengths > 1
    for n, multiplier in enumerate(MULTIPLIERS):
        mixed = flat * np.uint64(multiplier)
        mixed ^= mixed >> np.uint64(29)
        hashes[n] = np.where(several, np.minimum.reduceat(mixed, begins), 0) if len(flat) else 0
    ends = (begins, begins + lengths - 1)
    first, last = (np.where(several, flat[at], np.uint64(0)) for at in ends)
    return hashes, (first, last)


@lru_cache(maxsize=WORDS)
def _word(text: str) -> int:
    return code(text)


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
    blocks = (_block_pairs(records, table, column) for column in range(table.shape[1] - 1))
    codes = np.sort(np.concatenate([np.minimum(*ab) * size + np.maximum(*ab) for ab in blocks]))
    first = np.concatenate([[True], codes[1:] != codes[:-1]]) if len(codes) else codes == 0
    return codes[first] // size, codes[first] % size


def _block_pairs(records: PreparedRecords, table: Keys, column: int) -> tuple[Integers, Integers]:
    key = table[:, column]
    order = np.argsort(key, kind="stable")
    order = order[np.searchsorted(key[order], 1) :]
    begins, lengths = _runs(key[order])
    small = lengths <= BLOCK_LIMIT
    pairs = [_within(order, begins[small], lengths[small])]
    if column >= LOOSE:
        return pairs[0]
    for begin, length in zip(begins[~small], lengths[~small], strict=True):
        pairs.extend(_refined(records, table, order[begin : begin + length]))
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])


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
