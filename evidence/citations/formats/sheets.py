"""Excel workbooks: each sheet whose columns are known is read as a table."""

import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from evidence.citations.formats import archives, sheet_count
from evidence.citations.formats.cells import restore_cell
from evidence.citations.formats.format import Entries, Format
from evidence.citations.formats.table_layout import Header, Row, find_header, is_blank
from evidence.citations.formats.table_rows import records
from evidence.problems import Code, Problem

if TYPE_CHECKING:
    from openpyxl import Workbook

_MIDNIGHT = "T00:00:00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet of a workbook.

    Attributes:
        rows: those that are not blank; of a damaged sheet, those above the damage.
    """

    title: str
    rows: tuple[Row, ...]
    is_damaged: bool = False


def refusal(data: bytes) -> str:
    """Why a workbook must not be opened; empty where nothing speaks against it."""
    reason = archives.refusal(data)
    if not reason and sheet_count.last_row(data) > sheet_count.LAST_ROW:
        reason = "it has rows beyond those of Excel"
    return reason


def read_sheets(data: bytes) -> tuple[Sheet, ...]:
    """The sheets of a workbook that is not refused; none where it is damaged as a whole."""
    try:
        with warnings.catch_warnings():  # about styles and other things that do not matter here
            warnings.simplefilter("ignore")
            widest = max(1, min(sheet_count.MOST_COLUMNS, sheet_count.last_column(data)))
            book = _load(data)
            sheets = [_read_sheet(sheet, widest) for sheet in book.worksheets]
            missing = (
                title for title in sheet_count.sheet_titles(data) if title not in book.sheetnames
            )
            return (*sheets, *(Sheet(title=title, rows=(), is_damaged=True) for title in missing))
    except Exception:  # noqa: BLE001 - a workbook is damaged in more ways than the library names
        return ()


def _load(data: bytes) -> "Workbook":
    """The workbook, without those of its parts that are damaged."""
    try:
        return _load_whole(data)
    except Exception:  # noqa: BLE001 - which of the parts is damaged, it does not say
        return _load_whole(archives.without_damaged_files(data))


def _load_whole(data: bytes) -> "Workbook":
    from openpyxl import load_workbook  # noqa: PLC0415 - loads slowly, and help needs none

    return load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)


def _read_sheet(sheet: Any, widest: int) -> Sheet:
    """A sheet, up to where it is damaged; the others are not touched by that."""
    rows: list[Row] = []
    try:
        sheet.reset_dimensions()  # which many programs write wrong
        for row in _rows(sheet.iter_rows(values_only=True, max_col=widest)):
            rows.append(row)  # noqa: PERF402 - those above the damage stay
    except Exception:  # noqa: BLE001 - a sheet is damaged in more ways than the library names
        return Sheet(title=sheet.title, rows=tuple(rows), is_damaged=True)
    return Sheet(title=sheet.title, rows=tuple(rows))


def damages(sheets: Iterable[Sheet], file: str) -> Iterator[Problem]:
    """A problem for each damaged sheet of a workbook, or for the whole of it."""
    sheets = list(sheets)
    if not sheets:
        yield Problem(code=Code.ARCHIVE_REFUSED, file=file, detail="it is damaged")
    for sheet in sheets:
        if sheet.is_damaged:
            where = f"below its row {sheet.rows[-1].line}" if sheet.rows else "as a whole"
            detail = f"the sheet “{sheet.title}” is damaged {where}"
            yield Problem(code=Code.ARCHIVE_REFUSED, file=file, detail=detail)


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
    yield from damages(sheets, file)
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


FORMAT = Format(
    name="xlsx",
    label="Excel (XLSX)",
    recognise=recognise,
    opening=lambda data: recognise(data) - 1,
    read=read,
    count=count,
)
