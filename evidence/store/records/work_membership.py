"""Which records form which work, and what a work says then."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from evidence.citations.record import Reference
from evidence.store.bulk import to_json, update_rows
from evidence.store.engine import Write
from evidence.store.id_batches import batches, in_review
from evidence.store.records.references import NAMES, to_values
from evidence.store.schema import field_choice, record, work


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands now, and the work that was made with it."""

    id: int
    work_id: int
    first_work_id: int


def places(
    connection: Connection, review_id: int, ids: Collection[int] | None = None
) -> list[Place]:
    """Where the review's records stand, or these, by id."""
    query = select(record.c.id, record.c.work_id, record.c.first_work_id)
    query = query.order_by(record.c.id)
    if ids is None:
        whole = query.where(record.c.review_id == review_id)
        return [Place(*row) for row in connection.execute(whole)]
    own = query.where(in_review(record.c.review_id, review_id))
    lots = (connection.execute(own.where(record.c.id.in_(lot))) for lot in batches(ids))
    return [Place(*row) for lot in lots for row in lot]


def together_with(connection: Connection, review_id: int, ids: Collection[int]) -> set[int]:
    """These records and all that stand in the same works."""
    found: set[int] = set()
    for lot in batches(ids):
        homes = select(record.c.work_id).where(record.c.id.in_(lot))
        query = select(record.c.id).where(
            in_review(record.c.review_id, review_id), record.c.work_id.in_(homes)
        )
        found.update(connection.execute(query).scalars())
    return found


def count_records(connection: Connection, review_id: int) -> int:
    """How many records the review has."""
    query = select(func.count()).select_from(record).where(record.c.review_id == review_id)
    return int(connection.execute(query).scalar_one())


def choose(write: Write, record_id: int, field: str) -> None:
    """From now on this record's value stands for a field, in whatever work the record is."""
    values = write.for_review(record_id=record_id, field=field, **write.by_and_at)
    write.connection.execute(insert(field_choice).values(**values))


def choices(connection: Connection, review_id: int) -> dict[str, list[int]]:
    """For each field the records that people chose for it, the newest last."""
    query = select(field_choice.c.field, field_choice.c.record_id)
    rows = connection.execute(
        query.where(field_choice.c.review_id == review_id).order_by(field_choice.c.id)
    )
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row.field, []).append(row.record_id)
    return found


def move(write: Write, moves: Sequence[tuple[int, int]]) -> None:
    """Put records of the review into works: (record id, work id)."""
    rows = [(work_id, record_id) for record_id, work_id in moves]
    update_rows(write.connection, record, ["work_id"], rows)


def lead(write: Write, leads: Sequence[tuple[int, int | None]]) -> None:
    """Say for works where their records now are: (work id, that work, or None for itself)."""
    rows = [(into, work_id) for work_id, into in leads]
    update_rows(write.connection, work, ["merged_into"], rows)


def describe(write: Write, described: Mapping[int, tuple[Reference, Mapping[str, int]]]) -> None:
    """Give works new values, each with the records they came from."""
    rows = [
        (*to_values(reference), to_json(origin), work_id)
        for work_id, (reference, origin) in described.items()
    ]
    update_rows(write.connection, work, [*NAMES, "origin"], rows)
