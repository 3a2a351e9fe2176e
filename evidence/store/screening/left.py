"""How many works are left for each person at a stage: the one number that every page shows.

The deck, the line below it, Team and “time left” show it. It is counted anew whenever it is asked,
so that it is right after an import, a comparison, a hold, a decision and an undo of anybody.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from evidence.screening.stage_settings import StageSettings, voices_of
from evidence.screening.verdicts import Stage, State
from evidence.store.id_batches import batches
from evidence.store.schema import assignment, person, pilot, work
from evidence.store.screening import decisions, stage_settings
from evidence.store.screening.queue import holds
from evidence.store.surviving import open_at


def left_of(
    connection: Connection,
    review_id: int,
    stage: Stage,
    person_ids: Collection[int],
    at: datetime,
) -> dict[int, int]:
    """How many works are left for each of these people: those that they may still be asked to read.

    These are the open works that they have before them and did not decide, skipped ones and pilots
    included, and, where people take works from the common queue, those that they would get from it
    if they went on alone from now. Not counted is what they decided and what waits for others;
    what colleagues hold in such number as must read it, until they let go of it or have held it
    for too long; works of a pilot that is not theirs; works that others closed, that were merged
    into another, or that did not come to this stage. Records that were not compared for duplicates
    yet are works like all others, and stop being some when they are joined.
    """
    settings = stage_settings.current(connection, review_id, stage)
    if not settings.pulls:
        held = _rows_of(connection, review_id, stage, person_ids, decided=False)
        return {person_id: held[person_id] for person_id in person_ids}
    piloted = _piloted(connection, review_id, stage)
    full = piloted | _lacking_nobody(connection, review_id, stage, settings, at)
    if settings.voices > 1:
        decided = _rows_of(connection, review_id, stage, person_ids, decided=True)
    else:  # whoever decides closes the work, but in a pilot
        decided = _rows_in(connection, stage, piloted, person_ids, decided=True)
    in_full = _rows_in(connection, stage, full, person_ids)
    open_works = decisions.tally(connection, review_id, stage)[State.OPEN]
    return {
        # Of the works that are free: those not decided. Of the full ones: those that are theirs.
        person_id: open_works - len(full) - decided[person_id] + in_full[person_id]
        for person_id in person_ids
    }


def _at_open(review_id: int, stage: Stage) -> Select[tuple[int]]:
    return (
        select(assignment.c.work_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            *open_at(stage),
        )
    )


def _piloted(connection: Connection, review_id: int, stage: Stage) -> set[int]:
    """Open works of pilots; nobody else is asked for these."""
    ids = select(pilot.c.id).where(pilot.c.review_id == review_id, pilot.c.stage == stage.value)
    pilot_ids = list(connection.execute(ids).scalars())
    if not pilot_ids:
        return set()
    query = _at_open(review_id, stage).where(assignment.c.pilot_id.in_(pilot_ids))
    return {row.work_id for row in connection.execute(query)}


def _lacking_nobody(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings, at: datetime
) -> set[int]:
    """Open works outside of pilots that so many people have or decided as must read them.

    Some of these people did not decide, or the work would not be open; so only what is held is
    looked at, person by person, as the index has it.
    """
    held = _at_open(review_id, stage).where(
        assignment.c.person_id.in_(select(person.c.id)),
        assignment.c.done_at.is_(None),
        holds(at),
    )
    full: set[int] = set()
    for ids in batches({row.work_id for row in connection.execute(held)}):
        query = (
            select(assignment.c.work_id, func.count().label("readers"))
            .where(assignment.c.work_id.in_(ids), assignment.c.stage == stage.value, holds(at))
            .group_by(assignment.c.work_id)
        )
        full.update(
            row.work_id
            for row in connection.execute(query)
            if row.readers >= voices_of(settings, row.work_id)
        )
    return full


def _rows_of(
    connection: Connection,
    review_id: int,
    stage: Stage,
    person_ids: Collection[int],
    *,
    decided: bool,
) -> Counter[int]:
    """How many open works each of these people has decided, or has and did not decide."""
    done = assignment.c.done_at.is_not(None) if decided else assignment.c.done_at.is_(None)
    query = (
        _at_open(review_id, stage)
        .with_only_columns(assignment.c.person_id, func.count().label("works"))
        .where(assignment.c.person_id.in_(list(person_ids)), done)
        .group_by(assignment.c.person_id)
    )
    return Counter({row.person_id: int(row.works) for row in connection.execute(query)})


def _rows_in(
    connection: Connection,
    stage: Stage,
    work_ids: Collection[int],
    person_ids: Collection[int],
    *,
    decided: bool = False,
) -> Counter[int]:
    """How many of these works each of these people has, or has `decided`."""
    done = [assignment.c.done_at.is_not(None)] if decided else []
    counts: Counter[int] = Counter()
    for ids in batches(work_ids):
        query = (
            select(assignment.c.person_id, func.count().label("works"))
            .where(
                assignment.c.work_id.in_(ids),
                assignment.c.stage == stage.value,
                assignment.c.person_id.in_(list(person_ids)),
                *done,
            )
            .group_by(assignment.c.person_id)
        )
        counts.update({row.person_id: int(row.works) for row in connection.execute(query)})
    return counts
