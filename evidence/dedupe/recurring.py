"""What only the whole set shows: titles that return, and DOIs that stand for a whole issue."""

from dataclasses import replace

import numpy as np

from evidence.dedupe.prepare import Integers, Prepared, code

YEARS = 3  # a short title that one author uses in as many years returns from issue to issue
MIX = 1_000_003
SHORT = 5  # telling words
TITLES = 3  # a DOI with as many different titles is that of an issue or a book


def mark_recurring(records: Prepared, titles: Integers) -> Prepared:
    """Take the weight from titles that return, and drop DOIs that several works share.

    Args:
        records: all of a set.
        titles: a number for each, equal where the titles are.
    """
    weight = records.weight.copy()
    families = np.array([code(family) for family in records.family], dtype=np.int64)
    columns = titles * MIX + families
    many_years = _with_many(columns, records.year, YEARS)
    weight[np.isin(columns, many_years) & (weight <= SHORT)] = 0
    shared = _with_many(records.doi, titles, TITLES)
    doi = np.where(np.isin(records.doi, shared), 0, records.doi)
    return replace(
        records, weight=weight, doi=doi, doi_work=np.where(doi == 0, 0, records.doi_work)
    )


def _with_many(keys: Integers, values: Integers, many: int) -> Integers:
    """The keys that come with at least so many different values; 0 stands for missing."""
    known = (keys != 0) & (values != 0)
    pairs = np.unique(np.stack([keys[known], values[known]], axis=1), axis=0)
    found, counts = np.unique(pairs[:, 0], return_counts=True)
    return found[counts >= many]
