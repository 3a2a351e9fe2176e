"""The marks of effect directions: the shape is the direction, the size how many people there were.

Colour is left free, since readers take it for quality (Boon and Thomson 2021,
doi:10.1002/jrsm.1458).
"""

from collections.abc import Iterator

from evidence.charts.svg_parts import path_of, px
from evidence.synthesis.within_study import Band, EffectDirection

SIDES = {Band.LARGE: 18.0, Band.MEDIUM: 13.0, Band.SMALL: 8.5, Band.UNKNOWN: 11.0}
"""How wide a triangle is, in pixels; where the number of people is unknown it is also hollow."""
TALL = 0.9  # a triangle's height, in parts of its width
HALF = 0.62  # two triangles stand for a conflict, each so much of one
DOT = 0.34  # the radius of no change
DASH = 0.5  # half of the line of a direction that is not stated


def direction_mark(
    direction: EffectDirection, band: Band, centre: tuple[float, float], ink: str
) -> str:
    """One study's direction on one outcome, as a path.

    Args:
        direction: what its findings say together.
        band: how many people were in the intervention group.
        centre: where it stands.
        ink: its colour.
    """
    way = " ".join(_ways(direction, SIDES[band], *centre))
    is_filled = band is not Band.UNKNOWN and direction is not EffectDirection.NOT_STATED
    return path_of(way, fill=ink if is_filled else "none", stroke=ink, stroke_width="1.4")


def mark_end(direction: EffectDirection, band: Band) -> float:
    """How far a mark reaches to the right of its centre, in pixels."""
    side = SIDES[band]
    return side * HALF if direction is EffectDirection.CONFLICTING else side / 2


def _ways(direction: EffectDirection, side: float, x: float, y: float) -> Iterator[str]:
    half, tall = side / 2, side * TALL / 2
    match direction:
        case EffectDirection.FAVOURABLE:
            yield f"M{px(x)} {px(y - tall)}L{px(x + half)} {px(y + tall)}H{px(x - half)}Z"
        case EffectDirection.UNFAVOURABLE:
            yield f"M{px(x)} {px(y + tall)}L{px(x + half)} {px(y - tall)}H{px(x - half)}Z"
        case EffectDirection.CONFLICTING:
            for turn in (-1, 1):
                tip, base = x + turn * (side * HALF), x + turn * 1.5
                up = side * HALF / 2
                yield f"M{px(tip)} {px(y)}L{px(base)} {px(y - up)}V{px(y + up)}Z"
        case EffectDirection.NO_CHANGE:
            r = side * DOT
            yield (
                f"M{px(x - r)} {px(y)}a{px(r)} {px(r)} 0 1 0 {px(2 * r)} 0"
                f"a{px(r)} {px(r)} 0 1 0 {px(-2 * r)} 0Z"
            )
        case EffectDirection.NOT_STATED:
            yield f"M{px(x - side * DASH)} {px(y)}H{px(x + side * DASH)}"
