"""Which works people hold: theirs to read, and not decided."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from evidence.screening.verdicts import Stage
from evidence.store.schema import assignment, person, work
from evidence.store.screening.assignments import How
from evidence.store.screening.queue import LONGEST_HOLD
from evidence.store.surviving import open_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """What somebody holds at a stage that came to them in one way.

    Attributes:
        how: `pulled` from the common queue, `assigned`, `pilot`, or `own` after a decision that
            they took back.
        works: open works that they did not decide.
        since: when the first of these came to them.
        until: when the last of these is anybody's again; None where nothing ends by itself.
        lapsed: of these, how many others may take already.
    """

    person_id: int
    name: str
    stage: Stage
    how: How
    works: int
    since: datetime
    until: datetime | None
    lapsed: int


def listing(connection: Connection, review_id: int, at: datetime) -> list[Hold]:
    """All that is held at a moment, by stage and name."""
    holds = []
    for stage in Stage:
        lapsed = case((assignment.c.at < at - LONGEST_HOLD, 1))
        query = (
            select(
                assignment.c.person_id,
                person.c.name,
                assignment.c.how,
                func.count().label("works"),
                func.min(assignment.c.at).label("since"),
                func.max(assignment.c.at).label("newest"),
                func.count(lapsed).label("lapsed"),
            )
            .join(person, person.c.id == assignment.c.person_id)
            .join(work, work.c.id == assignment.c.work_id)
            .where(
                assignment.c.review_id == review_id,
                assignment.c.stage == stage.value,
                assignment.c.done_at.is_(None),
                *open_at(stage),
            )
            .group_by(assignment.c.person_id, person.c.name, assignment.c.how)
            .order_by(person.c.name, assignment.c.how)
        )
        for row in connection.execute(query):
            ends = row.how == How.PULLED.value
            holds.append(
                Hold(
                    person_id=row.person_id,
                    name=row.name,
                    stage=stage,
                    how=How(row.how),
                    works=row.works,
                    since=row.since,
                    until=row.newest + LONGEST_HOLD if ends else None,
                    lapsed=row.lapsed if ends else 0,
                )
            )
    return holds
