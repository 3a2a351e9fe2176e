"""Rows of assignments: made for a work, and woken where a person has one that sleeps.

A row belongs for ever to the work for which it was made (`first_work_id`). It counts for the work
that holds that work's records now (`work_id`), or for none: of several rows of one person at a
joined work one counts, and the others sleep until the records part (assignments_after_merge.py).
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update

from evidence.screening.verdicts import Stage
from evidence.store.bulk import to_moment, update_rows
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import assignment, work

Pair = tuple[int, int]
"""A work and a person."""

Change = tuple[int, int | None, datetime | None]
"""A row, the work for which it counts from now on, and since when it is done."""

home = work.alias("home")  # the work for which a row was made
root = func.coalesce(home.c.merged_into, home.c.id)  # the work that holds its records now


class How(StrEnum):
    """How a work came to a person."""

    PULLED = "pulled"  # taken from the common queue
    ASSIGNED = "assigned"  # by hand or at random
    PILOT = "pilot"
    OWN = "own"  # decided without having been asked: an import, a work that was given away


def place(write: Write, stage: Stage, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give works to people who have no row that counts for them.

    Args:
        write: whose doing it is.
        stage: at which stage.
        rows: work_id, person_id and how; first_work_id where it is another work.
    """
    if not rows:
        return
    ready = [
        write.for_review(
            stage=stage.value, **{"first_work_id": row["work_id"], "at": write.at, **row}
        )
        for row in rows
    ]
    asleep = _asleep(write, stage, {(row["work_id"], row["person_id"]) for row in ready})
    fresh = []
    for row in ready:
        row_id = asleep.get((row["work_id"], row["person_id"]))
        if row_id is None:
            fresh.append(row)
        else:
            kept = ("work_id", "how", "round_id", "chance", "at", "done_at")
            values = {name: row[name] for name in kept if name in row} | {"skipped_at": None}
            here = update(assignment).where(assignment.c.id == row_id)
            write.connection.execute(here.values(values))
    if fresh:
        write.connection.execute(insert(assignment), fresh)


def of_family(work_ids: Collection[int]) -> ColumnElement[bool]:
    """Homes that are these works, or whose records these works hold now."""
    ids = list(work_ids)
    return home.c.id.in_(ids) | home.c.merged_into.in_(ids)


def _asleep(write: Write, stage: Stage, pairs: Collection[Pair]) -> dict[Pair, int]:
    """For each of these that has some, a row that sleeps; one made for the work itself first."""
    people = {person_id for _, person_id in pairs}
    found: dict[Pair, int] = {}
    for ids in batches({work_id for work_id, _ in pairs}):
        query = (
            select(assignment.c.id, assignment.c.person_id, root.label("root"))
            .join(home, home.c.id == assignment.c.first_work_id)
            .where(
                of_family(ids),
                assignment.c.stage == stage.value,
                assignment.c.person_id.in_(people),
                (assignment.c.work_id + 0).is_(None),  # a sum: not by the index of all that sleep
            )
            .order_by(home.c.merged_into.isnot(None), assignment.c.id)
        )
        for row in write.connection.execute(query):
            pair = int(row.root), int(row.person_id)
            if pair in pairs:
                found.setdefault(pair, int(row.id))
    return found


def put(write: Write, rows: Sequence[Change]) -> None:
    """Say of rows for which work they count, and since when they are done."""
    c = write.connection
    # First out of the way: of one person's rows at a work only one may count at any moment.
    update_rows(c, assignment, ["work_id"], [(None, row_id) for row_id, _, _ in rows])
    update_rows(
        c,
        assignment,
        ["work_id", "done_at"],
        [(into, done and to_moment(c, done), row_id) for row_id, into, done in rows],
    )
