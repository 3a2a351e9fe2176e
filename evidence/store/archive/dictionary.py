"""The data dictionary of an archive: a description of every table and column, as a Data Package.

The form is that of the Frictionless Data Package, version 2 (https://datapackage.org), which data
repositories and statistics programs read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Column, Table

from evidence.store.archive.cells import BESIDE, kind_of
from evidence.store.archive.container import ListedFile
from evidence.store.archive.parts import is_bytes
from evidence.store.archive.read_tables import TABLES
from evidence.store.archive.review_tables import named_table
from evidence.store.archive.write_tables import table_path
from evidence.store.schema.column_types import REFERENCE, RowId

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
HEAD = ("table", "column", "type", "meaning")
_JSON = "JSON"


def resources(files: Mapping[str, ListedFile]) -> list[dict[str, Any]]:
    """What the package holds: each table with its columns."""
    return [_resource(table, files[table_path(table)]) for table in TABLES]


def dictionary_rows() -> Iterator[tuple[str, str, str, str]]:
    """Table, column, type and meaning, for people; the first row is the head."""
    yield HEAD
    for table in TABLES:
        yield from rows_about(table, list(table.c))


def rows_about(table: Table, columns: Sequence[Column[Any]]) -> Iterator[tuple[str, str, str, str]]:
    """What a table and these of its columns hold, for people; under HEAD."""
    yield (table.name, "", "table", f"One row is {table.info['about']}")
    for column in columns:
        yield (table.name, column.name, _type_in_words(column), _meaning(column))


def _resource(table: Table, listed: ListedFile) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "path": listed.path,
        "title": table.name,
        "description": f"One row is {table.info['about']}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": listed.bytes,
        "hash": f"sha256:{listed.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if named is table else named.name.replace("_", "-"),
                "fields": ["id"],
            },
        }
        for column in table.c
        if (named := named_table(column)) is not None
    ]
    return {
        "fields": [_field(column) for column in table.c],
        "primaryKey": [column.name for column in table.primary_key.columns],
        "foreignKeys": keys,
        "missingValues": [""],
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    about = _meaning(column)
    return {"name": column.name, "type": kind_of(column)} | (
        {"description": about} if about else {}
    )


def _type_in_words(column: Column[Any]) -> str:
    optional = ", or empty" if column.nullable else ""
    named = named_table(column)
    if named is not None:
        return f"number of a row of {named.name}{optional}"
    if is_bytes(column):
        return f"name of a file of the archive{optional}"
    if isinstance(column.type, JSON):
        return f"{_JSON}{optional}"
    if isinstance(column.type, RowId):
        return f"number of a row{optional}"
    words = {"string": "text", "integer": "whole number", "boolean": "true or false"}
    words |= {"datetime": "time, UTC", "number": "number"}
    return f"{words[kind_of(column)]}{optional}"


def _meaning(column: Column[Any]) -> str:
    if column.name == "id":
        return "by which other rows name this one; a newer row has a larger number"
    about = str(column.info.get("about", ""))
    if not about and column.info.get("group") == REFERENCE:
        about = "a field of the publication"
    beside = f"in a file, which the cell names after “{BESIDE}”" if is_bytes(column) else ""
    return "; ".join(filter(None, (about, beside)))
