"""Numbers of rows that are moved: which come next, and rows that name later ones of their table."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, func, inspect, select, text

from evidence.errors import Invalid
from evidence.store.schema import metadata


@contextmanager
def named_later(connection: Connection) -> Iterator[None]:
    """Let rows name others of their table that come later; at the end each must be there.

    Where foreign keys are not in force, as when a SQLite database is filled, all are looked at.

    Raises:
        Invalid: a row names one that is not there.
    """
    if connection.dialect.name == "sqlite":
        yield
        broken = {row.table for row in connection.execute(text("PRAGMA foreign_key_check"))}
        if broken:
            raise Invalid(
                f"Nothing was moved: rows of {', '.join(sorted(broken))} name rows that are not "
                "there. `waymark check` tells which."
            )
        return
    own = [f"ALTER TABLE {table} ALTER CONSTRAINT {key}" for table, key in _own_keys(connection)]
    for change in own:
        connection.exec_driver_sql(f"{change} DEFERRABLE INITIALLY DEFERRED")
    yield
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")
    for change in own:
        connection.exec_driver_sql(f"{change} NOT DEFERRABLE")


def _own_keys(connection: Connection) -> Iterator[tuple[str, str]]:
    """Tables and foreign keys of theirs by which rows name others of the same table."""
    for (_, name), keys in inspect(connection).get_multi_foreign_keys().items():
        for key in keys:
            if key["referred_table"] == name and key["name"]:
                yield name, key["name"]


def take_over(reads: Connection, writes: Connection) -> None:
    """Let the next row of each table get the number that it would have got in the old database."""
    given = numbers_given(reads)
    for table in metadata.sorted_tables:
        column = _numbered(table)
        if column is None:
            continue
        newest = reads.execute(select(func.max(table.c[column]))).scalar_one()
        last = max(given.get(table.name, 0), newest or 0)
        if last and writes.dialect.name == "postgresql":
            sequence = func.pg_get_serial_sequence(table.name, column)
            writes.execute(select(func.setval(sequence, last)))
        elif last and table.dialect_options["sqlite"]["autoincrement"]:
            _note(writes, table.name, last)


def _numbered(table: Table) -> str | None:
    """The column of a table that the database numbers by itself."""
    column = table.autoincrement_column
    return None if column is None or column.foreign_keys else column.name


def numbers_given(connection: Connection) -> dict[str, int]:
    """The last number that was ever given, by table, where the database knows it."""
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
        return {name: int(number) for name, number in rows}
    given = {}
    for table in metadata.sorted_tables:
        column = _numbered(table)
        if column is not None:
            query = select(func.pg_get_serial_sequence(table.name, column))
            sequence = connection.execute(query).scalar_one()
            state = f"SELECT last_value, is_called FROM {sequence}"  # noqa: S608 - its own name
            found = connection.exec_driver_sql(state)
            last, is_called = found.one()
            given[table.name] = int(last) if is_called else int(last) - 1
    return given


def _note(connection: Connection, name: str, last: int) -> None:
    values = {"name": name, "last": last}
    query = text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name")
    if not connection.execute(query, values).rowcount:
        connection.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), values)
