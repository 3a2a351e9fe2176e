"""Which records form which work, and the description of the work that follows."""

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
class Membership:
    """The work that a record belongs to now, and the one that was made with it."""

    record_id: int
    work_id: int
    first_work_id: int


def memberships(
    connection: Connection, review_id: int, ids: Collection[int] | None = None
) -> list[Membership]:
    """The works of the records of a review, or of these records, by record id."""
    query = select(record.c.id, record.c.work_id, record.c.first_work_id)
    query = query.order_by(record.c.id)
    if ids is None:
        rows = connection.execute(query.where(record.c.review_id == review_id)).all()
        return [Membership(*row) for row in rows]
    query = query.where(in_review(record.c.review_id, review_id))
    results = (connection.execute(query.where(record.c.id.in_(batch))) for batch in batches(ids))
    return [Membership(*row) for rows in results for row in rows]


def records_of_same_works(connection: Connection, review_id: int, ids: Collection[int]) -> set[int]:
    """These records and all others of their works."""
    record_ids: set[int] = set()
    for batch in batches(ids):
        work_ids = select(record.c.work_id).where(record.c.id.in_(batch))
        query = select(record.c.id).where(
            in_review(record.c.review_id, review_id), record.c.work_id.in_(work_ids)
        )
        record_ids.update(connection.execute(query).scalars())
    return record_ids


def count_records(connection: Connection, review_id: int) -> int:
    """How many records the review has."""
    query = select(func.count()).select_from(record).where(record.c.review_id == review_id)
    return int(connection.execute(query).scalar_one())


def prefer_record(write: Write, record_id: int, field: str) -> None:
    """Let a record's value stand for a field from now on, in whatever work the record is."""
    values = write.for_review(record_id=record_id, field=field, **write.by_and_at)
    write.connection.execute(insert(field_choice).values(**values))


def preferred_records(connection: Connection, review_id: int) -> dict[str, list[int]]:
    """For each field the records whose value people prefer, the newest choice last."""
    query = select(field_choice.c.field, field_choice.c.record_id)
    rows = connection.execute(
        query.where(field_choice.c.review_id == review_id).order_by(field_choice.c.id)
    )
    record_ids: dict[str, list[int]] = {}
    for row in rows:
        record_ids.setdefault(row.field, []).append(row.record_id)
    return record_ids


def move(write: Write, moves: Sequence[tuple[int, int]]) -> None:
    """Move records of the review into works: (record id, work id)."""
    rows = [(work_id, record_id) for record_id, work_id in moves]
    update_rows(write.connection, record, ["work_id"], rows)


def set_merged_into(write: Write, merges: Sequence[tuple[int, int | None]]) -> None:
    """Set which work each work is merged into: (work id, surviving work or None for itself)."""
    rows = [(surviving_id, work_id) for work_id, surviving_id in merges]
    update_rows(write.connection, work, ["merged_into"], rows)


def describe(write: Write, works: Mapping[int, tuple[Reference, Mapping[str, int]]]) -> None:
    """Give works new values, each with the record of every field."""
    rows = [
        (*to_values(reference), to_json(origin), work_id)
        for work_id, (reference, origin) in works.items()
    ]
    update_rows(write.connection, work, [*NAMES, "origin"], rows)
