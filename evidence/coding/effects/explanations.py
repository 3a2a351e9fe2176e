"""What would explain that a printed result does not follow: the usual slips of pen and eye."""

from collections.abc import Iterator
from dataclasses import replace

from evidence.coding.effects.comparison import Part, fits, following, p_fits
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber, Relation
from evidence.coding.effects.reported import (
    Counts,
    Interval,
    MeanGroup,
    Means,
    PrintedResult,
    Reported,
    StandardDeviation,
    StandardError,
)
from evidence.coding.effects.ways import Reach

_LEVELS = (0.9, 0.95, 0.99)


def explanation(part: Part, reported: Reported, printed: PrintedResult) -> str:
    """The first slip that would make this part fit, as a sentence; empty where none does."""
    if part is Part.P and _is_one_sided(reported, printed):
        return "It would fit if it is one-sided."
    for sentence, otherwise, read in _slips(part, reported, printed):
        if not faults_in(otherwise) and fits(part, read, following(otherwise, read)):
            return sentence
    return ""


def _is_one_sided(reported: Reported, printed: PrintedResult) -> bool:
    if not printed.p or printed.p.relation is not Relation.EQUAL:
        return False
    doubled = Reach(low=2 * printed.p.low, high=min(1.0, 2 * printed.p.high))
    return p_fits(doubled, following(reported, printed))


def _slips(
    part: Part, reported: Reported, printed: PrintedResult
) -> Iterator[tuple[str, Reported, PrintedResult]]:
    """What could have been meant instead, the likeliest first."""
    if part is not Part.P:  # p is the same whichever group comes first and on every scale
        yield from _slips_of_scale(reported, printed)
    if isinstance(reported, Means):
        yield from _other_spreads(reported, printed)
    if part is Part.INTERVAL and printed.interval:
        for level in _LEVELS:
            other = replace(printed, interval=replace(printed.interval, level=level))
            yield f"It would fit as an interval of {level:.0%}.", reported, other


def _slips_of_scale(
    reported: Reported, printed: PrintedResult
) -> Iterator[tuple[str, Reported, PrintedResult]]:
    if isinstance(reported, Means | Counts):
        yield "It would fit with the groups exchanged.", _exchanged(reported), printed
    if printed.measure.is_ratio:
        scale = "the ratio itself" if printed.transformed else "the logarithm of the ratio"
        other = replace(printed, transformed=not printed.transformed)
        yield f"It would fit if it is {scale}.", reported, other
    if printed.measure is Measure.RISK_DIFFERENCE:
        yield "It would fit if it is in per cent.", reported, _of_hundred(printed)


def _exchanged(reported: Means | Counts) -> Means | Counts:
    if isinstance(reported, Means):
        return replace(reported, intervention=reported.comparison, comparison=reported.intervention)
    return replace(reported, intervention=reported.comparison, comparison=reported.intervention)


def _of_hundred(printed: PrintedResult) -> PrintedResult:
    interval = printed.interval
    if interval:
        interval = replace(interval, low=_hundredth(interval.low), high=_hundredth(interval.high))
    estimate = _hundredth(printed.estimate) if printed.estimate else None
    return replace(printed, estimate=estimate, interval=interval)


def _hundredth(number: PrintedNumber) -> PrintedNumber:
    """With two more decimals."""
    digits, _, exponent = number.text.partition("e")
    return PrintedNumber(f"{digits}e{int(exponent or 0) - 2}")


def _other_spreads(
    means: Means, printed: PrintedResult
) -> Iterator[tuple[str, Reported, PrintedResult]]:
    spreads = means.intervention.spread, means.comparison.spread
    if all(isinstance(spread, StandardDeviation) for spread in spreads):
        yield "It would fit if the SDs are standard errors.", _with_other_spread(means), printed
    if all(isinstance(spread, StandardError) for spread in spreads):
        yield "It would fit if the standard errors are SDs.", _with_other_spread(means), printed


def _with_other_spread(means: Means) -> Means:
    def turned(group: MeanGroup) -> MeanGroup:
        spread = group.spread
        if spread is None or isinstance(spread, Interval):
            return group
        other = StandardError if isinstance(spread, StandardDeviation) else StandardDeviation
        return replace(group, spread=other(value=spread.value))

    return replace(
        means, intervention=turned(means.intervention), comparison=turned(means.comparison)
    )
