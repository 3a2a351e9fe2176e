"""The PRISMA 2020 flow diagram as SVG.

The drawing is our own; what the boxes count follows the PRISMA 2020 statement
(doi:10.1136/bmj.n71).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.charts.labels import wrapped
from evidence.charts.palette import FONT, THEMES, Theme, ThemeName
from evidence.charts.svg_parts import safe_xml
from evidence.synthesis.prisma_boxes import Box, BoxId, boxes
from evidence.synthesis.prisma_flow import Flow

SIZE = 12
LEADING = 16
PAD = 10
WIDTH = 240
ACROSS = 34
DOWN = 28
STAGE = 26
MARGIN = 8
NAME = 104
"""Pixels: letters, lines, room inside a box, its width, room between boxes across and down, the
width of the bar of a stage, room around all, and the least height of a bar for its name."""

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
    height: float
    text: tuple[tuple[str, float], ...]

    @property
    def right(self) -> float:
        return self.x + WIDTH

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def centre(self) -> float:
        return self.x + WIDTH / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height


def flow_svg(flow: Flow, theme: ThemeName = "light", name: str = "flow") -> str:
    """Draw the diagram; what it says is also in its description, for those who hear it.

    Args:
        flow: the numbers.
        theme: of the page around it.
        name: begins the ids inside, so that a page can hold several diagrams.
    """
    look = THEMES[theme]
    flow_boxes = boxes(flow)
    shapes = _shapes(flow_boxes)
    wide = max(shape.right for shape in shapes.values()) + MARGIN
    high = max(shape.bottom for shape in shapes.values()) + MARGIN
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" '
        f'aria-labelledby="{name}-title {name}-text" viewBox="0 0 {wide:.0f} {high:.0f}" '
        f'width="{wide:.0f}" height="{high:.0f}" '
        f'style="min-width:{0.75 * wide:.0f}px;max-width:100%;height:auto" '
        f'font-family="{FONT}" font-size="{SIZE}" fill="{look.ink}">'
    )
    tip = (
        f'<defs><marker id="{name}-tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" '
        f'markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="{look.quiet}"/>'
        "</marker></defs>"
    )
    parts = [
        opening,
        f'<title id="{name}-title">PRISMA 2020 flow diagram</title>',
        f'<desc id="{name}-text">{_described(flow_boxes)}</desc>',
        tip,
        f'<rect width="100%" height="100%" fill="{look.ground}"/>',
        *_arm_names(shapes),
        *_stages(shapes, look),
        *_arrows(shapes, look, f"{name}-tip"),
        *(part for shape in shapes.values() for part in _box(shape, look)),
        "</svg>",
    ]
    return "\n".join(parts)


def _shapes(flow_boxes: Sequence[Box]) -> dict[BoxId, _Shape]:
    """Every box as high as its text needs, the boxes of a level in line."""
    texts = {box.id: tuple(_text(box)) for box in flow_boxes}
    heights = {box_id: len(text) * LEADING + 2 * PAD for box_id, text in texts.items()}
    top: float = MARGIN + LEADING + PAD
    shapes = {}
    for level in range(1 + max(level for level, _ in SPOTS.values())):
        columns = {box_id: SPOTS[box_id][1] for box_id in texts if SPOTS[box_id][0] == level}
        highest = max((heights[box_id] for box_id in columns), default=0)
        if any(first == level == last for _, first, last in STAGES):
            highest = max(highest, NAME)
        for box_id, column in columns.items():
            x = MARGIN + STAGE + PAD + column * (WIDTH + ACROSS)
            y = top + (highest - heights[box_id]) / 2
            shapes[box_id] = _Shape(x, y, heights[box_id], texts[box_id])
        top += highest + DOWN if columns else 0
    return shapes


def _text(box: Box) -> Iterator[tuple[str, float]]:
    """The lines of a box, each with how far it is moved in."""
    room = WIDTH - 2 * PAD
    for line in wrapped(box.heading, room, SIZE):
        yield line, 0
    for part in box.lines:
        indent = PAD * (part.depth + 1)
        for line in wrapped(str(part), room - indent, SIZE):
            yield line, indent


def _box(shape: _Shape, theme: Theme) -> Iterator[str]:
    yield (
        f'<rect x="{shape.x:.1f}" y="{shape.y:.1f}" width="{WIDTH}" '
        f'height="{shape.height:.1f}" rx="3" fill="{theme.ground}" stroke="{theme.quiet}"/>'
    )
    for number, (line, indent) in enumerate(shape.text):
        y = shape.y + PAD + (number + 0.75) * LEADING
        x = shape.x + PAD + indent
        yield f'<text x="{x:.1f}" y="{y:.1f}">{safe_xml(line)}</text>'


def _arrows(shapes: Mapping[BoxId, _Shape], theme: Theme, tip: str) -> Iterator[str]:
    for start, end in ARROWS:
        if start in shapes and end in shapes:
            path = _path(start, end, shapes[start], shapes[end])
            yield (
                f'<path d="{path}" fill="none" stroke="{theme.quiet}" marker-end="url(#{tip})"/>'
            )


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
        x = MARGIN + STAGE / 2
        middle = (top + bottom) / 2
        yield (
            f'<rect x="{MARGIN}" y="{top:.1f}" width="{STAGE}" height="{bottom - top:.1f}" '
            f'rx="3" fill="{theme.panel}"/>'
            f'<text transform="translate({x + 4:.1f} {middle:.1f}) rotate(-90)" '
            f'text-anchor="middle" font-weight="600">{name}</text>'
        )


def _arm_names(shapes: Mapping[BoxId, _Shape]) -> Iterator[str]:
    """Above the two arms, where there are two."""
    if BoxId.OTHER_IDENTIFIED in shapes:
        names = {
            BoxId.IDENTIFIED: "Databases and registers",
            BoxId.OTHER_IDENTIFIED: "Other methods",
        }
        for box_id, name in names.items():
            x, y = shapes[box_id].x, MARGIN + 0.75 * LEADING
            yield f'<text x="{x:.1f}" y="{y:.1f}" font-weight="600">{name}</text>'


def _described(flow_boxes: Sequence[Box]) -> str:
    sentences = (f"{box.heading} {'; '.join(map(str, box.lines))}".strip() for box in flow_boxes)
    return safe_xml(". ".join(sentences) + ".")
