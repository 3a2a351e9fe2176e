"""Where records come from: sources, imported files, their problems and their records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, delete, func, insert, select, text, update

from evidence.citations.record import Record
from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.problems import Code, Problem
from evidence.store import events
from evidence.store.bulk import insert_rows, to_json
from evidence.store.engine import Write
from evidence.store.references import NAMES, clean, to_values
from evidence.store.schema import (
    decision,
    imported_file,
    pair_verdict,
    person,
    problem,
    record,
    source,
    study_work,
    work,
)

RECORD_COLUMNS = (
    "review_id", "file_id", "position", "line", "key", "raw", "fields", *NAMES, "first_work_id",
    "work_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """What people say of a search (the fields of PRISMA-S, doi:10.1186/s13643-020-01542-z).

    Attributes:
        kind: database, register, website, organisation, citation searching or other.
        date_searched: as people write it; best `2026-11-22`.
    """

    name: str
    kind: str = "database"
    database: str = ""
    platform: str = ""
    date_searched: str = ""
    search_string: str = ""
    notes: str = ""


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


KINDS = ("database", "register", "website", "organisation", "citation searching", "other")


def add_source(write: Write, draft: SourceDraft) -> int:
    """Keep a new source; gives its id. Raises Invalid for an unknown kind."""
    if draft.kind not in KINDS:
        raise Invalid(f"A source can be one of {', '.join(KINDS)}; not {draft.kind!r}.")
    query = insert(source).values(
        **write.stamp(
            **{name: getattr(draft, name) for name in SourceDraft.__slots__},
            created_by=write.person_id,
            created_at=write.at,
        )
    )
    return int(write.connection.execute(query.returning(source.c.id)).scalar_one())


def change_source(write: Write, source_id: int, draft: SourceDraft) -> None:
    """Correct what is said of a source; the trail keeps what was said before."""
    values = {name: getattr(draft, name) for name in SourceDraft.__slots__}
    before = next(
        (s for s in sources(write.connection, write.review_id) if s.id == source_id), None
    )
    if before is None:
        raise NotFound("source", source_id)
    write.connection.execute(update(source).where(source.c.id == source_id).values(**values))
    was = {name: getattr(before, name) for name in SourceDraft.__slots__}
    events.note(write, "changed a source", draft.name, before=was, after=values)


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


def add_records(write: Write, file_id: int, records: Sequence[Record], first: int) -> None:
    """Keep records, each with a work of its own; `first` is the position of the first of them."""
    c = write.connection
    values = [to_values(entry.reference) for entry in records]
    works = _new_ids(c, len(records))
    review_id = write.review_id
    insert_rows(
        c,
        work,
        ("id", "review_id", *NAMES, "origin"),
        [(id_, review_id, *row, "{}") for id_, row in zip(works, values, strict=True)],
    )
    entries = zip(records, values, works, strict=True)
    rows = [
        (
            review_id,
            file_id,
            position,
            entry.line,
            clean(entry.key),
            clean(entry.raw),
            to_json([[clean(tag), clean(value)] for tag, value in entry.fields]),
            *row,
            work_id,
            work_id,
        )
        for position, (entry, row, work_id) in enumerate(entries, first)
    ]
    insert_rows(c, record, RECORD_COLUMNS, rows)


def problems_of(connection: Connection, file_id: int) -> list[Problem]:
    """The problems of an imported file, by line."""
    query = (
        select(imported_file.c.name, problem.c.line, problem.c.code, problem.c.detail)
        .join(imported_file, imported_file.c.id == problem.c.file_id)
        .where(problem.c.file_id == file_id)
        .order_by(problem.c.line, problem.c.id)
    )
    return [
        Problem(code=Code(code), file=name, line=line, detail=detail)
        for name, line, code, detail in connection.execute(query)
    ]


def take_back(write: Write, file_id: int) -> list[int]:
    """Remove a file with its records, as if it had never been imported.

    Returns:
        The ids of records of other files that had been joined with removed ones; they stand alone
        again, and the caller joins them anew.

    Raises:
        NotAllowed: somebody worked on one of the records.
    """
    c = write.connection
    found = c.execute(
        select(imported_file.c.name, imported_file.c.kept, imported_file.c.source_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(imported_file.c.id == file_id, source.c.review_id == write.review_id)
    ).one_or_none()
    if found is None:
        raise NotFound("imported file", file_id)
    _refuse_if_worked_on(c, file_id, found.name)
    others = _separate(c, file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    c.execute(delete(work).where(work.c.id.in_(own)))
    c.execute(delete(imported_file).where(imported_file.c.id == file_id))
    left = select(imported_file.c.id).where(imported_file.c.source_id == found.source_id)
    if c.execute(left.limit(1)).first() is None:
        c.execute(delete(source).where(source.c.id == found.source_id))
    events.note(write, "undid an import", found.name, before={"records": found.kept})
    return others


def _refuse_if_worked_on(connection: Connection, file_id: int, name: str) -> None:
    """People's work on a record outlasts the wish to undo its import, unless they took it back."""
    ids = select(record.c.id).where(record.c.file_id == file_id)
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    said = select(func.max(decision.c.id)).group_by(
        decision.c.work_id, decision.c.stage, decision.c.person_id
    )
    screened = select(decision.c.id).where(
        decision.c.work_id.in_(works) | decision.c.work_id.in_(own),
        decision.c.id.in_(said),
        decision.c.verdict != "withdrawn",
    )
    judged = select(pair_verdict.c.id).where(
        pair_verdict.c.record_a.in_(ids) | pair_verdict.c.record_b.in_(ids),
        pair_verdict.c.stands,
        pair_verdict.c.person_id.is_not(None),
    )
    linked = select(study_work.c.work_id).where(
        study_work.c.work_id.in_(works) | study_work.c.work_id.in_(own)
    )
    checks: list[tuple[str, Select[Any]]] = [
        ("screened", screened),
        ("linked to a study", linked),
        ("judged as duplicates by a person", judged),
    ]
    for done, query in checks:
        if connection.execute(query.limit(1)).first() is not None:
            raise NotAllowed(
                f"The import of {name} cannot be undone: some of its records were already {done}."
            )


def _separate(connection: Connection, file_id: int) -> list[int]:
    """Let every record that shares a work with one of the file stand alone; the others' ids."""
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    others = select(record.c.id).where(record.c.work_id.in_(works), record.c.file_id != file_id)
    ids = list(connection.execute(others).scalars())
    connection.execute(update(work).where(work.c.merged_into.in_(works)).values(merged_into=None))
    connection.execute(
        update(record).where(record.c.work_id.in_(works)).values(work_id=record.c.first_work_id)
    )
    return ids


def _new_ids(connection: Connection, count: int) -> list[int]:
    """Ids for new works, known before they are kept: asking for each one back is slow."""
    if connection.dialect.name == "postgresql":
        query = select(func.nextval(func.pg_get_serial_sequence("work", "id"))).select_from(
            func.generate_series(1, count)
        )
        return [int(number) for number in connection.execute(query).scalars()]
    # On SQLite this transaction alone can write, so the numbers after the last given are free.
    given = text("SELECT seq FROM sqlite_sequence WHERE name = 'work'")
    last = connection.execute(given).scalar_one_or_none() or 0
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
                for name in ("id", "source_id", "name", "format", "encoding", "seen", "kept")
            ),
            problems.label("problems"),
            person.c.name.label("imported_by"),
            imported_file.c.imported_at,
        )
        .join(source, source.c.id == imported_file.c.source_id)
        .join(person, person.c.id == imported_file.c.imported_by)
    )
