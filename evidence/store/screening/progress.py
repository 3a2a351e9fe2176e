"""How far people are at a stage, and how quickly they go."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Float, and_, case, cast, func, literal, select, union_all

from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import keeps_times
from evidence.store.schema import assignment, decision, person, work
from evidence.store.surviving import open_at

NEWEST = 100  # decisions that show how quickly somebody goes now


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a person is at a stage.

    Attributes:
        done: works that they decided.
        held: open works that they have and did not decide; what is left for them is more, where
            they take works from the common queue (left.py).
    """

    person_id: int
    done: int
    held: int


def of_people(connection: Connection, review_id: int, stage: Stage) -> list[Progress]:
    """How far everybody is who has or had something to read.

    Held is only what is open still; a work that others decided meanwhile is held by nobody.
    """
    waits = case((and_(assignment.c.done_at.is_(None), *open_at(stage)), 1))
    query = (
        select(
            assignment.c.person_id,
            func.count(assignment.c.done_at).label("done"),
            func.count(waits).label("held"),
        )
        .join(work, work.c.id == assignment.c.work_id)
        .where(assignment.c.review_id == review_id, assignment.c.stage == stage.value)
        .group_by(assignment.c.person_id)
    )
    return [Progress(**row) for row in connection.execute(query).mappings()]


def of_person(connection: Connection, review_id: int, stage: Stage, person_id: int) -> Progress:
    """How far one person is, by one look-up."""
    theirs = (
        assignment.c.review_id == review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
    )
    done = (
        select(func.count())
        .where(*theirs, assignment.c.done_at.isnot(None), assignment.c.work_id.isnot(None))
        .scalar_subquery()
    )
    held = (
        select(func.count())
        .select_from(assignment)
        .join(work, work.c.id == assignment.c.work_id)
        .where(*theirs, assignment.c.done_at.is_(None), *open_at(stage))
        .scalar_subquery()
    )
    row = connection.execute(select(done.label("done"), held.label("held"))).one()
    return Progress(person_id=person_id, done=row.done, held=row.held)


def decided_at(connection: Connection, review_id: int, stage: Stage) -> list[tuple[str, datetime]]:
    """Who decided a work of the stage, and when; as many for each as `of_people` counts as done."""
    query = (
        select(person.c.name, assignment.c.done_at)
        .join(person, person.c.id == assignment.c.person_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.done_at.isnot(None),
            assignment.c.work_id.isnot(None),
        )
    )
    return [(name, at) for name, at in connection.execute(query)]


def count_decisions_on_open(connection: Connection, review_id: int, stage: Stage) -> int:
    """How many decisions stand on works that are open still, because others must read them, too."""
    query = (
        select(func.count())
        .select_from(work)
        .join(assignment, assignment.c.work_id == work.c.id)
        .where(
            work.c.review_id == review_id,
            *open_at(stage),
            assignment.c.stage == stage.value,
            assignment.c.done_at.isnot(None),
        )
    )
    return int(connection.execute(query).scalar_one())


def seconds(
    connection: Connection, review_id: int, stage: Stage, person_ids: Collection[int]
) -> dict[int, list[float]]:
    """How long each of the newest works that they decided was on the screen of these people.

    Of nobody, where such times are not kept.
    """
    if not person_ids or not keeps_times():
        return {}
    queries = []
    for person_id in person_ids:
        newest = (
            select(literal(person_id).label("person_id"), cast(decision.c.seconds, Float))
            .where(
                decision.c.review_id == review_id,
                decision.c.stage == stage.value,
                decision.c.person_id == person_id,
                decision.c.seconds.isnot(None),
                decision.c.resolves.is_(False),
                decision.c.verdict != Verdict.WITHDRAWN.value,
            )
            .order_by(decision.c.id.desc())
            .limit(NEWEST)
            .subquery()
        )
        queries.append(select(newest))
    by_person: dict[int, list[float]] = defaultdict(list)
    for person_id, duration in connection.execute(union_all(*queries)):
        by_person[int(person_id)].append(float(duration))
    return by_person
