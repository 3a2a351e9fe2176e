"""The PRISMA 2020 flow diagram as a picture.

The drawing is our own; what the boxes count follows the PRISMA 2020 statement
(doi:10.1136/bmj.n71).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from evidence.charts.counts.prisma_tables import boxes_table, r_package_table
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
from evidence.synthesis import prisma_flow
from evidence.synthesis.prisma_boxes import Box, BoxId, Line, boxes
from evidence.synthesis.prisma_flow import Flow

TITLE = "PRISMA 2020 flow diagram"
SIZE = 12
LEADING = 16
PAD = 10
NARROW, BROAD = 222, 360
ACROSS = 32
DOWN = 28
STAGE = 26
MARGIN = 8
NAME = 104
"""Pixels: letters, lines, room inside a box, its width where there
are two arms and where there is one, room between boxes across and down, the
width of the bar of a stage, room around all, and the least height of a bar for its name."""
TOP = MARGIN + 64
"""Where the boxes begin, below the title and the names of the arms."""
NOTE_SIZE, NOTE_LEADING = 10.5, 14
MOST_LINES = 25
"""Of one kind in a box; what goes beyond is summed, and stands in the table one by one."""
_TEXT = Letters(size=SIZE)
_BOLD = Letters(size=SIZE, weight=600)
_STAGE_NAME = Letters(size=SIZE, weight=600, anchor="middle")

SPOTS: dict[BoxId, tuple[int, int]] = {
    BoxId.IDENTIFIED: (0, 0),
    BoxId.REMOVED: (0, 1),
    BoxId.OTHER_IDENTIFIED: (0, 2),
    BoxId.SCREENED: (1, 0),
    BoxId.EXCLUDED: (1, 1),
    BoxId.SOUGHT: (2, 0),
    BoxId.NOT_RETRIEVED: (2, 1),
    BoxId.OTHER_SOUGHT: (2, 2),
    BoxId.OTHER_NOT_RETRIEVED: (2, 3),
    BoxId.ASSESSED: (3, 0),
    BoxId.INELIGIBLE: (3, 1),
    BoxId.OTHER_ASSESSED: (3, 2),
    BoxId.OTHER_INELIGIBLE: (3, 3),
    BoxId.INCLUDED: (4, 0),
    BoxId.TOTAL: (5, 0),
    BoxId.PREVIOUS: (5, 1),
}
"""Level and column of each box."""

ARROWS = (
    (BoxId.IDENTIFIED, BoxId.REMOVED),
    (BoxId.IDENTIFIED, BoxId.SCREENED),
    (BoxId.SCREENED, BoxId.EXCLUDED),
    (BoxId.SCREENED, BoxId.SOUGHT),
    (BoxId.SOUGHT, BoxId.NOT_RETRIEVED),
    (BoxId.SOUGHT, BoxId.ASSESSED),
    (BoxId.ASSESSED, BoxId.INELIGIBLE),
    (BoxId.ASSESSED, BoxId.INCLUDED),
    (BoxId.OTHER_IDENTIFIED, BoxId.OTHER_SOUGHT),
    (BoxId.OTHER_SOUGHT, BoxId.OTHER_NOT_RETRIEVED),
    (BoxId.OTHER_SOUGHT, BoxId.OTHER_ASSESSED),
    (BoxId.OTHER_ASSESSED, BoxId.OTHER_INELIGIBLE),
    (BoxId.OTHER_ASSESSED, BoxId.INCLUDED),
    (BoxId.INCLUDED, BoxId.TOTAL),
    (BoxId.PREVIOUS, BoxId.TOTAL),
)

STAGES = (("Identification", 0, 0), ("Screening", 1, 3), ("Included", 4, 5))
"""Name, first and last level."""


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


def flow_picture(flow: Flow) -> Picture:
    """The diagram with its boxes as a table; its CSV is what the R package PRISMA2020 reads."""
    return Picture(
        name="prisma-flow",
        title=TITLE,
        text=f"{TITLE}: {_described(boxes(flow))}",
        draw=lambda theme: (flow_svg(flow, theme),),
        table=boxes_table(flow),
        program_table=r_package_table(flow),
    )


def flow_svg(flow: Flow, theme: SvgTheme = "light", name: str = "flow") -> str:
    """Draw the diagram; what it says is also in its description, for those who hear it.

    Args:
        flow: the numbers.
        theme: of the page around it.
        name: begins the ids inside, so that a page can hold several diagrams.
    """
    look = colours(theme)
    flow_boxes = boxes(flow)
    shapes = _shapes([_shortened(box) for box in flow_boxes])
    wide = max(shape.right for shape in shapes.values()) + MARGIN
    foot = max(shape.bottom for shape in shapes.values()) + MARGIN
    notes = [line for note in _notes(flow) for line in in_lines(note, wide - 2 * MARGIN, NOTE_SIZE)]
    parts = [
        _tip(name, look),
        laid_text(MARGIN, MARGIN + 17, TITLE, Letters(size=17, weight=600)),
        *_arm_names(shapes),
        *_stages(shapes, look),
        *_arrows(shapes, look, f"{name}-tip"),
        *(part for shape in shapes.values() for part in _box(shape, look)),
        *_note_lines(notes, foot, look),
    ]
    told = Told(name=name, title=TITLE, text=_described(flow_boxes))
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
            lines.append(Line(label, sum(line.number for line in rest), depth))
    return Box(box.id, box.title, box.number, tuple(lines))


def _notes(flow: Flow) -> Iterator[str]:
    """What somebody must know who sees the diagram alone."""
    for fault in prisma_flow.faults(flow):
        yield f"These numbers cannot be right: {fault}"
    waiting = "; ".join(map(str, prisma_flow.still_open(flow)))
    if waiting:
        yield f"Not finished: {waiting}."
    if flow.other is not None and flow.other.set_aside:
        yield (
            f"Of the records from other methods, {flow.other.set_aside:,} were not sought: they "
            "repeat other records, or their title and abstract ruled them out."
        )
    yield "Boxes after the PRISMA 2020 statement, doi:10.1136/bmj.n71."


def _note_lines(notes: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    small = Letters(ink=look.quiet, size=NOTE_SIZE)
    for number, line in enumerate(notes, start=1):
        yield laid_text(MARGIN, y + number * NOTE_LEADING, line, small)


def _shapes(flow_boxes: Sequence[Box]) -> dict[BoxId, _Shape]:
    """Every box as high as its text needs, the boxes of a level in line."""
    two_arms = any(box.id is BoxId.OTHER_IDENTIFIED for box in flow_boxes)
    width = NARROW if two_arms else BROAD
    texts = {box.id: tuple(_text(box, width - 2 * PAD)) for box in flow_boxes}
    heights = {box_id: len(text) * LEADING + 2 * PAD for box_id, text in texts.items()}
    top: float = TOP
    shapes = {}
    for level in range(1 + max(level for level, _ in SPOTS.values())):
        columns = {box_id: SPOTS[box_id][1] for box_id in texts if SPOTS[box_id][0] == level}
        highest = max((heights[box_id] for box_id in columns), default=0)
        if any(first == level == last for _, first, last in STAGES):
            highest = max(highest, NAME)
        for box_id, column in columns.items():
            x = MARGIN + STAGE + PAD + column * (width + ACROSS)
            y = top + (highest - heights[box_id]) / 2
            shapes[box_id] = _Shape(x, y, width, heights[box_id], texts[box_id])
        top += highest + DOWN if columns else 0
    return shapes


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


def _arrows(shapes: Mapping[BoxId, _Shape], theme: Theme, tip: str) -> Iterator[str]:
    for start, end in ARROWS:
        if start in shapes and end in shapes:
            way = _path(start, end, shapes[start], shapes[end])
            yield path_of(way, stroke=theme.quiet, marker_end=f"url(#{tip})")


def _path(start: BoxId, end: BoxId, origin: _Shape, target: _Shape) -> str:
    """Sideways within a level, straight down within a column, else down and then to the side."""
    if SPOTS[start][0] == SPOTS[end][0]:
        rightwards = origin.x < target.x
        begin, stop = (origin.right, target.x) if rightwards else (origin.x, target.right)
        return f"M{begin:.1f} {origin.middle:.1f}H{stop:.1f}"
    if SPOTS[start][1] == SPOTS[end][1]:
        return f"M{origin.centre:.1f} {origin.bottom:.1f}V{target.y:.1f}"
    return f"M{origin.centre:.1f} {origin.bottom:.1f}V{target.middle:.1f}H{target.right:.1f}"


def _stages(shapes: Mapping[BoxId, _Shape], theme: Theme) -> Iterator[str]:
    for name, first, last in STAGES:
        boxes_of_stage = [
            shape for box_id, shape in shapes.items() if first <= SPOTS[box_id][0] <= last
        ]
        top = min(shape.y for shape in boxes_of_stage)
        bottom = max(shape.bottom for shape in boxes_of_stage)
        short = max(0, NAME - (bottom - top)) / 2 if first == last else 0
        top, bottom = top - short, bottom + short
        x = MARGIN + STAGE / 2 + SIZE / 3
        middle = (top + bottom) / 2
        yield rectangle(MARGIN, top, STAGE, bottom - top, theme.panel)
        yield (
            f'<g transform="translate({px(x)} {px(middle)}) rotate(-90)">'
            f"{laid_text(0, 0, name, _STAGE_NAME)}</g>"
        )


def _arm_names(shapes: Mapping[BoxId, _Shape]) -> Iterator[str]:
    """Above the two arms, where there are two."""
    if BoxId.OTHER_IDENTIFIED in shapes:
        names = {
            BoxId.IDENTIFIED: "Databases and registers",
            BoxId.OTHER_IDENTIFIED: "Other methods",
        }
        for box_id, name in names.items():
            yield laid_text(shapes[box_id].x, TOP - PAD, name, _BOLD)


def _described(flow_boxes: Sequence[Box]) -> str:
    sentences = (f"{box.heading} {'; '.join(map(str, box.lines))}".strip() for box in flow_boxes)
    return (". ".join(sentences) + ".").replace("\u00a0", " ")
