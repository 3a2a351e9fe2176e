"""Delimited text: which character parts the cells, and the rows."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from evidence.citations.formats.cells import restore_cell
from evidence.citations.formats.quoting import LONE_QUOTE, mend_quotes
from evidence.citations.formats.table_layout import BLANK, Header, Row, find_header, guess_header

DELIMITERS = (b",", b"\t", b";", b"|")
_LOOKED_AT = 40  # rows that show how a table is laid out
_REGULAR = 0.5  # of the rows; less is prose with commas
_HARDLY_PROSE = 0.9  # of the rows, with so many cells at least:
_CELLS = 3
_SAMPLE = 1 << 16  # bytes in which the header stands

_BLANK = BLANK.encode()
_ROW = re.compile(rb'(?:[^"\n]++|"[^"]*+")*+')
_CELL = re.compile(r'"[^"]*+"')
_QUOTED_DELIMITER = "\ufdd1"  # stands for a delimiter within quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a delimited text is laid out."""

    delimiter: bytes
    header: Header


def find_layout(clean: bytes) -> Layout | None:
    """The delimiter that shows the most known columns, and the header; None where none does."""
    sample = _sample(clean)
    layouts = [
        Layout(delimiter=delimiter, header=header)
        for delimiter in DELIMITERS
        if delimiter in sample and (header := find_header(rows(sample, delimiter)))
    ]
    layouts.sort(key=lambda layout: layout.header.line)
    outer = [
        layout
        for number, layout in enumerate(layouts)
        if not any(_is_within(sample, layout, above) for above in layouts[:number])
    ]
    return max(outer, key=lambda layout: layout.header.known_count, default=None)


def _is_within(sample: bytes, layout: Layout, above: Layout) -> bool:
    """Whether a header stands in a cell of another layout, as where an abstract quotes a table."""
    line = layout.header.line
    return any(
        row.line < line <= row.line + row.raw.count("\n")
        for row in takewhile(lambda row: row.line <= line, rows(sample, above.delimiter))
    )


def guess_layout(clean: bytes) -> Layout | None:
    """The layout of a table nobody has seen before, None where it does not look like a table.

    If no columns are known, it is that of the delimiter that parts most rows into as many cells,
    and at least half of the first rows.
    """
    if layout := find_layout(clean):
        return layout
    sample = _sample(clean)
    delimiter = max(DELIMITERS, key=lambda candidate: _regularity(sample, candidate))
    header = guess_header(list(islice(rows(sample, delimiter), _LOOKED_AT)))
    if header is None or _regularity(sample, delimiter) < (_REGULAR, 0):
        return None
    return Layout(delimiter=delimiter, header=header)


def is_regular(clean: bytes, layout: Layout) -> bool:
    """Whether a text is laid out like a table with a header, and hardly prose, code or numbers."""
    share, cells = _regularity(_sample(clean), layout.delimiter)
    names = layout.header.names
    named = all(name and not name.isdecimal() for name in names)
    is_code = clean.lstrip()[:1] in {b"<", b"{", b"["}
    return named and not is_code and share >= _HARDLY_PROSE and cells == len(names) >= _CELLS


def _regularity(sample: bytes, delimiter: bytes) -> tuple[float, int]:
    """The share of the first rows that have as many cells as most, and how many those are."""
    numbers = Counter(len(row.cells) for row in islice(rows(sample, delimiter), _LOOKED_AT))
    cells, times = max(numbers.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
    return (times / numbers.total(), cells) if cells > 1 else (0.0, 0)


def _sample(clean: bytes) -> bytes:
    """The beginning of the file, up to the end of a line if that is not far."""
    end = clean.find(b"\n", _SAMPLE, 2 * _SAMPLE)
    return clean[:end] if end >= 0 else clean[: 2 * _SAMPLE].decode("utf-8", "ignore").encode()


def rows(clean: bytes, delimiter: bytes) -> Iterator[Row]:
    """The rows that are not blank; an odd quote swallows no line."""
    mended = mend_quotes(clean, delimiter)
    text, start, line = mended.clean, 0, 1
    while start < len(text):
        match = _ROW.match(text, start)
        end = match.end() if match else len(text)
        chunk = text[start:end]
        ends = chunk.count(b"\n")
        if chunk.strip(delimiter + _BLANK):
            raw = chunk.decode()
            yield Row(
                line=line,
                cells=_cells(raw, delimiter.decode()),
                raw=raw.replace(LONE_QUOTE, '"'),
                mended=any(number in mended.lines for number in range(line, line + ends + 1)),
            )
        line += ends + 1
        start = end + 1


def _cells(raw: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in raw and LONE_QUOTE not in raw:
        return tuple(map(restore_cell, raw.split(delimiter)))
    hidden = _CELL.sub(lambda cell: cell[0].replace(delimiter, _QUOTED_DELIMITER), raw)
    cells = (cell.replace(_QUOTED_DELIMITER, delimiter) for cell in hidden.split(delimiter))
    return tuple(_unquote(cell).replace(LONE_QUOTE, '"') for cell in cells)


def _unquote(cell: str) -> str:
    """A cell without the quotes around it; Excel reads `="12"` as a text."""
    bare = cell.strip(" ")
    if bare.startswith(('"', '="')) and bare.endswith('"'):
        return restore_cell(bare.removeprefix("=")[1:-1].replace('""', '"'))
    return restore_cell(cell)
