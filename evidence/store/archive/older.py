"""An archive of an earlier Waymark: a database with the tables which that one had, filled with its
rows as they are, so that it can be brought up to date like every other database.
"""

import csv
import io
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Inspector,
    Integer,
    MetaData,
    Table,
    create_engine,
    func,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from evidence.errors import Invalid
from evidence.store import migrate
from evidence.store.archive.container import ArchiveFile
from evidence.store.archive.read_tables import rows_of
from evidence.store.archive.take_in import Insertion
from evidence.store.archive.write_tables import TABLES, Told
from evidence.store.engine import Store
from evidence.store.schema.column_types import Moment, RowId

ENDING = ".csv"
OF_ALEMBIC = "alembic_version"  # at which step a database is; no archive has it
REVIEW = "review"


@contextmanager
def as_now(archive: ArchiveFile, path: Path, tell: Told) -> Iterator[tuple[Store, int]]:
    """The review of an archive in a database of its own, brought up to date; and its number there,
    which is the one that it had.

    Rows are looked at as cells of their columns only; whether they fit each other is seen when the
    database is brought up to date.

    Args:
        archive: of a step of the database that this Waymark knows.
        path: of the database, a new file.
        tell: hears how many rows are in it.

    Raises:
        Invalid: the archive has other tables than it should, was changed, or has rows that cannot
            be brought up to date.
    """
    review_id = _fill(archive, path, tell)
    try:
        store = Store.open(_address(path))
    except (Invalid, DBAPIError, LookupError, ValueError, TypeError, AttributeError) as error:
        raise Invalid(
            f"The archive was made by an earlier Waymark ({archive.manifest.program}) and cannot "
            f"be brought up to date, so nothing was taken in: {str(error)[:300]}"
        ) from error
    with closing(store):
        yield store, review_id


def _address(path: Path) -> str:
    return f"sqlite:///{path}"


def _fill(archive: ArchiveFile, path: Path, tell: Told) -> int:
    """Make a database with the rows as they are; gives the number of the review."""
    engine = create_engine(_address(path))
    migrate.upgrade(engine, archive.manifest.schema)
    engine.dispose()  # its connections heed foreign keys now, and rows come in no order
    try:
        with engine.begin() as connection:
            names = _insert(connection, archive, tell)
            for name in archive.manifest.files.keys() - names:
                for _ in archive.chunks(name):
                    pass  # the checksum is looked at behind the last one
            return _review_id(connection)
    finally:
        engine.dispose()


def _insert(connection: Connection, archive: ArchiveFile, tell: Told) -> set[str]:
    """Insert all rows; gives the files in which they stood."""
    total = sum(file.rows or 0 for file in archive.manifest.files.values())
    names, done = set(), 0
    for table in _tables(connection, archive):
        listed = archive.manifest.files[f"{TABLES}/{table.name}{ENDING}"]
        insertion = Insertion(connection, archive, table, lambda _, number: number)
        count = 0
        for row in rows_of(archive, table):
            insertion.add(row)
            count += 1
        insertion.end()
        if count != listed.rows:
            raise Invalid(f"{listed.path} has another number of rows than it should have.")
        done += count
        tell(done, total, table.name)
        names.add(listed.path)
    return names


def _tables(connection: Connection, archive: ArchiveFile) -> Iterator[Table]:
    inspector = inspect(connection)
    known = set(inspector.get_table_names()) - {OF_ALEMBIC}
    for path in archive.manifest.files:
        folder, _, file = path.rpartition("/")
        if folder != TABLES or not file.endswith(ENDING):
            continue
        name = file.removesuffix(ENDING)
        if name not in known:
            raise Invalid(f"{path} is no table of the Waymark that made it; nothing was taken in.")
        yield _table(inspector, name, _head(archive, path))


def _table(inspector: Inspector, name: str, head: list[str]) -> Table:
    """A table as it was then, its columns in the order in which the archive has them."""
    columns = [
        Column(
            each["name"],
            _kind(each["type"]),
            primary_key=False,
            autoincrement=False,
            nullable=each["nullable"],
        )
        for each in inspector.get_columns(name)
    ]
    places = {column: number for number, column in enumerate(head)}
    columns.sort(key=lambda column: places.get(column.name, len(places)))
    return Table(name, MetaData(), *columns)


def _kind(stored: TypeEngine[Any]) -> TypeEngine[Any]:
    """What a column held, as cells are read by it."""
    if isinstance(stored, DateTime):
        return Moment()
    return RowId() if isinstance(stored, Integer) else stored


def _head(archive: ArchiveFile, path: str) -> list[str]:
    first = next(archive.chunks(path), b"").decode("utf-8", "replace")
    return next(csv.reader(io.StringIO(first)), [])


def _review_id(connection: Connection) -> int:
    table = Table(REVIEW, MetaData(), Column("id", Integer))
    count, number = connection.execute(select(func.count(), func.max(table.c.id))).one()
    if count != 1:
        raise Invalid(
            f"{TABLES}/{REVIEW}{ENDING} has to have one row, the review; nothing was taken in."
        )
    return int(number)
