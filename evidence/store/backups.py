"""Backups of a SQLite database: one checked file, made and put back while people work.

Pages are copied by SQLite itself, which knows what is committed, also where it still stands in the
write-ahead log beside the file. Nothing takes the place of anything before it was checked whole.
"""

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from evidence.errors import Invalid, NotAllowed, WaymarkError
from evidence.store import addresses, schema
from evidence.store.engine import Store

PATIENCE = 60.0  # seconds that a restore waits for somebody who writes
AHEAD = 1000  # writes; so far no answer that a running app remembers can be of what is restored
HEADER = b"SQLite format 3\0"
TABLES = {"alembic_version", "review", "record", "work", "decision"}  # of every Waymark


@dataclass(frozen=True, slots=True)
class Contents:
    """How much is in a database, without files that were only looked at."""

    reviews: int
    records: int
    decisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did.

    Attributes:
        replaced: where the database stands that was there before; None where there was none.
        damaged: whether that one could not be opened, so that its files were moved aside.
    """

    contents: Contents
    replaced: Path | None
    damaged: bool = False


def database_file(address: str) -> Path:
    """The file of a SQLite database.

    Raises:
        Invalid: the address is that of another database, of none, or of one in memory.
    """
    url = addresses.parse(address)
    if url.get_backend_name() == "postgresql":
        raise Invalid(
            "The reviews are in PostgreSQL, which has backups of its own: make one with pg_dump "
            "(pg_dump --format=custom --file=FILE), put it back with pg_restore."
        )
    name = url.database or ":memory:"
    if url.get_backend_name() != "sqlite" or name == ":memory:":
        raise Invalid("The reviews are not in a file, so there is nothing to back up or restore.")
    return Path(unquote(urlsplit(name).path) if name.startswith("file:") else name).resolve()


def back_up(database: Path, target: Path, *, replace: bool = False) -> Contents:
    """Write all that is committed as one file that needs no other; the app may run meanwhile.

    Raises:
        NotAllowed: the file is there already, or is the database itself.
        Invalid: the database is damaged, or none of Waymark.
        WaymarkError: there is no database, or no room.
    """
    if not database.exists():
        raise WaymarkError(f"There is no database {database} yet, so nothing was backed up.")
    if _same(database, target):
        raise NotAllowed(f"{target} is the database itself; choose another file for the backup.")
    if target.exists() and not replace:
        raise NotAllowed(f"{target} is there already; choose another name, or add --replace.")
    with staged_beside(target) as staged, _in_words("No backup was written", database):
        _copy(database, staged)
        _check(staged)
        shutil.copymode(database, staged)
        contents = _contents(staged)
        put_in_place(staged, target)
    return contents


def restore(backup: Path, database: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the place of a database, which is kept beside it; the app may run meanwhile.

    A backup of an earlier Waymark is brought up to date on the way. The backup itself is not
    touched.

    Raises:
        NotAllowed: a database is there, and nobody said that it may be replaced.
        Invalid: the backup is damaged, none of Waymark, or of another version than can be read.
        WaymarkError: the database is in use all the time, or there is no room.
    """
    if _same(backup, database):
        raise NotAllowed(f"{backup} is the database itself; name a backup of it.")
    if database.exists() and not replace:
        raise NotAllowed(
            f"There is a database already: {database}. Add --replace to put the backup in its "
            "place; what is there now is kept beside it."
        )
    with staged_beside(database) as staged, _in_words("Nothing was changed", backup):
        _copy(backup, staged)
        _check(staged)
        _bring_up_to_date(staged)
        contents = _contents(staged)
        if not database.exists() or not database.stat().st_size:
            replaced = _move_aside(database) if _log(database).exists() else None
            put_in_place(staged, database)
            return Restored(contents=contents, replaced=replaced)
        shutil.copymode(database, staged)
        try:
            replaced = _overwrite(database, staged)
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode not in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
                raise
            replaced = _move_aside(database)
            put_in_place(staged, database)
            return Restored(contents=contents, replaced=replaced, damaged=True)
    return Restored(contents=contents, replaced=replaced)


# ── steps on the way ──────────────────────────────────────────────────────────────────────────────


@contextmanager
def staged_beside(target: Path) -> Iterator[Path]:
    """A file beside the target, to be moved there when all is well; else nothing is left of it."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(handle)
    staged = Path(name)
    try:
        yield staged
    finally:
        for part in (staged, *_beside(staged)):
            part.unlink(missing_ok=True)


@contextmanager
def _in_words(outcome: str, database: Path) -> Iterator[None]:
    """Tell what SQLite or the disk refuses as a sentence on a database."""
    try:
        yield
    except Invalid as error:
        raise Invalid(f"{outcome}: {error}") from error
    except sqlite3.Error as error:
        full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
        reason = "there is no room on the disk" if full else f"{database}: {error}"
        raise WaymarkError(f"{outcome}: {reason}.") from error
    except OSError as error:
        raise WaymarkError(f"{outcome}: {error.strerror or error} ({error.filename}).") from error


def _copy(source: Path, target: Path) -> None:
    """Copy all that is committed, as it is at one moment, into a file that needs no other."""
    with closing(_reading(source)) as old, closing(_opened(target)) as new:
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that changes no byte of a database, and leaves no file beside it."""
    with path.open("rb") as file:
        head = file.read(100)
    if not head.startswith(HEADER):
        raise Invalid(f"{path} is no database of Waymark.")
    beside = any(part.exists() for part in _beside(path))
    how = "mode=ro" if beside else "mode=ro&immutable=1"
    connection = sqlite3.connect(f"file:{quote(str(path))}?{how}", uri=True, timeout=PATIENCE)
    connection.isolation_level = None
    return connection


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=1)


def _check(path: Path) -> None:
    """See that a database is whole, and one of Waymark; raises Invalid."""
    with closing(_opened(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
        steps = "SELECT version_num FROM alembic_version"
        if not tables >= TABLES or connection.execute(steps).fetchone() is None:
            raise Invalid("The file is a database, but none of Waymark.")
        faults = [fault for (fault,) in connection.execute("PRAGMA integrity_check(3)")]
        if faults != ["ok"]:
            raise Invalid(f"The database is damaged ({'; '.join(faults)}).")
        broken = {row[0] for row in connection.execute("PRAGMA foreign_key_check")}
        if broken:
            raise Invalid(
                f"The database is damaged: rows of {', '.join(sorted(broken))} name rows that are "
                "not there."
            )


def _bring_up_to_date(path: Path) -> None:
    """Apply the steps that a backup lacks; raises Invalid where this Waymark cannot read it."""
    Store.open(f"sqlite:///{path}").close()
    with closing(_opened(path)) as connection:
        for table in schema.metadata.tables.values():
            rows = connection.execute(f"PRAGMA table_info({table.name})")
            if not {column.name for column in table.c} <= {name for _, name, *_ in rows}:
                raise Invalid(f"The database is damaged: its table {table.name} is not whole.")
        connection.execute("PRAGMA journal_mode=DELETE")


def _contents(path: Path) -> Contents:
    with closing(_opened(path)) as connection:
        columns = {name for _, name, *_ in connection.execute("PRAGMA table_info(review)")}
        reviews = "FROM review"
        if "preview_of" in columns:  # as since step 0009
            reviews += " WHERE preview_of IS NULL"
        queries = (
            f"SELECT count(*) {reviews}",
            f"SELECT count(*) FROM record WHERE review_id IN (SELECT id {reviews})",  # noqa: S608
            "SELECT count(*) FROM decision",
        )
        return Contents(*(connection.execute(query).fetchone()[0] for query in queries))


def put_in_place(staged: Path, target: Path) -> None:
    """Move a whole file to its place, so that a power cut leaves the one or the other."""
    with staged.open("r+b") as file:  # Windows writes through what may be written only
        os.fsync(file.fileno())
    staged.replace(target)
    with suppress(OSError):  # a folder cannot be synchronised everywhere
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _overwrite(database: Path, staged: Path) -> Path:
    """Write one database over another one that others may have open; gives where that one is kept.

    While the first page is written nobody else can write, so what is kept is all that people did
    until they find the other database in its place.
    """
    replaced = _free_name(database)
    with closing(_opened(database)) as target, staged_beside(replaced) as copy:
        target.execute("PRAGMA journal_mode=WAL")
        target.execute("PRAGMA synchronous=FULL")
        _fit(staged, target)
        until = time.monotonic() + PATIENCE

        def keep(status: int, _left: int, _pages: int) -> None:
            if replaced.exists():
                return
            if status in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
                if time.monotonic() > until:
                    raise WaymarkError("Nothing was changed: somebody writes all the time.")
                return
            _copy(database, copy)
            shutil.copymode(database, copy)
            put_in_place(copy, replaced)

        with closing(_opened(staged)) as source:
            source.backup(target, pages=1, progress=keep)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return replaced


def _fit(staged: Path, target: sqlite3.Connection) -> None:
    """Make what is to be restored ready to take the place of another one.

    Pages must have the same size. Numbers that were given are not given again, and every review
    counts as changed, since a running app remembers answers.
    """
    (size,) = target.execute("PRAGMA page_size").fetchone()
    with closing(_opened(staged)) as source:
        if source.execute("PRAGMA page_size").fetchone() != (size,):
            source.execute(f"PRAGMA page_size={size}")
            source.execute("VACUUM")
        names = [column.name for column in schema.review.c if column.name.endswith("_version")]
        query = "SELECT max(data_version) FROM review"  # counts every write, the others only some
        with suppress(sqlite3.OperationalError):  # what is replaced need not be one of Waymark
            versions = [c.execute(query).fetchone()[0] or 0 for c in (source, target)]
            numbers = target.execute("SELECT seq, name FROM sqlite_sequence").fetchall()
            source.execute("BEGIN")
            new = ", ".join(f"{name} = {max(versions) + AHEAD}" for name in names)
            source.execute(f"UPDATE review SET {new}")  # noqa: S608
            more = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?"
            source.executemany(more, numbers)
            source.execute("COMMIT")


def _move_aside(database: Path) -> Path:
    """Move the files of a database that cannot be opened out of the way; gives the new place."""
    replaced = _free_name(database)
    for old, new in zip(
        (database, *_beside(database)), (replaced, *_beside(replaced)), strict=True
    ):
        if old.exists():
            old.rename(new)
    return replaced


def _free_name(database: Path) -> Path:
    """A name for what is replaced, which nothing has yet."""
    name = f"{database.name}.replaced-{datetime.now(UTC):%Y-%m-%d-%H%M%S}"
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(path for path in map(database.with_name, names) if not path.exists())


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _beside(path: Path) -> list[Path]:
    """The files that SQLite keeps beside a database while it is in use."""
    return [path.with_name(f"{path.name}-{what}") for what in ("wal", "shm", "journal")]


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()
