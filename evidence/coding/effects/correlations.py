"""Fisher's z of a correlation."""

from math import atanh

from evidence.coding.effects.effect import Effect, effect_or_refusal
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import Correlation


def fisher_z(correlation: Correlation) -> Effect | Refusal:
    """Z = ½ log((1 + r) / (1 − r)), variance 1 / (n − 3); back by r = tanh(z).

    The transformation is Fisher's (1915, doi:10.2307/2331838); with this variance it is `escalc`
    of metafor, measure ZCOR (doi:10.18637/jss.v036.i03).
    """
    faults = faults_in(correlation)
    if faults:
        return Refusal(measure=Measure.FISHER_Z, faults=faults)
    return effect_or_refusal(
        Measure.FISHER_Z,
        atanh(correlation.r.value),
        1 / (float(correlation.n or 0) - 3),
        clusters=correlation.clusters,
    )
