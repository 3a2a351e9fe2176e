"""The tables of an archive, read row by row; every fault is told with its file and line."""

import csv
import io
import json
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Table

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store.archive.cells import BESIDE, cell_reader
from evidence.store.archive.container import ArchiveFile
from evidence.store.archive.parts import LARGEST_PART, is_bytes, part_of
from evidence.store.archive.readable import READ, can_be_read
from evidence.store.archive.review_tables import REVIEW_TABLES, key_of
from evidence.store.archive.write_tables import Told, table_path
from evidence.store.events import EventKind
from evidence.store.permission import Role
from evidence.store.practice.practice_settings import FRAMEWORK, SUFFICIENCY
from evidence.store.schema import (
    assignment,
    decision,
    event,
    member,
    person,
    practice_setting,
    principle_link,
    provision_rating,
    review,
    stage_setting,
    work,
)
from evidence.synthesis.practice.rating import Aspect, Grade
from evidence.synthesis.principles.links import LinkKind

TABLES: tuple[Table, ...] = (person, *(each.table for each in REVIEW_TABLES))
"""In the order in which they are read: every row after the rows that it names."""

WORDS: Mapping[Column[Any], frozenset[str]] = {
    work.c.title_abstract: frozenset(State),
    work.c.full_text: frozenset(State),
    decision.c.verdict: frozenset(Verdict),
    **{table.c.stage: frozenset(Stage) for table in (decision, assignment, stage_setting)},
    event.c.kind: frozenset(EventKind),
    practice_setting.c.kind: frozenset({SUFFICIENCY, FRAMEWORK}),
    provision_rating.c.aspect: frozenset(Aspect),
    provision_rating.c.grade: frozenset(Grade),
    principle_link.c.kind: frozenset(LinkKind),
    member.c.role: frozenset(role.name.lower() for role in Role),
}
"""Columns that hold one of a few words, without which pages would not know what to show."""

_Reader = tuple[Column[Any], Callable[[str], Any]]
_LONGEST_CELL = 2**31 - 1  # characters; checksums and sizes were looked at before
_TOLD = 1_000  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class FileName:
    """Stands where the value is in a file of the archive."""

    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow:
    """A row of a table.

    Attributes:
        line: where it ends in its file.
        values: in the order of the columns; JSON as its text.
    """

    table: Table
    line: int
    values: tuple[Any, ...]

    def stored(self) -> dict[str, Any]:
        """The values by column, JSON as what it holds."""
        return {
            column.name: json.loads(value) if isinstance(column.type, JSON) else value
            for column, value in zip(self.table.c, self.values, strict=True)
        }

    def fault(self, column: Column[Any], words: str) -> Invalid:
        """What is wrong in the row, with its place."""
        return _fault(self.table, self.line, f"{column.name} {words}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedTables:
    """What all tables of an archive were found to hold.

    Attributes:
        numbers: of each table the numbers of its rows, which grow from row to row.
        people: everybody's name by their number, and since when they are known.
    """

    numbers: dict[Table, "array[int]"] = field(default_factory=dict)
    people: dict[int, tuple[str, datetime]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many there are in all tables."""
        return sum(map(len, self.numbers.values()))

    def place(self, table: Table, number: int) -> int | None:
        """Which row of a table has a number, from 0; None where none has it."""
        numbers = self.numbers[table]
        place = bisect_left(numbers, number)
        return place if place < len(numbers) and numbers[place] == number else None


def check(archive: ArchiveFile, tell: Told) -> CheckedTables:
    """Read all tables and all other files once, and keep nothing but the numbers of rows.

    Raises:
        Invalid: something is missing, was changed, or is not what its column holds.
    """
    found = CheckedTables()
    total = sum(file.rows or 0 for file in archive.manifest.files.values())
    done = 0
    for table in TABLES:
        numbers = found.numbers[table] = array("q")
        key = key_of(table)
        at = list(table.c).index(key)
        words = [(place, column) for place, column in enumerate(table.c) if column in WORDS]
        readable = [column for column in table.c if column in READ]
        for row in rows_of(archive, table):
            _check_row(archive, row, words, readable)
            if (numbers and row.values[at] <= numbers[-1]) or row.values[at] < 1:
                raise row.fault(key, "does not grow from row to row")
            numbers.append(row.values[at])
            if table is person:
                found.people[row.values[at]] = row.values[1:]
            done += 1
            if done % _TOLD == 0:
                tell(done, total, table.name)
        if len(numbers) != archive.manifest.files[table_path(table)].rows:
            raise Invalid(f"{table_path(table)} has another number of rows than it should have.")
    if len(found.numbers[review]) != 1:
        raise Invalid(
            f"{table_path(review)} has to have one row, the review; nothing was taken in."
        )
    for path in archive.manifest.files.keys() - {table_path(table) for table in TABLES}:
        for _ in archive.chunks(path):
            pass  # the checksum is looked at behind the last one
    return found


def _check_row(
    archive: ArchiveFile,
    row: ReadRow,
    words: list[tuple[int, Column[Any]]],
    readable: list[Column[Any]],
) -> None:
    for column, value in zip(row.table.c, row.values, strict=True):
        if isinstance(value, FileName):
            listed = archive.manifest.files.get(value.path)
            if listed is None:
                raise row.fault(column, f"names {value.path}, which the archive does not have")
            if listed.bytes > LARGEST_PART:
                raise row.fault(column, f"names {value.path}, which is too large to be taken in")
    for place, column in words:
        if row.values[place] not in WORDS[column]:
            given = str(row.values[place])[:40]
            raise row.fault(column, f"has a word that this Waymark does not know ({given})")
    for column in readable:
        if not can_be_read(column, row.stored):
            raise row.fault(column, "holds something that no page can read")
    if row.table is review and row.values[list(review.c).index(review.c.preview_of)] is not None:
        raise row.fault(review.c.preview_of, "has to be empty in an archive")


def rows_of(archive: ArchiveFile, table: Table) -> Iterator[ReadRow]:
    """The rows of a table, with values as their columns hold them.

    Raises:
        Invalid: the table is missing or was changed, or a value is not what its column holds.
    """
    path = table_path(table)
    csv.field_size_limit(_LONGEST_CELL)
    chunks = io.BufferedReader(_Chunks(archive.chunks(path)), 1 << 16)
    lines = io.TextIOWrapper(chunks, encoding="utf-8", newline="")
    reader = csv.reader(lines, strict=True)
    try:
        _compare_head(table, next(reader, []))
        readers = [(column, _reader(column)) for column in table.c]
        for cells in reader:
            yield _row(table, reader.line_num, cells, readers)
    except csv.Error as error:
        raise _fault(table, reader.line_num, f"it is no CSV ({error})") from error
    except UnicodeDecodeError as error:
        raise _fault(
            table, reader.line_num + 1, "here or further down it is not in UTF-8"
        ) from error


def _compare_head(table: Table, head: list[str]) -> None:
    names = [column.name for column in table.c]
    if head == names:
        return
    lacking = [name for name in names if name not in head]
    more = [name for name in head if name not in names]
    words = "its columns stand in another order"
    if lacking or more:
        lists = (", ".join(names)[:200] or "none" for names in (lacking, more))
        words = "it lacks the columns {}, and has too many: {}".format(*lists)
    raise _fault(table, 1, words)


def _row(table: Table, line: int, cells: list[str], readers: list[_Reader]) -> ReadRow:
    if len(cells) != len(readers):
        raise _fault(table, line, f"it has {len(cells)} cells, and {len(readers)} columns")
    values = []
    for (column, value), cell in zip(readers, cells, strict=True):
        try:
            values.append(value(cell))
        except ValueError as error:
            raise _fault(table, line, f"{column.name} {error}") from error
    return ReadRow(table=table, line=line, values=tuple(values))


def _reader(column: Column[Any]) -> Callable[[str], Any]:
    read, of_bytes = cell_reader(column), is_bytes(column)
    left_out = part_of(column).is_full_text

    def value(cell: str) -> Any:
        if cell.startswith(BESIDE):
            return FileName(path=cell.removeprefix(BESIDE))
        if not cell and left_out:
            return b"" if of_bytes else "[]"
        if of_bytes:
            raise ValueError("names no file")
        return read(cell)

    return value


def _fault(table: Table, line: int, words: str) -> Invalid:
    return Invalid(f"{table_path(table)}, line {line}: {words}. Nothing was taken in.")


class _Chunks(io.RawIOBase):
    """Bytes that come bit by bit, as a file that is read from its beginning to its end."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = chunk
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
