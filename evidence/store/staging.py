"""Files that people look at before they keep them.

A file is read into a hidden review of its own, batch by batch. Keeping it moves everything into the
real review in one step; until then nothing of it can be seen there, and whatever happens on the way
(a cancel, a power cut) leaves the real review as it was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from evidence.citations.formats import Opened
from evidence.errors import NotFound
from evidence.problems import Problem
from evidence.store import jobs
from evidence.store.bulk import insert_rows
from evidence.store.engine import Write
from evidence.store.jobs import Job
from evidence.store.references import clean
from evidence.store.schema import imported_file, job, problem, record, review, source, work
from evidence.store.sources import SourceDraft, add_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A file that was looked at and is neither kept nor dropped.

    Attributes:
        stage_id: of the hidden review.
        seen: entries; `seen - kept` cannot be kept, and each has a problem.
        sha256: of the records' text; empty while the file is being read.
    """

    stage_id: int
    file_id: int
    name: str
    format: str
    encoding: str
    seen: int
    kept: int
    sha256: str
    problems: int
    job: Job


def begin(connection: Connection, review_id: int, person_id: int, at: datetime) -> int:
    """A hidden review for one file; gives its id."""
    values = {
        "title": "",
        "criteria": [],
        "data_version": 1,
        "stages_for": review_id,
        "created_by": person_id,
        "created_at": at,
    }
    query = insert(review).values(**values).returning(review.c.id)
    return int(connection.execute(query).scalar_one())


def add_file(write: Write, name: str, source_id: int | None = None) -> int:
    """A file that is about to be read, in a source or in one of its own; gives its id."""
    if source_id is None:
        source_id = add_source(write, SourceDraft(name=clean(name)))
    query = insert(imported_file).values(
        source_id=source_id,
        name=clean(name),
        seen=0,
        kept=0,
        imported_by=write.person_id,
        imported_at=write.at,
    )
    return int(write.connection.execute(query.returning(imported_file.c.id)).scalar_one())


def open_file(write: Write, file_id: int, opened: Opened) -> None:
    """Note what the file is, before its entries are read."""
    write.connection.execute(
        update(imported_file)
        .where(imported_file.c.id == file_id)
        .values(format=opened.format, encoding=opened.encoding, seen=opened.seen)
    )
    add_problems(write, file_id, opened.problems)


def add_problems(write: Write, file_id: int, problems: Sequence[Problem]) -> None:
    """Keep problems of a file."""
    rows = [(file_id, p.line, p.code.value, clean(p.detail)) for p in problems]
    insert_rows(write.connection, problem, ("file_id", "line", "code", "detail"), rows)


def close_file(write: Write, file_id: int, kept: int, sha256: str) -> None:
    """Note that the file was read to its end."""
    write.connection.execute(
        update(imported_file).where(imported_file.c.id == file_id).values(kept=kept, sha256=sha256)
    )


def staged(connection: Connection, review_id: int, person_id: int, now: datetime) -> list[Staged]:
    """What a person looked at for a review, oldest first."""
    problems = (
        select(func.count())
        .select_from(problem)
        .where(problem.c.file_id == imported_file.c.id)
        .scalar_subquery()
    )
    names = ("name", "format", "encoding", "seen", "kept", "sha256")
    query = (
        select(
            job,
            imported_file.c.id.label("file_id"),
            *(imported_file.c[name].label(f"file_{name}") for name in names),
            problems.label("problems"),
        )
        .select_from(review)
        .join(source, source.c.review_id == review.c.id)
        .join(imported_file, imported_file.c.source_id == source.c.id)
        .join(job, job.c.review_id == review.c.id)
        .where(review.c.stages_for == review_id, review.c.created_by == person_id)
        .order_by(imported_file.c.id)
    )
    return [
        Staged(
            stage_id=row["review_id"],
            file_id=row["file_id"],
            problems=row["problems"],
            job=jobs.read(row, now),
            **{name: row[f"file_{name}"] for name in names},
        )
        for row in connection.execute(query).mappings()
    ]


def adopt(write: Write, staged_file: Staged, source_id: int) -> None:
    """Move a file with all its records from its stage into the review."""
    c, stage = write.connection, staged_file.stage_id
    mine = select(review.c.id).where(
        review.c.id == stage,
        review.c.stages_for == write.review_id,
        review.c.created_by == write.person_id,
    )
    if c.execute(mine).first() is None:
        raise NotFound("file to keep", staged_file.name)
    for table in (work, record):
        c.execute(update(table).where(table.c.review_id == stage).values(review_id=write.review_id))
    c.execute(
        update(imported_file)
        .where(imported_file.c.id == staged_file.file_id)
        .values(source_id=source_id, imported_at=write.at, imported_by=write.person_id)
    )
    c.execute(delete(review).where(review.c.id == stage))


def drop(connection: Connection, stage_id: int, review_id: int, person_id: int) -> None:
    """Forget a file that this person looked at for this review."""
    connection.execute(
        delete(review).where(
            review.c.id == stage_id,
            review.c.stages_for == review_id,
            review.c.created_by == person_id,
        )
    )


def drop_old(connection: Connection, before: datetime) -> int:
    """Forget what was looked at long ago and never kept; gives how many files."""
    old = review.c.stages_for.is_not(None) & (review.c.created_at < before)
    return int(connection.execute(delete(review).where(old)).rowcount)
