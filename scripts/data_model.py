"""Writes the part on tables of docs/data-model.md from evidence/store/schema.

python -m scripts.data_model
"""

from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Table

from evidence.store.schema import metadata
from evidence.store.schema.column_types import REFERENCE, Moment, RowId

DOCUMENT = Path(__file__).parents[1] / "docs" / "data-model.md"
BEGIN = "<!-- made by scripts/data_model.py from here on -->\n"
END = "<!-- made by scripts/data_model.py up to here -->\n"
ROOMS = ("review", "accounts", "records", "screening", "coding", "practice", "results")
KINDS = {"Text": "text", "String": "text", "JSON": "JSON", "LargeBinary": "bytes",
         "Boolean": "true or false", "Integer": "whole number", "Float": "number"}  # fmt: skip


def updated(document: str) -> str:
    """The document with its part on tables made anew; all other parts stand as they are."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + BEGIN + tables() + END + after


def tables() -> str:
    """Every table, room by room: a drawing of the foreign keys, then table by table."""
    return "".join(f"\n{line}" if line else "\n" for line in _rooms()) + "\n\n"


def _rooms() -> Iterator[str]:
    for name in ROOMS:
        # By its name: as an attribute of the package, `review` is the table of reviews.
        module = import_module(f"evidence.store.schema.{name}")
        own = {id(each) for each in vars(module).values() if isinstance(each, Table)}
        of_room = [each for each in metadata.tables.values() if id(each) in own]
        yield f"### {name.capitalize()} (`schema/{name}.py`)"
        yield from ("", "```mermaid", "erDiagram")
        yield from (line for table in of_room for line in _foreign_keys(table))
        yield "```"
        for table in of_room:
            yield from ("", f"#### `{table.name}`", "", f"One row is {table.info['about']}", "")
            yield from _columns(table)
        yield ""


def _foreign_keys(table: Table) -> Iterator[str]:
    """One line for each; who did something is left out, it would lead from all to `person`."""
    for column in table.columns:
        for key in column.foreign_keys:
            parent = key.column.table.name
            if parent != "person":
                one_side = "|o" if column.nullable else "||"
                yield f"    {parent} {one_side}--o{{ {table.name} : {column.name}"


def _columns(table: Table) -> Iterator[str]:
    yield from ("| column | type | what it holds |", "|---|---|---|")
    without_id = [column for column in table.columns if column.name != "id"]
    for group, columns in groupby(without_id, key=lambda column: column.info.get("group")):
        if group == REFERENCE:
            names = ", ".join(f"`{column.name}`" for column in columns)
            yield f"| {names} | text, whole number, JSON | the fields of a `citations.Reference` |"
        else:
            for column in columns:
                yield f"| `{column.name}` | {_type(column)} | {column.info.get('about', '')} |"


def _type(column: Column[Any]) -> str:
    optional = ", or empty" if column.nullable else ""
    for key in column.foreign_keys:
        return f"→ [`{key.column.table.name}`](#{key.column.table.name}){optional}"
    if isinstance(column.type, Moment):
        return f"time{optional}"
    if isinstance(column.type, RowId):
        return f"id{optional}"
    kind = getattr(column.type, "impl", column.type)
    return f"{KINDS[type(kind).__name__]}{optional}"


if __name__ == "__main__":
    DOCUMENT.write_text(updated(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
