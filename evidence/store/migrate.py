"""Bringing a database to the present schema, step by step, with Alembic."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Apply the steps that this database does not have yet; each in full or not at all."""
    with engine.connect() as connection:
        if MigrationContext.configure(connection).get_current_revision() == _head():
            return
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":  # two servers that start at once take turns
            connection.execute(text("SELECT pg_advisory_xact_lock(7276)"))
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return config


@cache
def _head() -> str | None:
    """The newest step; kept, because Alembic compiles all steps to find it."""
    return ScriptDirectory.from_config(_config()).get_current_head()
