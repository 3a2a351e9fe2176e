"""What one process at a time may do, such as making the example in an empty database.

On PostgreSQL the server holds the lock, on SQLite a small file beside the database: SQLite's own
write lock of that file. Either is free again when the process ends, in whatever way.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from evidence.errors import Unavailable
from evidence.store.engine import TROUBLES, Store, trouble_in_words

EXAMPLE = 7277  # the number of the lock on PostgreSQL; 7276 is that of migrations
REMOVED_MEANWHILE = 20  # times that a process begins to wait anew
PATIENCE = 600.0  # seconds that a process waits for its turn


@contextmanager
def turn(store: Store, lock: int = EXAMPLE) -> Iterator[None]:
    """Wait until no other process is in such a block on this database, and keep others out.

    Raises:
        Unavailable: another process is in it for ten minutes.
    """
    with _by_server(store, lock) if _is_server(store) else _by_file(store):
        yield


def _is_server(store: Store) -> bool:
    return store.engine.dialect.name == "postgresql"


@contextmanager
def _by_server(store: Store, lock: int) -> Iterator[None]:
    with trouble_in_words(), store.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({lock})")
        yield


@contextmanager
def _by_file(store: Store) -> Iterator[None]:
    name = store.engine.url.database
    if not name or name == ":memory:" or name.startswith("file:"):
        yield  # nobody else can have it open, or it is open in an odd way by who knows what they do
        return
    path = Path(f"{name}-turn")
    with closing(_locked(path)) as connection:
        try:
            yield
        finally:
            connection.execute("ROLLBACK")
            with suppress(OSError):  # Windows keeps what somebody else has open
                path.unlink(missing_ok=True)


def _locked(path: Path) -> sqlite3.Connection:
    """A connection that holds the lock of a file; who waited for one that is gone waits anew."""
    for _ in range(REMOVED_MEANWHILE):
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                break
            continue
        return connection
    raise Unavailable(TROUBLES["locked"])
