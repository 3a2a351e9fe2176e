"""Moving a whole installation into an empty database: all rows as they are, with their numbers.

On PostgreSQL everything happens within one transaction, tables included; a new SQLite database gets
its name when it is whole and on the disk. So whoever is cut off has moved nothing.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from types import MappingProxyType

from sqlalchemy import Connection, Engine, Table, func, inspect, select
from sqlalchemy.exc import DBAPIError, OperationalError

from evidence.errors import Invalid, NotAllowed, Unavailable, WaymarkError
from evidence.store import addresses, backups, migrate
from evidence.store.engine import Store, engine_of, trouble_in_words
from evidence.store.installation import numbering, table_rows
from evidence.store.installation.table_rows import Digest
from evidence.store.schema import metadata, session

STAY: Mapping[Table, str] = MappingProxyType(
    {session: "people sign in anew, since browsers know the old server only"}
)
"""Tables of which no row is moved, and why."""
TELL_EVERY = 20_000  # rows
WAITING = "15s"  # for those who write at the moment
NOTHING = "Nothing was moved"

Progress = Callable[[str, int, int], None]
"""Told of a table, how many of its rows are moved, and how many there are."""


@dataclass(frozen=True, slots=True)
class MovedTable:
    """A table that was moved, and what its rows come to in both databases."""

    table: str
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """What a move did.

    Attributes:
        source: the address that was left, without its password.
        target: the new address, without its password.
        stayed: for each table of which nothing was moved, how many rows stayed.
    """

    source: str
    target: str
    tables: Sequence[MovedTable]
    stayed: Mapping[str, int]


def move(source: str, target: str, progress: Progress = lambda *_: None) -> Moved:
    """Write all rows of a database into another one, which is empty or not there yet.

    Nobody can save in the old one meanwhile; but for being brought up to date before, it stays as
    it is.

    Args:
        source: address of the database that there is.
        target: address of an empty PostgreSQL database, or of a SQLite file that is to be made.
        progress: told now and then.

    Raises:
        NotAllowed: there is something at the target.
        Invalid: an address is none, or what was written does not equal what was read.
        WaymarkError: a database cannot be reached, or takes no more.
    """
    with (
        _in_words(),
        _target(target) as engine,  # first, since opening the source may bring it up to date
        closing(_source(source)) as old,
        _standing_still(old) as reads,
        _being_filled(engine) as writes,
    ):
        tables = [_copy(reads, writes, table, progress) for table in _moving()]
        numbering.take_over(reads, writes)
        _compare(writes, tables)
        stayed = {table.name: _count(reads, table) for table in STAY}
    return Moved(
        source=addresses.shown(source),
        target=addresses.shown(target),
        tables=tables,
        stayed=stayed,
    )


def _moving() -> Iterator[Table]:
    return (table for table in metadata.sorted_tables if table not in STAY)


def _source(address: str) -> Store:
    """The database that is left, at the newest step."""
    if not addresses.is_server(address):
        path = backups.database_file(address)
        if not path.exists():
            raise WaymarkError(f"There is no database {path}. {NOTHING}.")
    return Store.open(address)


# ── the target ────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _target(address: str) -> Iterator[Engine]:
    """Connections to a database that is empty; a SQLite file gets its name at the end."""
    if addresses.is_server(address):
        with closing(_Disposed(engine_of(address))) as opened:
            yield opened.engine
        return
    path = backups.database_file(address)
    if path.exists():
        raise NotAllowed(f"There is a file {path} already. {NOTHING}: name a new one.")
    if not path.parent.is_dir():
        raise WaymarkError(f"There is no folder {path.parent}. {NOTHING}.")
    with backups.staged_beside(path) as staged:
        with closing(_Disposed(engine_of(f"sqlite:///{staged}"))) as opened:
            yield opened.engine
            with closing(opened.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA journal_mode=DELETE")  # all into the one file
        if path.exists():
            raise NotAllowed(f"Somebody made a file {path} meanwhile. {NOTHING}.")
        backups.put_in_place(staged, path)


@dataclass(frozen=True, slots=True)
class _Disposed:
    """An engine that lets go of its connections."""

    engine: Engine

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _being_filled(engine: Engine) -> Iterator[Connection]:
    """A transaction on an empty database, in which rows may come before those that they name."""
    with migrate.without_foreign_keys(engine) as connection:
        if inspect(connection).get_table_names():
            raise NotAllowed(
                f"There are tables in {addresses.shown(engine.url)} already. {NOTHING}: name an "
                "empty database."
            )
        migrate.make_tables(connection)
        with numbering.named_later(connection):
            yield connection


# ── the source ────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _standing_still(store: Store) -> Iterator[Connection]:
    """A connection to a database in which nobody else can write meanwhile, and we do not."""
    options = {"writes": True, "isolation_level": "REPEATABLE READ"}
    if store.engine.dialect.name == "sqlite":
        del options["isolation_level"]
    with (
        store.engine.connect().execution_options(**options) as connection,
        connection.begin() as transaction,
    ):
        if connection.dialect.name == "postgresql":
            names = ", ".join(table.name for table in metadata.sorted_tables)
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{WAITING}'")
            connection.exec_driver_sql(f"LOCK TABLE {names} IN SHARE MODE")
        yield connection
        transaction.rollback()


def _copy(reads: Connection, writes: Connection, table: Table, progress: Progress) -> MovedTable:
    """Write the rows of one table."""
    total = _count(reads, table)
    digest = Digest.of(table)
    told = 0
    for rows in table_rows.read(reads, table):
        for row in rows:
            digest.add(row)
        try:
            table_rows.write(writes, table, rows)
        except DBAPIError as error:
            if isinstance(error, OperationalError):
                raise
            raise Invalid(
                f"{NOTHING}: a row of the table {table.name} cannot be kept in the other database "
                f"({type(error.orig).__name__}). `waymark check` may tell more."
            ) from error
        if digest.rows - told >= TELL_EVERY:
            told = digest.rows
            progress(table.name, told, total)
    if total:
        progress(table.name, digest.rows, total)
    return MovedTable(table.name, digest.rows, digest.text)


def _compare(writes: Connection, tables: Sequence[MovedTable]) -> None:
    """Read everything that was written, and see that it is what was read."""
    for moved in tables:
        found = table_rows.digest_of(writes, metadata.tables[moved.table])
        if (found.rows, found.text) != (moved.rows, moved.digest):
            raise Invalid(
                f"{NOTHING}: the rows of the table {moved.table} were not the same after writing "
                f"({found.rows:,} of {moved.rows:,})."
            )


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@contextmanager
def _in_words() -> Iterator[None]:
    """Tell what a database refuses, without its address."""
    try:
        with trouble_in_words():
            yield
    except OperationalError as error:
        reason = str(error.orig).split("\n", 1)[0]
        raise Unavailable(f"{NOTHING}: {reason}.") from error
