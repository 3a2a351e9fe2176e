"""Where records come from: sources, imported files, and the problems of these."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, union_all, update

from evidence.errors import Invalid, NotFound
from evidence.problems import Code, Problem
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.id_batches import BRANCHES, batches
from evidence.store.schema import (
    imported_file,
    person,
    problem,
    record,
    source,
)
from evidence.store.schema.column_types import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """A search as people describe it (the fields of PRISMA-S, doi:10.1186/s13643-020-01542-z).

    Attributes:
        kind: database, register, website, organisation, citation searching or other.
        date_searched: `2026-11-22`, or `2026-11` or `2026` where the day is not known.
        update_of: the id of the earlier search that this one brings up to date.
        wave: of searching to which it belongs, from 1; None where this follows from `update_of`.
    """

    name: str
    kind: str = "database"
    database: str = ""
    platform: str = ""
    date_searched: str = ""
    search_string: str = ""
    notes: str = ""
    update_of: int | None = None
    wave: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(SourceDraft):
    """A stored source."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file that was imported.

    Attributes:
        seen: entries in the file; `seen - records` are no records, and each has a problem.
        problems: how many there are; `problems_of` lists them.
        mapping: for a table, what its columns mean, by sheet and column.
    """

    id: int
    source_id: int
    name: str
    format: str
    encoding: str
    seen: int
    records: int
    problems: int
    imported_by: str
    imported_at: datetime
    mapping: Mapping[str, Mapping[str, str | None]]


FILE_COLUMNS = ("id", "source_id", "name", "format", "encoding", "seen", "records", "mapping")
KINDS = ("database", "register", "website", "organisation", "citation searching", "other")


def add(write: Write, draft: SourceDraft) -> int:
    """Store a new source; gives its id. Raises Invalid for an unknown kind."""
    query = insert(source).values(
        **write.for_review(**_values(write, draft), created_by=write.person_id, created_at=write.at)
    )
    return int(write.connection.execute(query.returning(source.c.id)).scalar_one())


def add_without_records(write: Write, draft: SourceDraft) -> int:
    """Store a search that was run and of which nothing is imported; gives its id."""
    source_id = add(write, draft)
    events.note(write, EventKind.SEARCH_ADDED, clean(draft.name), after=_values(write, draft))
    return source_id


def change(write: Write, source_id: int, draft: SourceDraft) -> None:
    """Replace the description of a source; the trail of events keeps the one before."""
    before = get(write.connection, write.review_id, source_id)
    if draft.update_of == source_id:
        raise Invalid("A search cannot be an update of itself.")
    values = _values(write, draft)
    write.connection.execute(update(source).where(source.c.id == source_id).values(**values))
    old_values = {name: getattr(before, name) for name in SourceDraft.__slots__}
    events.note(write, EventKind.SOURCE_CHANGED, draft.name, before=old_values, after=values)


def names_of_works(
    connection: Connection, review_id: int, work_ids: Collection[int]
) -> dict[int, list[str]]:
    """The names of the sources that have these works, by work id."""
    query = (
        select(record.c.work_id, source.c.name)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.review_id == review_id, record.c.work_id.in_(list(work_ids)))
        .order_by(source.c.id)
        .distinct()
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query.add_columns(source.c.id)):
        names[row.work_id].append(row.name)
    return names


def _values(write: Write, draft: SourceDraft) -> dict[str, Any]:
    """The column values of a draft; raises Invalid or NotFound where it cannot be stored."""
    if draft.kind not in KINDS:
        raise Invalid(f"A source can be one of {', '.join(KINDS)}; not {draft.kind!r}.")
    if draft.update_of is not None:
        get(write.connection, write.review_id, draft.update_of)
    values = {name: getattr(draft, name) for name in SourceDraft.__slots__}
    return {k: clean(v) if isinstance(v, str) else v for k, v in values.items()}


def get(connection: Connection, review_id: int, source_id: int) -> Source:
    """The source of a review with this id; raises NotFound."""
    query = _sources(review_id).where(source.c.id == source_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("source", source_id)
    return Source(**row)


def listing(connection: Connection, review_id: int) -> list[Source]:
    """The sources of a review, in the order they were made."""
    query = _sources(review_id).order_by(source.c.id)
    return [Source(**row) for row in connection.execute(query).mappings()]


def files(connection: Connection, review_id: int) -> list[ImportedFile]:
    """The imported files of a review, oldest first."""
    query = _files().where(source.c.review_id == review_id).order_by(imported_file.c.id)
    return [ImportedFile(**row) for row in connection.execute(query).mappings()]


def files_by_hash(
    connection: Connection, review_id: int, sha256: Iterable[str]
) -> dict[str, ImportedFile]:
    """The imported files of a review that have one of these hashes, by hash."""
    query = (
        _files()
        .add_columns(imported_file.c.sha256)
        .where(source.c.review_id == review_id, imported_file.c.sha256.in_(list(sha256)))
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return {row.pop("sha256"): ImportedFile(**row) for row in rows}


def problems_of(connection: Connection, file_id: int) -> list[Problem]:
    """The problems of an imported file, by line."""
    query = _problems().where(problem.c.file_id == file_id)
    rows = connection.execute(query.order_by(problem.c.line, problem.c.id))
    return [_problem(*row[2:]) for row in rows]


def first_problems(
    connection: Connection, file_ids: Sequence[int], most: int
) -> dict[int, list[Problem]]:
    """The problems of each of these files, by line, at most so many of each."""
    problems: dict[int, list[Problem]] = {file_id: [] for file_id in file_ids}
    for batch in batches(file_ids, BRANCHES):
        branches = [
            _problems()
            .where(problem.c.file_id == file_id)
            .order_by(problem.c.line, problem.c.id)
            .limit(most)
            .subquery()
            for file_id in batch
        ]
        query = union_all(*map(select, branches)).order_by("file_id", "line", "id")
        for _, file_id, *row in connection.execute(query):
            problems[file_id].append(_problem(*row))
    return problems


def _sources(review_id: int) -> Select[Any]:
    columns = (source.c[name] for name in ("id", *SourceDraft.__slots__))
    return select(*columns).where(source.c.review_id == review_id)


def _problems() -> Select[Any]:
    columns = (problem.c.line, problem.c.code, problem.c.detail)
    query = select(problem.c.id, problem.c.file_id, imported_file.c.name, *columns)
    return query.join(imported_file, imported_file.c.id == problem.c.file_id)


def _problem(file: str, line: int | None, code: str, detail: str) -> Problem:
    return Problem(code=Code(code), file=file, line=line, detail=detail)


def _files() -> Select[Any]:
    problems = (
        select(func.count())
        .select_from(problem)
        .where(problem.c.file_id == imported_file.c.id)
        .scalar_subquery()
    )
    return (
        select(
            *(imported_file.c[name] for name in FILE_COLUMNS),
            problems.label("problems"),
            person.c.name.label("imported_by"),
            imported_file.c.imported_at,
        )
        .join(source, source.c.id == imported_file.c.source_id)
        .join(person, person.c.id == imported_file.c.imported_by)
    )
