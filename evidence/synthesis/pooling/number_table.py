"""A table of numbers as people keep it (CSV), read cell by cell."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from math import inf

from evidence.citations.formats.decoding import decode
from evidence.errors import Invalid

NOT_THERE = frozenset({"", "na", "n/a", "nan", "null", "none", ".", "-", "–"})
"""How programs write that a number is missing."""

_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "－": "-"})
_POINTS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
_COMMAS = re.compile(r"[+-]?(\d+,\d+|,\d+)(e[+-]?\d{1,4})?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(,\d{3})+")
_INFINITE = re.compile(r"[+-]?inf(inity)?", re.IGNORECASE)
_SHOWN = 40
_LONGEST_CELL = 1_000_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the table.

    Attributes:
        line: where it begins, counted from 1, the line of heads included.
        cells: by head in small letters.
    """

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A row that is not pooled, and why.

    Attributes:
        column: whose cell is at fault; empty where the row as a whole is.
        sentence: what is wrong; it may quote the table, so escape it.
    """

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self) -> str:
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, line {self.line}{column}: {self.sentence} The row is left out."


class BadCell(ValueError):
    """A cell that holds no number; its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberTable:
    """A table with its heads in small letters.

    Attributes:
        heads: in the order of the file.
        written: the heads as they are written there.
        left_out: rows that have more cells than there are heads.
        remarks: what was guessed about the file.
    """

    file: str
    heads: tuple[str, ...]
    written: tuple[str, ...]
    rows: tuple[Row, ...]
    left_out: tuple[LeftOut, ...]
    remarks: tuple[str, ...]

    def has(self, *columns: str) -> bool:
        """Whether all these columns are there."""
        return set(columns) <= set(self.heads)


def read_table(data: bytes, file: str) -> NumberTable:
    """Read a CSV in any encoding, its columns parted by commas, semicolons or tabs.

    Raises:
        Invalid: the file is empty or no table; the message says which.
    """
    decoded = decode(data, file)
    remarks = [str(problem) for problem in decoded.problems]
    if not decoded.encoding and data:
        raise Invalid(remarks[0])
    text = decoded.clean.decode()
    rows = _csv_rows(text, file)
    _, names = next(rows, (0, []))
    if not names:
        raise Invalid(f"{file} is empty. It needs a line of heads and a row for each study.")
    heads = tuple(name.casefold() for name in names)
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        remarks.append(f"{file} has several columns {', '.join(twice)}; the first one counts.")
    read, left_out = [], []
    for line, cells in rows:
        if any(cells[len(heads) :]):
            sentence = (
                f"It has {len(cells)} cells for {len(heads)} columns; often a comma stands without "
                "quotation marks."
            )
            left_out.append(LeftOut(file=file, line=line, column="", sentence=sentence))
            continue
        named: dict[str, str] = {}
        for head, cell in zip(heads, [*cells, *[""] * len(heads)], strict=False):
            named.setdefault(head, cell)
        read.append(Row(line=line, cells=named))
    return NumberTable(
        file=file,
        heads=heads,
        written=tuple(names),
        rows=tuple(read),
        left_out=tuple(left_out),
        remarks=tuple(remarks),
    )


def _csv_rows(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins on."""
    csv.field_size_limit(_LONGEST_CELL)
    head = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    begin = 1
    try:
        for row in reader:
            if any("\n" in cell for cell in row) and text.count('"') % 2:
                break
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield begin, cells
            begin = reader.line_num + 1
        else:
            return
    except csv.Error as error:
        raise Invalid(f"{file}, line {begin}: the table cannot be read on ({error}).") from error
    raise Invalid(
        f"{file}, line {begin}: a quotation mark is opened and never closed, so that a cell goes "
        f"on to line {reader.line_num}."
    )


def number_in(cell: str) -> float:
    """The number in a cell, with a decimal point or a decimal comma.

    Raises:
        BadCell: it is missing, infinite or none; the text says so.
    """
    tidy = cell.translate(_SIGNS).replace(" ", "")
    if cell.casefold() in NOT_THERE:
        raise BadCell("It is missing.")
    if _INFINITE.fullmatch(tidy):
        raise BadCell(f"“{cell[:_SHOWN]}” is infinite, so it cannot be pooled.")
    if _POINTS.fullmatch(tidy) or has_decimal_comma(cell):
        number = float(tidy.replace(",", "."))
        if abs(number) < inf:
            return number
        raise BadCell(f"“{cell[:_SHOWN]}” is larger than all numbers that can be computed with.")
    raise BadCell(f"“{cell[:_SHOWN]}” is not a number; write it with a decimal point, as 0.25.")


def count_in(cell: str) -> float:
    """The number of people or events in a cell, where a comma may set thousands apart.

    Raises:
        BadCell: it is missing, infinite or none, or its comma can mean two things.
    """
    if _THOUSANDS.fullmatch(cell.replace(" ", "")):
        raise BadCell(
            f"“{cell[:_SHOWN]}” has a comma, which can mean thousands or decimals; write it "
            "without."
        )
    return number_in(cell)


def has_decimal_comma(cell: str) -> bool:
    """Whether a number is written as 0,25."""
    return bool(_COMMAS.fullmatch(cell.translate(_SIGNS).replace(" ", "")))


def decimal_commas(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """A remark on numbers with a decimal comma; empty where there are none."""
    written = [
        (row.line, row.cells[column])
        for row in rows
        for column in columns
        if has_decimal_comma(row.cells.get(column, ""))
    ]
    if not written:
        return ""
    line, cell = written[0]
    cells = (
        "1 cell has a decimal comma"
        if len(written) == 1
        else (f"{len(written):,} cells have decimal commas")
    )
    return f"{cells}, the first “{cell}” in line {line}; they are read as decimal points."
