"""What only the whole set shows: titles that return, DOIs of whole issues, numbers of records."""

from dataclasses import replace

import numpy as np

from evidence.deduplication.prepare import Integers, PreparedRecords, code

YEARS = 3  # a short title that one author uses in as many years returns from issue to issue
MIX = 1_000_003
MOST = 0.5  # of the records of such a title are of one year
SHORT = 5  # telling words
ENOUGH = 50  # records with an issue
NEARLY_ALL = 0.8  # of the issues of a file are different: they are numbers of records
TITLES = 3  # a DOI with as many different titles is that of an issue or a book


def mark_recurring(records: PreparedRecords, titles: Integers) -> PreparedRecords:
    """Take the weight from titles that return, drop DOIs that several works share.

    Issues are dropped where they are all different, since then they number the records of a file.

    Args:
        records: all of a set.
        titles: a number for each, equal where the titles are.
    """
    weight = records.weight.copy()
    families = np.array([code(family) for family in records.family], dtype=np.int64)
    columns = titles * MIX + families
    many_years = _with_many(columns, records.year, YEARS, MOST)
    weight[np.isin(columns, many_years) & (weight <= SHORT)] = 0
    shared = _with_many(records.doi, titles, TITLES, 1.0)
    doi = np.where(np.isin(records.doi, shared), 0, records.doi)
    issue = np.zeros_like(records.issue) if _running(records.issue) else records.issue
    return replace(
        records,
        weight=weight,
        issue=issue,
        doi=doi,
        doi_work=np.where(doi == 0, 0, records.doi_work),
    )


def _running(issues: Integers) -> bool:
    """Whether what stands for the issue counts the records of a file."""
    present = issues[issues != 0]
    return len(present) >= ENOUGH and len(np.unique(present)) >= NEARLY_ALL * len(present)


def _with_many(keys: Integers, values: Integers, many: int, most: float) -> Integers:
    """The keys that come with at least so many different values; 0 stands for missing.

    At most this share of a key's records has its most frequent value: in a list of references a
    work may have a misprinted year here and there, but a title that returns has no year of its own.
    """
    present = (keys != 0) & (values != 0)
    pairs, records = np.unique(
        np.stack([keys[present], values[present]], axis=1), axis=0, return_counts=True
    )
    if not len(pairs):
        return pairs[:, 0]
    distinct, begins, counts = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    largest = np.maximum.reduceat(records, begins)
    return distinct[(counts >= many) & (largest <= most * np.add.reduceat(records, begins))]
