"""Open works that lack people, for those who give them out."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, or_, select

from evidence.screening.allocation import Lacking
from evidence.screening.team import StageSettings, voices_of
from evidence.screening.verdicts import Stage
from evidence.store.schema import assignment, work
from evidence.store.screening.assignments import How, open_at
from evidence.store.screening.queue import HELD


def lacking(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings, at: datetime
) -> dict[int, Lacking]:
    """Open works outside of pilots that fewer people have or read than must read them.

    What somebody took from the common queue and has held for too long counts as given back.
    """
    opened = select(work.c.id).where(work.c.review_id == review_id, *open_at(stage))
    holds = or_(
        assignment.c.done_at.isnot(None),
        assignment.c.how != How.PULLED.value,
        assignment.c.at >= at - HELD,
    )
    query = (
        select(assignment.c.work_id, assignment.c.person_id, assignment.c.round_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            work.c.review_id == review_id, *open_at(stage), assignment.c.stage == stage.value, holds
        )
    )
    has: dict[int, set[int]] = defaultdict(set)
    piloted: set[int] = set()
    for row in connection.execute(query):
        has[row.work_id].add(row.person_id)
        if row.round_id is not None:
            piloted.add(row.work_id)
    found = {}
    for work_id in connection.execute(opened.order_by(work.c.id)).scalars():
        missing = voices_of(settings, work_id) - len(has.get(work_id, ()))
        if missing > 0 and work_id not in piloted:
            found[int(work_id)] = Lacking(people=missing, has=frozenset(has.get(work_id, ())))
    return found
