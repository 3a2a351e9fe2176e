"""Queries that name many rows by their ids."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, ColumnElement

AT_ONCE = 5000  # ids that one query names; SQLite takes 32,766 values
BRANCHES = 100  # ids that each make one SELECT of a UNION; SQLite takes 500


def batches(ids: Collection[int], most: int = AT_ONCE) -> Iterator[list[int]]:
    """Ids in ascending order, as many at a time as one query can name."""
    ordered = sorted(ids)
    yield from (ordered[start : start + most] for start in range(0, len(ordered), most))


def in_review(review: Column[int], review_id: int) -> ColumnElement[bool]:
    """Rows of this review, for queries that name their rows by id.

    Written as a sum, so that no database goes through the index of all rows of the review instead.
    """
    return (review + 0) == review_id
