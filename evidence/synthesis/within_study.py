"""One study on one outcome: what its findings say together, and how large it is.

The rules are those of Boon and Thomson 2021 (doi:10.1002/jrsm.1458) as far as they are settled,
with our choices where they are not; docs/methods.md states and explains them.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

from evidence.coding.findings import Direction


class EffectDirection(StrEnum):
    """What the findings of one study on one outcome say together."""

    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    CONFLICTING = "conflicting"
    NO_CHANGE = "no change"
    NOT_STATED = "not stated"


class Band(StrEnum):
    """How many people were in the intervention group."""

    LARGE = "large"  # over 300
    MEDIUM = "medium"  # 50 to 300, both included
    SMALL = "small"  # under 50
    UNKNOWN = "unknown"


LARGE_OVER = 300
MEDIUM_FROM = 50

CLEAR = {
    Direction.BETTER: EffectDirection.FAVOURABLE,
    Direction.WORSE: EffectDirection.UNFAVOURABLE,
    Direction.NO_CHANGE: EffectDirection.NO_CHANGE,
}
"""What a clear majority of findings makes of a study. MIXED is a vote for none of them."""


def within_study(
    directions: Iterable[Direction], *, count_no_change: bool, agree_percent: int = 70
) -> EffectDirection:
    """The direction of one study on one outcome, from its findings.

    One direction prevails when at least 70 % of the findings have it (or as many as a protocol
    says); otherwise they conflict.
    Findings without a stated direction are left aside; a mixed finding is evidence of conflict: it
    counts among the 100 % and for no direction.

    Args:
        directions: of the findings.
        count_no_change: whether findings of no change count among the 100 %, as a third direction,
            or only where there is nothing else.
        agree_percent: the share from which on a direction prevails; more than half.
    """
    counts = Counter(
        direction for direction in directions if direction in {*CLEAR, Direction.MIXED}
    )
    if not counts:
        return EffectDirection.NOT_STATED
    if not count_no_change and len(counts) > 1:
        del counts[Direction.NO_CHANGE]
    for direction, prevailing in CLEAR.items():
        # Whole numbers: 0.7 has no exact binary form, and 7 of 10 must pass.
        if 100 * counts[direction] >= agree_percent * counts.total():
            return prevailing
    return EffectDirection.CONFLICTING


def band(n_intervention: int | None) -> Band:
    """The band of an intervention group; 50 and 300 are medium (doi:10.1002/jrsm.1458)."""
    if n_intervention is None:
        return Band.UNKNOWN
    if n_intervention > LARGE_OVER:
        return Band.LARGE
    return Band.MEDIUM if n_intervention >= MEDIUM_FROM else Band.SMALL
