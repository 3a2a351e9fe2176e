"""Naming many rows by their ids."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, ColumnElement

AT_ONCE = 5000  # ids that one query names; SQLite takes 32,766 values
BRANCHES = 100  # ids of which each is a query of its own within one; SQLite takes 500


def in_lots(ids: Collection[int], most: int = AT_ONCE) -> Iterator[list[int]]:
    """Ids in ascending order, as many at a time as one query can name."""
    ordered = sorted(ids)
    yield from (ordered[at : at + most] for at in range(0, len(ordered), most))


def within(review: Column[int], review_id: int) -> ColumnElement[bool]:
    """Rows of this review, among few that are named by id.

    Said as a sum, so that no database goes through the index of all rows of the review instead.
    """
    return (review + 0) == review_id
