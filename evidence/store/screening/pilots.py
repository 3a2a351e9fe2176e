"""Pilots: the same sample for all, before the real screening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, delete, exists, func, insert, or_, select, update

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.store.engine import Write
from evidence.store.schema import assignment, decision, person, pilot, work
from evidence.store.screening import assignments_after_merge
from evidence.store.screening.assignments import How
from evidence.store.screening.queue import LONGEST_HOLD
from evidence.store.surviving import made_for_work, open_at


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody of a pilot: how many of its works they decided, and how many they did not."""

    person_id: int
    name: str
    done: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pilot:
    """A pilot.

    Attributes:
        works: its works, as far as anybody still has them or decided on them.
        decided: of these, on how many all have decided.
    """

    id: int
    name: str
    stage: Stage
    by: str
    at: datetime
    works: int
    decided: int
    readers: tuple[Reader, ...]

    @property
    def over(self) -> bool:
        """Nobody has anything more to read in it."""
        return not any(reader.waiting for reader in self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """Somebody's part in a pilot.

    Attributes:
        works: how many works they read in it.
        waiting: how many of these wait for them.
        waiting_for_others: how many decisions of the others are still to come.
    """

    id: int
    name: str
    works: int
    waiting: int
    waiting_for_others: int


def works_waiting(connection: Connection, review_id: int, stage: Stage, person_id: int) -> set[int]:
    """The works of pilots that a person has still to decide."""
    query = select(assignment.c.work_id).where(
        assignment.c.review_id == review_id,
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
        assignment.c.pilot_id.is_not(None),
        assignment.c.done_at.is_(None),
        assignment.c.work_id.is_not(None),
    )
    return set(connection.execute(query).scalars())


def candidates(write: Write, stage: Stage, person_ids: Sequence[int]) -> list[int]:
    """Open works that a pilot may take: nobody decided on them, none is in a pilot, and nobody but
    these people has them.
    """
    occupied = exists().where(
        assignment.c.work_id == work.c.id,
        assignment.c.stage == stage.value,
        or_(
            assignment.c.done_at.isnot(None),
            assignment.c.pilot_id.isnot(None),
            assignment.c.person_id.notin_(list(person_ids))
            & or_(
                assignment.c.how != How.PULLED.value,
                assignment.c.at >= write.at - LONGEST_HOLD,
            ),
        ),
    )
    decided = exists().where(made_for_work(decision.c.work_id), decision.c.stage == stage.value)
    query = (
        select(work.c.id)
        .where(work.c.review_id == write.review_id, *open_at(stage), ~occupied, ~decided)
        .order_by(work.c.id)
    )
    return list(write.connection.execute(query).scalars())


def begin(
    write: Write, stage: Stage, name: str, work_ids: Sequence[int], person_ids: Sequence[int]
) -> int:
    """Let all these people read all these works; gives the pilot's id.

    Raises:
        Invalid: somebody decided on one of the works, or it is in a pilot already.
    """
    at_stage = assignment.c.review_id == write.review_id, assignment.c.stage == stage.value
    of_works = *at_stage, assignment.c.work_id.in_(list(work_ids))
    busy = assignment.c.done_at.isnot(None) | assignment.c.pilot_id.isnot(None)
    if write.connection.execute(select(func.count()).where(*of_works, busy)).scalar_one():
        raise Invalid("Some of these works were decided or are in a pilot; draw a new sample.")
    values = write.for_review(
        stage=stage.value, name=name, created_by=write.person_id, created_at=write.at
    )
    query = insert(pilot).values(**values).returning(pilot.c.id)
    pilot_id = int(write.connection.execute(query).scalar_one())
    made_for_them = assignment.c.first_work_id.in_(list(work_ids))
    write.connection.execute(delete(assignment).where(*at_stage, made_for_them))
    # Those that are left were made for works that were merged into these.
    write.connection.execute(update(assignment).where(*of_works).values(work_id=None))
    rows = [
        write.for_review(
            stage=stage.value,
            first_work_id=work_id,
            work_id=work_id,
            person_id=person_id,
            pilot_id=pilot_id,
            how=How.PILOT.value,
            at=write.at,
        )
        for work_id in work_ids
        for person_id in person_ids
    ]
    write.connection.execute(insert(assignment), rows)
    return pilot_id


def end(write: Write, stage: Stage, pilot_id: int) -> list[int]:
    """Nobody needs to read on in this pilot; gives the works that need fewer people now.

    What nobody decided goes back to the others; what some decided counts as it is.
    """
    undecided = (
        assignment.c.review_id == write.review_id,
        assignment.c.pilot_id == pilot_id,
        assignment.c.done_at.is_(None),
    )
    query = select(assignment.c.work_id).distinct()
    query = query.where(*undecided, assignment.c.work_id.isnot(None))
    work_ids = list(write.connection.execute(query).scalars())
    write.connection.execute(delete(assignment).where(*undecided))
    assignments_after_merge.refollow(write, stage, work_ids)
    return work_ids


def listing(connection: Connection, review_id: int, stage: Stage) -> list[Pilot]:
    """The pilots of a stage, newest first, with how far each person is."""
    query = (
        select(pilot.c.id, pilot.c.name, person.c.name.label("by"), pilot.c.created_at)
        .join(person, person.c.id == pilot.c.created_by)
        .where(pilot.c.review_id == review_id, pilot.c.stage == stage.value)
        .order_by(pilot.c.id.desc())
    )
    rows = connection.execute(query).all()
    readers = _readers(connection, review_id, stage)
    counts = _counts(connection, review_id, stage)
    pilots = []
    for row in rows:
        works, decided = counts.get(row.id, (0, 0))
        pilots.append(
            Pilot(
                id=row.id,
                name=row.name,
                stage=stage,
                by=row.by,
                at=row.created_at,
                works=works,
                decided=decided,
                readers=tuple(readers.get(row.id, ())),
            )
        )
    return pilots


def of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int
) -> list[OwnPart]:
    """The pilots of a stage that a person reads or has read in, oldest first."""
    theirs = assignment.c.person_id == person_id
    waits = assignment.c.done_at.is_(None) & (work.c[stage.value] == State.OPEN.value)
    query = (
        select(
            pilot.c.id,
            pilot.c.name,
            func.count(case((theirs, 1))).label("works"),
            func.count(case((theirs & waits, 1))).label("waiting"),
            func.count(case((~theirs & waits, 1))).label("waiting_for_others"),
        )
        .join(assignment, assignment.c.pilot_id == pilot.c.id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(pilot.c.review_id == review_id, pilot.c.stage == stage.value)
        .group_by(pilot.c.id, pilot.c.name)
        .having(func.count(case((theirs, 1))) > 0)
        .order_by(pilot.c.id)
    )
    return [OwnPart(**row) for row in connection.execute(query).mappings()]


def pilot_by_work(connection: Connection, review_id: int, stage: Stage) -> dict[int, int]:
    """The pilot of each surviving work that is or was in one."""
    query = select(assignment.c.work_id, assignment.c.pilot_id).where(
        assignment.c.review_id == review_id,
        assignment.c.stage == stage.value,
        assignment.c.pilot_id.isnot(None),
        assignment.c.work_id.isnot(None),
    )
    return {row.work_id: row.pilot_id for row in connection.execute(query)}


def _readers(connection: Connection, review_id: int, stage: Stage) -> dict[int, list[Reader]]:
    waits = case((assignment.c.done_at.is_(None) & (work.c[stage.value] == State.OPEN.value), 1))
    query = (
        select(
            assignment.c.pilot_id,
            assignment.c.person_id,
            person.c.name,
            func.count(assignment.c.done_at).label("done"),
            func.count(waits).label("waiting"),
        )
        .join(person, person.c.id == assignment.c.person_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.pilot_id.isnot(None),
        )
        .group_by(assignment.c.pilot_id, assignment.c.person_id, person.c.name)
        .order_by(assignment.c.pilot_id, person.c.name)
    )
    readers: dict[int, list[Reader]] = {}
    for row in connection.execute(query):
        reader = Reader(person_id=row.person_id, name=row.name, done=row.done, waiting=row.waiting)
        readers.setdefault(row.pilot_id, []).append(reader)
    return readers


def _counts(connection: Connection, review_id: int, stage: Stage) -> dict[int, tuple[int, int]]:
    """By pilot: how many works it has, and how many of them are not open any more."""
    decided = case((work.c[stage.value] != State.OPEN.value, assignment.c.work_id))
    query = (
        select(
            assignment.c.pilot_id,
            func.count(func.distinct(assignment.c.work_id)).label("works"),
            func.count(func.distinct(decided)).label("decided"),
        )
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.pilot_id.isnot(None),
        )
        .group_by(assignment.c.pilot_id)
    )
    return {row.pilot_id: (row.works, row.decided) for row in connection.execute(query)}
