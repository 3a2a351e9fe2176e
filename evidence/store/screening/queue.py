"""The common queue: works that lack people, taken by those who ask for them."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Row, Select, delete, exists, func, or_, select

from evidence.screening.allocation import Vacancy
from evidence.screening.stage_settings import StageSettings, voices_of
from evidence.screening.verdicts import Stage
from evidence.store.engine import Write
from evidence.store.schema import assignment, work
from evidence.store.screening import assignments
from evidence.store.screening.assignments import How
from evidence.store.surviving import open_at

LONGEST_HOLD = timedelta(minutes=30)
"""A work that somebody took and did not decide for so long goes to the next who asks."""

CHUNK = 500  # candidates that one query looks at


@dataclass(frozen=True, slots=True)
class _Asker:
    """Who asks for works, and when."""

    connection: Connection
    review_id: int
    person_id: int
    at: datetime


def pull(
    write: Write,
    stage: Stage,
    settings: StageSettings,
    count: int,
    order: Sequence[int] = (),
    chance: Collection[int] = (),
) -> int:
    """Take works from the common queue for the writing person; gives how many there were.

    A work goes to as many people as must read it and to no more. What somebody else has held for
    longer than LONGEST_HOLD without deciding counts as given back.

    Args:
        write: of the person who asks.
        stage: at which stage.
        settings: how it is screened.
        count: how many works to take.
        order: works in the order in which they are to be read; others follow as imported.
        chance: of these, which stand there by chance.
    """
    asker = _Asker(write.connection, write.review_id, write.person_id, write.at)
    work_ids = list(islice(_candidates(asker, stage, settings, order), count))
    rows = [
        {
            "work_id": work_id,
            "person_id": write.person_id,
            "how": How.PULLED.value,
            "at_random": work_id in chance,
        }
        for work_id in work_ids
    ]
    assignments.add(write, stage, rows)
    return len(work_ids)


def any_free(
    connection: Connection,
    review_id: int,
    stage: Stage,
    person_id: int,
    settings: StageSettings,
    at: datetime,
) -> bool:
    """Whether a person would get a work if they asked for one now."""
    asker = _Asker(connection, review_id, person_id, at)
    return next(_candidates(asker, stage, settings, ()), None) is not None


def vacancies(
    connection: Connection, review_id: int, stage: Stage, settings: StageSettings, at: datetime
) -> dict[int, Vacancy]:
    """Open works outside of pilots that fewer people have or read than must read them.

    What somebody took from the common queue and has held for too long counts as given back.
    """
    open_works = work.c.review_id == review_id, *open_at(stage)
    query = (
        select(assignment.c.work_id, assignment.c.person_id, assignment.c.pilot_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(*open_works, assignment.c.stage == stage.value, holds(at))
    )
    readers: dict[int, set[int]] = defaultdict(set)
    piloted: set[int] = set()
    for row in connection.execute(query):
        readers[row.work_id].add(row.person_id)
        if row.pilot_id is not None:
            piloted.add(row.work_id)
    by_work = {}
    ids = select(work.c.id).where(*open_works).order_by(work.c.id)
    for work_id in connection.execute(ids).scalars():
        missing = voices_of(settings, work_id) - len(readers.get(work_id, ()))
        if missing > 0 and work_id not in piloted:
            by_work[work_id] = Vacancy(people=missing, readers=frozenset(readers.get(work_id, ())))
    return by_work


def give_back(write: Write, stage: Stage) -> None:
    """Let go of what the writing person took long ago and did not decide.

    What they skipped stays with them, so that it comes after all others; anybody else may take it.
    """
    write.connection.execute(
        delete(assignment).where(
            assignment.c.review_id == write.review_id,
            assignment.c.stage == stage.value,
            assignment.c.person_id == write.person_id,
            assignment.c.done_at.is_(None),
            assignment.c.how == How.PULLED.value,
            assignment.c.skipped_at.is_(None),
            assignment.c.at < write.at - LONGEST_HOLD,
        )
    )


def _candidates(
    asker: _Asker, stage: Stage, settings: StageSettings, order: Sequence[int]
) -> Iterator[int]:
    """Works that somebody may take, in this order and then as imported."""

    def free(of_works: ColumnElement[bool]) -> Sequence[Row[tuple[int, int]]]:
        return asker.connection.execute(_vacant(asker, stage, settings).where(of_works)).all()

    for begin in range(0, len(order), CHUNK):
        chunk = order[begin : begin + CHUNK]
        readers = {row.id: row.readers for row in free(work.c.id.in_(chunk))}
        for work_id in chunk:
            if work_id in readers and readers[work_id] < voices_of(settings, work_id):
                yield work_id
    ranked = set(order)
    last = 0
    while rows := free(work.c.id > last):
        for row in rows:
            if row.id not in ranked and row.readers < voices_of(settings, row.id):
                yield row.id
        last = rows[-1].id


def _vacant(asker: _Asker, stage: Stage, settings: StageSettings) -> Select[tuple[int, int]]:
    """Works that may lack people and that who asks lacks, at most CHUNK of them."""
    of_work = assignment.c.work_id == work.c.id, assignment.c.stage == stage.value
    own = exists().where(*of_work, assignment.c.person_id == asker.person_id)
    piloted = exists().where(*of_work, assignment.c.pilot_id.isnot(None))
    readers = (
        select(func.count())
        .select_from(assignment)
        .where(*of_work, holds(asker.at))
        .correlate(work)
        .scalar_subquery()
    )
    return (
        select(work.c.id, readers.label("readers"))
        .where(
            work.c.review_id == asker.review_id,
            *open_at(stage),
            ~own,
            ~piloted,
            readers < settings.voices,
        )
        .order_by(work.c.id)
        .limit(CHUNK)
    )


def holds(at: datetime) -> ColumnElement[bool]:
    """Whoever decided a work has it, and who did not, unless they took it too long ago."""
    return or_(
        assignment.c.done_at.isnot(None),
        assignment.c.how != How.PULLED.value,
        assignment.c.at >= at - LONGEST_HOLD,
    )
