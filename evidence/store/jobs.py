"""Work that goes on in the background: how far it is, and whether it shall stop."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from evidence.store.engine import Write
from evidence.store.schema import job


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


def beat(connection: Connection, job_id: int, at: datetime) -> bool:
    """Note that a job is alive; gives False where nobody wants it any more."""
    going = job.c.state.in_([state.value for state in GOING])
    noted = connection.execute(update(job).where(job.c.id == job_id, going).values(heard_at=at))
    return noted.rowcount == 1


def finish(
    connection: Connection, job_id: int, state: JobState, at: datetime, message: str = ""
) -> None:
    """Note how a job ended; one that was cancelled stays so."""
    connection.execute(
        update(job)
        .where(job.c.id == job_id, job.c.state != JobState.CANCELLED.value)
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
        state, message = JobState.FAILED, "The server stopped before this was done. Try it again."
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
