"""Bringing a database to the present schema, step by step, with Alembic."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, text

from evidence import __version__
from evidence.errors import Invalid

if TYPE_CHECKING:
    from alembic.config import Config

FIRST = "0007"  # all tables, as Waymark 0.1.0 had them
EARLY = {"0001", "0002", "0003", "0004", "0006", "0008"}  # steps that are in the first one now
SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, step: str | None = None) -> None:
    """Apply the steps that this database does not have yet; each in full or not at all.

    Args:
        engine: of the database.
        step: up to which; None for all. For a new database that shall be as an earlier one was.

    Raises:
        Invalid: another Waymark must open this database; the message says which.
    """
    with engine.connect() as connection:
        revision = step_of(connection)
    if revision is not None and revision not in _steps():
        raise Invalid(_who_can_open(revision))
    if revision == newest_step():
        return
    with without_foreign_keys(engine) as connection:
        make_tables(connection, step)
        if connection.dialect.name == "sqlite":
            _check_foreign_keys(connection)


def make_tables(connection: Connection, step: str | None = None) -> None:
    """Apply steps within a transaction that does more."""
    from alembic import command  # noqa: PLC0415 - loads slowly, and help needs none

    if connection.dialect.name == "postgresql":  # two servers that start at once take turns
        connection.execute(text("SELECT pg_advisory_xact_lock(7276)"))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, step or "head")


def step_of(connection: Connection) -> str | None:
    """At which step a database is; None where it has no tables of Waymark."""
    from alembic.migration import MigrationContext  # noqa: PLC0415 - loads slowly, and help needs none

    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def without_foreign_keys(engine: Engine) -> Iterator[Connection]:
    """A transaction in which SQLite, too, can replace a table by a changed copy.

    With foreign keys in force, taking the old table away would take every row that names one of its
    rows. They are lifted as SQLite's manual says; who asks for this checks them at the end.
    """
    with engine.connect().execution_options(writes=True) as connection:
        sqlite = connection.dialect.name == "sqlite"
        driver: Any = connection.connection.driver_connection
        if sqlite:
            driver.execute("PRAGMA foreign_keys=OFF")  # heeded outside a transaction only
        try:
            with connection.begin():
                yield connection
        finally:
            if sqlite:
                driver.execute("PRAGMA foreign_keys=ON")


def _check_foreign_keys(connection: Connection) -> None:
    broken = {row.table for row in connection.execute(text("PRAGMA foreign_key_check"))}
    if broken:
        raise Invalid(
            f"This database cannot be upgraded, and nothing was changed: rows of "
            f"{', '.join(sorted(broken))} name rows that are not there."
        )


def _who_can_open(revision: str) -> str:
    """A sentence on a database at a step that this Waymark does not have."""
    if revision in EARLY:
        return (
            f"This database was made by an early Waymark (its step is {revision}). Open it once "
            f"with Waymark 0.1.0 (commit 383360a), which brings it to step {FIRST}; after that "
            f"this Waymark ({__version__}) can open it. Keep a copy of it."
        )
    return (
        f"This database was made by a newer Waymark than this one ({__version__}): its step "
        f"{revision} is not known here. Open it with the newest Waymark; nothing was changed."
    )


def _config() -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - loads slowly, and help needs none

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@cache
def _steps() -> list[str]:
    """All steps, the newest first; cached, because Alembic compiles them all to find them."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - loads slowly, and help needs none

    return [step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()]


def newest_step() -> str:
    """The step of a database that this Waymark made or brought up to date."""
    return _steps()[0]


def is_known(step: str) -> bool:
    """Whether this Waymark has a step, so that what was made at it is not newer than itself."""
    return step in _steps()
