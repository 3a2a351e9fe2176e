"""Which direction the printed numbers have, and where the coded one contradicts them.

Where an estimate exists, its sign gives the direction; another one needs a reason.
"""

from dataclasses import dataclass, replace
from math import isfinite

from evidence.coding.effects.compute import effect_of, measures_of
from evidence.coding.effects.counts import table_of
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.faults import faults_in, group_faults, natural_faults
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import (
    Correlation,
    Counts,
    Estimate,
    Means,
    PTest,
    Reported,
    Side,
    TTest,
)
from evidence.coding.findings import Benefit, Direction
from evidence.errors import Invalid


@dataclass(frozen=True, slots=True, kw_only=True)
class NoChange:
    """The protocol's threshold below which an effect counts as no change.

    Attributes:
        measure: on whose scale of analysis the threshold is (a logarithm for ratios).
        below: the smallest effect, on either side of none, that is a change; above 0.
    """

    measure: Measure
    below: float

    def __post_init__(self) -> None:
        if not (isfinite(self.below) and self.below > 0):
            raise Invalid(f"A threshold for no change is above 0; {self.below:g} is not.")


def towards_benefit(effect: Effect, benefit: Benefit) -> Effect:
    """The effect so that above 0 is better; where the sign is turned, a step says so.

    Raises:
        Invalid: where the sign was turned before.
    """
    if effect.sign_turned:
        raise Invalid("The sign of this effect was turned already.")
    if benefit is Benefit.HIGHER:
        return effect
    step = "Less of the outcome is better, so the sign was turned: above 0 is better."
    return replace(effect, estimate=-effect.estimate, sign_turned=True, steps=(*effect.steps, step))


def direction_of(
    reported: Reported, benefit: Benefit, no_change: NoChange | None = None
) -> Direction | None:
    """Better, worse or no change, by the printed estimate; None where there is none.

    Neither n nor SD is needed for that. Counts are compared by their risks as counted, whatever is
    added to zero cells for ratios. No change is a difference of exactly 0, or one below the
    threshold, where the numbers give its measure.
    """
    difference = _difference(reported)
    if difference is None:
        return None
    if difference == 0 or _is_no_change(reported, difference, no_change):
        return Direction.NO_CHANGE
    better = difference > 0 if benefit is Benefit.HIGHER else difference < 0
    return Direction.BETTER if better else Direction.WORSE


def contradiction(
    coded: Direction, reported: Reported, benefit: Benefit, no_change: NoChange | None = None
) -> str:
    """Why the coded direction does not fit the numbers, in a sentence; empty where it fits.

    A finding may still be coded so, with a reason. Empty also where there is no estimate.
    """
    found = direction_of(reported, benefit, no_change)
    if found is None or found is coded:
        return ""
    reasons = {
        Direction.NOT_STATED: "is only for results without an estimate",
        Direction.MIXED: "needs a reason, because a single estimate has one direction",
        Direction.NO_CHANGE: (
            "needs a reason, because the effect is not below the protocol's threshold"
            if no_change
            else "needs a threshold, and the protocol has none"
        ),
    }
    reason = reasons.get(coded, "needs a reason; check which group is which, and what is better")
    return f"The numbers say “{found}”, as {benefit}; “{coded}” {reason}."


def _difference(reported: Reported) -> float | None:
    """Above 0 where the intervention group has more of the outcome; None without an estimate."""
    match reported:
        case Means():
            return reported.intervention.mean.value - reported.comparison.mean.value
        case Counts():
            return _counted(reported)
        case Estimate():
            return _estimated(reported)
        case TTest() | PTest():
            return _tested(reported)
        case Correlation():
            return _correlated(reported)


def _correlated(correlation: Correlation) -> float | None:
    beyond = any(natural_faults(Measure.FISHER_Z, correlation.r, "r"))
    return None if beyond else correlation.r.value


def _counted(counts: Counts) -> float | None:
    groups = {Side.INTERVENTION: counts.intervention, Side.COMPARISON: counts.comparison}
    if any(group_faults(group, side) for side, group in groups.items()):
        return None
    return table_of(counts).risk_difference


def _tested(test: TTest | PTest) -> float:
    if isinstance(test, TTest):
        return test.t.value
    sign = 1 if test.higher is Side.INTERVENTION else -1
    return 0 if test.p.number.value >= 1 else sign


def _estimated(estimate: Estimate) -> float | None:
    if estimate.transformed:
        return estimate.value.value
    if any(natural_faults(estimate.measure, estimate.value, "value")):
        return None
    return estimate.value.value - estimate.measure.no_effect


def _is_no_change(reported: Reported, difference: float, no_change: NoChange | None) -> bool:
    if no_change is None or no_change.measure not in measures_of(reported):
        return False
    if isinstance(reported, Means) and no_change.measure is Measure.MEAN_DIFFERENCE:
        return abs(difference) < no_change.below
    if faults_in(reported):
        return False
    effect = effect_of(reported, no_change.measure)
    return isinstance(effect, Effect) and abs(effect.estimate) < no_change.below
