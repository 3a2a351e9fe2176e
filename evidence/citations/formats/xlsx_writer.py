"""An Excel workbook with one row for each reference."""

import json
from collections.abc import Iterator
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO

from openpyxl import Workbook

from evidence.citations.formats import exact_values, table_writer
from evidence.citations.formats.writer import KeyedReferences, Writer

_LONGEST = 32_000  # characters; Excel takes 32,767 in a cell
_MOST_ROWS = 1_000_000  # in a sheet; Excel takes 1,048,576
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
    """A workbook of the rows, with as many sheets as they need."""
    head = [*table_writer.HEAD, *(_further(number) for number in range(1, columns + 1))]
    book = Workbook(write_only=True)
    first: list[list[str]] = []
    while first or not book.worksheets:
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        sheet.append(head)
        for row in chain(first, islice(rows, _MOST_ROWS - len(first))):
            sheet.append(_values(row))
        first = list(islice(rows, 1))
    book.save(packed)


def _further(number: int) -> str:
    return exact_values.COLUMN if number == 1 else f"{exact_values.COLUMN} {number}"


def _values(row: list[str]) -> list[str | int | None]:
    """The cells, with the year as a number, so that Excel can sort and filter by it."""
    values: list[str | int | None] = [cell or None for cell in row]
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
