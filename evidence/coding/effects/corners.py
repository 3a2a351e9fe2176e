"""The values that rounded numbers can stand for, at their corners, and the ways from each."""

from collections.abc import Iterator
from itertools import product

from evidence.coding.effects.counts import table_of
from evidence.coding.effects.distributions import t_of_p
from evidence.coding.effects.estimates import analysed, standard_error_of
from evidence.coding.effects.means import Sample, sample_of
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.reported import (
    Correlation,
    Counts,
    Estimate,
    Interval,
    MeanGroup,
    Means,
    PTest,
    Reported,
    Side,
    TTest,
)
from evidence.coding.effects.ways import (
    ReachedWays,
    Ways,
    reached,
    ways_from_correlation,
    ways_from_estimate,
    ways_from_means,
    ways_from_standardised,
)
from evidence.coding.effects.ways_from_counts import ways_from_counts


def reached_ways(reported: Reported, measure: Measure, level: float) -> ReachedWays:
    """Every usual way from numbers without fault to this measure, with the reach of rounding."""
    return reached(_ways_at_corners(reported, measure, level))


def _ways_at_corners(reported: Reported, measure: Measure, level: float) -> Iterator[Ways]:
    inflation = reported.clusters.design_effect if reported.clusters else 1.0
    match reported:
        case Means():
            for samples in _pairs(reported):
                yield ways_from_means(*samples, measure, level, inflation)
        case Counts():
            yield ways_from_counts(table_of(reported), measure, level, inflation)
        case TTest() | PTest():
            first, second = float(reported.n_intervention or 0), float(reported.n_comparison or 0)
            for t in _ts(reported, first + second - 2):
                uncorrected = t * (1 / first + 1 / second) ** 0.5
                yield ways_from_standardised(uncorrected, first, second, level, inflation)
        case Correlation():
            for r in _ends(reported.r):
                yield ways_from_correlation(r, float(reported.n or 0), level, inflation)
        case Estimate():
            for value, error in _estimate_corners(reported):
                yield ways_from_estimate(
                    measure,
                    value,
                    error,
                    level,
                    degrees_of_freedom=reported.degrees_of_freedom,
                    design_effect=inflation,
                )


def _ends(number: PrintedNumber) -> tuple[float, float, float]:
    return number.value, number.low, number.high


def _pairs(means: Means) -> Iterator[tuple[Sample, Sample]]:
    yield from product(_samples(means.intervention), _samples(means.comparison))


def _samples(group: MeanGroup) -> Iterator[Sample]:
    """The group as printed, and at the corners of its rounded mean and SD."""
    as_it_is = sample_of(group)
    yield as_it_is
    narrow, wide = _share_of_rounding(group)
    for mean, share in product((group.mean.low, group.mean.high), (narrow, wide)):
        yield Sample(n=as_it_is.n, mean=mean, sd=as_it_is.sd * share)


def _share_of_rounding(group: MeanGroup) -> tuple[float, float]:
    """By what the SD can be multiplied, as the printed spread is rounded; never quite to 0."""
    spread = group.spread
    if isinstance(spread, Interval):
        width = spread.high.value - spread.low.value
        rounding = spread.high.half_unit + spread.low.half_unit
    elif spread is not None:
        width, rounding = spread.value.value, spread.value.half_unit
    else:
        raise AssertionError  # a group without a spread has a fault
    return max(1 - rounding / width, 1e-6), 1 + rounding / width


def _ts(test: TTest | PTest, degrees_of_freedom: float) -> Iterator[float]:
    if isinstance(test, TTest):
        yield from _ends(test.t)
        return
    sign = 1 if test.higher is Side.INTERVENTION else -1
    for p in (test.p.number.value, test.p.low, test.p.high):
        two_sided = min(1.0, max(p, 1e-300) * (1 if test.two_sided else 2))
        yield sign * t_of_p(two_sided, degrees_of_freedom)


def _estimate_corners(estimate: Estimate) -> Iterator[tuple[float, float]]:
    error = standard_error_of(estimate)
    for value in _analysed_ends(estimate, estimate.value):
        for share in _share_of_error(estimate):
            yield value, error * share


def _analysed_ends(estimate: Estimate, number: PrintedNumber) -> tuple[float, ...]:
    """The printed number and its ends on the scale of analysis; an end beyond it is left out."""
    ends = []
    for end in _ends(number):
        try:
            ends.append(analysed(estimate, end))
        except ValueError:
            continue
    return tuple(ends)


def _share_of_error(estimate: Estimate) -> tuple[float, float, float]:
    spread = estimate.spread
    if isinstance(spread, Interval):
        lows, highs = (_analysed_ends(estimate, limit) for limit in (spread.low, spread.high))
        width = highs[0] - lows[0]
        return 1.0, max((min(highs) - max(lows)) / width, 1e-6), (max(highs) - min(lows)) / width
    if spread is None:
        raise AssertionError  # an estimate without a spread has a fault
    rounding = spread.value.half_unit / spread.value.value
    return 1.0, max(1 - rounding, 1e-6), 1 + rounding
