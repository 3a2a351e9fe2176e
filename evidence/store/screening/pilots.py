"""Pilot rounds: the same sample for all, before the real screening."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, delete, exists, func, insert, or_, select, update

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State
from evidence.store.engine import Write
from evidence.store.schema import assignment, decision, person, round_, work
from evidence.store.screening import assignments_after_merge
from evidence.store.screening.assignments import open_at, waiting
from evidence.store.screening.placing import How, home
from evidence.store.screening.queue import HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Somebody of a round: how many of its works they decided, and how many they did not."""

    person_id: int
    name: str
    done: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A pilot round.

    Attributes:
        works: its works, as far as anybody still has them or decided on them.
        settled: of these, on how many all have spoken.
    """

    id: int
    name: str
    stage: Stage
    by: str
    at: datetime
    works: int
    settled: int
    readers: tuple[Reader, ...]

    @property
    def over(self) -> bool:
        """Nobody has anything left to read in it."""
        return not any(reader.waiting for reader in self.readers)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPart:
    """Somebody's part in a round.

    Attributes:
        works: how many works they read in it.
        left: how many of these wait for them.
        others_left: how many decisions of the others are still to be made.
        next: whether the next work before them belongs to it.
    """

    id: int
    name: str
    works: int
    left: int
    others_left: int
    next: bool


def untouched(write: Write, stage: Stage, person_ids: Sequence[int]) -> list[int]:
    """Open works that a pilot may take: nobody decided on them, none is in a pilot, and nobody but
    these people has them.
    """
    about = assignment.c.work_id == work.c.id, assignment.c.stage == stage.value
    taken = exists().where(
        *about,
        or_(
            assignment.c.done_at.isnot(None),
            assignment.c.round_id.isnot(None),
            assignment.c.person_id.notin_(list(person_ids))
            & or_(
                assignment.c.how != How.PULLED.value,
                assignment.c.at >= write.at - HELD,
            ),
        ),
    )
    joined = select(home.c.id).where(home.c.merged_into == work.c.id).correlate(work)
    family = or_(decision.c.work_id == work.c.id, decision.c.work_id.in_(joined))
    decided = exists().where(family, decision.c.stage == stage.value)
    query = (
        select(work.c.id)
        .where(work.c.review_id == write.review_id, *open_at(stage), ~taken, ~decided)
        .order_by(work.c.id)
    )
    return [int(one) for one in write.connection.execute(query).scalars()]


def begin(
    write: Write, stage: Stage, name: str, work_ids: Sequence[int], person_ids: Sequence[int]
) -> int:
    """All these people read all these works; gives the round's id.

    Raises:
        Invalid: somebody decided on one of the works, or it is in a pilot already.
    """
    here = (
        assignment.c.review_id == write.review_id,
        assignment.c.stage == stage.value,
        assignment.c.work_id.in_(list(work_ids)),
    )
    busy = assignment.c.done_at.isnot(None) | assignment.c.round_id.isnot(None)
    if write.connection.execute(select(func.count()).where(*here, busy)).scalar_one():
        raise Invalid("Some of these records were decided or are in a pilot; draw a new sample.")
    values = write.for_review(
        stage=stage.value, name=name, created_by=write.person_id, created_at=write.at
    )
    made = insert(round_).values(**values).returning(round_.c.id)
    round_id = int(write.connection.execute(made).scalar_one())
    made_for = assignment.c.first_work_id.in_(list(work_ids))
    write.connection.execute(delete(assignment).where(*here[:2], made_for))
    write.connection.execute(update(assignment).where(*here).values(work_id=None))  # of joined ones
    rows = [
        write.for_review(
            stage=stage.value,
            first_work_id=work_id,
            work_id=work_id,
            person_id=person_id,
            round_id=round_id,
            how=How.PILOT.value,
            at=write.at,
        )
        for work_id in work_ids
        for person_id in person_ids
    ]
    write.connection.execute(insert(assignment), rows)
    return round_id


def end(write: Write, stage: Stage, round_id: int) -> list[int]:
    """Nobody needs to read on in this round; gives the works that need fewer people now.

    What nobody decided goes back to the others; what some decided counts as it is.
    """
    left = (
        assignment.c.review_id == write.review_id,
        assignment.c.round_id == round_id,
        assignment.c.done_at.is_(None),
    )
    query = select(assignment.c.work_id).distinct()
    query = query.where(*left, assignment.c.work_id.isnot(None))
    works = [int(one) for one in write.connection.execute(query).scalars()]
    write.connection.execute(delete(assignment).where(*left))
    assignments_after_merge.again(write, stage, works)
    return works


def there_are(connection: Connection, review_id: int, stage: Stage) -> bool:
    """Whether there ever was a pilot at this stage."""
    query = select(round_.c.id).where(
        round_.c.review_id == review_id, round_.c.stage == stage.value
    )
    return connection.execute(query.limit(1)).first() is not None


def listing(connection: Connection, review_id: int, stage: Stage) -> list[Round]:
    """The rounds of a stage, newest first, with how far each person is."""
    query = (
        select(round_.c.id, round_.c.name, person.c.name.label("by"), round_.c.created_at)
        .join(person, person.c.id == round_.c.created_by)
        .where(round_.c.review_id == review_id, round_.c.stage == stage.value)
        .order_by(round_.c.id.desc())
    )
    found = connection.execute(query).all()
    readers = _readers(connection, review_id, stage)
    works = _works(connection, review_id, stage)
    return [
        Round(
            id=row.id,
            name=row.name,
            stage=stage,
            by=row.by,
            at=row.created_at,
            works=works.get(row.id, (0, 0))[0],
            settled=works.get(row.id, (0, 0))[1],
            readers=tuple(readers.get(row.id, ())),
        )
        for row in found
    ]


def of_person(
    connection: Connection, review_id: int, stage: Stage, person_id: int
) -> list[OwnPart]:
    """The rounds of a stage that a person reads or has read in, oldest first."""
    mine = assignment.c.person_id == person_id
    waits = assignment.c.done_at.is_(None) & (work.c[stage.value] == State.OPEN.value)
    query = (
        select(
            round_.c.id,
            round_.c.name,
            func.count(case((mine, 1))).label("works"),
            func.count(case((mine & waits, 1))).label("left"),
            func.count(case((~mine & waits, 1))).label("others_left"),
        )
        .join(assignment, assignment.c.round_id == round_.c.id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(round_.c.review_id == review_id, round_.c.stage == stage.value)
        .group_by(round_.c.id, round_.c.name)
        .having(func.count(case((mine, 1))) > 0)
        .order_by(round_.c.id)
    )
    found = connection.execute(query).mappings().all()
    now = _round_of_next(connection, review_id, stage, person_id) if found else None
    return [OwnPart(**row, next=row["id"] == now) for row in found]


def _round_of_next(
    connection: Connection, review_id: int, stage: Stage, person_id: int
) -> int | None:
    first = waiting(connection, review_id, stage, person_id, 1)
    query = select(assignment.c.round_id).where(
        assignment.c.work_id.in_(first),
        assignment.c.stage == stage.value,
        assignment.c.person_id == person_id,
    )
    return connection.execute(query).scalar_one_or_none()


def works_of(connection: Connection, review_id: int, stage: Stage) -> dict[int, int]:
    """The round of each live work that is or was in one."""
    root = func.coalesce(work.c.merged_into, work.c.id)
    query = (
        select(root.label("root"), assignment.c.round_id)
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.round_id.isnot(None),
        )
    )
    return {row.root: row.round_id for row in connection.execute(query)}


def _readers(connection: Connection, review_id: int, stage: Stage) -> dict[int, list[Reader]]:
    waits = case((assignment.c.done_at.is_(None) & (work.c[stage.value] == State.OPEN.value), 1))
    query = (
        select(
            assignment.c.round_id,
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
            assignment.c.round_id.isnot(None),
        )
        .group_by(assignment.c.round_id, assignment.c.person_id, person.c.name)
        .order_by(assignment.c.round_id, person.c.name)
    )
    found: dict[int, list[Reader]] = {}
    for row in connection.execute(query):
        reader = Reader(person_id=row.person_id, name=row.name, done=row.done, waiting=row.waiting)
        found.setdefault(row.round_id, []).append(reader)
    return found


def _works(connection: Connection, review_id: int, stage: Stage) -> dict[int, tuple[int, int]]:
    settled = case((work.c[stage.value] != State.OPEN.value, assignment.c.work_id))
    query = (
        select(
            assignment.c.round_id,
            func.count(func.distinct(assignment.c.work_id)).label("works"),
            func.count(func.distinct(settled)).label("settled"),
        )
        .join(work, work.c.id == assignment.c.work_id)
        .where(
            assignment.c.review_id == review_id,
            assignment.c.stage == stage.value,
            assignment.c.round_id.isnot(None),
        )
        .group_by(assignment.c.round_id)
    )
    return {row.round_id: (row.works, row.settled) for row in connection.execute(query)}
