"""The one metadata of all tables, and how a table is described."""

from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, about: str, *items: SchemaItem, **options: Any) -> Table:
    """A table; `about` is a sentence for docs/data-model.md that goes on after "One row is"."""
    return Table(name, metadata, *items, info={"about": about}, **options)
