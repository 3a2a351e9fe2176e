"""Meta-regression: effects explained by one moderator."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from evidence.synthesis.pooling.chances import p_of_chi2, p_of_t, p_of_z
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import NO_WIDTH, USUAL_LEVEL, limits_around, test_for
from evidence.synthesis.pooling.results import Limits, NotPooled
from evidence.synthesis.pooling.study_effects import StudyEffect, observed
from evidence.synthesis.pooling.tau2 import NotConverged, tau2_of
from evidence.synthesis.pooling.weighted_fit import fit

FEWEST_OFFERED = 10
"""Studies from which a regression is offered (Cochrane Handbook, sections 10.11.5.1, 13.3.5.4)."""

FEWEST = 3
"""Studies without which a line leaves nothing to see how good it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A coefficient of a regression, on the scale of analysis."""

    estimate: float
    se: float
    stat: float
    p: float
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """Effects explained by a moderator.

    Attributes:
        intercept: the effect where the moderator is 0.
        slope: by how much the effect grows with 1 of the moderator.
        tau2: variance of true effects around the line.
        r2: the share of tau², in per cent, that the moderator explains; None without tau².
        q, free, p: heterogeneity around the line.
    """

    k: int
    test: EffectTest
    intercept: Coefficient
    slope: Coefficient
    tau2: float
    r2: float | None
    q: float
    free: int
    p: float


def regression_not_offered(k: int) -> str:
    """Why a regression on so many studies is not offered; empty where it is."""
    if k >= FEWEST_OFFERED:
        return ""
    return f"A meta-regression needs {FEWEST_OFFERED} studies; there are {k}."


def regression(
    effects: Sequence[StudyEffect],
    values: Sequence[float],
    method: Method = Method.REML,
    test: EffectTest | None = None,
    level: float = USUAL_LEVEL,
    *,
    exact: bool = False,
) -> Regression | NotPooled:
    """A line through the effects, weighted by 1 / (variance + tau²).

    Thompson and Higgins 2002, doi:10.1002/sim.1187; tau² as in `tau2_of`, and R² by Raudenbush
    (1994): how much smaller it is than without the moderator.

    Args:
        effects: one of each study.
        values: the moderator of each study, finite.
        method: any but MH and PETO.
        test: None takes Knapp and Hartung's with random effects, else z.
        level: of the intervals.
        exact: whether PM and REML are searched to the end, not to metafor's tolerance.
    """
    if len(effects) < FEWEST:
        return NotPooled(reasons=(f"A line needs {FEWEST} studies; there are {len(effects)}.",))
    x = np.array(values, dtype=np.float64)
    middle, spread = float(np.mean(x)), float(np.ptp(x))
    if not spread:
        return NotPooled(reasons=("The moderator is the same in all studies.",))
    seen = observed(effects, [1.0] * len(x), ((x - middle) / spread).tolist())
    try:
        tau2, alone = (
            tau2_of(each, method, exact=exact).value for each in (seen, observed(effects))
        )
    except NotConverged:
        return NotPooled(reasons=(f"{method} came to no result with this moderator.",))
    model, common = fit(seen, tau2), fit(seen, 0.0)
    tested = test_for(test, method, seen)
    if tested is EffectTest.KNHA and model.rest[0] <= NO_WIDTH:
        tested = EffectTest.Z
    factor = float(model.rest[0]) / seen.free if tested is EffectTest.KNHA else 1.0
    back = np.array([[1.0, -middle / spread], [0.0, 1 / spread]]) * seen.scale
    estimates = back @ model.coefficients[0] + np.array([seen.shift, 0.0])
    errors = np.linalg.norm(back @ model.roots[0], axis=1) * sqrt(factor)
    free = seen.free if tested is EffectTest.KNHA else None
    intercept, slope = (
        _coefficient(float(estimate), float(error), level, free)
        for estimate, error in zip(estimates, errors, strict=True)
    )
    q = float(common.rest[0])
    return Regression(
        k=seen.k,
        test=tested,
        intercept=intercept,
        slope=slope,
        tau2=tau2 * seen.scale**2,
        r2=max(0.0, 100 * (1 - tau2 / alone)) if alone else None,
        q=q,
        free=seen.free,
        p=p_of_chi2(q, seen.free),
    )


def _coefficient(estimate: float, se: float, level: float, free: int | None) -> Coefficient:
    stat = estimate / se
    return Coefficient(
        estimate=estimate,
        se=se,
        stat=stat,
        p=p_of_z(stat) if free is None else p_of_t(stat, free),
        limits=limits_around(estimate, se, level, free),
    )
