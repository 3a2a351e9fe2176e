"""Where records come from: sources, imported files, their problems and their records."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select, text, union_all, update

from evidence.citations.record import Record
from evidence.errors import Invalid, NotFound
from evidence.problems import Code, Problem
from evidence.store import events
from evidence.store.bulk import insert_rows
from evidence.store.columns import clean
from evidence.store.engine import Write
from evidence.store.id_batches import BRANCHES, batches
from evidence.store.records.references import NAMES, pairs_json, to_values
from evidence.store.schema import (
    imported_file,
    person,
    problem,
    record,
    source,
    verbatim,
    work,
)

RECORD_COLUMNS = (
    "id", "review_id", "file_id", "position", "line", "key", *NAMES, "first_work_id", "work_id",
)  # fmt: skip

Prepared = tuple[tuple[int, str, str, str], tuple[Any, ...]]
"""A record: its line, key, text and fields; and its reference (references.to_values)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """What people say of a search (the fields of PRISMA-S, doi:10.1186/s13643-020-01542-z).

    Attributes:
        kind: database, register, website, organisation, citation searching or other.
        date_searched: as people write it; best `2026-11-22`.
        update_of: the id of the earlier search that this one brings up to date.
    """

    name: str
    kind: str = "database"
    database: str = ""
    platform: str = ""
    date_searched: str = ""
    search_string: str = ""
    notes: str = ""
    update_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(SourceDraft):
    """A source as it is kept."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedFile:
    """One file that was imported.

    Attributes:
        seen: entries in the file; `seen - kept` could not be kept, and each has a problem.
        problems: how many there are; `problems_of` lists them.
        mapping: what a person said of the columns of a table, by sheet and column.
    """

    id: int
    source_id: int
    name: str
    format: str
    encoding: str
    seen: int
    kept: int
    problems: int
    imported_by: str
    imported_at: datetime
    mapping: Mapping[str, Mapping[str, str | None]]


KINDS = ("database", "register", "website", "organisation", "citation searching", "other")


def add_source(write: Write, draft: SourceDraft) -> int:
    """Keep a new source; gives its id. Raises Invalid for an unknown kind."""
    query = insert(source).values(
        **write.for_review(**_values(write, draft), created_by=write.person_id, created_at=write.at)
    )
    return int(write.connection.execute(query.returning(source.c.id)).scalar_one())


def change_source(write: Write, source_id: int, draft: SourceDraft) -> None:
    """Correct what is said of a source; the trail keeps what was said before."""
    before = get(write.connection, write.review_id, source_id)
    if draft.update_of == source_id:
        raise Invalid("A search cannot be an update of itself.")
    values = _values(write, draft)
    write.connection.execute(update(source).where(source.c.id == source_id).values(**values))
    was = {name: getattr(before, name) for name in SourceDraft.__slots__}
    events.note(write, "changed a source", draft.name, before=was, after=values)


def named_of_works(
    connection: Connection, review_id: int, work_ids: Collection[int]
) -> dict[int, list[str]]:
    """The names of the sources in which these works were found."""
    query = (
        select(record.c.work_id, source.c.name)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(record.c.review_id == review_id, record.c.work_id.in_(list(work_ids)))
        .order_by(source.c.id)
        .distinct()
    )
    found: dict[int, list[str]] = {}
    for row in connection.execute(query.add_columns(source.c.id)):
        found.setdefault(row.work_id, []).append(row.name)
    return found


def _values(write: Write, draft: SourceDraft) -> dict[str, Any]:
    """A draft as it is kept; raises Invalid or NotFound where it cannot be."""
    if draft.kind not in KINDS:
        raise Invalid(f"A source can be one of {', '.join(KINDS)}; not {draft.kind!r}.")
    if draft.update_of is not None:
        get(write.connection, write.review_id, draft.update_of)
    values = {name: getattr(draft, name) for name in SourceDraft.__slots__}
    return {k: clean(v) if isinstance(v, str) else v for k, v in values.items()}


def get(connection: Connection, review_id: int, source_id: int) -> Source:
    """One source of a review; raises NotFound."""
    for one in sources(connection, review_id):
        if one.id == source_id:
            return one
    raise NotFound("source", source_id)


def sources(connection: Connection, review_id: int) -> list[Source]:
    """The sources of a review, in the order they were made."""
    names = ("id", *SourceDraft.__slots__)
    query = select(*(source.c[name] for name in names)).where(source.c.review_id == review_id)
    return [Source(**row) for row in connection.execute(query.order_by(source.c.id)).mappings()]


def files(connection: Connection, review_id: int) -> list[ImportedFile]:
    """The imported files of a review, oldest first."""
    query = _files().where(source.c.review_id == review_id).order_by(imported_file.c.id)
    return [ImportedFile(**row) for row in connection.execute(query).mappings()]


def known(connection: Connection, review_id: int, sha256: Iterable[str]) -> dict[str, ImportedFile]:
    """Which of these texts the review has imported already."""
    query = (
        _files()
        .add_columns(imported_file.c.sha256)
        .where(source.c.review_id == review_id, imported_file.c.sha256.in_(list(sha256)))
    )
    rows = [dict(row) for row in connection.execute(query).mappings()]
    return {row.pop("sha256"): ImportedFile(**row) for row in rows}


def prepare(records: Sequence[Record]) -> list[Prepared]:
    """Records as values that a database takes, which another process may do."""
    return [
        (
            (entry.line, clean(entry.key), clean(entry.raw), pairs_json(entry.fields)),
            to_values(entry.reference),
        )
        for entry in records
    ]


def add_records(write: Write, file_id: int, records: Sequence[Record], first: int) -> None:
    """Keep records, each with a work of its own; `first` is the position of the first of them."""
    add_prepared(write, file_id, prepare(records), first)


def add_prepared(write: Write, file_id: int, records: Sequence[Prepared], first: int) -> None:
    """The same for records that were prepared before."""
    c = write.connection
    works, ids = (_new_ids(c, table.name, len(records)) for table in (work, record))
    review_id = write.review_id
    insert_rows(
        c,
        work,
        ("id", "review_id", *NAMES, "origin"),
        [(id_, review_id, *row, "{}") for id_, (_, row) in zip(works, records, strict=True)],
    )
    rows = [
        (id_, review_id, file_id, position, line, key, *row, work_id, work_id)
        for position, (((line, key, _, _), row), id_, work_id) in enumerate(
            zip(records, ids, works, strict=True), first
        )
    ]
    insert_rows(c, record, RECORD_COLUMNS, rows)
    said = [(id_, *entry[2:]) for id_, (entry, _) in zip(ids, records, strict=True)]
    insert_rows(c, verbatim, ("record_id", "raw", "fields"), said)


def problems_of(connection: Connection, file_id: int) -> list[Problem]:
    """The problems of an imported file, by line."""
    query = _problems().where(problem.c.file_id == file_id)
    rows = connection.execute(query.order_by(problem.c.line, problem.c.id))
    return [_problem(*row[2:]) for row in rows]


def first_problems(
    connection: Connection, file_ids: Sequence[int], most: int
) -> dict[int, list[Problem]]:
    """The first problems of each of these files, by line, at most so many of each."""
    found: dict[int, list[Problem]] = {file_id: [] for file_id in file_ids}
    for some in batches(file_ids, BRANCHES):
        parts = [
            _problems()
            .where(problem.c.file_id == file_id)
            .order_by(problem.c.line, problem.c.id)
            .limit(most)
            .subquery()
            for file_id in some
        ]
        query = union_all(*(select(part) for part in parts)).order_by("file_id", "line", "id")
        for _, file_id, *row in connection.execute(query):
            found[file_id].append(_problem(*row))
    return found


def _problems() -> Select[Any]:
    columns = (problem.c.line, problem.c.code, problem.c.detail)
    query = select(problem.c.id, problem.c.file_id, imported_file.c.name, *columns)
    return query.join(imported_file, imported_file.c.id == problem.c.file_id)


def _problem(file: str, line: int | None, code: str, detail: str) -> Problem:
    return Problem(code=Code(code), file=file, line=line, detail=detail)


def _new_ids(connection: Connection, table: str, count: int) -> list[int]:
    """Ids for new rows, known before they are kept: asking for each one back is slow."""
    if connection.dialect.name == "postgresql":
        query = select(func.nextval(func.pg_get_serial_sequence(table, "id"))).select_from(
            func.generate_series(1, count)
        )
        return [int(number) for number in connection.execute(query).scalars()]
    # On SQLite this transaction alone can write, so the numbers after the last given are free.
    given = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = connection.execute(given, {"name": table}).scalar_one_or_none() or 0
    return list(range(last + 1, last + 1 + count))


def _files() -> Select[Any]:
    problems = (
        select(func.count())
        .select_from(problem)
        .where(problem.c.file_id == imported_file.c.id)
        .scalar_subquery()
    )
    return (
        select(
            *(
                imported_file.c[name]
                for name in (
                    *("id", "source_id", "name", "format", "encoding", "seen", "kept", "mapping"),
                )
            ),
            problems.label("problems"),
            person.c.name.label("imported_by"),
            imported_file.c.imported_at,
        )
        .join(source, source.c.id == imported_file.c.source_id)
        .join(person, person.c.id == imported_file.c.imported_by)
    )
