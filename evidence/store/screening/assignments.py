"""Who reads which work: taken from the common queue, assigned by somebody, or in a pilot.

Whoever decides on a work has an assignment for it, so that the number of assignments says how many
people a work has, without a look at the decisions. Who ends a conflict needs none.

A row belongs for ever to the work for which it was made (`first_work_id`). It counts for the work
that holds that work's records now (`work_id`), or for none: of several rows of one person at a
merged work one counts, and the others are inactive until the records part
(assignments_after_merge.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)

from evidence.screening.verdicts import Stage
from evidence.store.bulk import to_moment, update_rows
from evidence.store.engine import Write
from evidence.store.id_batches import batches
from evidence.store.schema import assignment, pilot, work
from evidence.store.surviving import open_at, original, originals_of, surviving_id

Pair = tuple[int, int]
"""A work and a person."""

Change = tuple[int, int | None, datetime | None]
"""A row, the work for which it counts from now on, and since when it is done."""


class How(StrEnum):
    """How a work came to a person."""

    PULLED = "pulled"  # taken from the common queue
    ASSIGNED = "assigned"  # by hand or at random
    PILOT = "pilot"
    OWN = "own"  # decided without having been asked: an import, a work that was given away


# ── what a person has before them ─────────────────────────────────────────────────────────────────


def waiting(
    connection: Connection, review_id: int, stage: Stage, person_id: int, limit: int
) -> list[int]:
    """Works that a person has before them: those of pilots first, the oldest pilot's before others;
    then all else in the order in which it came. What was skipped comes last, within a pilot and
    of the rest.
    """
    undecided = _waiting(review_id, stage, person_id)
    work_ids: list[int] = []
    for pilot_id in _pilot_ids(connection, review_id, stage):
        in_pilot = undecided.where(assignment.c.pilot_id == pilot_id)
        work_ids += _unskipped_first(connection, in_pilot, limit - len(work_ids))
    outside = undecided.where(assignment.c.pilot_id.is_(None))
    return work_ids + _unskipped_first(connection, outside, limit - len(work_ids))


def _unskipped_first(connection: Connection, undecided: Select[Any], limit: int) -> list[int]:
    unskipped = undecided.where(assignment.c.skipped_at.is_(None)).order_by(assignment.c.id)
    work_ids = list(connection.execute(unskipped.limit(limit)).scalars())
    if len(work_ids) < limit:
        skipped = undecided.where(assignment.c.skipped_at.is_not(None)).order_by(
            assignment.c.skipped_at, assignment.c.id
        )
        work_ids += connection.execute(skipped.limit(limit - len(work_ids))).scalars()
    return work_ids


def _pilot_ids(connection: Connection, review_id: int, stage: Stage) -> list[int]:
    """The pilots of a stage, oldest first; there are few."""
    query = select(pilot.c.id).where(pilot.c.review_id == review_id, pilot.c.stage == stage.value)
    return list(connection.execute(query.order_by(pilot.c.id)).scalars())


def pilots_of(
    connection: Connection, stage: Stage, work_ids: Collection[int], person_id: int
) -> dict[int, int]:
    """For those of these works that a person reads or has read in a pilot, which one that is."""
    query = select(assignment.c.work_id, assignment.c.pilot_id).where(
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.work_id.in_(list(work_ids)),
        assignment.c.pilot_id.is_not(None),
    )
    return {int(row.work_id): int(row.pilot_id) for row in connection.execute(query)}


def waits_in_pilot(connection: Connection, review_id: int, stage: Stage, person_id: int) -> bool:
    """Whether a work of a pilot waits for a person; then nothing else may come before it."""
    pilot_ids = _pilot_ids(connection, review_id, stage)
    if not pilot_ids:
        return False
    query = _waiting(review_id, stage, person_id).where(assignment.c.pilot_id.in_(pilot_ids))
    return connection.execute(query.limit(1)).first() is not None


def count_unskipped(
    connection: Connection, review_id: int, stage: Stage, person_id: int, most: int
) -> int:
    """How many works a person has before them that they did not skip, counted up to `most`."""
    query = _waiting(review_id, stage, person_id).where(assignment.c.skipped_at.is_(None))
    return _count(connection, query.limit(most))


def count_waiting(connection: Connection, review_id: int, stage: Stage, person_id: int) -> int:
    """How many works a person has before them, skipped ones included."""
    return _count(connection, _waiting(review_id, stage, person_id))


def count_done(connection: Connection, review_id: int, stage: Stage, person_id: int) -> int:
    """How many works a person has decided."""
    query = (
        select(func.count())
        .select_from(assignment)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.person_id == person_id,
            assignment.c.done_at.is_not(None),
            assignment.c.work_id.is_not(None),
        )
    )
    return int(connection.execute(query).scalar_one())


def assigned_to(
    connection: Connection, stage: Stage, work_ids: Collection[int], person_id: int
) -> set[int]:
    """Those of these works for which a person has an assignment, decided or not."""
    query = select(assignment.c.work_id).where(
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.work_id.in_(list(work_ids)),
    )
    return set(connection.execute(query).scalars())


def has_any(connection: Connection, review_id: int, stage: Stage, person_id: int) -> bool:
    """Whether a person has or had anything to read at a stage."""
    theirs = (
        assignment.c.review_id == review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
    )
    query = select(assignment.c.id).where(*theirs).limit(1)
    return connection.execute(query).first() is not None


def pulled_by_order(
    connection: Connection, stage: Stage, work_ids: Collection[int], person_id: int
) -> set[int]:
    """Those of these works that the order of the common queue brought to a person, not chance."""
    query = select(assignment.c.work_id).where(
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.work_id.in_(list(work_ids)),
        assignment.c.how == How.PULLED.value,
        assignment.c.at_random.is_(False),
    )
    return set(connection.execute(query).scalars())


def _waiting(review_id: int, stage: Stage, person_id: int) -> Select[Any]:
    return (
        select(assignment.c.work_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.person_id == person_id,
            assignment.c.done_at.is_(None),
            *open_at(stage),
        )
    )


def _count(connection: Connection, query: Select[Any]) -> int:
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


# ── who must read a work of a pilot ───────────────────────────────────────────────────────────────


def pilot_readers(
    connection: Connection, stage: Stage, work_ids: Collection[int]
) -> dict[int, int]:
    """For those of these works that are in a pilot, how many people must read them.

    That is all people of the pilot, and whoever decided besides them, so that a work stays open
    until the last of the pilot has decided.
    """
    return _pilot_readers(connection, stage, assignment.c.work_id.in_(list(work_ids)))


def all_pilot_readers(connection: Connection, stage: Stage, review_id: int) -> dict[int, int]:
    """For every work of a review that is in a pilot, how many people must read it."""
    piloted = select(assignment.c.work_id).where(
        assignment.c.review_id == review_id, assignment.c.pilot_id.isnot(None)
    )
    return _pilot_readers(connection, stage, assignment.c.work_id.in_(piloted))


def _pilot_readers(
    connection: Connection, stage: Stage, of_works: ColumnElement[bool]
) -> dict[int, int]:
    query = (
        select(assignment.c.work_id, func.count())
        .where(
            assignment.c.stage == stage.value,
            assignment.c.pilot_id.isnot(None) | assignment.c.done_at.isnot(None),
            of_works,
        )
        .group_by(assignment.c.work_id)
        .having(func.count(assignment.c.pilot_id) > 0)
    )
    return {int(work_id): int(readers) for work_id, readers in connection.execute(query)}


# ── giving works to people, and taking them back ──────────────────────────────────────────────────


def assign(write: Write, stage: Stage, pairs: Iterable[Pair], how: How) -> int:
    """Give works to people, (work id, person id); gives how many were new.

    What somebody took from the queue becomes theirs to keep.
    """
    at_stage = assignment.c.review_id == write.review_id, assignment.c.stage == stage.value
    query = select(assignment.c.work_id, assignment.c.person_id, assignment.c.how)
    query = query.where(*at_stage, assignment.c.work_id.is_not(None))
    how_before = {(row.work_id, row.person_id): row.how for row in write.connection.execute(query)}
    rows: list[dict[str, Any]] = []
    pulled: dict[int, list[int]] = defaultdict(list)
    for work_id, person_id in dict.fromkeys(pairs):
        before = how_before.get((work_id, person_id))
        if before is None:
            rows.append({"work_id": work_id, "person_id": person_id, "how": how.value})
        elif before == How.PULLED:
            pulled[person_id].append(work_id)
    for person_id, work_ids in pulled.items():
        for ids in batches(work_ids):
            write.connection.execute(
                update(assignment)
                .where(
                    *at_stage,
                    assignment.c.work_id.in_(ids),
                    assignment.c.person_id == person_id,
                    assignment.c.done_at.is_(None),
                )
                .values(how=how.value)
            )
    add(write, stage, rows)
    return len(rows)


def add(write: Write, stage: Stage, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give works to people who have no row that counts for them; an inactive one is used first.

    Args:
        write: whose doing it is.
        stage: at which stage.
        rows: work_id, person_id and how; first_work_id where it is another work.
    """
    if not rows:
        return
    complete = [
        write.for_review(
            stage=stage.value, **{"first_work_id": row["work_id"], "at": write.at, **row}
        )
        for row in rows
    ]
    inactive = _inactive(write, stage, {(row["work_id"], row["person_id"]) for row in complete})
    new_rows = []
    for row in complete:
        row_id = inactive.get((row["work_id"], row["person_id"]))
        if row_id is None:
            new_rows.append(row)
        else:
            changed = ("work_id", "how", "pilot_id", "at_random", "at", "done_at")
            values = {name: row[name] for name in changed if name in row} | {"skipped_at": None}
            query = update(assignment).where(assignment.c.id == row_id)
            write.connection.execute(query.values(values))
    if new_rows:
        write.connection.execute(insert(assignment), new_rows)


def mark_decided(
    write: Write,
    stage: Stage,
    decided: Mapping[int, bool],
    originals: Mapping[int, int] | None = None,
) -> None:
    """Note for the writing person which works are decided (True) or open again (False).

    `originals` names the works on which they were decided, where those were merged meanwhile.
    """
    theirs = (
        assignment.c.review_id == write.review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == write.person_id,
    )
    query = select(assignment.c.work_id)
    query = query.where(*theirs, assignment.c.work_id.in_(list(decided)))
    assigned = set(write.connection.execute(query).scalars())
    for is_decided in (True, False):
        ids = [work_id for work_id in assigned if decided[work_id] is is_decided]
        if ids:
            write.connection.execute(
                update(assignment)
                .where(*theirs, assignment.c.work_id.in_(ids))
                .values(done_at=write.at if is_decided else None, skipped_at=None, at=write.at)
            )
    unasked = [
        {
            "work_id": work_id,
            "first_work_id": (originals or {}).get(work_id, work_id),
            "person_id": write.person_id,
            "how": How.OWN.value,
            "done_at": write.at,
        }
        for work_id, is_decided in decided.items()
        if is_decided and work_id not in assigned
    ]
    add(write, stage, unasked)


def skip(write: Write, stage: Stage, work_id: int) -> None:
    """Put a work of the writing person behind all their others."""
    write.connection.execute(
        update(assignment)
        .where(
            assignment.c.review_id == write.review_id,
            assignment.c.stage == stage.value,
            assignment.c.person_id == write.person_id,
            assignment.c.work_id == work_id,
        )
        .values(skipped_at=write.at)
    )


def release(write: Write, person_id: int) -> list[tuple[Stage, int]]:
    """Give back all that a person did not decide; gives the works that have one person less."""
    theirs = (
        assignment.c.review_id == write.review_id,
        assignment.c.person_id == person_id,
        assignment.c.done_at.is_(None),
    )
    query = select(assignment.c.stage, assignment.c.work_id).where(
        *theirs, assignment.c.work_id.is_not(None)
    )
    released = [(Stage(row.stage), int(row.work_id)) for row in write.connection.execute(query)]
    write.connection.execute(delete(assignment).where(*theirs))
    return released


def drop_unasked(write: Write, stage: Stage, work_ids: Collection[int]) -> None:
    """Forget that the writing person had these works without having been asked; what they decided
    on them was taken back.
    """
    for ids in batches(set(work_ids)):
        write.connection.execute(
            delete(assignment).where(
                assignment.c.review_id == write.review_id,
                assignment.c.stage == stage.value,
                assignment.c.person_id == write.person_id,
                assignment.c.work_id.in_(ids),
                assignment.c.how == How.OWN.value,
                assignment.c.done_at.is_(None),
            )
        )


def unassign(write: Write, stage: Stage, person_ids: Collection[int]) -> list[int]:
    """Take from these people what they did not decide at a stage, pilots apart; gives the works,
    each as often as people lost it.
    """
    theirs = (
        assignment.c.review_id == write.review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id.in_(list(person_ids)),
        assignment.c.done_at.is_(None),
        assignment.c.pilot_id.is_(None),
    )
    query = select(assignment.c.work_id).where(*theirs, assignment.c.work_id.is_not(None))
    work_ids = list(write.connection.execute(query).scalars())
    write.connection.execute(delete(assignment).where(*theirs))
    return work_ids


# ── rows of merged works ──────────────────────────────────────────────────────────────────────────


def set_counting(write: Write, changes: Sequence[Change]) -> None:
    """Say of rows for which work they count, and since when they are done."""
    c = write.connection
    # First out of the way: of one person's rows at a work only one may count at any moment.
    update_rows(c, assignment, ["work_id"], [(None, row_id) for row_id, _, _ in changes])
    update_rows(
        c,
        assignment,
        ["work_id", "done_at"],
        [(work_id, done and to_moment(c, done), row_id) for row_id, work_id, done in changes],
    )


def _inactive(write: Write, stage: Stage, pairs: Collection[Pair]) -> dict[Pair, int]:
    """For each of these that has some, an inactive row; one made for the work itself first."""
    people = {person_id for _, person_id in pairs}
    row_ids: dict[Pair, int] = {}
    for ids in batches({work_id for work_id, _ in pairs}):
        query = (
            select(assignment.c.id, assignment.c.person_id, surviving_id.label("work_id"))
            .join(original, original.c.id == assignment.c.first_work_id)
            .where(
                originals_of(ids),
                assignment.c.stage == stage.value,
                assignment.c.person_id.in_(people),
                (assignment.c.work_id + 0).is_(None),  # a sum: not by the index of all inactive
            )
            .order_by(original.c.merged_into.isnot(None), assignment.c.id)
        )
        for row in write.connection.execute(query):
            pair = int(row.work_id), int(row.person_id)
            if pair in pairs:
                row_ids.setdefault(pair, int(row.id))
    return row_ids
