"""Tables of any columns as files: CSV with a byte order mark, and Excel; row by row."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO

from evidence.citations.formats.cells import neutralise
from evidence.citations.formats.writer import paragraphs

Cell = str | int | float | None
LONGEST = 32_000  # characters; Excel takes 32,767 in a cell
_MOST_ROWS = 1_000_000  # in a sheet; Excel takes 1,048,576
_CHUNK = 1 << 20
_CUT = " … (cut; the CSV has it all)"


def csv_pieces(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A CSV in UTF-8, by whose mark Excel knows the encoding; no cell can run as a formula."""
    yield codecs.BOM_UTF8 + csv_row([_safe(name) for name in head])
    for row in rows:
        yield csv_row([_safe(cell) for cell in row])


def csv_row(cells: Iterable[Cell]) -> bytes:
    """One line of a CSV."""
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


def xlsx_pieces(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """A workbook; numbers stay numbers, and no cell can run as a formula."""
    with TemporaryFile() as packed:
        safe = ([_short(_safe(cell)) for cell in row] for row in chain([head], rows))
        write_workbook(next(safe), safe, packed)
        packed.seek(0)
        while chunk := packed.read(_CHUNK):
            yield chunk


def write_workbook(head: Sequence[Cell], rows: Iterable[Sequence[Cell]], out: IO[bytes]) -> None:
    """A workbook of a head and rows whose cells are safe, with as many sheets as they need.

    openpyxl puts the rows down on disk one by one.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - loads slowly, and help needs none

    waiting = iter(rows)
    book = Workbook(write_only=True)
    first: list[Sequence[Cell]] = []
    while first or not book.worksheets:
        sheet = book.create_sheet()
        sheet.freeze_panes = "A2"
        sheet.append(list(head))
        for row in chain(first, islice(waiting, _MOST_ROWS - len(first))):
            sheet.append([None if cell == "" else cell for cell in row])
        first = list(islice(waiting, 1))
    book.save(out)


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return neutralise(cell.strip(" ") if cell.isprintable() else paragraphs(cell))


def _short(cell: Cell) -> Cell:
    """A cell that Excel takes; what is cut off is told in it."""
    if isinstance(cell, str) and len(cell) > LONGEST:
        return cell[: LONGEST - len(_CUT)] + _CUT
    return cell
