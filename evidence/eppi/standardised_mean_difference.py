"""The standardised mean difference as EPPI-Reviewer computes it.

Only to judge whether a value that an export stores is as EPPI computed it; our own results come
from `coding.effects`, with the exact correction.
"""

from dataclasses import dataclass
from math import sqrt

from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.means import pooled_sd, sample_of
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Means

_LOST = 3.94  # taken from the number of people in EPPI's variance


@dataclass(frozen=True, slots=True, kw_only=True)
class EppiValue:
    """A standardised mean difference and its standard error, as EPPI stores them."""

    estimate: float
    standard_error: float


def smd_as_eppi(means: Means) -> EppiValue | Refusal:
    """G = (1 − 3 / (4N − 9)) · (m1 − m2) / S, SE = √(N / (n1 n2) + g² / (2 (N − 3.94))).

    N is n1 + n2 and S the pooled SD. The factor is the approximation of Hedges 1981,
    doi:10.3102/10769986006002107, to the exact correction. Clusters are left out.
    """
    faults = faults_in(means)
    if faults:
        return Refusal(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, faults=faults)
    first, second = sample_of(means.intervention), sample_of(means.comparison)
    people = first.n + second.n
    uncorrected = (first.mean - second.mean) / pooled_sd(first, second)
    g = (1 - 3 / (4 * people - 9)) * uncorrected
    variance = people / (first.n * second.n) + g * g / (2 * (people - _LOST))
    return EppiValue(estimate=g, standard_error=sqrt(variance))
