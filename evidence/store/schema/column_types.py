"""Column types and column groups that several tables share."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator, TypeEngine

from evidence.errors import NotFound

REFERENCE = "reference"  # the group of columns that docs/data-model.md shows as one
LARGEST_ID = 2**63 - 1  # what a row's number can be in either database


class NoSuchRow(NotFound, DontWrapMixin):
    """A number that no row can have, as an address or a page that was tampered with may send."""

    def __init__(self, number: int) -> None:
        super().__init__("row", number)


class RowId(TypeDecorator[int]):
    """Row ids; SQLite numbers rows by itself only for its own INTEGER.

    Wherever a query names a number that no database takes, it is told that there is no such row.
    """

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        """The integers of the database at hand."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        """Refuse what is no number of a row.

        Raises:
            NoSuchRow: it is too large, or too small.
        """
        del dialect
        if value is not None and not -LARGEST_ID <= value <= LARGEST_ID:
            raise NoSuchRow(value)
        return value


Id = RowId


class Moment(TypeDecorator[datetime]):
    """A point in time, always UTC and always aware; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: they would mean something else on another machine."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back what was meant."""
        del dialect
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def clean(value: str) -> str:
    """Without the two things that no text column of PostgreSQL takes: NUL and lone surrogates."""
    if "\x00" in value:
        value = value.replace("\x00", "")
    return value if value.isascii() else value.encode("utf-8", "replace").decode("utf-8")


def clean_json(value: object) -> object:
    """Whatever JSON holds, without what no text column takes."""
    if isinstance(value, dict):
        return {name: clean_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(part) for part in value]
    return clean(value) if isinstance(value, str) else value


class CleanText(TypeDecorator[str]):
    """Text of any length; what people paste into a note or a name can always be kept."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Leave out what a database refuses."""
        del dialect
        return None if value is None else clean(value)


def column(
    name: str, kind: Any, about: str = "", *, nullable: bool = False, **options: Any
) -> Column[Any]:
    """A column; `about` says what it holds, for docs/data-model.md, where its name does not."""
    return Column(name, kind, nullable=nullable, info={"about": about}, **options)


def key() -> Column[Any]:
    """The primary key of a table."""
    return Column("id", Id, primary_key=True)


def link(
    name: str, target: str, about: str = "", *, nullable: bool = False, index: bool = True
) -> Column[Any]:
    """A reference to another row that disappears together with it."""
    to = ForeignKey(target, ondelete="CASCADE")
    return Column(name, Id, to, nullable=nullable, index=index, info={"about": about})


def pointer(name: str, target: str, about: str = "") -> Column[Any]:
    """A reference to another row, or to none; that row cannot be deleted while it is named."""
    return Column(name, Id, ForeignKey(target), info={"about": about})


def who(name: str, about: str = "", *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """The person who did something; people are never deleted, so their work cannot be lost."""
    to = ForeignKey("person.id")
    return Column(name, Id, to, nullable=nullable, index=index, info={"about": about})


def text(name: str, about: str = "") -> Column[Any]:
    """A text that may be empty but is never NULL: one way only to say "nothing"."""
    return column(name, CleanText, about, default="", server_default="")


def moment(name: str, about: str = "") -> Column[Any]:
    """A moment that is always known."""
    return column(name, Moment, about)
