"""Values as cells of CSV, and back: exactly what stood there, and nothing that can run.

An empty cell is NULL where a column may be NULL, and otherwise an empty text. Before a text that a
spreadsheet would run as a formula, that could be taken for the name of a file, or that is nothing
but apostrophes, stands one apostrophe more; reading takes it away. An empty text, where NULL is
possible, is one apostrophe.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, Integer, LargeBinary, String

from evidence.store.schema.column_types import LARGEST_ID, Moment, RowId

BESIDE = "file:"  # before the name of a file of the archive that holds the value
LARGEST_INTEGER = 2**31 - 1  # of a column that is no key, in PostgreSQL
KINDS: Mapping[type, str] = {
    JSON: "any",
    LargeBinary: "string",
    Boolean: "boolean",
    Moment: "datetime",
    RowId: "integer",
    Integer: "integer",
    Float: "number",
}
"""Types of columns by the words of the Table Schema; all others are texts."""
_BOOLEANS = {"true": True, "false": False}
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{6}Z")
_ODD = frozenset("'=+-@\t\r\nf")  # with which a text can begin that takes an apostrophe more
_TAKES_ONE_MORE = re.compile(rf"'*(?:[=+\-@\t\r\n]|{BESIDE}|\Z)")


def kind_of(column: Column[Any]) -> str:
    """What a column holds, as the Table Schema calls it."""
    return next((word for kind, word in KINDS.items() if isinstance(column.type, kind)), "string")


def cell_writer(column: Column[Any]) -> Callable[[Any], str]:
    """What makes cells of the values of a column, as the database gives them (JSON as its text)."""
    kind, is_nullable = kind_of(column), bool(column.nullable)
    if kind in {"string", "any"}:
        return lambda value: "" if value is None else guarded(value, is_nullable=is_nullable)
    write = _WRITTEN[kind]
    return lambda value: "" if value is None else write(value)


_WRITTEN: Mapping[str, Callable[[Any], str]] = {
    "integer": str,
    "number": repr,
    "boolean": lambda value: "true" if value else "false",
    "datetime": lambda value: f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}",
}


def guarded(text: str, *, is_nullable: bool) -> str:
    """A text as a cell that no program runs."""
    if not text:
        return "'" if is_nullable else ""
    return f"'{text}" if text[0] in _ODD and _TAKES_ONE_MORE.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell."""
    return cell[1:] if cell.startswith("'") and _TAKES_ONE_MORE.match(cell) else cell


def cell_reader(column: Column[Any]) -> Callable[[str], Any]:
    """What gives the value of each cell of a column, JSON as its text.

    It raises ValueError where the column cannot hold what stands there; the message goes on after
    the name of the column.
    """
    kind = kind_of(column)
    read = _READ[kind](column)
    empty: Any = "" if kind == "string" else None

    def value(cell: str) -> Any:
        if cell:
            return read(cell)
        if empty is None and not column.nullable:
            raise ValueError("is empty")
        return None if column.nullable else empty

    return value


def _text(column: Column[Any]) -> Callable[[str], str]:
    longest = column.type.length if isinstance(column.type, String) else None

    def value(cell: str) -> str:
        text = unguarded(cell)
        if "\x00" in text:
            raise ValueError("holds a sign that no database keeps")
        if longest is not None and len(text) > longest:
            raise ValueError(f"has more than {longest} letters")
        return text

    return value


def _json(column: Column[Any]) -> Callable[[str], str]:
    usual = getattr(getattr(column.default, "arg", None), "__name__", "")
    made = next((kind for kind in (list, dict) if kind.__name__ == usual), object)
    ready = {str(made())} if made is not object else set()

    def value(cell: str) -> str:
        text = unguarded(cell)
        if text in ready:
            return text
        try:
            content = json.loads(text, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            raise ValueError("is no JSON") from error
        if not isinstance(content, made):
            raise ValueError(f"is no JSON {made.__name__}")  # noqa: TRY004 - as all others here
        return text

    return value


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _integer(column: Column[Any]) -> Callable[[str], int]:
    largest = LARGEST_ID if isinstance(column.type, RowId) else LARGEST_INTEGER

    def value(cell: str) -> int:
        if not _WHOLE.fullmatch(cell) or abs(int(cell)) > largest:
            raise ValueError(f"is no whole number ({cell[:40]})")
        return int(cell)

    return value


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"is no number ({cell[:40]})")
    return value


def _boolean(cell: str) -> bool:
    if cell not in _BOOLEANS:
        raise ValueError(f"is neither true nor false ({cell[:40]})")
    return _BOOLEANS[cell]


def _moment(cell: str) -> datetime:
    try:
        if not _MOMENT.fullmatch(cell):
            raise ValueError(cell)  # noqa: TRY301 - told below
        return datetime.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"is no time ({cell[:40]})") from error


_READ: Mapping[str, Callable[[Column[Any]], Callable[[str], Any]]] = {
    "string": _text,
    "any": _json,
    "integer": _integer,
    "number": lambda _: _number,
    "boolean": lambda _: _boolean,
    "datetime": lambda _: _moment,
}
