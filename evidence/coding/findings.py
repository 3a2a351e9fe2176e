"""A finding: one outcome of one contrast in one study, as it is coded.

The direction of the point estimate and the reported significance are kept apart, because "no
significant difference" says nothing about the direction (Cochrane Handbook 12.2.1.3).
"""

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """Where the point estimate lies, seen from the people's benefit (fewer symptoms is better)."""

    BETTER = "better"
    WORSE = "worse"
    NO_CHANGE = "no change"  # the report gives estimates, and they are the same
    MIXED = "mixed"  # better and worse within what was coded as one finding
    NOT_STATED = "not stated"  # for example "no difference", without estimates


class Significance(StrEnum):
    """What the report says of statistical significance, whatever its threshold."""

    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not significant"
    NOT_REPORTED = "not reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding.

    Attributes:
        intervention: option id on the axis of interventions.
        outcome: option id on the axis of outcomes.
        contrast: option id on the axis of contrasts; contrasts are never pooled across types.
        measure: the instrument or what was counted.
        time: when it was measured, as the report says.
        n_intervention: people analysed in the intervention group.
        quotation: the words of the report that the coding rests on.
    """

    intervention: str
    outcome: str
    contrast: str
    direction: Direction
    significance: Significance = Significance.NOT_REPORTED
    measure: str = ""
    time: str = ""
    n_intervention: int | None = None
    n_comparison: int | None = None
    quotation: str = ""
    note: str = ""
