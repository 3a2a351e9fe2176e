"""Standardised mean differences from the t or p of a test of two independent groups."""

from math import sqrt

from evidence.coding.effects.distributions import t_of_p
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.means import corrected
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import PTest, Side, TTest


def smd_from_t(test: TTest) -> Effect | Refusal:
    """Hedges' g = J(n1 + n2 − 2) · t · √(1/n1 + 1/n2), variance as from means.

    Right for the t-test with a pooled SD of two independent groups, not for paired ones (Borenstein
    and colleagues 2009, chapter 4, doi:10.1002/9780470743386.ch4).
    """
    faults = faults_in(test)
    if faults:
        return Refusal(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, faults=faults)
    first, second = float(test.n_intervention or 0), float(test.n_comparison or 0)
    return corrected(
        test.t.value * sqrt(1 / first + 1 / second),
        first,
        second,
        clusters=test.clusters,
        steps=("Computed from t, taken as that of two independent groups with a pooled SD.",),
    )


def smd_from_p(test: PTest) -> Effect | Refusal:
    """Hedges' g from the t with n1 + n2 − 2 degrees of freedom that has this p, and its sign.

    Source as for `smd_from_t`. A one-sided p is doubled first.
    """
    faults = faults_in(test)
    if faults:
        return Refusal(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, faults=faults)
    first, second = float(test.n_intervention or 0), float(test.n_comparison or 0)
    two_sided = test.p.number.value * (1 if test.two_sided else 2)
    t = t_of_p(two_sided, first + second - 2)
    if test.higher is Side.COMPARISON:
        t = -t
    step = (
        f"Computed from p, by way of t = {t:.4g}, taken as that of two independent groups with a "
        "pooled SD."
    )
    return corrected(
        t * sqrt(1 / first + 1 / second),
        first,
        second,
        clusters=test.clusters,
        steps=(step,),
    )
