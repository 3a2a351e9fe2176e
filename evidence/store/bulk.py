"""Inserting and updating many rows at once.

SQLAlchemy prepares every value of every row, which takes longer than the database does. Here rows
are tuples that the driver takes as they are; what a column needs (JSON as text) is done before.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count as count_from
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, func, select

from evidence.store.schema.column_types import Moment

# Names keep their accents in JSON columns too, so that people can search for them.
to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
AT_ONCE = 2_000  # ids that are asked for together
PLACEHOLDERS = {"sqlite": "?", "postgresql": "%s"}


def insert_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Insert rows whose values stand in the order of `columns`."""
    if not rows:
        return
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(table.c[name].name) for name in columns)
    marks = ", ".join([PLACEHOLDERS[connection.dialect.name]] * len(columns))
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608 - our names
    connection.exec_driver_sql(statement, list(rows))


def update_rows(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Update rows: the values in the order of `columns`, and last the row's id."""
    if not rows:
        return
    mark = PLACEHOLDERS[connection.dialect.name]
    values = ", ".join(f"{table.c[name].name} = {mark}" for name in columns)
    statement = f"UPDATE {table.name} SET {values} WHERE id = {mark}"  # noqa: S608 - our names
    connection.exec_driver_sql(statement, list(rows))


def to_moment(connection: Connection, at: datetime) -> Any:
    """A moment as the driver takes it."""
    prepare = Moment().dialect_impl(connection.dialect).bind_processor(connection.dialect)
    return prepare(at) if prepare else at


def new_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Ids for rows that are inserted next: asking for each id afterwards is slow.

    For tables whose ids may come again; on SQLite this transaction alone can write, so the numbers
    after the last one are free.
    """
    if connection.dialect.name == "postgresql":
        query = select(func.nextval(func.pg_get_serial_sequence(table.name, "id"))).select_from(
            func.generate_series(1, count)
        )
        return [int(number) for number in connection.execute(query).scalars()]
    return list(islice(ids(connection, table), count))


def ids(connection: Connection, table: Table) -> Iterator[int]:
    """Ids for rows that are inserted by and by, in one transaction that takes no others of the
    table meanwhile; as many as are asked for.
    """
    if connection.dialect.name == "postgresql":
        while True:
            yield from new_ids(connection, table, AT_ONCE)
    last = connection.execute(select(func.max(table.c.id))).scalar_one() or 0
    yield from count_from(last + 1)
