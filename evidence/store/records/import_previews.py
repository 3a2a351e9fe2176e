"""Previews of imports: files that people look at before they import them.

A file is read into a hidden review of its own, batch by batch; the id of that review is the id of
the preview. Importing it moves everything into the real review in one step; until then nothing of
it can be seen there, and whatever happens on the way (a cancel, a power cut) leaves the real review
as it was.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update
from sqlalchemy import Table as SqlTable

from evidence.citations.formats import OpenedFile
from evidence.citations.formats.tables import Column, Table
from evidence.errors import NotFound
from evidence.problems import Code, Problem
from evidence.store import jobs
from evidence.store.bulk import insert_rows
from evidence.store.engine import Write
from evidence.store.jobs import Job
from evidence.store.records import sources
from evidence.store.records.sources import SourceDraft
from evidence.store.schema import (
    imported_file,
    job,
    problem,
    record,
    review,
    source,
    upload,
    work,
)
from evidence.store.schema.column_types import clean

MOVED = 5000  # ids whose rows are moved by one statement
SUGGESTED = ("name", "kind", "database", "platform")  # fields of a source that records tell
SAMPLE = 100  # characters of a value that show what a column holds


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFile:
    """A file that is neither imported nor dropped.

    Attributes:
        preview_id: of the hidden review.
        seen: entries; `seen - records` are no records, and each has a problem.
        sha256: of the records' text; empty while the file is being read.
        problems: how many there are.
        mapping: for a table, what its columns mean, as a person said, by sheet and column.
        suggested_source: what the records say of their source; its name is that of the file where
            they say nothing, or differ.
        sheets: of a table, the columns of each sheet.
    """

    preview_id: int
    file_id: int
    name: str
    format: str
    encoding: str
    seen: int
    records: int
    sha256: str
    problems: int
    job: Job
    mapping: Mapping[str, Mapping[str, str | None]]
    suggested_source: SourceDraft
    sheets: tuple[Table, ...] = ()


class Entry(NamedTuple):
    """A record of a preview; its position is counted from 0 among the records of its file."""

    position: int
    line: int
    title: str


def begin(write: Write) -> int:
    """Make a hidden review for one file; gives its id, which is that of the preview."""
    values = {
        "title": "",
        "criteria": [],
        "data_version": 1,
        "preview_of": write.review_id,
        "created_by": write.person_id,
        "created_at": write.at,
    }
    query = insert(review).values(**values).returning(review.c.id)
    return int(write.connection.execute(query).scalar_one())


def number_of(connection: Connection, person_id: int) -> int:
    """How many previews of somebody are there, in all reviews."""
    query = select(func.count()).where(
        review.c.preview_of.is_not(None), review.c.created_by == person_id
    )
    return int(connection.execute(query).scalar_one())


def add_file(write: Write, name: str, source_id: int | None = None) -> int:
    """Add a file that is about to be read, to a source or to one of its own; gives its id."""
    if source_id is None:
        source_id = sources.add(write, SourceDraft(name=clean(name)))
    query = insert(imported_file).values(
        source_id=source_id,
        name=clean(name),
        seen=0,
        records=0,
        imported_by=write.person_id,
        imported_at=write.at,
    )
    return int(write.connection.execute(query.returning(imported_file.c.id)).scalar_one())


def open_file(write: Write, file_id: int, opened: OpenedFile) -> None:
    """Note what the file is, before its entries are read."""
    write.connection.execute(
        update(imported_file)
        .where(imported_file.c.id == file_id)
        .values(format=opened.format, encoding=opened.encoding, seen=opened.seen)
    )
    add_problems(write, file_id, opened.problems)


def add_problems(write: Write, file_id: int, problems: Sequence[Problem]) -> None:
    """Add problems of a file."""
    rows = [(file_id, p.line, p.code.value, clean(p.detail)) for p in problems]
    insert_rows(write.connection, problem, ("file_id", "line", "code", "detail"), rows)


def close_file(write: Write, file_id: int, records: int, sha256: str) -> None:
    """Note that the file was read to its end."""
    write.connection.execute(
        update(imported_file)
        .where(imported_file.c.id == file_id)
        .values(records=records, sha256=sha256)
    )


def suggest_source(write: Write, file_id: int, draft: SourceDraft) -> None:
    """Note what the records of a file say of their source."""
    of_file = select(imported_file.c.source_id).where(imported_file.c.id == file_id)
    values = {name: clean(getattr(draft, name)) for name in SUGGESTED}
    write.connection.execute(
        update(source).where(source.c.id == of_file.scalar_subquery()).values(**values)
    )


def store_upload(write: Write, data: bytes, sheets: Sequence[Table] = ()) -> None:
    """Store a file in its preview: a table, so that people can say what its columns hold, or any
    file before it is read on another machine.
    """
    drop_upload(write)
    values = write.for_review(data=data, sheets=[_to_json(sheet) for sheet in sheets])
    write.connection.execute(insert(upload).values(**values))


def drop_upload(write: Write) -> None:
    """Remove the file that a preview stores, if it does."""
    write.connection.execute(delete(upload).where(upload.c.review_id == write.review_id))


def stored_upload(connection: Connection, preview_id: int) -> bytes:
    """The file that is stored in a preview; raises NotFound."""
    query = select(upload.c.data).where(upload.c.review_id == preview_id)
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("file", preview_id)
    return bytes(row.data)


def empty(write: Write, file_id: int, mapping: Mapping[str, Mapping[str, str | None]]) -> None:
    """Empty a preview, to read its table again with these meanings of its columns."""
    c, preview_id = write.connection, write.review_id
    c.execute(delete(record).where(record.c.review_id == preview_id))
    c.execute(delete(work).where(work.c.review_id == preview_id))
    c.execute(delete(problem).where(problem.c.file_id == file_id))
    c.execute(delete(job).where(job.c.review_id == preview_id))
    unread = {"format": "", "encoding": "", "sha256": "", "seen": 0, "records": 0}
    c.execute(
        update(imported_file)
        .where(imported_file.c.id == file_id)
        .values(**unread, mapping={sheet: dict(columns) for sheet, columns in mapping.items()})
    )


def listing(
    connection: Connection, review_id: int, person_id: int, now: datetime
) -> list[PreviewFile]:
    """The files that a person previews for a review, oldest first."""
    problems = (
        select(func.count())
        .select_from(problem)
        .where(problem.c.file_id == imported_file.c.id)
        .scalar_subquery()
    )
    names = ("name", "format", "encoding", "seen", "records", "sha256", "mapping")
    query = (
        select(
            job,
            imported_file.c.id.label("file_id"),
            *(imported_file.c[name].label(f"file_{name}") for name in names),
            *(source.c[name].label(f"source_{name}") for name in SUGGESTED),
            problems.label("problems"),
            upload.c.sheets,
        )
        .select_from(review)
        .join(source, source.c.review_id == review.c.id)
        .join(imported_file, imported_file.c.source_id == source.c.id)
        .join(job, job.c.review_id == review.c.id)
        .join(upload, upload.c.review_id == review.c.id, isouter=True)
        .where(review.c.preview_of == review_id, review.c.created_by == person_id)
        .order_by(imported_file.c.id)
    )
    return [
        PreviewFile(
            preview_id=row["review_id"],
            file_id=row["file_id"],
            problems=row["problems"],
            job=jobs.read(row, now),
            sheets=tuple(_from_json(sheet) for sheet in row["sheets"] or ()),
            suggested_source=SourceDraft(**{name: row[f"source_{name}"] for name in SUGGESTED}),
            **{name: row[f"file_{name}"] for name in names},
        )
        for row in connection.execute(query).mappings()
    ]


def move_into_review(write: Write, file: PreviewFile, source_id: int) -> None:
    """Move a file with all its records from its preview into the review."""
    c, preview_id = write.connection, file.preview_id
    mine = select(review.c.id).where(
        review.c.id == preview_id,
        review.c.preview_of == write.review_id,
        review.c.created_by == write.person_id,
    )
    if c.execute(mine).first() is None:
        raise NotFound("file to keep", file.name)
    for table in (work, record):
        _move(c, table, preview_id, write.review_id)
    c.execute(
        update(imported_file)
        .where(imported_file.c.id == file.file_id)
        .values(source_id=source_id, imported_at=write.at, imported_by=write.person_id)
    )
    c.execute(delete(review).where(review.c.id == preview_id))


def _move(connection: Connection, table: SqlTable, preview_id: int, review_id: int) -> None:
    """Move the rows of a preview into a review, some at a time: SQLite remembers in memory what a
    statement changes, until it ends.
    """
    own = table.c.review_id == preview_id
    first, last = connection.execute(
        select(func.min(table.c.id), func.max(table.c.id)).where(own)
    ).one()
    for begin in range(first or 0, (last or -1) + 1, MOVED):
        batch = own & table.c.id.between(begin, begin + MOVED - 1)
        connection.execute(update(table).where(batch).values(review_id=review_id))


def entries(
    connection: Connection, file: PreviewFile, lines: Collection[int], most: int
) -> list[Entry]:
    """The first `most` records of a preview, and others of these lines, as many at the most."""
    query = select(record.c.position, record.c.line, record.c.title).where(
        record.c.file_id == file.file_id,
        (record.c.position < most) | record.c.line.in_(list(lines)),
    )
    rows = connection.execute(query.order_by(record.c.position).limit(2 * most))
    return [Entry(*row) for row in rows]


def leave_out(write: Write, file: PreviewFile, positions: Collection[int]) -> int:
    """Remove records from a preview by their position; each becomes a problem. Gives how many."""
    c = write.connection
    query = select(record.c.id, record.c.line, record.c.first_work_id).where(
        record.c.file_id == file.file_id, record.c.position.in_(list(positions))
    )
    rows = c.execute(query).all()
    c.execute(delete(work).where(work.c.id.in_([row.first_work_id for row in rows])))
    problems = [Problem(code=Code.ENTRY_LEFT_OUT, file=file.name, line=row.line) for row in rows]
    add_problems(write, file.file_id, problems)
    c.execute(
        update(imported_file)
        .where(imported_file.c.id == file.file_id)
        .values(records=imported_file.c.records - len(rows))
    )
    return len(rows)


def count_in_review(connection: Connection, preview_id: int, review_id: int) -> int:
    """How many works of a preview have the DOI or the PMID of a work of the review."""

    def has(name: str) -> ColumnElement[bool]:
        own = work.c[name]
        others = select(work.c[name]).where(work.c.review_id == review_id, work.c[name] != "")
        return (own != "") & own.in_(others.scalar_subquery())

    query = select(func.count()).select_from(work).where(work.c.review_id == preview_id)
    return int(connection.execute(query.where(has("doi") | has("pmid"))).scalar_one())


def drop(write: Write, preview_id: int) -> None:
    """Delete a preview of the writing person for this review."""
    write.connection.execute(
        delete(review).where(
            review.c.id == preview_id,
            review.c.preview_of == write.review_id,
            review.c.created_by == write.person_id,
        )
    )


def drop_old(connection: Connection, before: datetime) -> int:
    """Delete the previews that were begun before a moment; gives how many."""
    old = review.c.preview_of.is_not(None) & (review.c.created_at < before)
    return int(connection.execute(delete(review).where(old)).rowcount)


def _to_json(sheet: Table) -> dict[str, Any]:
    """The columns of a sheet, with samples of their values; of long values the beginning."""
    columns = (
        replace(column, samples=tuple(clean(value[:SAMPLE]) for value in column.samples))
        for column in sheet.columns
    )
    return asdict(replace(sheet, columns=tuple(columns)))


def _from_json(stored: Mapping[str, Any]) -> Table:
    columns = tuple(
        Column(**column | {"samples": tuple(column["samples"])}) for column in stored["columns"]
    )
    return Table(**{**stored, "columns": columns})
