"""Works: one publication each, with the records that describe it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    exists,
    func,
    select,
    union_all,
)

from evidence.citations.record import Name, Reference
from evidence.errors import NotFound
from evidence.screening.verdicts import Stage, State
from evidence.store.id_batches import BRANCHES, batches, in_review
from evidence.store.records.filters import Filter, conditions
from evidence.store.records.references import NAMES, authors_line, from_row
from evidence.store.schema import imported_file, record, source, verbatim, work
from evidence.store.surviving import surviving_in

__all__ = ["Filter"]  # works.Filter reads well, and callers need one module only


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """A work in a list.

    Attributes:
        authors: the first three, as people cite them.
        records: how many records describe it.
        title_abstract, full_text: its state at each stage (screening.verdicts.State).
    """

    id: int
    title: str
    authors: str
    year: int | None
    journal: str
    records: int
    title_abstract: str
    full_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOfWork:
    """One of the records of a work.

    Attributes:
        number: its place among the records of its file, counted from 1; None where no other record
            begins in its line, which tells them apart.
        fields: every tag of the source with its value.
    """

    id: int
    work_id: int
    reference: Reference
    source: str
    file: str
    line: int
    number: int | None
    raw: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A work with its records.

    Attributes:
        origin: for each field of a work of several records, the record of its value.
    """

    id: int
    reference: Reference
    origin: Mapping[str, int]
    title_abstract: str
    full_text: str
    records: tuple[RecordOfWork, ...]


def count(connection: Connection, review_id: int, which: Filter) -> int:
    """How many works pass a filter."""
    query = select(func.count()).select_from(work).where(*conditions(review_id, which))
    return int(connection.execute(query).scalar_one())


def page(
    connection: Connection, review_id: int, which: Filter, *, offset: int = 0, limit: int = 50
) -> list[WorkLine]:
    """A page of the works that pass a filter, in the order of their import."""
    names = ("id", "title", "authors", "year", "journal", "title_abstract", "full_text")
    of_work = record.c.work_id == work.c.id
    records = select(func.count()).select_from(record).where(of_work).scalar_subquery()
    query = (
        select(*(work.c[name] for name in names), records.label("records"))
        .where(*conditions(review_id, which))
        .order_by(work.c.id)
        .offset(offset)
        .limit(limit)
    )
    rows = connection.execute(query).mappings()
    return [WorkLine(**{**row, "authors": authors_line(row)}) for row in rows]


def references_in_batches(
    connection: Connection, review_id: int, which: Filter, size: int
) -> Iterator[list[tuple[int, Reference]]]:
    """The works that pass a filter, with their references, in the order of their import."""
    columns = (work.c.id, *(work.c[name] for name in NAMES))
    query = select(*columns).where(*conditions(review_id, which)).order_by(work.c.id).limit(size)
    last = 0
    while rows := connection.execute(query.where(work.c.id > last)).mappings().all():
        yield [(row["id"], from_row(row)) for row in rows]
        last = rows[-1]["id"]


def ids(
    connection: Connection,
    review_id: int,
    which: Filter,
    *,
    offset: int = 0,
    limit: int | None = None,
) -> list[int]:
    """The ids of the works that pass a filter, or of some of them, in the order of their import."""
    query = select(work.c.id).where(*conditions(review_id, which)).order_by(work.c.id)
    return list(connection.execute(query.offset(offset).limit(limit)).scalars())


def get(connection: Connection, review_id: int, work_id: int) -> Work:
    """A work with its records; for a work that was merged into another, that one."""
    query = select(work).where(work.c.id == work_id, work.c.review_id == review_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("work", work_id)
    if row["merged_into"] is not None:
        return get(connection, review_id, row["merged_into"])
    return Work(
        id=work_id,
        reference=from_row(row),
        origin={name: int(record_id) for name, record_id in row["origin"].items()},
        title_abstract=row["title_abstract"],
        full_text=row["full_text"],
        records=tuple(records_of(connection, review_id, [work_id])),
    )


def records_of(
    connection: Connection, review_id: int, work_ids: Iterable[int]
) -> list[RecordOfWork]:
    """The records of these works, oldest first."""
    query = _records().where(
        in_review(record.c.review_id, review_id), record.c.work_id.in_(list(work_ids))
    )
    return _read_records(connection, query)


def records(connection: Connection, review_id: int, ids: Iterable[int]) -> list[RecordOfWork]:
    """These records, oldest first."""
    query = _records().where(in_review(record.c.review_id, review_id), record.c.id.in_(list(ids)))
    return _read_records(connection, query)


def titles_of(connection: Connection, review_id: int, ids: Collection[int]) -> dict[int, str]:
    """The titles of these records, by record id."""
    query = select(record.c.id, record.c.title).where(in_review(record.c.review_id, review_id))
    results = (connection.execute(query.where(record.c.id.in_(batch))) for batch in batches(ids))
    return {row.id: row.title for rows in results for row in rows}


def abstracts(connection: Connection, review_id: int, ids: Collection[int]) -> dict[int, str]:
    """The abstracts of these works, as they are shown."""
    query = select(work.c.id, work.c.abstract).where(
        work.c.review_id == review_id, work.c.id.in_(list(ids))
    )
    return {int(row.id): str(row.abstract) for row in connection.execute(query)}


def first_records(
    connection: Connection, review_ids: Sequence[int], count: int
) -> dict[int, list[tuple[int, Reference]]]:
    """The first records of each of these reviews, as pairs of line and reference."""
    records: dict[int, list[tuple[int, Reference]]] = {review_id: [] for review_id in review_ids}
    columns = [record.c[name] for name in ("id", "review_id", "line", *NAMES)]
    for batch in batches(review_ids, BRANCHES):
        branches = [
            select(*columns)
            .where(record.c.review_id == review_id)
            .order_by(record.c.id)
            .limit(count)
            .subquery()
            for review_id in batch
        ]
        query = union_all(*map(select, branches))
        for row in sorted(connection.execute(query).mappings(), key=itemgetter("id")):
            records[row["review_id"]].append((row["line"], from_row(row)))
    return records


def all_references(connection: Connection, review_id: int) -> tuple[list[int], list[Reference]]:
    """Record ids and references of the whole review, for finding duplicates."""
    query = select(record).where(record.c.review_id == review_id).order_by(record.c.id)
    ids, references = [], []
    for row in connection.execute(query).mappings():
        ids.append(row["id"])
        references.append(from_row(row))
    return ids, references


MATCHED = ("type", "title", "year", "journal", "volume", "issue", "pages", "doi", "pmid")


def references_to_match(
    connection: Connection, review_id: int
) -> tuple[list[int], list[Reference]]:
    """Ids of all surviving works, and their references without abstracts and the like."""
    query = select(work.c.id, work.c.authors, *(work.c[name] for name in MATCHED)).where(
        *surviving_in(review_id)
    )
    ids, references = [], []
    for row in connection.execute(query.order_by(work.c.id)).mappings():
        ids.append(row["id"])
        authors = tuple(Name(*name) for name in row["authors"])
        references.append(Reference(authors=authors, **{name: row[name] for name in MATCHED}))
    return ids, references


def references(
    connection: Connection, review_id: int, ids: Collection[int]
) -> dict[int, Reference]:
    """The references of these records, by record id, oldest first."""
    query = select(record).where(in_review(record.c.review_id, review_id)).order_by(record.c.id)
    results = (connection.execute(query.where(record.c.id.in_(batch))) for batch in batches(ids))
    return {row["id"]: from_row(row) for rows in results for row in rows.mappings()}


def ids_by_key(connection: Connection, review_id: int) -> dict[str, tuple[int, int]]:
    """(record id, work id) by the key of a record in its file; the first of a key counts."""
    query = select(record.c.key, record.c.id, record.c.work_id).where(
        record.c.review_id == review_id, record.c.key != ""
    )
    rows = connection.execute(query.order_by(record.c.id.desc()))
    return {row.key: (row.id, row.work_id) for row in rows}


def sources_of_works(
    connection: Connection, review_id: int, *, included: bool = False
) -> list[tuple[int, int]]:
    """(work id, source id) for every work and each source that has it, by work.

    With `included`, only of works that were included at full text.
    """
    files = select(imported_file.c.id, imported_file.c.source_id).join(
        source, source.c.id == imported_file.c.source_id
    )
    rows = connection.execute(files.where(source.c.review_id == review_id))
    source_of = {row.id: row.source_id for row in rows}
    query = (
        select(record.c.work_id, record.c.file_id)
        .where(record.c.review_id == review_id)
        .distinct()
        .order_by(record.c.work_id, record.c.file_id)
    )
    if included:
        passed = (work.c[stage.value] == State.INCLUDE.value for stage in Stage)
        query = query.join(work, work.c.id == record.c.work_id).where(*passed)
    return [(work_id, source_of[file_id]) for work_id, file_id in connection.execute(query)]


def _shares_line() -> ColumnElement[bool]:
    """Whether a record begins in the line of another; those of a file have ids side by side."""
    near = record.alias("near")
    return exists().where(
        near.c.id.in_([record.c.id - 1, record.c.id + 1]),
        near.c.file_id == record.c.file_id,
        near.c.line == record.c.line,
    )


def _records() -> Select[Any]:
    return (
        select(
            record,
            _shares_line().label("shares_line"),
            verbatim.c.raw,
            verbatim.c.fields,
            imported_file.c.name.label("file_name"),
            source.c.name.label("source_name"),
        )
        .join(verbatim, verbatim.c.record_id == record.c.id)
        .join(imported_file, imported_file.c.id == record.c.file_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .order_by(record.c.id)
    )


def _read_records(connection: Connection, query: Select[Any]) -> list[RecordOfWork]:
    return [
        RecordOfWork(
            id=row["id"],
            work_id=row["work_id"],
            reference=from_row(row),
            source=row["source_name"],
            file=row["file_name"],
            line=row["line"],
            number=row["position"] + 1 if row["shares_line"] else None,
            raw=row["raw"],
            fields=tuple((tag, value) for tag, value in row["fields"]),
        )
        for row in connection.execute(query).mappings()
    ]
