"""Which values stand in files of their own, beside the tables of an archive, and where.

So a scheme is a YAML file, a full text a PDF and a frozen map a JSON file, which people can open;
and no cell is longer than programs read.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, LargeBinary

from evidence.store.schema import (
    coded_file,
    document,
    map_version,
    publication_file,
    scheme_draft_step,
    scheme_version,
)

LONGEST_CELL = 30_000  # characters; a spreadsheet takes 32,767
LARGEST_PART = 256_000_000  # bytes of a file that stands in memory as a whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """How the values of a column stand in files.

    Attributes:
        folder: in the archive.
        ending: of the files' names.
        is_packed: the database has them compressed with zlib; the archive as they are.
        is_full_text: it may stay behind, because it is a publisher's and not the review's.
        is_always: short values stand in files, too.
    """

    folder: str
    ending: str
    is_packed: bool = False
    is_full_text: bool = False
    is_always: bool = True

    def content(self, value: Any) -> bytes:
        """A value of the database as the bytes of the file."""
        if isinstance(value, str):
            return value.encode()
        return zlib.decompress(value) if self.is_packed else bytes(value)

    def value(self, content: bytes) -> bytes:
        """Bytes of the file as the database keeps them."""
        return zlib.compress(content, 9) if self.is_packed else content


PARTS: Mapping[Column[Any], Part] = {
    scheme_version.c.yaml: Part(folder="schemes", ending="yaml"),
    scheme_draft_step.c.yaml: Part(folder="schemes", ending="yaml", is_packed=True),
    map_version.c.document: Part(folder="snapshots", ending="json", is_packed=True),
    publication_file.c.content: Part(folder="published", ending="gz"),
    document.c.content: Part(folder="files", ending="pdf", is_full_text=True),
    document.c.pages: Part(folder="files", ending="json", is_full_text=True, is_always=False),
    coded_file.c.content: Part(folder="files", ending="json", is_packed=True),
}
"""Columns with a place of their own; bytes stand in no cell, so every column of them is here."""


_BY_NAME = {(column.table.name, column.name): part for column, part in PARTS.items()}


def part_of(column: Column[Any]) -> Part:
    """How values of a column stand in files; of columns that are not in PARTS, long ones.

    Columns are known by their names, so that those of an earlier Waymark are, too.
    """
    ending = "json" if isinstance(column.type, JSON) else "txt"
    return _BY_NAME.get((column.table.name, column.name)) or Part(
        folder="long", ending=ending, is_always=False
    )


def is_part(part: Part, value: Any) -> bool:
    """Whether a value of a column whose values stand so in files stands in one."""
    if value is None:
        return False
    return part.is_always or len(value) > LONGEST_CELL


def is_bytes(column: Column[Any]) -> bool:
    """Whether a column holds bytes, which stand in no cell."""
    return isinstance(column.type, LargeBinary)


def part_name(column: Column[Any], number: int) -> str:
    """The name of the file for the value of a row."""
    part = part_of(column)
    return f"{part.folder}/{column.table.name}-{number}-{column.name}.{part.ending}"
