"""Rows of cells, from a delimited text or from a sheet, and which of them is the header."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.citations.formats import column_meanings

BLANK = ' \t\n"=\ufdd0'  # what a blank cell may be made of; the last is a quote set aside
_LOOKED_AT = 40  # rows in which the header stands
_LEAST = 2  # columns that must be known, the title among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row that is not blank.

    Attributes:
        line: where it begins in its file, or its number in a sheet.
        cells: as they are written, without the quotes around them.
        mended: whether a quote in it had to be set aside.
    """

    line: int
    cells: tuple[str, ...]
    raw: str
    mended: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The row that names the columns.

    Attributes:
        line: where it begins.
        raw: its text, to know it again where files were joined.
        words: what each column means, None where its name is not known.
    """

    line: int
    raw: str
    names: tuple[str, ...]
    words: tuple[str | None, ...]

    @property
    def is_corrected(self) -> bool:
        """Whether somebody gave the columns other meanings than their names suggest."""
        return self.words != tuple(column_meanings.known_meanings(self.names))

    @property
    def known_count(self) -> int:
        """How many meanings there are, 0 where the table holds no citations."""
        meanings = set(self.words) - {None}
        return len(meanings) if "title" in meanings and len(meanings) >= _LEAST else 0


def find_header(rows: Iterable[Row]) -> Header | None:
    """The first row with the most columns that are known; None where no row has any."""
    headers = [_header(row) for row, _ in zip(rows, range(_LOOKED_AT), strict=False)]
    best = max(headers, key=lambda header: header.known_count, default=None)
    return best if best and best.known_count else None


def guess_header(rows: Sequence[Row]) -> Header | None:
    """The header of a table nobody has seen before, None where it has no rows.

    If no columns are known, it is the first row with about as many cells as any.
    """
    header = find_header(rows)
    filled = [sum(not is_blank(cell) for cell in row.cells) for row in rows[:_LOOKED_AT]]
    if header or not filled:
        return header
    return next(
        _header(row) for row, cells in zip(rows, filled, strict=False) if 2 * cells >= max(filled)
    )


def _header(row: Row) -> Header:
    names = [" ".join(cell.split()) for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    words = tuple(column_meanings.known_meanings(names))
    return Header(line=row.line, raw=row.raw, names=tuple(names), words=words)


def is_remark(filled: Sequence[bool], words: Sequence[str | None]) -> bool:
    """Whether a row is a remark between the rows of a table: only its first cell holds anything.

    Not where that is the title, nor where the table is so narrow that the cell may be all there is.
    """
    return len(words) > _LEAST and words[0] != "title" and filled[0] and not any(filled[1:])


def is_blank(cell: str) -> bool:
    """Whether a cell holds nothing."""
    return not cell.strip(BLANK)


def bare(raw: str) -> str:
    """A row without its quotes, as the header is known again where files were joined."""
    return raw.replace('"', "").strip(" \t\n")
