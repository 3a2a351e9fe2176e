"""Effects that a report computed itself, brought to the scale of analysis."""

from evidence.coding.effects.distributions import t_for, z_for
from evidence.coding.effects.effect import Effect, effect_or_refusal
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Estimate, Interval, StandardError


def printed_effect(estimate: Estimate) -> Effect | Refusal:
    """The report's own effect, with the variance that its SE or interval stands for.

    SE = (high − low) / (2 q), both limits on the scale of analysis: logarithms for ratios (Tierney
    and colleagues 2007, doi:10.1186/1745-6215-8-16, for hazard ratios), z for correlations. q is
    1.96 for 95 %, or that of t where degrees of freedom are given (Altman and Bland 2011,
    doi:10.1136/bmj.d2304). The estimate is the printed one, not the middle of the interval.
    """
    faults = faults_in(estimate)
    if faults:
        return Refusal(measure=estimate.measure, faults=faults)
    standard_error = standard_error_of(estimate)
    return effect_or_refusal(
        estimate.measure,
        analysed(estimate, estimate.value.value),
        standard_error * standard_error,
        clusters=estimate.clusters,
        steps=_steps(estimate),
    )


def standard_error_of(estimate: Estimate) -> float:
    """On the scale of analysis, of an estimate that has no fault."""
    spread = estimate.spread
    if isinstance(spread, StandardError):
        return spread.value.value
    if isinstance(spread, Interval):
        low, high = (analysed(estimate, limit.value) for limit in (spread.low, spread.high))
        return (high - low) / (2 * _reach(spread.level, estimate.degrees_of_freedom))
    raise AssertionError  # an estimate without a spread has a fault


def analysed(estimate: Estimate, value: float) -> float:
    """A number on the scale of the estimate, on the scale of analysis."""
    return value if estimate.transformed else estimate.measure.analysed(value)


def _reach(level: float, degrees_of_freedom: int | None) -> float:
    return t_for(level, degrees_of_freedom) if degrees_of_freedom else z_for(level)


def _steps(estimate: Estimate) -> tuple[str, ...]:
    said = ["The effect is the report's own."]
    if isinstance(estimate.spread, Interval):
        quantile = (
            f"t of {estimate.degrees_of_freedom} degrees of freedom"
            if estimate.degrees_of_freedom
            else "the normal distribution"
        )
        said.append(f"Its SE is from its {estimate.spread.level:.4g} interval, with {quantile}.")
    if estimate.measure is Measure.STANDARDISED_MEAN_DIFFERENCE:
        said.append("Whether the report corrected it for small samples is not known.")
    if estimate.adjusted:
        said.append("It is adjusted for covariates.")
    return tuple(said)
