"""The ways in which a report may rightly have computed a result from numbers that it prints.

Reports differ in the SD, the variance, the correction and the test that they use. A printed result
is only pointed out where no usual way leads to it, so all of them are tried. All values are on the
natural scale.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import isfinite, sqrt

from evidence.coding.effects.distributions import p_of_t, p_of_z, t_for, z_for
from evidence.coding.effects.means import (
    Sample,
    pooled_sd,
    separate_variance,
    small_sample_correction,
)
from evidence.coding.effects.measures import Measure

_LARGE_T = 100.0
"""Beyond it scipy's noncentral t is not to be trusted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Results by the way in which they are computed; the first way of each is our own.

    Attributes:
        estimates: of the measure that was asked for.
        intervals: low and high.
        ps: two-sided, of no difference.
        apart: the difference itself, 0 where there is none.
    """

    apart: float

    estimates: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]
    ps: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Between which extremes a result lies, as the printed numbers it rests on are rounded."""

    low: float
    high: float

    @property
    def text(self) -> str:
        """For people: one number where its ends are the same to four digits, else both."""
        low, high = f"{self.low:.4g}", f"{self.high:.4g}"
        return low if low == high else f"{low} to {high}"

    def meets(self, other: "Reach") -> bool:
        """Whether the two have a number in common, but for the last digits of computing."""
        slack = 1e-9 * max(abs(self.low), abs(self.high), 1e-9)
        return self.low <= other.high + slack and other.low <= self.high + slack


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedWays:
    """The same ways, each with its reach over all values that the printed numbers stand for."""

    estimates: Mapping[str, Reach]
    intervals: Mapping[str, tuple[Reach, Reach]]
    ps: Mapping[str, Reach]


def reached(all_ways: Iterable[Ways]) -> ReachedWays:
    """The reach of each way, from the ways at the corners of what the printed numbers can be.

    Results grow or shrink steadily with each number, so their extremes lie at the corners. Only p
    has its largest value, 1, between corners whose estimates lie on both sides of no effect.
    """
    corners = tuple(all_ways)
    estimates = _by_way(ways.estimates for ways in corners)
    lows = _by_way({n: i[0] for n, i in ways.intervals.items()} for ways in corners)
    highs = _by_way({n: i[1] for n, i in ways.intervals.items()} for ways in corners)
    ps = _by_way(ways.ps for ways in corners)
    if min(ways.apart for ways in corners) < 0 < max(ways.apart for ways in corners):
        ps = {name: Reach(low=reach.low, high=1.0) for name, reach in ps.items()}
    return ReachedWays(
        estimates=estimates,
        intervals={name: (lows[name], highs[name]) for name in lows},
        ps=ps,
    )


def ways_from_means(
    first: Sample, second: Sample, measure: Measure, level: float, design_effect: float
) -> Ways:
    """Ways from two samples, with and without the design effect of clusters."""
    people = first.n + second.n
    apart = first.mean - second.mean
    deviation = pooled_sd(first, second)
    errors = {
        "separate SDs": sqrt(separate_variance(first, second)),
        "pooled SD": deviation * sqrt(1 / first.n + 1 / second.n),
    }
    freedom = {"separate SDs": _welch(first, second), "pooled SD": people - 2}
    inflations = dict.fromkeys((1.0, sqrt(design_effect)))
    ps = {
        f"{error}, {kind}, {inflation}": p
        for (error, value), inflation in product(errors.items(), inflations)
        for kind, p in (
            ("t", p_of_t(apart / (value * inflation), freedom[error])),
            ("z", p_of_z(apart / (value * inflation))),
        )
    }
    if measure is Measure.STANDARDISED_MEAN_DIFFERENCE:
        standardised = ways_from_standardised(
            apart / deviation, first.n, second.n, level, design_effect
        )
        glass = {
            "SD of the comparison": apart / second.sd,
            "SD of the intervention": apart / first.sd,
        }
        return Ways(
            apart=apart,
            estimates={**standardised.estimates, **glass},
            intervals=standardised.intervals,
            ps=ps,
        )
    quantiles = {"z": z_for(level), "t": t_for(level, people - 2)}
    intervals = {
        f"{error}, {kind}, {inflation}": _around(apart, value * inflation * quantile)
        for (error, value), inflation in product(errors.items(), inflations)
        for kind, quantile in (*quantiles.items(), ("Welch", t_for(level, freedom[error])))
    }
    return Ways(apart=apart, estimates={"means": apart}, intervals=intervals, ps=ps)


def ways_from_standardised(
    uncorrected: float, n_first: float, n_second: float, level: float, design_effect: float
) -> Ways:
    """Ways from a standardised mean difference without correction (Cohen's d) and the people."""
    people = n_first + n_second
    exact = small_sample_correction(people - 2)
    estimates = {
        "exact correction": exact * uncorrected,
        "approximate correction": (1 - 3 / (4 * people - 9)) * uncorrected,
        "no correction": uncorrected,
    }
    base = people / (n_first * n_second)
    quantiles = (("z", z_for(level)), ("t", t_for(level, people - 2)))
    intervals = {}
    for name, value in estimates.items():
        variances = [
            base + value * value / (2 * lost)
            for lost in (people, people - 2, max(people - 3.94, 0.06))
        ]
        variances.append(exact * exact * (base + uncorrected * uncorrected / (2 * people)))
        for (number, variance), inflation in product(
            enumerate(variances), dict.fromkeys((1.0, design_effect))
        ):
            for kind, quantile in quantiles:
                reach = quantile * sqrt(variance * inflation)
                intervals[f"{name}, {number}, {inflation}, {kind}"] = _around(value, reach)
    intervals |= _noncentral(uncorrected, people - 2, base, level)
    t = uncorrected / sqrt(base)
    ps = {f"t, {d}": p_of_t(t / sqrt(d), people - 2) for d in dict.fromkeys((1.0, design_effect))}
    return Ways(apart=uncorrected, estimates=estimates, intervals=intervals, ps=ps)


def ways_from_correlation(r: float, n: float, level: float, design_effect: float) -> Ways:
    """Ways from a correlation within −1 and 1."""
    r = min(max(r, -1 + 1e-12), 1 - 1e-12)
    z = Measure.FISHER_Z.analysed(r)
    intervals, ps = {}, {}
    for inflation in dict.fromkeys((1.0, sqrt(design_effect))):
        error = inflation / sqrt(n - 3)
        low, high = _around(z, z_for(level) * error)
        natural = Measure.FISHER_Z.natural
        intervals[f"z, {inflation}"] = natural(low), natural(high)
        ps[f"t, {inflation}"] = p_of_t(r * sqrt((n - 2) / (1 - r * r)) / inflation, n - 2)
        ps[f"z, {inflation}"] = p_of_z(z / error)
    return Ways(apart=r, estimates={"r": r}, intervals=intervals, ps=ps)


def ways_from_estimate(
    measure: Measure,
    value: float,
    error: float,
    level: float,
    *,
    degrees_of_freedom: int | None,
    design_effect: float,
) -> Ways:
    """Ways from an effect and its standard error, both on the scale of analysis."""
    intervals, ps = {}, {}
    for inflation in dict.fromkeys((1.0, sqrt(design_effect))):
        wide = error * inflation
        quantiles = {"z": z_for(level)}
        ps[f"z, {inflation}"] = p_of_z(value / wide)
        if degrees_of_freedom:
            quantiles["t"] = t_for(level, degrees_of_freedom)
            ps[f"t, {inflation}"] = p_of_t(value / wide, degrees_of_freedom)
        for kind, quantile in quantiles.items():
            low, high = _around(value, quantile * wide)
            intervals[f"{kind}, {inflation}"] = measure.natural(low), measure.natural(high)
    return Ways(apart=value, estimates={}, intervals=intervals, ps=ps)


def _by_way(results: Iterable[Mapping[str, float]]) -> dict[str, Reach]:
    found: dict[str, Reach] = {}
    for result in results:
        for name, value in result.items():
            known = found.get(name)
            low, high = (known.low, known.high) if known else (value, value)
            found[name] = Reach(low=min(low, value), high=max(high, value))
    return found


def _around(value: float, reach: float) -> tuple[float, float]:
    return value - reach, value + reach


def _welch(first: Sample, second: Sample) -> float:
    """Degrees of freedom with separate SDs (Welch 1947, doi:10.1093/biomet/34.1-2.28)."""
    one, other = first.sd * first.sd / first.n, second.sd * second.sd / second.n
    share = one / (one + other)
    return 1 / (share * share / (first.n - 1) + (1 - share) * (1 - share) / (second.n - 1))


def _noncentral(
    uncorrected: float, degrees_of_freedom: float, base: float, level: float
) -> Iterator[tuple[str, tuple[float, float]]]:
    """The interval of the noncentral t distribution, where it can be computed."""
    from scipy.special import nctdtrinc  # noqa: PLC0415 - loads slowly, and seldom needed

    t = uncorrected / sqrt(base)
    if abs(t) > _LARGE_T:
        return
    low, high = (
        float(nctdtrinc(degrees_of_freedom, tail, t)) * sqrt(base)
        for tail in ((1 + level) / 2, (1 - level) / 2)
    )
    if isfinite(low) and isfinite(high):
        yield "noncentral t", (low, high)
