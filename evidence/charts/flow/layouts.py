"""Where the boxes of each flow diagram stand, and which arrows join them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.synthesis.flow.flow_boxes import BoxId
from evidence.synthesis.flow.flow_settings import Template

Spot = tuple[int, int]
"""Level and column, both from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A diagram before its words are known.

    Attributes:
        widths: of the columns, in pixels.
        arrows: from which box to which; those between boxes that are there are drawn.
        stages: name, first and last level of the bars at the left.
        heads: what stands above the column of a box, over how many columns.
    """

    widths: tuple[float, ...]
    spots: Mapping[BoxId, Spot]
    arrows: tuple[tuple[BoxId, BoxId], ...]
    stages: tuple[tuple[str, int, int], ...]
    heads: Mapping[BoxId, tuple[str, int]] = field(default_factory=dict)


_STAGES = (
    ("Identification", 0, 0),
    ("Screening", 1, 3),
    ("Included", 4, 5),
    ("In-depth review", 6, 7),
)
_NEW_SPOTS: dict[BoxId, Spot] = {
    BoxId.IDENTIFIED: (0, 0),
    BoxId.REMOVED: (0, 1),
    BoxId.SCREENED: (1, 0),
    BoxId.EXCLUDED: (1, 1),
    BoxId.SOUGHT: (2, 0),
    BoxId.NOT_RETRIEVED: (2, 1),
    BoxId.ASSESSED: (3, 0),
    BoxId.INELIGIBLE: (3, 1),
    BoxId.INCLUDED: (4, 0),
    BoxId.USES: (4, 1),
    BoxId.IN_DEPTH: (6, 0),
    BoxId.NOT_IN_DEPTH: (6, 1),
    BoxId.SOUND: (7, 0),
    BoxId.NOT_SOUND: (7, 1),
}
_STAGE_ARROWS = (
    (BoxId.IN_DEPTH, BoxId.NOT_IN_DEPTH),
    (BoxId.IN_DEPTH, BoxId.SOUND),
    (BoxId.SOUND, BoxId.NOT_SOUND),
)
_TO_STAGES = ((BoxId.INCLUDED, BoxId.IN_DEPTH), *_STAGE_ARROWS)
_OTHER_SPOTS: dict[BoxId, Spot] = {
    BoxId.OTHER_IDENTIFIED: (0, 2),
    BoxId.OTHER_SOUGHT: (2, 2),
    BoxId.OTHER_NOT_RETRIEVED: (2, 3),
    BoxId.OTHER_ASSESSED: (3, 2),
    BoxId.OTHER_INELIGIBLE: (3, 3),
}
_NEW_ARROWS = (
    (BoxId.IDENTIFIED, BoxId.REMOVED),
    (BoxId.IDENTIFIED, BoxId.SCREENED),
    (BoxId.SCREENED, BoxId.EXCLUDED),
    (BoxId.SCREENED, BoxId.SOUGHT),
    (BoxId.SOUGHT, BoxId.NOT_RETRIEVED),
    (BoxId.SOUGHT, BoxId.ASSESSED),
    (BoxId.ASSESSED, BoxId.INELIGIBLE),
    (BoxId.ASSESSED, BoxId.INCLUDED),
)
_OTHER_ARROWS = (
    (BoxId.OTHER_IDENTIFIED, BoxId.OTHER_SOUGHT),
    (BoxId.OTHER_SOUGHT, BoxId.OTHER_NOT_RETRIEVED),
    (BoxId.OTHER_SOUGHT, BoxId.OTHER_ASSESSED),
    (BoxId.OTHER_ASSESSED, BoxId.OTHER_INELIGIBLE),
    (BoxId.OTHER_ASSESSED, BoxId.INCLUDED),
)
_UPDATE_ARROWS = (
    (BoxId.INCLUDED, BoxId.TOTAL),
    (BoxId.PREVIOUS, BoxId.TOTAL),
    (BoxId.TOTAL, BoxId.USES),
    (BoxId.TOTAL, BoxId.IN_DEPTH),
    *_STAGE_ARROWS,
)
_EARLIER = "Earlier version"


def _updated(spots: Mapping[BoxId, Spot]) -> dict[BoxId, Spot]:
    """With a column for the earlier version at the left, and the total below what is new."""
    moved = {box_id: (level, column + 1) for box_id, (level, column) in spots.items()}
    return moved | {BoxId.PREVIOUS: (0, 0), BoxId.TOTAL: (5, 1), BoxId.USES: (5, 2)}


LAYOUTS: Mapping[Template, Layout] = {
    Template.NEW: Layout(
        widths=(340, 340),
        spots=_NEW_SPOTS,
        arrows=(*_NEW_ARROWS, (BoxId.INCLUDED, BoxId.USES), *_TO_STAGES),
        stages=_STAGES,
        heads={BoxId.IDENTIFIED: ("Studies identified in databases and registers", 2)},
    ),
    Template.NEW_OTHER: Layout(
        widths=(222, 222, 222, 222),
        spots=_NEW_SPOTS | _OTHER_SPOTS,
        arrows=(*_NEW_ARROWS, *_OTHER_ARROWS, (BoxId.INCLUDED, BoxId.USES), *_TO_STAGES),
        stages=_STAGES,
        heads={
            BoxId.IDENTIFIED: ("Studies identified in databases and registers", 2),
            BoxId.OTHER_IDENTIFIED: ("Studies identified by other methods", 2),
        },
    ),
    Template.UPDATED: Layout(
        widths=(170, 290, 290),
        spots=_updated(_NEW_SPOTS),
        arrows=(*_NEW_ARROWS, *_UPDATE_ARROWS),
        stages=_STAGES,
        heads={
            BoxId.PREVIOUS: (_EARLIER, 1),
            BoxId.IDENTIFIED: ("New studies identified in databases and registers", 2),
        },
    ),
    Template.UPDATED_OTHER: Layout(
        widths=(150, 196, 196, 196, 196),
        spots=_updated(_NEW_SPOTS | _OTHER_SPOTS),
        arrows=(*_NEW_ARROWS, *_OTHER_ARROWS, *_UPDATE_ARROWS),
        stages=_STAGES,
        heads={
            BoxId.PREVIOUS: (_EARLIER, 1),
            BoxId.IDENTIFIED: ("New studies identified in databases and registers", 2),
            BoxId.OTHER_IDENTIFIED: ("New studies identified by other methods", 2),
        },
    ),
    Template.ROSES_MAP: Layout(
        widths=(340, 340),
        spots={
            BoxId.IDENTIFIED: (0, 0),
            BoxId.OTHER_IDENTIFIED: (0, 1),
            BoxId.DEDUPLICATED: (1, 0),
            BoxId.REMOVED: (1, 1),
            BoxId.SOUGHT: (2, 0),
            BoxId.EXCLUDED: (2, 1),
            BoxId.ASSESSED: (3, 0),
            BoxId.NOT_RETRIEVED: (3, 1),
            BoxId.ELIGIBLE: (4, 0),
            BoxId.INELIGIBLE: (4, 1),
            BoxId.INCLUDED: (5, 0),
            BoxId.APPRAISED: (6, 1),
            BoxId.CODED: (6, 0),
            BoxId.MAPPED: (7, 0),
            BoxId.IN_DEPTH: (8, 0),
            BoxId.NOT_IN_DEPTH: (8, 1),
            BoxId.SOUND: (9, 0),
            BoxId.NOT_SOUND: (9, 1),
        },
        arrows=(
            (BoxId.OTHER_IDENTIFIED, BoxId.DEDUPLICATED),
            (BoxId.IDENTIFIED, BoxId.DEDUPLICATED),
            (BoxId.DEDUPLICATED, BoxId.REMOVED),
            (BoxId.DEDUPLICATED, BoxId.SOUGHT),
            (BoxId.SOUGHT, BoxId.EXCLUDED),
            (BoxId.SOUGHT, BoxId.ASSESSED),
            (BoxId.ASSESSED, BoxId.NOT_RETRIEVED),
            (BoxId.ASSESSED, BoxId.ELIGIBLE),
            (BoxId.ELIGIBLE, BoxId.INELIGIBLE),
            (BoxId.ELIGIBLE, BoxId.INCLUDED),
            (BoxId.INCLUDED, BoxId.CODED),
            (BoxId.INCLUDED, BoxId.APPRAISED),
            (BoxId.CODED, BoxId.MAPPED),
            (BoxId.MAPPED, BoxId.IN_DEPTH),
            *_TO_STAGES,
        ),
        stages=(
            ("Searching", 0, 1),
            ("Screening", 2, 4),
            ("Coding and map", 5, 7),
            ("In-depth review", 8, 9),
        ),
    ),
}
