"""Alembic runs this; the connection comes from evidence.store.migrate."""

from typing import Any, Literal

from alembic import context

from evidence.store.columns import Moment
from evidence.store.schema import metadata


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our column type as what it is in the database, so that a step stays true for ever."""
    if kind == "type" and isinstance(item, Moment):
        return "sa.DateTime(timezone=True)"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render,
    compare_type=True,
    render_as_batch=True,  # SQLite alters tables by copying them
    transactional_ddl=False,  # the caller holds the transaction
)
context.run_migrations()
