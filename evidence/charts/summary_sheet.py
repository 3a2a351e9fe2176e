"""Findings and how certain people are of them as a table on A4 pages: rows of any height, and
circles for a certainty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.page_parts import (
    LEADING,
    NOTE_LEADING,
    SMALL,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
    on_pages,
    page_of,
)
from evidence.charts.palette import Theme
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    px,
    svg_text,
)
from evidence.synthesis.certainty.grade import LEVELS, Certainty

_HEAD = 30
_MOST_LINES = 14
_RADIUS, _APART = 5, 14


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetColumn:
    """A column; `wide` is in pixels. Where it has circles, they stand above its words."""

    head: str
    wide: float
    has_circles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A row.

    Attributes:
        cells: the paragraphs of each column; a long cell is cut, and ends with "…".
        certainty: how many circles are filled; None for no circles.
    """

    cells: tuple[tuple[str, ...], ...]
    certainty: Certainty | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummarySheet:
    """A table for pages.

    Attributes:
        name: begins the ids of its pages.
        subtitle: below the title; empty for none.
        text: what it says, for those who hear it.
        columns: as wide together as a page without its margins.
        notes: sentences below.
    """

    name: str
    title: str
    subtitle: str
    text: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A row with the lines of its cells."""

    cells: tuple[list[str], ...]
    certainty: Certainty | None
    high: float


def sheet_svgs(sheet: SummarySheet, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one; heads stand on each."""
    look = colours(theme)
    subtitle = in_lines(sheet.subtitle, WIDE - 2 * MARGIN, SMALL) if sheet.subtitle else []
    notes = note_lines([" ".join(sheet.notes)])
    above = head_height(sheet.title, subtitle)
    room = HIGH - 2 * MARGIN - above - _HEAD - len(notes) * NOTE_LEADING - 12
    lines = [_line(row, sheet.columns) for row in sheet.rows]
    pages = list(on_pages(lines, lambda line: line.high, room))
    drawn = []
    for number, page in enumerate(pages, start=1):
        parts = list(draw_head(sheet.title, subtitle, page_of(number, len(pages)), look))
        y = MARGIN + above
        parts += _heads(sheet.columns, y, look)
        y += _HEAD
        for line in page:
            parts += _row(line, sheet.columns, y, look)
            y += line.high
        y += 6
        parts += draw_notes(notes, y, look)
        told = Told(name=f"{sheet.name}-{number}", title=sheet.title, text=sheet.text)
        drawn.append(svg_text(told, WIDE, y + len(notes) * NOTE_LEADING + MARGIN, look, parts))
    return tuple(drawn)


def _line(row: SheetRow, columns: Sequence[SheetColumn]) -> _Line:
    cells = tuple(
        _cut([line for part in cell for line in in_lines(part, column.wide - 10, SMALL)])
        for cell, column in zip(row.cells, columns, strict=True)
    )
    most = max(*map(len, cells), 2 if row.certainty else 1)
    return _Line(cells=cells, certainty=row.certainty, high=most * LEADING + 12)


def _cut(lines: list[str]) -> list[str]:
    if len(lines) <= _MOST_LINES:
        return lines
    return [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1][:-1]}…"]


def _heads(columns: Sequence[SheetColumn], y: float, look: Theme) -> Iterator[str]:
    x: float = MARGIN
    for column in columns:
        yield laid_text(x, y + 18, column.head, Letters(size=SMALL, weight=600))
        x += column.wide
    yield line_between(MARGIN, y + 25, WIDE - MARGIN, y + 25, look.quiet)


def _row(line: _Line, columns: Sequence[SheetColumn], y: float, look: Theme) -> Iterator[str]:
    x: float = MARGIN
    for column, cell in zip(columns, line.cells, strict=True):
        top = y + 4
        if column.has_circles and line.certainty:
            yield from _circles(line.certainty, x, y + 11, look)
            top += LEADING
        for number, text in enumerate(cell, start=1):
            yield laid_text(x, top + number * LEADING - 2, text, Letters(size=SMALL))
        x += column.wide
    yield line_between(MARGIN, y + line.high, WIDE - MARGIN, y + line.high, look.line)


def _circles(certainty: Certainty, x: float, y: float, look: Theme) -> Iterator[str]:
    """Four circles, of which as many are filled as there are levels; words stand below."""
    filled = len(LEVELS) - LEVELS.index(certainty)
    for number in range(len(LEVELS)):
        fill = look.ink if number < filled else look.ground
        yield (
            f'<circle cx="{px(x + _RADIUS + number * _APART)}" cy="{px(y)}" r="{_RADIUS}" '
            f'fill="{fill}" stroke="{look.ink}"/>'
        )
