"""Rows of a workbook from its XML alone, for the count; the reader leaves that to openpyxl."""

import html
import re
from collections.abc import Iterator

from evidence.citations.formats.archives import readable_files
from evidence.citations.formats.table_layout import (
    Header,
    Row,
    bare,
    find_header,
    is_blank,
    is_remark,
)

LAST_ROW = 1_048_576  # of Excel
MOST_COLUMNS = 512  # beyond, a few cells could stand for a million empty ones

_PREFIX = rb"(?:\w{1,20}:)?"
_ROW = re.compile(rb"<" + _PREFIX + rb"row(?=[\s>/])")
_CELL = re.compile(rb"<" + _PREFIX + rb"c(?=[\s>/])")
_SHARED = re.compile(rb"<" + _PREFIX + rb"si(?=[\s>/])")
_PHONETIC = re.compile(rb"<" + _PREFIX + rb"rPh[\s>]")
_TEXT = re.compile(rb"<" + _PREFIX + rb"t(?:\s[^<>]*)?>([^<]*)</")
_VALUE = re.compile(rb"<" + _PREFIX + rb"v(?:\s[^<>]*)?>([^<]*)</")
_NUMBER = re.compile(rb'\sr="(\d{1,12})"')
_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})\d')
_FILLED = re.compile(rb"<" + _PREFIX + rb'c\s[^<>]*?\br="([A-Z]{1,3})\d{1,7}"[^<>]*[^/<>]>')
_FORMULA = re.compile(
    rb"<"
    + _PREFIX
    + rb'c\s(?![^<>]*\bt="str")[^<>]*?\br="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<'
    + _PREFIX
    + rb"f\b[^<>]*(?:/>|>[^<]*</"
    + _PREFIX
    + rb"f>)\s*(?:<"
    + _PREFIX
    + rb"v\s*(?:/>|>\s*</"
    + _PREFIX
    + rb"v>)\s*)?</"
    + _PREFIX
    + rb"c>"
)
_SHEET = re.compile(rb"<" + _PREFIX + rb'sheet\s[^<>]*?\bname="([^"]*)"')
_IS_SHARED = re.compile(rb'\st="s"')


def count(data: bytes) -> int:
    """Rows that are entries, below the header of each sheet that has one."""
    return sum(
        _entries_below(rows, header) for rows in _sheets(data) if (header := find_header(rows))
    )


def count_as(data: bytes, header: Header) -> int:
    """Rows that are entries below a header that somebody knows."""
    for rows in _sheets(data):
        if any(row.line == header.line and bare(row.raw) == bare(header.raw) for row in rows):
            return _entries_below(rows, header)
    return 0


def _sheets(data: bytes) -> Iterator[list[Row]]:
    parts = list(readable_files(data, _is_part))
    shared = [_text(item) for part in parts for item in _SHARED.split(part)[1:]]
    for part in parts:
        if b"sheetData" in part:
            yield list(_rows(part, shared))


def last_row(data: bytes) -> int:
    """The highest number that a row of a workbook has."""
    parts = readable_files(data, _is_part)
    return max((_number(chunk) for part in parts for chunk in _ROW.split(part)[1:]), default=0)


def last_column(data: bytes) -> int:
    """The number of the last column in which a workbook says anything, counted from 1."""
    parts = readable_files(data, _is_part)
    letters = {match[1] for part in parts for match in _FILLED.finditer(part)}
    return max(map(_column, letters), default=0) + 1


def without_values(data: bytes) -> tuple[int, str]:
    """How many formulas a workbook holds whose values it does not, and the first of their cells.

    A program that only writes a workbook does not calculate; an empty text that was calculated is
    marked as one (`t="str"`).
    """
    written = (part for part in readable_files(data, _is_part) if b"<f" in part or b":f" in part)
    cells = [cell for part in written for cell in _FORMULA.findall(part)]
    return len(cells), cells[0].decode() if cells else ""


def sheet_titles(data: bytes) -> list[str]:
    """The titles of all sheets that a workbook says it has."""
    parts = readable_files(data, "xl/workbook.xml".__eq__)
    return [
        html.unescape(title.decode("utf-8", "replace"))
        for part in parts
        for title in _SHEET.findall(part)
    ]


def _is_part(name: str) -> bool:
    return name.startswith("xl/") and name.endswith(".xml")


def _entries_below(rows: list[Row], header: Header) -> int:
    below = (row for row in rows if row.line > header.line and bare(row.raw) != bare(header.raw))
    filled = ([not is_blank(cell) for cell in row.cells] for row in below)
    return sum(not is_remark(cells, header.words) for cells in filled)


def _rows(part: bytes, shared: list[str]) -> Iterator[Row]:
    number = 0
    for chunk in _ROW.split(part)[1:]:
        number = _number(chunk) or number + 1
        cells = _cells(chunk, shared)
        if not all(map(is_blank, cells)):
            yield Row(line=number, cells=tuple(cells), raw="\t".join(cells))


def _number(chunk: bytes) -> int:
    match = _NUMBER.search(chunk[: chunk.find(b">") + 1])
    return int(match[1]) if match else 0


def _cells(chunk: bytes, shared: list[str]) -> list[str]:
    """The texts of a row, each in its column."""
    cells: list[str] = []
    for cell in _CELL.split(chunk)[1:]:
        opening = cell[: cell.find(b">")]
        if opening.endswith(b"/"):  # nothing but a format; there may be thousands of them
            continue
        column = _COLUMN.search(opening)
        number = _column(column[1]) if column else len(cells)
        value = _VALUE.search(cell)
        text = html.unescape(value[1].decode("utf-8", "replace")) if value else _text(cell)
        if _IS_SHARED.search(opening) and text.isdecimal():
            text = shared[int(text)] if int(text) < len(shared) else ""
        if number >= MOST_COLUMNS:
            break
        cells += [""] * (number - len(cells))
        cells[number:] = [text]
    return cells


def _column(letters: bytes) -> int:
    """The number of a column, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1


def _text(chunk: bytes) -> str:
    """The text in the runs of a chunk, without those that say how it is pronounced."""
    phonetic = _PHONETIC.search(chunk)
    runs = _TEXT.findall(chunk, 0, phonetic.start() if phonetic else len(chunk))
    return html.unescape(b"".join(runs).decode("utf-8", "replace"))
