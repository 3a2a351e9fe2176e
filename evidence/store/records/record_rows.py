"""The rows of new records: prepared where they are read, inserted many at a time."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select, text

from evidence.citations.record import Record
from evidence.store.bulk import insert_rows
from evidence.store.engine import Write
from evidence.store.records.references import NAMES, pairs_json, to_values
from evidence.store.schema import record, verbatim, work
from evidence.store.schema.column_types import clean

RECORD_COLUMNS = (
    "id", "review_id", "file_id", "position", "line", "key", *NAMES, "first_work_id", "work_id",
)  # fmt: skip

RecordRow = tuple[tuple[int, str, str, str], tuple[Any, ...]]
"""A record: its line, key, raw text and fields; and its reference (references.to_values)."""


def prepare(records: Sequence[Record]) -> list[RecordRow]:
    """Records as values that a database takes; another process may do this."""
    return [
        (
            (entry.line, clean(entry.key), clean(entry.raw), pairs_json(entry.fields)),
            to_values(entry.reference),
        )
        for entry in records
    ]


def add(write: Write, file_id: int, rows: Sequence[RecordRow], first_position: int) -> None:
    """Store records, each with a work of its own, in their order from `first_position` on."""
    c, review_id = write.connection, write.review_id
    work_ids, record_ids = (_new_ids(c, table.name, len(rows)) for table in (work, record))
    insert_rows(
        c,
        work,
        ("id", "review_id", *NAMES, "origin"),
        [(id_, review_id, *values, "{}") for id_, (_, values) in zip(work_ids, rows, strict=True)],
    )
    record_values = [
        (id_, review_id, file_id, position, line, key, *values, work_id, work_id)
        for position, (((line, key, _, _), values), id_, work_id) in enumerate(
            zip(rows, record_ids, work_ids, strict=True), first_position
        )
    ]
    insert_rows(c, record, RECORD_COLUMNS, record_values)
    originals = [(id_, *entry[2:]) for id_, (entry, _) in zip(record_ids, rows, strict=True)]
    insert_rows(c, verbatim, ("record_id", "raw", "fields"), originals)


def _new_ids(connection: Connection, table: str, count: int) -> list[int]:
    """Ids for rows that are inserted next: asking for each id afterwards is slow."""
    if connection.dialect.name == "postgresql":
        query = select(func.nextval(func.pg_get_serial_sequence(table, "id"))).select_from(
            func.generate_series(1, count)
        )
        return [int(number) for number in connection.execute(query).scalars()]
    # On SQLite this transaction alone can write, so the numbers after the last one are free.
    last_id = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = connection.execute(last_id, {"name": table}).scalar_one_or_none() or 0
    return list(range(last + 1, last + 1 + count))
