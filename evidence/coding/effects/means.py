"""Mean differences and standardised mean differences of two groups."""

from dataclasses import dataclass
from math import exp, hypot, lgamma, sqrt

from evidence.coding.effects.distributions import t_for
from evidence.coding.effects.effect import Effect, effect_or_refusal
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Clusters,
    Interval,
    MeanGroup,
    Means,
    People,
    Scores,
    Side,
    Spread,
    StandardDeviation,
    StandardError,
)

_LARGE = 200
"""From so many degrees of freedom on, a series is more exact than a difference of two lgamma."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A group in plain numbers, with the SD that its printed spread stands for."""

    n: float
    mean: float
    sd: float


def mean_difference(means: Means) -> Effect | Refusal:
    """The mean of the intervention group minus that of the comparison, in the outcome's units.

    MD = m1 − m2, variance SD1²/n1 + SD2²/n2; the SDs need not be alike (Borenstein and colleagues
    2009, chapter 4, doi:10.1002/9780470743386.ch4; `escalc` of metafor, measure MD, vtype LS).
    """
    faults = faults_in(means)
    if faults:
        return Refusal(measure=Measure.MEAN_DIFFERENCE, faults=faults)
    first, second = sample_of(means.intervention), sample_of(means.comparison)
    return effect_or_refusal(
        Measure.MEAN_DIFFERENCE,
        first.mean - second.mean,
        separate_variance(first, second),
        clusters=means.clusters,
        steps=_steps(means),
    )


def standardised_mean_difference(means: Means) -> Effect | Refusal:
    """Hedges' g: the mean difference in units of the pooled SD, corrected for small samples.

    g = J(m) · (m1 − m2) / S with m = n1 + n2 − 2 and S² = ((n1 − 1) SD1² + (n2 − 1) SD2²) / m. J is
    exact (`small_sample_correction`). Variance 1/n1 + 1/n2 + g² / (2 (n1 + n2)) (Hedges 1981,
    doi:10.3102/10769986006002107; Hedges 1982, doi:10.1037/0033-2909.92.2.490; `escalc` of metafor,
    measure SMD, vtype LS).
    """
    faults = faults_in(means)
    if faults:
        return Refusal(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, faults=faults)
    first, second = sample_of(means.intervention), sample_of(means.comparison)
    return corrected(
        (first.mean - second.mean) / pooled_sd(first, second),
        first.n,
        second.n,
        clusters=means.clusters,
        steps=_steps(means),
    )


def corrected(
    uncorrected: float,
    n_intervention: People | float,
    n_comparison: People | float,
    *,
    clusters: Clusters | None,
    steps: tuple[str, ...],
) -> Effect | Refusal:
    """Hedges' g and its variance, from a standardised mean difference without correction."""
    first, second = float(n_intervention), float(n_comparison)
    g = small_sample_correction(first + second - 2) * uncorrected
    return effect_or_refusal(
        Measure.STANDARDISED_MEAN_DIFFERENCE,
        g,
        1 / first + 1 / second + g * g / (2 * (first + second)),
        clusters=clusters,
        steps=steps,
    )


def small_sample_correction(degrees_of_freedom: float) -> float:
    """J(m) = Γ(m/2) / (√(m/2) · Γ((m − 1)/2)), exact; it is below 1 and nears 1 as m grows.

    Hedges 1981, doi:10.3102/10769986006002107. Needs more than 1 degree of freedom.
    """
    half = degrees_of_freedom / 2
    if degrees_of_freedom < _LARGE:
        return exp(lgamma(half) - lgamma(half - 0.5)) / sqrt(half)
    x = half - 0.5  # Γ(x + ½) / Γ(x) by its series in 1/x; what is left out is below 1e-13
    series = 1 - 1 / (8 * x) + 1 / (128 * x**2) + 5 / (1024 * x**3) - 21 / (32768 * x**4)
    return sqrt(x / half) * series


def pooled_sd(first: Sample, second: Sample) -> float:
    """The SD of people around their own group's mean."""
    people = first.n + second.n - 2
    return hypot(sqrt((first.n - 1) / people) * first.sd, sqrt((second.n - 1) / people) * second.sd)


def separate_variance(first: Sample, second: Sample) -> float:
    """The variance of the mean difference where the SDs need not be alike."""
    return first.sd * first.sd / first.n + second.sd * second.sd / second.n


def sample_of(group: MeanGroup) -> Sample:
    """A group that has no fault, in plain numbers."""
    n = float(group.n or 0)
    return Sample(n=n, mean=group.mean.value, sd=_sd(group.spread, n))


def sd_from_interval(low: float, high: float, level: float, n: float) -> float:
    """The SD of people from the confidence interval of their mean: √n · (high − low) / (2 t).

    t has n − 1 degrees of freedom, whatever n is; for large n it is the usual 1.96.
    """
    return sqrt(n) * (high - low) / (2 * t_for(level, n - 1))


def _sd(spread: Spread | None, n: float) -> float:
    if isinstance(spread, StandardDeviation):
        return spread.value.value
    if isinstance(spread, StandardError):
        return sqrt(n) * spread.value.value
    if isinstance(spread, Interval):
        return sd_from_interval(spread.low.value, spread.high.value, spread.level, n)
    raise AssertionError  # a group without a spread has a fault


def _steps(means: Means) -> tuple[str, ...]:
    said = []
    for side, group in (
        (Side.INTERVENTION, means.intervention),
        (Side.COMPARISON, means.comparison),
    ):
        sd = sample_of(group).sd
        if isinstance(group.spread, StandardError):
            said.append(f"The SD of the {side} group, {sd:.4g}, is its SE times √n.")
        if isinstance(group.spread, Interval):
            said.append(
                f"The SD of the {side} group, {sd:.4g}, is from its {group.spread.level:.4g} "
                f"confidence interval, with t of {float(group.n or 0) - 1:g} degrees of freedom."
            )
    if means.scores is Scores.CHANGE:
        said.append("The means are of change scores.")
    return tuple(said)
