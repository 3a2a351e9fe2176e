"""The effects that follow from what a report prints."""

from evidence.coding.effects.correlations import fisher_z
from evidence.coding.effects.counts import (
    STANDARD_ZERO_CELLS,
    ZeroCells,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.estimates import printed_effect
from evidence.coding.effects.means import mean_difference, standardised_mean_difference
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Correlation,
    Counts,
    Estimate,
    Means,
    PTest,
    Reported,
    TTest,
)
from evidence.coding.effects.tests_of_difference import smd_from_p, smd_from_t
from evidence.errors import Invalid


def measures_of(reported: Reported) -> tuple[Measure, ...]:
    """The measures that such numbers can give."""
    match reported:
        case Means():
            return tuple(_FROM_MEANS)
        case Counts():
            return tuple(_FROM_COUNTS)
        case Estimate():
            return (reported.measure,)
        case TTest() | PTest():
            return (Measure.STANDARDISED_MEAN_DIFFERENCE,)
        case Correlation():
            return (Measure.FISHER_Z,)


def effects_of(
    reported: Reported, zero_cells: ZeroCells = STANDARD_ZERO_CELLS
) -> tuple[Effect | Refusal, ...]:
    """Each measure that the numbers can give, with its variance, or why it is not computed."""
    return tuple(effect_of(reported, measure, zero_cells) for measure in measures_of(reported))


def effect_of(
    reported: Reported, measure: Measure, zero_cells: ZeroCells = STANDARD_ZERO_CELLS
) -> Effect | Refusal:
    """One measure with its variance, or why it is not computed.

    Raises:
        Invalid: where such numbers can never give this measure (see `measures_of`).
    """
    if measure not in measures_of(reported):
        raise Invalid(f"These numbers give no {measure.natural_name}.")
    match reported:
        case Means():
            return _FROM_MEANS[measure](reported)
        case Counts():
            return _FROM_COUNTS[measure](reported, zero_cells)
        case Estimate():
            return printed_effect(reported)
        case TTest():
            return smd_from_t(reported)
        case PTest():
            return smd_from_p(reported)
        case Correlation():
            return fisher_z(reported)


_FROM_MEANS = {
    Measure.MEAN_DIFFERENCE: mean_difference,
    Measure.STANDARDISED_MEAN_DIFFERENCE: standardised_mean_difference,
}
_FROM_COUNTS = {
    Measure.LOG_ODDS_RATIO: log_odds_ratio,
    Measure.LOG_RISK_RATIO: log_risk_ratio,
    Measure.RISK_DIFFERENCE: risk_difference,
}
