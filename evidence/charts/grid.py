"""The frame that maps and direction plots share: cells with borders, and labels that fit.

One unit of both axes is one pixel, so a mark stands where it is meant to. y runs downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, radians, sin

from evidence.charts.labels import longest_word, widest, wrapped

NARROW = 600
"""Below this width in pixels a chart is drawn for a telephone."""

LEAN = radians(35)
"""By how much the heads of narrow columns lean."""

LEADING = 1.3
"""The height of a line of text in parts of the letter size."""

LABEL_SIZE = 12
GAP = 8
MOST_LINES = 5
WIDEST_COLUMN = 180
CORNER = 80
"""The least room for what the corner says, in pixels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A row or a column.

    Attributes:
        strong: whether others stand below it.
        apart: whether it sums up others and has a ground of its own.
        least: how high or wide it is at least, in pixels.
    """

    label: str
    strong: bool = False
    apart: bool = False
    least: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Where everything stands, in pixels.

    Attributes:
        edges: the upper edges of the rows, and the lower edge of the last.
        column: width of each column.
        margin_left, margin_top, margin_right: room for labels around the cells.
        room: the width that was asked for.
    """

    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    edges: tuple[float, ...]
    column: float
    label_room: float
    leaning: bool
    margin_left: float
    margin_top: float
    margin_right: float
    room: float

    @property
    def width(self) -> float:
        """Of all cells."""
        return self.column * len(self.columns)

    @property
    def height(self) -> float:
        """Of all cells."""
        return self.edges[-1]

    def x(self, column: int) -> float:
        """The middle of a column."""
        return (column + 0.5) * self.column

    def y(self, row: int) -> float:
        """The middle of a row."""
        return (self.edges[row] + self.edges[row + 1]) / 2

    def row_height(self, row: int) -> float:
        """From edge to edge."""
        return self.edges[row + 1] - self.edges[row]


def lay_out(rows: Sequence[Head], columns: Sequence[Head], width: float) -> Grid:
    """Find room for all labels; the result may be wider than asked, but nothing is cut off."""
    label_room = 130.0 if width < NARROW else 240.0
    labels = [line for row in rows for line in wrapped(row.label, label_room, LABEL_SIZE)]
    margin_left = 2 * GAP + max(CORNER, widest(labels, LABEL_SIZE))
    least = max((column.least for column in columns), default=0)
    column = _column(width - margin_left - GAP, len(columns), least)
    blocks = [wrapped(head.label, column - GAP, LABEL_SIZE) for head in columns]
    leaning = any(_crowded(head.label, column - GAP) for head in columns)
    if leaning:
        blocks = [two_lines(head.label) for head in columns]
        column = _column(width - margin_left - _overhang(blocks, least), len(columns), least)
    margin_top = max((_rise(block) if leaning else leading(block) for block in blocks), default=0)
    reach = _overhang(blocks, column) if leaning else GAP
    heights = (_row_height(row, label_room) for row in rows)
    return Grid(
        rows=tuple(rows),
        columns=tuple(columns),
        edges=tuple(accumulate(heights, initial=0.0)),
        column=column,
        label_room=label_room,
        leaning=leaning,
        margin_left=margin_left,
        margin_top=max(margin_top, 2 * LEADING * LABEL_SIZE) + 2 * GAP,
        margin_right=max(reach, min(NARROW, width) - margin_left - column * len(columns)),
        room=width,
    )


def _crowded(label: str, room: float) -> bool:
    """Whether a head would have many lines, or a broken word, if it stood upright."""
    block = wrapped(label, room, LABEL_SIZE)
    return len(block) > MOST_LINES or longest_word(label, LABEL_SIZE) > room


def _column(room: float, columns: int, least: float) -> float:
    return max(least, min(WIDEST_COLUMN, room / max(1, columns)))


def two_lines(label: str) -> list[str]:
    """As narrow as two lines allow: leaning labels may not run into each other."""
    most = 2
    word = longest_word(label, LABEL_SIZE)
    rooms = range(round(min(260, max(90, word + 1))), 271, 10)
    blocks = [wrapped(label, room, LABEL_SIZE) for room in rooms]
    return next((block for block in blocks if len(block) <= most), blocks[-1])


def leading(block: Sequence[str]) -> float:
    """The height of some lines of a label, in pixels."""
    return len(block) * LEADING * LABEL_SIZE


def _rise(block: Sequence[str]) -> float:
    return widest(block, LABEL_SIZE) * sin(LEAN) + leading(block) * cos(LEAN)


def _overhang(blocks: Sequence[Sequence[str]], column: float) -> float:
    """How far leaning labels reach beyond the last column; any of them may be the last to end."""
    reaches = (
        widest(block, LABEL_SIZE) * cos(LEAN)
        + leading(block) * sin(LEAN)
        - column * (len(blocks) - number - 0.5)
        for number, block in enumerate(blocks)
    )
    return GAP + max(0, max(reaches, default=0))


def _row_height(row: Head, room: float) -> float:
    return max(row.least, leading(wrapped(row.label, room, LABEL_SIZE)) + GAP)
