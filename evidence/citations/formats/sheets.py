"""Excel workbooks: each sheet whose columns are known is read as a table."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from openpyxl import load_workbook

from evidence.citations.formats import archives, sheet_count
from evidence.citations.formats.cells import restore_cell
from evidence.citations.formats.format import Entries, Format
from evidence.citations.formats.table_layout import Header, Row, find_header, is_blank
from evidence.citations.formats.table_rows import records
from evidence.problems import Code, Problem

_MIDNIGHT = "T00:00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook, with its rows that are not blank."""

    title: str
    rows: tuple[Row, ...]


def refusal(data: bytes) -> str:
    """Why a workbook must not be opened; empty where nothing speaks against it."""
    reason = archives.refusal(data)
    if not reason and sheet_count.last_row(data) > sheet_count.LAST_ROW:
        reason = "it has rows beyond those of Excel"
    return reason


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook that is not refused; none where it is damaged."""
    try:
        with warnings.catch_warnings():  # about styles and other things that do not matter here
            warnings.simplefilter("ignore")
            widest = max(1, min(sheet_count.MOST_COLUMNS, sheet_count.last_column(data)))
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = []
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # which many programs write wrong
                values = sheet.iter_rows(values_only=True, max_col=widest)
                sheets.append(Sheet(title=sheet.title, rows=tuple(_rows(values))))
            return tuple(sheets)
    except Exception:  # noqa: BLE001 - a workbook is damaged in more ways than the library names
        return ()


def _rows(rows: Iterable[tuple[object, ...]]) -> Iterator[Row]:
    """The rows that hold anything; there may be a million others before a stray last one."""
    for number, values in enumerate(rows, 1):
        if values.count(None) == len(values):
            continue
        cells = [_text(value) for value in values]
        if not all(map(is_blank, cells)):
            yield Row(line=number, cells=tuple(map(restore_cell, cells)), raw="\t".join(cells))


def _text(value: object) -> str:
    """A cell as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat().removesuffix(_MIDNIGHT)
    return str(value)


def read(data: bytes, file: str) -> Entries:
    """The records of a workbook, and what is wrong with it."""
    if archives.kind(data) is not archives.Kind.WORKBOOK:
        return
    if reason := refusal(data):
        yield Problem(code=Code.ARCHIVE_REFUSED, file=file, detail=reason)
        return
    sheets = read_sheets(data)
    if not sheets:
        yield Problem(code=Code.ARCHIVE_REFUSED, file=file, detail="it is damaged")
    if sheet_count.last_column(data) > sheet_count.MOST_COLUMNS:
        detail = f"columns beyond number {sheet_count.MOST_COLUMNS} were left out"
        yield Problem(code=Code.ROW_RAGGED, file=file, detail=detail)
    yield from formulas(data, file)
    for sheet in sheets:
        if header := find_header(sheet.rows):
            yield from read_as(sheet, header, file)
        elif sheet.rows:
            yield Problem(code=Code.SHEET_LEFT_OUT, file=file, detail=f"“{sheet.title}”")


def formulas(data: bytes, file: str) -> Iterator[Problem]:
    """A problem where a workbook holds formulas without their values."""
    number, cell = sheet_count.without_values(data)
    if number:
        detail = f"{number:,} in all, the first in cell {cell}"
        yield Problem(code=Code.FORMULA_EMPTY, file=file, detail=detail)


def read_as(sheet: Sheet, header: Header, file: str) -> Entries:
    """The records of a sheet whose header somebody knows."""
    yield from records(_pad(sheet.rows, len(header.names)), header, file)


def _pad(rows: Iterable[Row], columns: int) -> Iterator[Row]:
    """Rows as long as the header; a workbook leaves empty cells at the end of a row away."""
    for row in rows:
        empty = ("",) * (columns - len(row.cells))
        yield Row(line=row.line, cells=row.cells + empty, raw=row.raw)


def count(data: bytes) -> int:
    """Rows that are entries."""
    if archives.kind(data) is not archives.Kind.WORKBOOK or refusal(data):
        return 0
    return sheet_count.count(data)


def recognise(data: bytes) -> int:
    """Whether it is a workbook at all."""
    return int(archives.kind(data) is archives.Kind.WORKBOOK)


FORMAT = Format(name="xlsx", label="Excel (XLSX)", recognise=recognise, read=read, count=count)
