"""Tables as delimited text: CSV, TSV, with semicolons or bars; a row is a record."""

import re

from evidence.citations.formats.delimited import Layout, find_layout, rows
from evidence.citations.formats.format import Entries, Format
from evidence.citations.formats.quoting import LONE_QUOTE
from evidence.citations.formats.row_starts import rows_by_quotes
from evidence.citations.formats.table_layout import BLANK, is_remark
from evidence.citations.formats.table_rows import records

_HEADERS = 1 << 17  # bytes in which the header stands
_BLANK = BLANK.encode()
_QUOTED = re.compile(rb'"[^"]*+"')


def read(clean: bytes, file: str) -> Entries:
    """The records of a table whose columns are known, and what is wrong with it."""
    if layout := find_layout(clean):
        yield from read_as(clean, layout, file)


def read_as(clean: bytes, layout: Layout, file: str) -> Entries:
    """The records of a table whose layout somebody knows."""
    yield from records(rows(clean, layout.delimiter), layout.header, file)


def count(clean: bytes) -> int:
    """Rows that are entries: lines that begin outside of quotes, below the header."""
    layout = find_layout(clean)
    return count_as(clean, layout) if layout else 0


def count_as(clean: bytes, layout: Layout) -> int:
    """Rows that are entries in a table whose layout somebody knows."""
    header = _bare(layout.header.raw.encode())
    return sum(
        number > layout.header.line and _bare(row) != header and _is_entry(row, layout)
        for number, row in rows_by_quotes(clean, layout.delimiter)
    )


def _bare(row: bytes) -> bytes:
    """A row without its quotes, as a header is known again."""
    return row.replace(LONE_QUOTE.encode(), b"").replace(b'"', b"").strip(b" \t\n")


def _is_entry(row: bytes, layout: Layout) -> bool:
    """Whether a row is neither blank nor a remark."""
    if not row.strip(layout.delimiter + _BLANK):
        return False
    hidden = _QUOTED.sub(lambda cell: cell[0].replace(layout.delimiter, b"_"), row)
    filled = [bool(cell.strip(_BLANK)) for cell in hidden.split(layout.delimiter)]
    return not is_remark(filled, layout.header.words)


def recognise(clean: bytes) -> int:
    """How many lines there are, if the columns are known."""
    return clean.count(b"\n") + 1 if find_layout(clean) else 0


def opening(clean: bytes) -> int:
    """Where the header begins."""
    layout = find_layout(clean)
    if layout is None:
        return -1
    above = clean[:_HEADERS].split(b"\n", layout.header.line - 1)[:-1]
    return sum(len(line) + 1 for line in above)


FORMAT = Format(
    name="csv",
    label="Table (CSV, TSV)",
    recognise=recognise,
    opening=opening,
    read=read,
    count=count,
)
