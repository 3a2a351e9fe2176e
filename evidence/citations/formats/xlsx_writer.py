"""An Excel workbook with one row for each reference."""

import json
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO

from evidence.citations.formats import exact_values, plain_tables, table_writer
from evidence.citations.formats.writer import KeyedReferences, Writer

_LONGEST = plain_tables.LONGEST
_CHUNK = 1 << 20
_YEAR = table_writer.HEAD.index("Year")


def write(references: KeyedReferences) -> Iterator[bytes]:
    """The file in pieces. The rows wait on disk until it is known how many columns they take."""
    with TemporaryFile("w+", encoding="utf-8") as waiting, TemporaryFile() as packed:
        columns = _wait(references, waiting)
        waiting.seek(0)
        _pack(map(json.loads, waiting), columns, packed)
        packed.seek(0)
        while chunk := packed.read(_CHUNK):
            yield chunk


def _wait(references: KeyedReferences, waiting: IO[str]) -> int:
    """Put the rows down, a line each; gives the number of columns beside the usual ones."""
    columns = 0
    for key, reference in references:
        cells = table_writer.cells(key, reference, _LONGEST)
        extra = table_writer.difference(cells, reference)
        parts = exact_values.split(extra, _LONGEST) if extra else []
        columns = max(columns, len(parts))
        waiting.write(json.dumps([*cells, *parts]) + "\n")
    return columns


def _pack(rows: Iterator[list[str]], columns: int, packed: IO[bytes]) -> None:
    head = [*table_writer.HEAD, *(_further(number) for number in range(1, columns + 1))]
    plain_tables.write_workbook(head, map(_values, rows), packed)


def _further(number: int) -> str:
    return exact_values.COLUMN if number == 1 else f"{exact_values.COLUMN} {number}"


def _values(row: list[str]) -> list[plain_tables.Cell]:
    """The cells, with the year as a number, so that Excel can sort and filter by it."""
    values: list[plain_tables.Cell] = [*row]
    year = row[_YEAR]
    if year.isascii() and year.isdecimal() and len(year) == len("2006"):
        values[_YEAR] = int(year)
    return values


WRITER = Writer(
    name="xlsx",
    label="Excel (XLSX)",
    ending="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    write=write,
)
