"""Alembic runs this; the connection comes from evidence.store.migrate."""

from typing import Any, Literal

from alembic import context

from evidence.store.schema import metadata
from evidence.store.schema.column_types import CleanText, Moment, RowId


def render(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Write our column types as what they are in the database: a step stays true for ever."""
    written = {Moment: "sa.DateTime(timezone=True)", RowId: "ID", CleanText: "sa.Text()"}
    return written.get(type(item), False) if kind == "type" else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_item=render,
    compare_type=True,
    render_as_batch=True,  # SQLite alters tables by copying them
    transactional_ddl=False,  # the caller holds the transaction
)
context.run_migrations()
