"""Egger's test: whether small studies have other effects than large ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from evidence.synthesis.pooling.chances import p_of_t
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.moderator import FEWEST, FEWEST_OFFERED
from evidence.synthesis.pooling.pool import NO_WIDTH
from evidence.synthesis.pooling.results import NotPooled
from evidence.synthesis.pooling.study_effects import StudyEffect, observed
from evidence.synthesis.pooling.weighted_fit import fit


@dataclass(frozen=True, slots=True, kw_only=True)
class Egger:
    """Egger's test.

    Attributes:
        t, free, p: of the slope on the standard error.
    """

    t: float
    free: int
    p: float


def egger_not_offered(k: int, measure: PooledMeasure | None) -> str:
    """Why Egger's test is not offered; empty where it is."""
    if k < FEWEST_OFFERED:
        return f"Egger's test needs {FEWEST_OFFERED} studies; there are {k}."
    if measure in {PooledMeasure.OR, PooledMeasure.PETO}:
        return (
            "Egger's test is not for odds ratios: their standard errors depend on the effect, so "
            "it finds asymmetry where there is none."
        )
    return ""


def egger_warning(measure: PooledMeasure | None) -> str:
    """What is to be said beside Egger's test; empty where nothing is."""
    if measure is PooledMeasure.SMD:
        return (
            "Egger's test of standardised mean differences: their standard errors depend on the "
            "effect, so take its p with caution."
        )
    return ""


def egger(effects: Sequence[StudyEffect]) -> Egger | NotPooled:
    """Whether small studies have other effects: the slope of effects on their standard errors.

    Weights are 1 / variance, and the error around the line is estimated, so it is the t of k − 2
    degrees of freedom of the classical test (Egger and colleagues 1997,
    doi:10.1136/bmj.315.7109.629; Sterne and Egger 2005, doi:10.1002/0470870168.ch6), as `regtest`
    of metafor with model "lm".
    """
    if len(effects) < FEWEST:
        return NotPooled(reasons=(f"Egger's test needs {FEWEST} studies at the very least.",))
    alone = observed(effects)
    errors = np.sqrt(alone.v)
    if np.ptp(errors) <= NO_WIDTH * float(errors.max()):
        return NotPooled(
            reasons=("All standard errors are the same, so Egger's test has no line.",)
        )
    around = (errors - errors.mean()) / np.ptp(errors)  # another unit leaves t as it is
    seen = observed(effects, [1.0] * len(errors), around.tolist())
    model = fit(seen, 0.0)
    rest = float(model.rest[0]) / seen.free
    if rest <= NO_WIDTH:
        return NotPooled(reasons=("All studies lie on one line, so Egger's test has no error.",))
    t = float(model.coefficients[0, 1] / np.linalg.norm(model.roots[0, 1])) / sqrt(rest)
    return Egger(t=t, free=seen.free, p=p_of_t(t, seen.free))
