"""The flow diagram of a review as a picture.

The drawing is our own; what the boxes count follows the PRISMA 2020 statement
(doi:10.1136/bmj.n71), or ROSES (doi:10.1186/s13750-018-0121-7).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.charts.flow.flow_tables import boxes_table, r_package_table
from evidence.charts.flow.layouts import LAYOUTS, Layout, Spot
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.palette import Theme
from evidence.charts.picture import Picture
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    path_of,
    px,
    rectangle,
    svg_text,
)
from evidence.synthesis.flow.flow_boxes import Box, BoxId, Line
from evidence.synthesis.flow.flow_notes import flow_boxes, flow_notes, flow_title
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_flow import Flow

SIZE = 12
LEADING = 16
PAD = 10
ACROSS = 26
DOWN = 26
STAGE = 26
MARGIN = 8
NAME = 7
"""Pixels: letters, lines, room inside a box, room between boxes across and down, the width of the
bar of a stage, room around all, and of a letter in the name of a stage, roughly."""
HEAD = 30
TOP = MARGIN + 34
"""Where the heads of columns begin, below the title."""
NOTE_SIZE, NOTE_LEADING = 10.5, 14
MOST_LINES = 25
"""Of one kind in a box; what goes beyond is summed, and stands in the table one by one."""
_TEXT = Letters(size=SIZE)
_STAGE_NAME = Letters(size=SIZE, weight=600, anchor="middle")


@dataclass(frozen=True, slots=True)
class _Shape:
    """A box where it is drawn; x and y are those of its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    text: tuple[tuple[str, float], ...]

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        return self.x + self.width / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def holds(self, x: float) -> bool:
        """Whether a line straight down at x would come to the box."""
        return self.x <= x <= self.right


def flow_picture(flow: Flow) -> Picture:
    """The diagram with its boxes as a table; of PRISMA, its CSV is what the R package PRISMA2020
    reads.
    """
    title, is_roses = flow_title(flow), flow.drawn_as is Template.ROSES_MAP
    return Picture(
        name="roses-flow" if is_roses else "prisma-flow",
        title=title,
        text=f"{title}: {_described(flow_boxes(flow))}",
        draw=lambda theme: (flow_svg(flow, theme),),
        table=boxes_table(flow),
        program_table=None if is_roses else r_package_table(flow),
    )


def flow_svg(flow: Flow, theme: SvgTheme = "light", name: str = "flow") -> str:
    """Draw the diagram; what it says is also in its description, for those who hear it.

    Args:
        flow: the numbers.
        theme: of the page around it.
        name: begins the ids inside, so that a page can hold several diagrams.
    """
    look, layout, title = colours(theme), LAYOUTS[flow.drawn_as], flow_title(flow)
    all_boxes = flow_boxes(flow)
    shapes = _shapes([_shortened(box) for box in all_boxes], layout)
    wide = max(shape.right for shape in shapes.values()) + MARGIN
    foot = max(shape.bottom for shape in shapes.values()) + MARGIN
    room = wide - 2 * MARGIN
    notes = [line for note in flow_notes(flow) for line in in_lines(note, room, NOTE_SIZE)]
    parts = [
        _tip(name, look),
        laid_text(MARGIN, MARGIN + 17, title, Letters(size=17, weight=600)),
        *_heads(shapes, layout, look),
        *_stages(shapes, layout, look),
        *_arrows(shapes, layout, look, f"{name}-tip"),
        *(part for shape in shapes.values() for part in _box(shape, look)),
        *_note_lines(notes, foot, look),
    ]
    told = Told(name=name, title=title, text=_described(all_boxes))
    return svg_text(told, wide, foot + (len(notes) + 1) * NOTE_LEADING, look, parts)


def _tip(name: str, look: Theme) -> str:
    """The head of an arrow."""
    return (
        f'<defs><marker id="{name}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto">{path_of("M0 0 8 4 0 8z", fill=look.quiet)}'
        "</marker></defs>"
    )


def _shortened(box: Box) -> Box:
    """The box with its long lists cut; the rest of a list is one line with their sum."""
    lines: list[Line] = []
    for depth, group in groupby(box.lines, key=lambda line: line.depth):
        run = list(group)
        kept = run if len(run) <= MOST_LINES else run[: MOST_LINES - 1]
        lines += kept
        if rest := run[len(kept) :]:
            label = f"{len(rest):,} more, in the table"
            lines.append(Line(label, sum(line.number or 0 for line in rest), depth))
    return Box(box.id, box.title, box.number, tuple(lines))


def _note_lines(notes: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    small = Letters(ink=look.quiet, size=NOTE_SIZE)
    for number, line in enumerate(notes, start=1):
        yield laid_text(MARGIN, y + number * NOTE_LEADING, line, small)


def _shapes(boxes: Sequence[Box], layout: Layout) -> dict[BoxId, _Shape]:
    """Every box as high as its text needs, the boxes of a level in line."""
    widths = {box.id: layout.widths[layout.spots[box.id][1]] for box in boxes}
    texts = {box.id: tuple(_text(box, widths[box.id] - 2 * PAD)) for box in boxes}
    heights = {box_id: len(text) * LEADING + 2 * PAD for box_id, text in texts.items()}
    top: float = TOP + (HEAD + PAD if layout.heads else PAD)
    shapes = {}
    for level in range(1 + max(level for level, _ in layout.spots.values())):
        on_level = [box_id for box_id in texts if layout.spots[box_id][0] == level]
        highest = max((heights[box_id] for box_id in on_level), default=0)
        highest = max(highest, _room_for_name(level, layout))
        for box_id in on_level:
            x = _left(layout.spots[box_id][1], layout)
            y = top + (highest - heights[box_id]) / 2
            shapes[box_id] = _Shape(x, y, widths[box_id], heights[box_id], texts[box_id])
        top += highest + DOWN if on_level else 0
    return shapes


def _left(column: int, layout: Layout) -> float:
    """Where a column begins."""
    return MARGIN + STAGE + PAD + sum(layout.widths[:column]) + column * ACROSS


def _room_for_name(level: int, layout: Layout) -> int:
    """How high a level must be for the name of its stage, where the stage has no other level."""
    names = [name for name, first, last in layout.stages if first == level == last]
    return max((len(name) * NAME + PAD for name in names), default=0)


def _text(box: Box, room: float) -> Iterator[tuple[str, float]]:
    """The lines of a box, each with how far it is moved in."""
    for line in in_lines(box.heading, room, SIZE):
        yield line, 0
    for part in box.lines:
        indent = PAD * (part.depth + 1)
        for line in in_lines(str(part), room - indent, SIZE):
            yield line, indent


def _box(shape: _Shape, theme: Theme) -> Iterator[str]:
    yield rectangle(shape.x, shape.y, shape.width, shape.height, theme.ground, theme.quiet)
    for number, (line, indent) in enumerate(shape.text):
        y = shape.y + PAD + (number + 0.75) * LEADING
        yield laid_text(shape.x + PAD + indent, y, line, _TEXT)


def _arrows(
    shapes: Mapping[BoxId, _Shape], layout: Layout, theme: Theme, tip: str
) -> Iterator[str]:
    for start, end in layout.arrows:
        if start in shapes and end in shapes:
            spots = (layout.spots[start], layout.spots[end])
            way = _path(spots, shapes[start], shapes[end], _gap_above(end, shapes, layout))
            yield path_of(way, stroke=theme.quiet, marker_end=f"url(#{tip})")


def _gap_above(box_id: BoxId, shapes: Mapping[BoxId, _Shape], layout: Layout) -> float:
    """The middle of the room between the level of a box and the boxes above."""
    level = layout.spots[box_id][0]
    tops = [shape.y for other, shape in shapes.items() if layout.spots[other][0] == level]
    return min(tops) - DOWN / 2


def _path(spots: tuple[Spot, Spot], origin: _Shape, target: _Shape, gap: float) -> str:
    """Sideways within a level, straight down within a column; to a box further down that is wider
    off, down beside what is between; to the next level, through the room above it.
    """
    (level, column), (to_level, to_column) = spots
    rightwards = origin.x < target.x
    side = target.x if rightwards else target.right
    if level == to_level:
        begin = origin.right if rightwards else origin.x
        return f"M{px(begin)} {px(origin.middle)}H{px(side)}"
    down = f"M{px(origin.centre)} {px(origin.bottom)}"
    if column == to_column:
        return f"{down}V{px(target.y)}"
    if to_level == level + 1 and not target.holds(origin.centre):
        return f"{down}V{px(gap)}H{px(target.centre)}V{px(target.y)}"
    return f"{down}V{px(target.middle)}H{px(side)}"


def _stages(shapes: Mapping[BoxId, _Shape], layout: Layout, theme: Theme) -> Iterator[str]:
    for name, first, last in layout.stages:
        levels = range(first, last + 1)
        of_stage = [shape for box_id, shape in shapes.items() if layout.spots[box_id][0] in levels]
        if not of_stage:
            continue
        top = min(shape.y for shape in of_stage)
        bottom = max(shape.bottom for shape in of_stage)
        short = max(0, len(name) * NAME + PAD - (bottom - top)) / 2
        top, bottom = top - short, bottom + short
        x = MARGIN + STAGE / 2 + SIZE / 3
        middle = (top + bottom) / 2
        yield rectangle(MARGIN, top, STAGE, bottom - top, theme.panel)
        yield (
            f'<g transform="translate({px(x)} {px(middle)}) rotate(-90)">'
            f"{laid_text(0, 0, name, _STAGE_NAME)}</g>"
        )


def _heads(shapes: Mapping[BoxId, _Shape], layout: Layout, theme: Theme) -> Iterator[str]:
    """What stands above the columns."""
    for box_id, (text, columns) in layout.heads.items():
        if box_id in shapes:
            first = layout.spots[box_id][1]
            x = _left(first, layout)
            wide = _left(first + columns - 1, layout) + layout.widths[first + columns - 1] - x
            yield rectangle(x, TOP, wide, HEAD - 4, theme.panel)
            yield laid_text(x + wide / 2, TOP + 18, text, _STAGE_NAME)


def _described(boxes: Sequence[Box]) -> str:
    sentences = (f"{box.heading} {'; '.join(map(str, box.lines))}".strip() for box in boxes)
    return (". ".join(sentences) + ".").replace("\u00a0", " ")
