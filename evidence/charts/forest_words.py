"""What a forest plot says in words: effects, how far studies differ, and the notes below."""

from collections.abc import Iterator

from evidence.charts.effect_axis import EffectAxis
from evidence.synthesis.pooling.forest import Forest
from evidence.synthesis.pooling.measures import PooledMeasure, effect_text
from evidence.synthesis.pooling.methods import EffectTest
from evidence.synthesis.pooling.results import Between, Limits, Pooled
from evidence.synthesis.sign_test import p_text

_WHOLE_FROM = 1000
_TOO_LONG_FROM = 1e7


def effect_with_limits(
    estimate: float, limits: Limits | None, measure: PooledMeasure | None
) -> str:
    """An effect as readers know it: 0.49 (0.33 to 0.73)."""
    said = effect_text(estimate, measure)
    return f"{said} ({limits_text(limits, measure)})" if limits else said


def limits_text(limits: Limits, measure: PooledMeasure | None) -> str:
    """An interval as readers know it."""
    return f"{effect_text(limits.low, measure)} to {effect_text(limits.high, measure)}"


def scale_name(measure: PooledMeasure | None) -> str:
    """What stands below the axis."""
    name = measure.natural_name.capitalize() if measure else "Effect"
    return f"{name}, log scale" if measure and measure.is_ratio else name


def notes_of(forest: Forest, axis: EffectAxis) -> Iterator[str]:
    """All that must be known, below the plot; of arrows only where an interval ends in one."""
    pooled = forest.pooled
    method = pooled.method.full_name
    yield f"{method[0].upper()}{method[1:]}; {pooled.test.full_name}; {differing(pooled)}"
    if pooled.k > 1:
        yield overall_test(pooled)
    yield from _on_groups(forest)
    ends = [end for each in _drawn_intervals(forest) for end in (each.low, each.high)]
    arrows = "" if all(map(axis.is_shown, ends)) else " Arrows: intervals reach further."
    yield f"Squares: area by weight. Diamonds: pooled effects.{arrows}"
    yield from forest.remarks
    if forest.kept:
        yield forest.kept


def _drawn_intervals(forest: Forest) -> Iterator[Limits]:
    yield from (study.limits for study in forest.studies if study.limits)
    yield from (each.pooled.limits for each in forest.groups if isinstance(each.pooled, Pooled))
    yield forest.pooled.limits
    if forest.pooled.printed_prediction:
        yield forest.pooled.printed_prediction


def overall_test(pooled: Pooled) -> str:
    """The test of the pooled effect."""
    letter = "z" if pooled.test is EffectTest.Z else "t"
    free = "" if pooled.test is EffectTest.Z else f", df = {pooled.k - 1}"
    stat = f"{pooled.stat:.2f}".replace("-", "−")
    return f"Test of the pooled effect: {letter} = {stat}{free}, p {p_text(pooled.p)}."


def _on_groups(forest: Forest) -> Iterator[str]:
    common = forest.common_tau2
    if forest.between:
        own = ", each with its own τ²" if common else ""
        yield f"Between groups{own}: {_between_text(forest.between)}."
    if common:
        yield (
            f"Between groups with a common τ² of {_variance(common.tau2)}: "
            f"{_between_text(common.between)}."
        )


def _between_text(between: Between) -> str:
    name = "chi²" if between.within is None else "F"
    within = "" if between.within is None else f" and {between.within}"
    return f"{name} = {between.stat:.2f}, df = {between.free}{within}, p {p_text(between.p)}"


def differing(pooled: Pooled) -> str:
    """How far the studies differ."""
    found = pooled.heterogeneity
    tau2 = ""
    if pooled.method.is_random:
        limits = found.tau2_limits
        ends = f" ({_variance(limits.low)} to {_variance(limits.high)})" if limits else ""
        tau2 = f"; τ² = {_variance(found.tau2)}{ends}"
    return (
        f"Q = {found.q:.2f}, df = {found.free}, p {p_text(found.p)}; "
        f"I² = {found.i2:.0f}% ({pooled.method}){tau2}."
    )


def _variance(value: float) -> str:
    """Three digits that count, without powers of 10 where there is another way."""
    return f"{value:,.0f}" if _WHOLE_FROM <= value < _TOO_LONG_FROM else f"{value:.3g}"


def described(forest: Forest, title: str) -> str:
    """The plot for those who hear it."""
    pooled = forest.pooled
    name = forest.measure.natural_name if forest.measure else "effect"
    effect = effect_with_limits(pooled.estimate, pooled.limits, forest.measure)
    return (
        f"{title}. Forest plot of {pooled.k} {'study' if pooled.k == 1 else 'studies'}: pooled "
        f"{name} {effect}. {differing(pooled)}"
    )
