"""Delimited text: which sign parts the cells, and the rows."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evidence.citations.formats.cells import original
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
_DELIMITER_SIGN = "\ufdd1"  # stands for a delimiter within quotes


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a delimited text is laid out."""

    delimiter: bytes
    header: Header


def find_layout(clean: bytes) -> Layout | None:
    """The delimiter that shows the most known columns, and the header; None where none does."""
    sample = _sample(clean)
    headers = ((each, find_header(rows(sample, each))) for each in DELIMITERS if each in sample)
    found = [Layout(delimiter=each, header=told) for each, told in headers if told]
    return max(found, key=lambda each: each.header.known_count, default=None)


def guess_layout(clean: bytes) -> Layout | None:
    """The same for a table nobody has seen: the delimiter that parts most rows into as many cells.

    None where no delimiter parts half of the first rows alike.
    """
    if told := find_layout(clean):
        return told
    sample = _sample(clean)
    best = max(DELIMITERS, key=lambda each: _regularity(sample, each))
    found = guess_header(list(islice(rows(sample, best), _LOOKED_AT)))
    if found is None or _regularity(sample, best) < (_REGULAR, 0):
        return None
    return Layout(delimiter=best, header=found)


def is_regular(clean: bytes, told: Layout) -> bool:
    """Whether a text is laid out like a table with a header, and hardly prose, code or numbers."""
    share, cells = _regularity(_sample(clean), told.delimiter)
    names = told.header.names
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
    told = mend_quotes(clean, delimiter)
    text, place, line = told.clean, 0, 1
    while place < len(text):
        found = _ROW.match(text, place)
        end = found.end() if found else len(text)
        chunk = text[place:end]
        ends = chunk.count(b"\n")
        if chunk.strip(delimiter + _BLANK):
            raw = chunk.decode()
            yield Row(
                line=line,
                cells=_cells(raw, delimiter.decode()),
                raw=raw.replace(LONE_QUOTE, '"'),
                mended=any(number in told.lines for number in range(line, line + ends + 1)),
            )
        line += ends + 1
        place = end + 1


def _cells(raw: str, delimiter: str) -> tuple[str, ...]:
    if '"' not in raw and LONE_QUOTE not in raw:
        return tuple(map(original, raw.split(delimiter)))
    hidden = _CELL.sub(lambda cell: cell[0].replace(delimiter, _DELIMITER_SIGN), raw)
    cells = (cell.replace(_DELIMITER_SIGN, delimiter) for cell in hidden.split(delimiter))
    return tuple(_unquoted(cell).replace(LONE_QUOTE, '"') for cell in cells)


def _unquoted(cell: str) -> str:
    """A cell without the quotes around it; `="12"` is how Excel is told that it is a text."""
    bare = cell.strip(" ")
    if bare.startswith(('"', '="')) and bare.endswith('"'):
        return original(bare.removeprefix("=")[1:-1].replace('""', '"'))
    return original(cell)
