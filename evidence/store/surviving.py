"""Merged works: the original, for which something was made, and the work that survives.

A work whose records went to another one stays in its table and names the other (`merged_into`).
What was made for it (decisions, assignments, documents, labels, the link to a study) stays with
this original, and counts for the surviving work, which holds the records now.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, or_, select

from evidence.screening.verdicts import Stage, State
from evidence.store.schema import work

original = work.alias("original")
"""The work for which a row was made."""

surviving = work.alias("surviving")
"""The work that holds the records of the original now; the original itself if it was not merged."""


def survivor_of(table: FromClause) -> ColumnElement[int]:
    """The id of the work that holds the records of the work in this table now."""
    return func.coalesce(table.c.merged_into, table.c.id)


surviving_id = survivor_of(original)


def survives(table: FromClause = work) -> ColumnElement[bool]:
    """A work that was not merged into another."""
    return table.c.merged_into.is_(None)


def surviving_in(review_id: int) -> list[ColumnElement[bool]]:
    """All works of a review that were not merged into another."""
    return [work.c.review_id == review_id, survives()]


def originals_of(work_ids: Collection[int]) -> ColumnElement[bool]:
    """Originals that are these works or were merged into one of them."""
    ids = list(work_ids)
    return original.c.id.in_(ids) | original.c.merged_into.in_(ids)


def made_for_work(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows, named by their column of original works, that count for the `work` of the outer query.

    Asked work by work, so that an index on the column answers it.
    """
    merged = select(original.c.id).where(original.c.merged_into == work.c.id).correlate(work)
    return or_(column == work.c.id, column.in_(merged))


def surviving_ids(
    connection: Connection, review_id: int, work_ids: Collection[int]
) -> dict[int, int]:
    """For each of these works that belongs to the review, the work that holds its records now."""
    query = select(original.c.id, surviving_id).where(
        original.c.review_id == review_id, original.c.id.in_(list(work_ids))
    )
    return {int(work_id): int(survivor) for work_id, survivor in connection.execute(query)}


def reached(stage: Stage, table: FromClause = work) -> list[ColumnElement[bool]]:
    """Works that came to a stage: to full text those that are included by title and abstract."""
    return [table.c.title_abstract == State.INCLUDE.value] if stage is Stage.FULL_TEXT else []


def in_state(stage: Stage, state: State, table: FromClause = work) -> list[ColumnElement[bool]]:
    """Works that came to a stage and are in this state there."""
    return [table.c[stage.value] == state.value, *reached(stage, table)]


def open_at(stage: Stage) -> list[ColumnElement[bool]]:
    """Surviving works that came to a stage and are open there."""
    return [survives(), *in_state(stage, State.OPEN)]
