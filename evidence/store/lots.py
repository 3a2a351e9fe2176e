"""Naming many rows by their ids."""

from collections.abc import Collection, Iterator

from sqlalchemy import Column, ColumnElement

AT_ONCE = 5000  # ids that one query names; SQLite takes 32,766 values


def in_lots(ids: Collection[int]) -> Iterator[list[int]]:
    """Ids in ascending order, as many at a time as one query can name."""
    ordered = sorted(ids)
    yield from (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))


def within(review: Column[int], review_id: int) -> ColumnElement[bool]:
    """Rows of this review, among few that are named by id.

    Said as a sum, so that no database goes through the index of all rows of the review instead.
    """
    return (review + 0) == review_id
