"""Work that goes on in the background: how far it is, and whether it shall stop."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from evidence.store.area_versions import EVERYTHING, Area
from evidence.store.engine import Store, Write
from evidence.store.permission import Role
from evidence.store.schema import job


class Cancelled(Exception):
    """Somebody asked the work to stop, or gave it up for lost."""


class JobState(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


GOING = (JobState.WAITING, JobState.RUNNING)
SILENCE = timedelta(seconds=90)
"""A job that was not heard of for so long has lost its server (steps/jobs.py beats for it)."""
SILENT = (
    "The server stopped before this was done, or the machine that did it. Nothing was kept of it; "
    "try it again."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job as it is kept.

    Attributes:
        done: share, from 0 to 1.
        doing: in words.
        message: why it failed.
    """

    id: int
    review_id: int
    kind: str
    state: JobState
    done: float
    doing: str
    message: str

    @property
    def going(self) -> bool:
        """Whether it may still change something."""
        return self.state in GOING


class StoreOfJob(Store):
    """The store as the work of a job has it: nothing is written that nobody wants any more.

    Whoever cancels, or gives a silent worker up, need not be heard by the work at once. So each
    transaction asks at its beginning, and at its end holds the answer until it is kept.

    Attributes:
        job_id: whose work it is.
        plain: the store itself, for tidying up after a job was cancelled.
    """

    def __init__(self, store: Store, job_id: int) -> None:
        super().__init__(store.engine, private=store.private)
        self.job_id = job_id
        self.plain = plain(store)

    @contextmanager
    def writing(
        self, review_id: int, person_id: int, role: Role, *, areas: Area = EVERYTHING
    ) -> Iterator[Write]:
        """A transaction of a person on a review, as of any store.

        Raises:
            Cancelled: nobody wants the job any more; nothing of the transaction is kept.
        """
        with super().writing(review_id, person_id, role, areas=areas) as write:
            state = select(job.c.state).where(job.c.id == self.job_id)
            if write.connection.execute(state).scalar() not in GOING:
                raise Cancelled
            yield write
            held = write.connection.execute(state.with_for_update(read=True)).scalar()
            if held is not None and held not in GOING:  # None: it removed its own preview
                raise Cancelled


def plain(store: Store) -> Store:
    """The store by which everybody writes, whatever became of a job."""
    return store.plain if isinstance(store, StoreOfJob) else store


def add(write: Write, kind: str) -> int:
    """A new job of the writing person on the review; gives its id."""
    values = write.for_review(
        person_id=write.person_id,
        kind=kind,
        state=JobState.WAITING.value,
        created_at=write.at,
        heard_at=write.at,
    )
    query = insert(job).values(**values).returning(job.c.id)
    return int(write.connection.execute(query).scalar_one())


def tell(connection: Connection, job_id: int, done: float, doing: str, at: datetime) -> bool:
    """Note how far a job is; gives False where it was asked to stop, or is gone."""
    noted = connection.execute(
        update(job)
        .where(job.c.id == job_id, job.c.state.in_([state.value for state in GOING]))
        .values(state=JobState.RUNNING.value, done=done, doing=doing, heard_at=at)
    )
    return noted.rowcount == 1


def claim(connection: Connection, job_id: int, at: datetime) -> bool:
    """Begin a job that waits; gives False where it was begun before, or nobody wants it."""
    waiting = (job.c.id == job_id) & (job.c.state == JobState.WAITING.value)
    noted = connection.execute(
        update(job).where(waiting).values(state=JobState.RUNNING.value, heard_at=at)
    )
    return noted.rowcount == 1


def beat(connection: Connection, job_id: int, at: datetime, *, waiting: bool = False) -> bool:
    """Note that a job is alive; gives False where nobody wants it any more.

    Args:
        connection: to write by.
        job_id: of the job.
        at: the moment.
        waiting: note it only while the job waits, because who runs it beats for itself.
    """
    noted = [JobState.WAITING] if waiting else GOING
    alive = job.c.state.in_([state.value for state in noted])
    connection.execute(update(job).where(job.c.id == job_id, alive).values(heard_at=at))
    return connection.execute(select(job.c.state).where(job.c.id == job_id)).scalar() in GOING


def finish(
    connection: Connection, job_id: int, state: JobState, at: datetime, message: str = ""
) -> None:
    """Note how a job ended; what ended before, or was cancelled, stays so."""
    going = job.c.state.in_([state.value for state in GOING])
    connection.execute(
        update(job)
        .where(job.c.id == job_id, going)
        .values(state=state.value, message=message, heard_at=at)
    )


def cancel(write: Write, job_id: int) -> None:
    """Ask a job to stop."""
    going = job.c.state.in_([state.value for state in GOING])
    write.connection.execute(
        update(job)
        .where(job.c.id == job_id, job.c.review_id == write.review_id, going)
        .values(state=JobState.CANCELLED.value)
    )


def newest(connection: Connection, review_id: int, kind: str, now: datetime) -> Job | None:
    """The newest job of a kind on a review."""
    query = _jobs().where(job.c.review_id == review_id, job.c.kind == kind)
    row = connection.execute(query.order_by(job.c.id.desc()).limit(1)).mappings().first()
    return None if row is None else read(row, now)


def read(row: RowMapping, now: datetime) -> Job:
    """A job from its row; one that fell silent has failed."""
    state, message = JobState(row["state"]), row["message"]
    if state in GOING and now - row["heard_at"] > SILENCE:
        state, message = JobState.FAILED, SILENT
    return Job(
        id=row["id"],
        review_id=row["review_id"],
        kind=row["kind"],
        state=state,
        done=row["done"],
        doing=row["doing"],
        message=message,
    )


def _jobs() -> Select[tuple[object, ...]]:
    return select(job)
