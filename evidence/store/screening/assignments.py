"""Who reads which work: taken from the common queue, assigned by somebody, or in a pilot round.

Whoever decides on a work has an assignment for it, so that the number of assignments says how many
people a work has, without a look at the decisions. Who ends a conflict needs none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    delete,
    exists,
    func,
    select,
    update,
)

from evidence.screening.verdicts import Stage, State
from evidence.store.engine import Write
from evidence.store.schema import assignment, work
from evidence.store.screening.placing import How, place

__all__ = ["How"]

AT_ONCE = 5000  # works that one query names; SQLite takes 32,766 values


def waiting(
    connection: Connection, review_id: int, stage: Stage, person_id: int, limit: int
) -> list[int]:
    """Works that a person has before them, in the order in which they came; skipped ones last."""
    before = _before(review_id, stage, person_id)
    fresh = before.where(assignment.c.skipped_at.is_(None)).order_by(assignment.c.id)
    found = list(connection.execute(fresh.limit(limit)).scalars())
    if len(found) < limit:
        skipped = before.where(assignment.c.skipped_at.is_not(None)).order_by(
            assignment.c.skipped_at, assignment.c.id
        )
        found += connection.execute(skipped.limit(limit - len(found))).scalars()
    return found


def fresh(connection: Connection, review_id: int, stage: Stage, person_id: int, most: int) -> int:
    """How many works a person has before them that they did not skip, counted up to `most`."""
    query = _before(review_id, stage, person_id).where(assignment.c.skipped_at.is_(None))
    counted = select(func.count()).select_from(query.limit(most).subquery())
    return int(connection.execute(counted).scalar_one())


def left(connection: Connection, review_id: int, stage: Stage, person_id: int) -> int:
    """How many works a person was given and did not decide."""
    query = _before(review_id, stage, person_id)
    return int(connection.execute(select(func.count()).select_from(query.subquery())).scalar_one())


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


def spoken_for(connection: Connection, review_id: int, stage: Stage, person_id: int) -> int:
    """How many open works a person has decided already; they wait for others."""
    decided = exists().where(
        assignment.c.work_id == work.c.id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.done_at.is_not(None),
    )
    query = select(func.count()).select_from(work)
    here = work.c.review_id == review_id, *open_at(stage)
    return int(connection.execute(query.where(*here, decided)).scalar_one())


def held(
    connection: Connection, stage: Stage, work_ids: Collection[int], person_id: int
) -> set[int]:
    """Those of these works for which a person has an assignment, decided or not."""
    query = select(assignment.c.work_id).where(
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.work_id.in_(list(work_ids)),
    )
    return set(connection.execute(query).scalars())


def _before(review_id: int, stage: Stage, person_id: int) -> Select[Any]:
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


def assign(write: Write, stage: Stage, given: Iterable[tuple[int, int]], how: How) -> int:
    """Give works to people: (work id, person id); gives how many were new.

    What somebody took from the queue becomes theirs to keep.
    """
    wanted = list(dict.fromkeys(given))
    here = assignment.c.review_id == write.review_id, assignment.c.stage == stage.value
    counts = assignment.c.work_id.is_not(None)
    query = select(assignment.c.work_id, assignment.c.person_id, assignment.c.how)
    query = query.where(*here, counts)
    known = {(row.work_id, row.person_id): row.how for row in write.connection.execute(query)}
    rows = [
        {"work_id": work_id, "person_id": person_id, "how": how.value}
        for work_id, person_id in wanted
        if (work_id, person_id) not in known
    ]
    keeps: dict[int, list[int]] = defaultdict(list)
    for work_id, person_id in wanted:
        if known.get((work_id, person_id)) == How.PULLED:
            keeps[person_id].append(work_id)
    for person_id, work_ids in keeps.items():
        for begin in range(0, len(work_ids), AT_ONCE):
            write.connection.execute(
                update(assignment)
                .where(
                    *here,
                    assignment.c.work_id.in_(work_ids[begin : begin + AT_ONCE]),
                    assignment.c.person_id == person_id,
                    assignment.c.done_at.is_(None),
                )
                .values(how=how.value)
            )
    place(write, stage, rows)
    return len(rows)


def done(
    write: Write, stage: Stage, said: Mapping[int, bool], homes: Mapping[int, int] | None = None
) -> None:
    """Note for the writing person which works are decided (True) or open again (False).

    `homes` names the works on which that was said, where those were joined to others meanwhile.
    """
    mine = (
        assignment.c.review_id == write.review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == write.person_id,
        assignment.c.work_id.in_(list(said)),
    )
    rows = write.connection.execute(select(assignment.c.work_id).where(*mine))
    known = set(rows.scalars())
    for decided in (True, False):
        ids = [work_id for work_id in known if said[work_id] is decided]
        if ids:
            write.connection.execute(
                update(assignment)
                .where(*mine[:3], assignment.c.work_id.in_(ids))
                .values(done_at=write.at if decided else None, skipped_at=None, at=write.at)
            )
    own = [
        {
            "work_id": work_id,
            "first_work_id": (homes or {}).get(work_id, work_id),
            "person_id": write.person_id,
            "how": How.OWN.value,
            "done_at": write.at,
        }
        for work_id, decided in said.items()
        if decided and work_id not in known
    ]
    place(write, stage, own)


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
    mine = (
        assignment.c.review_id == write.review_id,
        assignment.c.person_id == person_id,
        assignment.c.done_at.is_(None),
    )
    query = select(assignment.c.stage, assignment.c.work_id).where(
        *mine, assignment.c.work_id.is_not(None)
    )
    freed = [(Stage(row.stage), int(row.work_id)) for row in write.connection.execute(query)]
    write.connection.execute(delete(assignment).where(*mine))
    return freed


def take_back(write: Write, stage: Stage, person_ids: Collection[int]) -> list[int]:
    """Take from these people what they did not decide at a stage, pilots apart; gives the works,
    each as often as people lost it.
    """
    theirs = (
        assignment.c.review_id == write.review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id.in_(list(person_ids)),
        assignment.c.done_at.is_(None),
        assignment.c.round_id.is_(None),
    )
    query = select(assignment.c.work_id).where(*theirs, assignment.c.work_id.is_not(None))
    freed = [int(one) for one in write.connection.execute(query).scalars()]
    write.connection.execute(delete(assignment).where(*theirs))
    return freed


def in_pilots(connection: Connection, stage: Stage, work_ids: Collection[int]) -> dict[int, int]:
    """For those of these works that are in a pilot, how many people must read them.

    That is all people of the round, and whoever decided besides them, so that it stays open until
    the last of the round has spoken.
    """
    return _pilots(connection, stage, assignment.c.work_id.in_(list(work_ids)))


def in_all_pilots(connection: Connection, stage: Stage, review_id: int) -> dict[int, int]:
    """The same for all works of a review."""
    piloted = select(assignment.c.work_id).where(
        assignment.c.review_id == review_id, assignment.c.round_id.isnot(None)
    )
    return _pilots(connection, stage, assignment.c.work_id.in_(piloted))


def _pilots(connection: Connection, stage: Stage, which: ColumnElement[bool]) -> dict[int, int]:
    query = (
        select(assignment.c.work_id, func.count())
        .where(
            assignment.c.stage == stage.value,
            assignment.c.round_id.isnot(None) | assignment.c.done_at.isnot(None),
            which,
        )
        .group_by(assignment.c.work_id)
        .having(func.count(assignment.c.round_id) > 0)
    )
    return {int(work_id): int(people) for work_id, people in connection.execute(query)}


def open_at(stage: Stage) -> list[ColumnElement[bool]]:
    """Live works that have come to this stage and are open there."""
    conditions = [work.c.merged_into.is_(None), work.c[stage.value] == State.OPEN.value]
    if stage is Stage.FULL_TEXT:
        conditions.append(work.c.title_abstract == State.INCLUDE.value)
    return conditions
