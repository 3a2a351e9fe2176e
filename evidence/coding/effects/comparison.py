"""Whether a printed result is among those that follow, each with its rounding."""

from dataclasses import replace
from enum import StrEnum

from evidence.coding.effects.corners import reached_ways
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.reported import Estimate, Interval, PrintedResult, Reported
from evidence.coding.effects.ways import Reach, ReachedWays

USUAL_LEVEL = 0.95
_FEW = 4
_COMPARED_WITH_T = (Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE)


class Part(StrEnum):
    """A part of a printed result."""

    ESTIMATE = "estimate"
    INTERVAL = "interval"
    P = "p"


def following(reported: Reported, printed: PrintedResult) -> ReachedWays:
    """All ways from numbers without fault to the measure, at the level of the printed interval."""
    level = printed.interval.level if printed.interval else USUAL_LEVEL
    if isinstance(reported, Estimate) and isinstance(reported.spread, Interval):
        level = reported.spread.level
    ways = reached_ways(reported, printed.measure, level)
    if (
        isinstance(reported, Estimate)
        and reported.degrees_of_freedom is None
        and printed.measure in _COMPARED_WITH_T
    ):
        return _of_a_study_of_any_size(ways, reported, level)
    return ways


def fits(part: Part, printed: PrintedResult, ways: ReachedWays) -> bool:
    """Whether any way leads to this part; True where it is not printed or nothing is known."""
    if part is Part.ESTIMATE and printed.estimate:
        here = natural_reach(printed, printed.estimate)
        return not ways.estimates or any(here.meets(reach) for reach in ways.estimates.values())
    if part is Part.INTERVAL and printed.interval:
        low = natural_reach(printed, printed.interval.low)
        high = natural_reach(printed, printed.interval.high)
        return not ways.intervals or any(
            low.meets(first) and high.meets(second) for first, second in ways.intervals.values()
        )
    if part is Part.P and printed.p:
        return p_fits(Reach(low=printed.p.low, high=printed.p.high), ways)
    return True


def p_fits(here: Reach, ways: ReachedWays) -> bool:
    """Whether any way leads to such a p."""
    return not ways.ps or any(here.meets(reach) for reach in ways.ps.values())


def natural_reach(printed: PrintedResult, number: PrintedNumber) -> Reach:
    """What a printed number can be, on the natural scale."""
    if not printed.transformed:
        return Reach(low=number.low, high=number.high)
    natural = printed.measure.natural
    return Reach(low=natural(number.low), high=natural(number.high))


def _of_a_study_of_any_size(ways: ReachedWays, estimate: Estimate, level: float) -> ReachedWays:
    """With every p between that of the normal distribution and of t in a very small study."""
    small = reached_ways(replace(estimate, degrees_of_freedom=_FEW), estimate.measure, level)
    ends = [*ways.ps.values(), *small.ps.values()]
    whole = Reach(low=min(end.low for end in ends), high=max(end.high for end in ends))
    return replace(ways, ps={**ways.ps, "a study of any size": whole})
