"""The rows of a table as values that both databases take, in batches, with a digest of them all.

JSON goes as the text that stands in the database, so that nothing is written anew on the way.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import JSON, Column, Connection, LargeBinary, Table, Text, cast, select
from sqlalchemy import type_coerce as as_type

from evidence.store.bulk import insert_rows, to_moment

AT_ONCE = 1_000  # rows that are in memory together
WITH_BYTES = 8  # of tables with whole files in a row
NUMBER_BEGINS = frozenset("-0123456789")
LONGEST_NUMBER = 400  # signs
TOGETHER = 2**256  # digests of rows are added up, so that their order does not matter

Row = tuple[Any, ...]


@dataclass(slots=True)
class Digest:
    """How many rows there are, and what they come to, in whatever order they are looked at."""

    json_at: frozenset[int]
    rows: int = 0
    total: int = 0

    @classmethod
    def of(cls, table: Table) -> "Digest":
        """That of no row of a table yet."""
        return cls(json_at=_json_at(table))

    def add(self, row: Row) -> None:
        """Count one more row."""
        values = [
            _number(value) if at in self.json_at else _canonical(value)
            for at, value in enumerate(row)
        ]
        parts = repr(values).encode("utf-8", "surrogatepass")
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(parts).digest())) % TOGETHER

    @property
    def text(self) -> str:
        """The digest, to be written down."""
        return f"{self.total:064x}"


def read(connection: Connection, table: Table) -> Iterator[list[Row]]:
    """All rows of a table, some at a time; no more than these are in memory."""
    with_bytes = any(isinstance(column.type, LargeBinary) for column in table.c)
    number = WITH_BYTES if with_bytes else AT_ONCE
    query = select(*(_read(connection, column) for column in table.c))
    result = connection.execute(query, execution_options={"yield_per": number})
    json_at = _json_at(table)
    for rows in result.partitions():
        yield [_with_texts(tuple(row), json_at) for row in rows]


def write(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows as `read` gives them."""
    names = [column.name for column in table.c]
    insert_rows(connection, table, names, [_written(connection, row) for row in rows])


def digest_of(connection: Connection, table: Table) -> Digest:
    """What the rows of a table come to."""
    digest = Digest.of(table)
    for rows in read(connection, table):
        for row in rows:
            digest.add(row)
    return digest


def _read(connection: Connection, column: Column[Any]) -> Any:
    if not isinstance(column.type, JSON):
        return column
    sqlite = connection.dialect.name == "sqlite"
    return as_type(column, Text()) if sqlite else cast(column, Text())


def _json_at(table: Table) -> frozenset[int]:
    return frozenset(at for at, column in enumerate(table.c) if isinstance(column.type, JSON))


def _with_texts(row: Row, json_at: Collection[int]) -> Row:
    """A row whose JSON is text; SQLite keeps JSON that is a bare number as a number."""
    if all(row[at] is None or isinstance(row[at], str) for at in json_at):
        return row
    values = list(row)
    for at in json_at:
        if isinstance(values[at], int | float):
            values[at] = json.dumps(values[at])
    return tuple(values)


def _written(connection: Connection, row: Row) -> Row:
    if connection.dialect.name != "sqlite":
        return row
    return tuple(
        to_moment(connection, value) if isinstance(value, datetime) else value for value in row
    )


def _canonical(value: object) -> object:
    """A value as it is compared: a moment in UTC, bytes by their own digest."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(value).digest()
    return value


def _number(text: str | None) -> str | None:
    """JSON as it is compared: a bare number, which SQLite keeps as one, by what it is worth."""
    if text is None or text[:1] not in NUMBER_BEGINS or len(text) > LONGEST_NUMBER:
        return text
    try:
        return f"number {Decimal(text).normalize()}"
    except InvalidOperation:
        return text
