"""Rows by columns on A4 pages, with whatever stands in their cells.

What does not fit goes on further pages with the same heads. Columns without room for their names
have numbers, and their names stand below.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.judgement_marks import RADIUS
from evidence.charts.labels import words_of
from evidence.charts.letters import in_lines, laid_text, widest_text
from evidence.charts.page_parts import (
    LEADING,
    LETTERS,
    NOTE_LEADING,
    SMALL,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
    page_of,
)
from evidence.charts.palette import Theme
from evidence.charts.svg_parts import Letters, SvgTheme, Told, colours, line_between, svg_text

LABEL, WIDEST_LABEL, ASIDE = 230, 420, 136
"""Pixels for the label of a row, and for what stands behind its cells."""
NARROW, BROAD = 40, 104
HEAD = 9.5
ROW = 22
_MOST_HEAD_LINES, _MOST_LABEL_LINES, _MOST_NAME_LINES = 4, 3, 4
INDENT, _MOST_DEPTH = 14, 6  # of rows under others
_LONGEST = 1000  # letters of a name that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """A column.

    Attributes:
        name: in full.
        short: above it, where it fits.
        mark: behind its number, where it has one instead.
    """

    name: str
    short: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """A row.

    Attributes:
        below: in small letters under its label.
        depth: how far it is moved in, under a row above it.
        apart: whether it sums up the others, and stands below a line.
    """

    label: str
    below: str = ""
    depth: int = 0
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """Where something is drawn.

    Attributes:
        row: its position among all rows.
        column: its position among all columns; behind the last one for what stands aside.
        x: of its middle, in pixels; of the left end for what stands aside.
        y: of its middle.
        wide: of the column.
        high: of the row.
    """

    row: int
    column: int
    x: float
    y: float
    wide: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageGrid:
    """All that a grid shows.

    Attributes:
        name: begins the ids inside its drawings.
        text: what it shows, for those who hear it.
        aside: the head of what stands behind the cells of a row; empty for nothing.
        notes: sentences below.
        draw_cell: what stands in a cell.
        draw_aside: what stands behind the cells of a row.
        draw_key: what the marks mean, from an upper edge on.
        key_height: in pixels.
    """

    name: str
    title: str
    subtitle: str
    text: str
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    aside: str = ""
    notes: tuple[str, ...] = ()
    draw_cell: Callable[[GridCell, Theme], Iterator[str]]
    draw_aside: Callable[[GridCell, Theme], Iterator[str]]
    draw_key: Callable[[float, Theme], Iterator[str]]
    key_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """What stands on one page.

    Attributes:
        columns: positions of its columns among all.
        heads: above them.
        names: of the columns in full, where the heads are not.
        label: pixels for the labels of its rows.
        rows: positions of its rows among all.
    """

    columns: range
    heads: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    label: float
    column: float
    rows: tuple[int, ...] = ()

    @property
    def heads_height(self) -> float:
        return (max((len(head) for head in self.heads), default=1) + 1) * LEADING + 4

    @property
    def end(self) -> float:
        """Where the columns end."""
        return MARGIN + self.label + len(self.columns) * self.column


def page_grid_svgs(grid: PageGrid, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one."""
    look = colours(theme)
    subtitle = in_lines(grid.subtitle, WIDE - 2 * MARGIN, LETTERS)
    notes = note_lines([" ".join(grid.notes)] if grid.notes else [])
    above = head_height(grid.title, subtitle)
    around = 2 * MARGIN + above + grid.key_height + len(notes) * NOTE_LEADING + 24
    pages = list(_pages(grid, HIGH - around))
    drawn = []
    for number, page in enumerate(pages, start=1):
        parts = list(draw_head(grid.title, subtitle, page_of(number, len(pages)), look))
        y = MARGIN + above
        parts += _heads(page, grid, y, look)
        y += page.heads_height
        for row in page.rows:
            high = _height(grid.rows[row], page.label)
            parts += _row(row, page, grid, (y, high), look)
            y += high
        y += 8
        parts += grid.draw_key(y, look)
        y += grid.key_height
        parts += _names(page.names, y, look)
        y += _names_height(page.names)
        parts += draw_notes(notes, y, look)
        told = Told(name=f"{grid.name}-{number}", title=grid.title, text=grid.text)
        high = y + len(notes) * NOTE_LEADING + MARGIN
        drawn.append(svg_text(told, WIDE, high, look, parts))
    return tuple(drawn)


def cut_lines(text: str, room: float, size: float, most: int) -> list[str]:
    """Text in at most so many lines; what is cut off is told by three dots."""
    lines = in_lines(text[:_LONGEST], room, size)
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][:-1] + "…"]


def cut_line(text: str, room: float, size: float) -> str:
    """As much of a text as fits one line."""
    return next(iter(cut_lines(text, room, size, 1)), "")


def _pages(grid: PageGrid, room: float) -> Iterator[_Page]:
    """Columns that do not fit side by side go on further pages, and so do rows."""
    wide = WIDE - 2 * MARGIN - (ASIDE if grid.aside else 0)
    total = len(grid.columns)
    parts = max(1, ceil(total / int((wide - LABEL) / NARROW)))
    each = max(1, ceil(total / parts))
    for first in range(0, max(1, total), each):
        here = range(first, min(first + each, total))
        column = min(BROAD, (wide - LABEL) / max(1, len(here)))
        heads, names = _heads_and_names([grid.columns[at] for at in here], first, column)
        label = min(WIDEST_LABEL, wide - column * len(here))
        page = _Page(columns=here, heads=heads, names=names, label=label, column=column)
        below = room - page.heads_height - _names_height(names)
        for rows in _broken(grid.rows, below, label):
            yield replace(page, rows=rows)


def _heads_and_names(
    columns: Sequence[GridColumn], first: int, wide: float
) -> tuple[tuple[tuple[str, ...], ...], tuple[str, ...]]:
    """What stands above the columns, and the names below that say it in full."""
    heads = _heads_in_words(columns, wide)
    if heads is not None:
        unlike = (column for column in columns if column.name != column.short)
        return heads, tuple(f"{column.short} – {column.name}" for column in unlike)
    numbers = range(first + 1, first + 1 + len(columns))
    names = tuple(
        column.name if column.name.startswith(f"{n}. ") else f"{n}. {column.name}"
        for n, column in zip(numbers, columns, strict=True)
    )
    marked = zip(numbers, columns, strict=True)
    return tuple((f"{number}{column.mark}",) for number, column in marked), names


def _heads_in_words(
    columns: Sequence[GridColumn], wide: float
) -> tuple[tuple[str, ...], ...] | None:
    """Short names above their columns; None where one does not fit."""
    room = wide - 6
    if widest_text([word for each in columns for word in words_of(each.short)], HEAD) > room:
        return None
    heads = tuple(tuple(in_lines(column.short, room, HEAD)) for column in columns)
    return heads if max(map(len, heads), default=0) <= _MOST_HEAD_LINES else None


def _broken(rows: Sequence[GridRow], room: float, label: float) -> Iterator[tuple[int, ...]]:
    page: list[int] = []
    used = 0.0
    for at, row in enumerate(rows):
        high = _height(row, label)
        if page and used + high > room:
            yield tuple(page)
            page, used = [], 0.0
        page.append(at)
        used += high
    if page or not rows:
        yield tuple(page)


def _label(row: GridRow, room: float) -> list[tuple[str, bool]]:
    """The lines of a label; each with whether it is in small letters."""
    room -= 12 + _indent(row)
    label = cut_lines(row.label, room, LETTERS, _MOST_LABEL_LINES)
    below = cut_lines(row.below, room, SMALL, _MOST_LABEL_LINES) if row.below else []
    return [*((line, False) for line in label), *((line, True) for line in below)]


def _indent(row: GridRow) -> float:
    return min(row.depth, _MOST_DEPTH) * INDENT


def _height(row: GridRow, label: float) -> float:
    return max(ROW, len(_label(row, label)) * LEADING + 8)


def _heads(page: _Page, grid: PageGrid, y: float, look: Theme) -> Iterator[str]:
    bottom = y + page.heads_height - LEADING - 4
    for at, head in enumerate(page.heads):
        for number, line in enumerate(reversed(head)):
            x = MARGIN + page.label + (at + 0.5) * page.column
            centred = Letters(size=HEAD, anchor="middle")
            yield laid_text(x, bottom - number * LEADING, line, centred)
    if grid.aside:
        shown = cut_line(grid.aside, ASIDE - 8, SMALL)
        yield laid_text(page.end + 24 - RADIUS, bottom, shown, Letters(size=SMALL, weight=600))
    yield line_between(MARGIN, bottom + 7, _right(page, grid), bottom + 7, look.quiet)


def _right(page: _Page, grid: PageGrid) -> float:
    return page.end + (ASIDE if grid.aside else 0)


def _row(
    row: int, page: _Page, grid: PageGrid, place: tuple[float, float], look: Theme
) -> Iterator[str]:
    y, high = place
    middle = y + high / 2
    if grid.rows[row].apart:
        yield line_between(MARGIN, y, _right(page, grid), y, look.ink)
    lines = _label(grid.rows[row], page.label)
    first = middle + 4 - (len(lines) - 1) * LEADING / 2
    for number, (line, is_small) in enumerate(lines):
        letters = Letters(ink=look.quiet, size=SMALL) if is_small else Letters(size=LETTERS)
        x = MARGIN + _indent(grid.rows[row])
        yield laid_text(x, first + number * LEADING, line, letters)
    for at, column in enumerate(page.columns):
        x = MARGIN + page.label + (at + 0.5) * page.column
        cell = GridCell(row=row, column=column, x=x, y=middle, wide=page.column, high=high)
        yield from grid.draw_cell(cell, look)
    if grid.aside:
        x, behind = page.end + 24, len(grid.columns)
        cell = GridCell(row=row, column=behind, x=x, y=middle, wide=ASIDE - 24, high=high)
        yield from grid.draw_aside(cell, look)
    right = _right(page, grid)
    yield line_between(MARGIN, y + high, right, y + high, look.line)


def _name_blocks(names: Sequence[str]) -> list[list[str]]:
    room = (WIDE - 2 * MARGIN) / 2 - 20
    return [cut_lines(name, room, SMALL, _MOST_NAME_LINES) for name in names]


def _half(blocks: Sequence[Sequence[str]]) -> int:
    return ceil(len(blocks) / 2)


def _names_height(names: Sequence[str]) -> float:
    blocks = _name_blocks(names)
    half = _half(blocks)
    lines = max(sum(map(len, blocks[:half])), sum(map(len, blocks[half:])))
    return lines * LEADING + 8 if blocks else 0


def _names(names: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    """The columns in full, in two columns of text."""
    blocks = _name_blocks(names)
    half = _half(blocks)
    for column, some in enumerate((blocks[:half], blocks[half:])):
        x = MARGIN + column * (WIDE - 2 * MARGIN) / 2
        for number, line in enumerate([line for block in some for line in block], start=1):
            small = Letters(ink=look.quiet, size=SMALL)
            yield laid_text(x, y + number * LEADING, line, small)
