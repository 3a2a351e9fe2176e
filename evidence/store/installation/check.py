"""Looking through a whole database: that it is whole, up to date, and has room to grow."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, ForeignKey, Table, func, inspect, select
from sqlalchemy.exc import DBAPIError

from evidence.errors import WaymarkError
from evidence.store import addresses, backups, migrate
from evidence.store.engine import engine_of, trouble_in_words
from evidence.store.installation import numbering
from evidence.store.schema import metadata

MEGABYTE = 2**20
MOST_FAULTS = 20  # of a kind, that are told


@dataclass(frozen=True, slots=True)
class Orphans:
    """Rows of a table that name rows of another one which are not there."""

    table: str
    column: str
    names: str
    rows: int


@dataclass(frozen=True, slots=True)
class FreeSpace:
    """How much room there is in a folder that grows."""

    folder: str
    megabytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a look through a database found.

    Attributes:
        database: its address, without the password.
        step: the step of the tables that it has; None where it has none.
        newest_step: that of this Waymark.
        tables: how many rows each table has.
        orphans: rows that name rows which are not there.
        space: of the folders on this machine that grow.
        faults: everything that is wrong, as sentences; empty where all is well.
    """

    database: str
    step: str | None
    newest_step: str
    tables: dict[str, int]
    orphans: Sequence[Orphans]
    space: Sequence[FreeSpace]
    faults: Sequence[str]


def check(address: str, *, least_megabytes: int, folders: Sequence[Path] = ()) -> Findings:
    """Look through a database, of which nothing is changed; the app may run meanwhile.

    Args:
        address: of the database.
        least_megabytes: less free space than this is a fault.
        folders: more that grow, beside that of a SQLite file.

    Raises:
        WaymarkError: there is no such database, or it cannot be reached.
    """
    growing = list(folders)
    if not addresses.is_server(address):
        path = backups.database_file(address)
        if not path.exists():
            raise WaymarkError(f"There is no database {path}.")
        growing.insert(0, path.parent)
    space = [free_space(each) for each in growing if each.is_dir()]
    faults = [low for each in space if (low := too_little(each, least_megabytes))]
    faults += [f"There is no folder {each}." for each in growing if not each.is_dir()]
    with closing(_Opened(engine_of(address))) as opened, trouble_in_words(writes=False):
        looked = _Look.at(opened.engine)
    return Findings(
        database=addresses.shown(address),
        step=looked.step,
        newest_step=migrate.newest_step(),
        tables=looked.tables,
        orphans=looked.orphans,
        space=space,
        faults=[*looked.faults, *faults],
    )


def free_space(folder: Path) -> FreeSpace:
    """How much room there is in a folder."""
    return FreeSpace(str(folder), shutil.disk_usage(folder).free // MEGABYTE)


def too_little(space: FreeSpace, least_megabytes: int) -> str | None:
    """A sentence where there is less room than there should be."""
    if space.megabytes >= least_megabytes:
        return None
    return (
        f"Only {space.megabytes:,} MB are free in {space.folder}; "
        f"WAYMARK_FREE_MB asks for {least_megabytes:,}."
    )


@dataclass(frozen=True, slots=True)
class _Opened:
    engine: Engine

    def close(self) -> None:
        self.engine.dispose()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Look:
    """What the database itself says."""

    step: str | None
    tables: dict[str, int]
    orphans: list[Orphans]
    faults: list[str]

    @classmethod
    def at(cls, engine: Engine) -> "_Look":
        options = {"reads": True, "postgresql_readonly": True}
        step, tables, orphans = None, {}, []
        faults: list[str] = []
        try:
            with engine.connect().execution_options(**options) as connection:
                step = migrate.step_of(connection)
                faults += _step_faults(step)
                looked_at = _server_faults if _is_server(connection) else _damage
                faults += looked_at(connection)
                there = set(inspect(connection).get_table_names())
                faults += _missing(connection, there)
                known = [table for table in metadata.sorted_tables if table.name in there]
                tables = {table.name: _count(connection, table) for table in known}
                orphans = list(_orphans(connection, known))
                faults += [_orphans_told(each) for each in orphans]
                if step == migrate.newest_step():
                    faults += _numbers(connection)
        except DBAPIError as error:
            if error.connection_invalidated or "could not" in str(error.orig):
                raise
            faults.append(f"The database cannot be read to its end ({_reason(error)}).")
        return cls(step=step, tables=tables, orphans=orphans, faults=faults)


def _is_server(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _reason(error: DBAPIError) -> str:
    return str(error.orig).split("\n", 1)[0]


def _step_faults(step: str | None) -> list[str]:
    newest = migrate.newest_step()
    if step == newest:
        return []
    if step is None:
        return ["The database has no tables of Waymark yet; `waymark serve` makes them."]
    if migrate.is_known(step):
        return [f"The tables are at step {step} of {newest}; opening Waymark brings them up."]
    return [f"The tables are at step {step}, which this Waymark does not know."]


def _damage(connection: Connection) -> list[str]:
    """What SQLite finds when it reads every page."""
    rows = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_FAULTS})").scalars()
    return [f"The database is damaged: {each}." for each in rows if each != "ok"]


def _server_faults(connection: Connection) -> list[str]:
    """What PostgreSQL itself knows to be wrong; it checks pages as they are read."""
    checksums = connection.exec_driver_sql(
        "SELECT coalesce(checksum_failures, 0) FROM pg_stat_database "
        "WHERE datname = current_database()"
    ).scalar_one()
    indexes = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text FROM pg_index JOIN pg_class ON pg_class.oid = indrelid "
        "WHERE relnamespace = current_schema()::regnamespace AND NOT indisvalid"
    ).scalars()
    rules = connection.exec_driver_sql(
        "SELECT conname FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace AND NOT convalidated"
    ).scalars()
    faults = [f"PostgreSQL met {checksums:,} damaged pages."] if checksums else []
    faults += [f"The index {each} is not whole." for each in indexes]
    return faults + [f"The rule {each} was never checked." for each in rules]


def _missing(connection: Connection, there: set[str]) -> list[str]:
    """Tables and columns that the newest step has, and this database does not."""
    faults = [f"The table {name} is missing." for name in metadata.tables if name not in there]
    columns = inspect(connection).get_multi_columns()
    for (_, name), found in columns.items():
        table = metadata.tables.get(name)
        names = {each["name"] for each in found}
        lacking = [] if table is None else [c.name for c in table.c if c.name not in names]
        faults += [f"The table {name} has no column {each}." for each in lacking]
    return faults


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _orphans(connection: Connection, tables: Sequence[Table]) -> Iterator[Orphans]:
    """Rows that name rows which are not there; databases refuse them, damage may bring them."""
    if not _is_server(connection):
        yield from _orphans_by_sqlite(connection)
        return
    names = {table.name for table in tables}
    for table in tables:
        for key in sorted(table.foreign_keys, key=lambda each: each.parent.name):
            if key.column.table.name in names and (rows := _without(connection, key)):
                yield Orphans(table.name, key.parent.name, key.column.table.name, rows)


def _without(connection: Connection, key: ForeignKey) -> int:
    other = key.column.table.alias()
    there = select(1).where(other.c[key.column.name] == key.parent).exists()
    query = select(func.count()).where(key.parent.is_not(None), ~there)
    return int(connection.execute(query.select_from(key.parent.table)).scalar_one())


def _orphans_by_sqlite(connection: Connection) -> Iterator[Orphans]:
    found: dict[tuple[str, str, int], int] = {}
    for table, _, parent, key in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        place = (table, parent, key)
        found[place] = found.get(place, 0) + 1
    for (table, parent, key), rows in sorted(found.items()):
        keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")')
        column = next(each[3] for each in keys if each[0] == key)
        yield Orphans(table, column, parent, rows)


def _orphans_told(orphans: Orphans) -> str:
    return (
        f"{orphans.rows:,} rows of {orphans.table} name in {orphans.column} a row of "
        f"{orphans.names} that is not there."
    )


def _numbers(connection: Connection) -> list[str]:
    """Tables whose next number is taken already, as after rows were put back by hand."""
    if not _is_server(connection):
        return []
    given = numbering.numbers_given(connection)
    faults = []
    for name, last in given.items():
        newest = connection.execute(select(func.max(metadata.tables[name].c.id))).scalar_one() or 0
        if newest > last:
            faults.append(f"New rows of {name} would get numbers that are taken.")
    return faults
