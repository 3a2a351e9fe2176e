"""Effects of studies pooled by inverse variance: one common effect, or random effects."""

from collections.abc import Sequence
from dataclasses import replace
from math import hypot, sqrt

import numpy as np

from evidence.errors import Invalid
from evidence.synthesis.pooling.chances import p_of_chi2, p_of_t, p_of_z, quantile_for
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.q_profile import q_profile
from evidence.synthesis.pooling.remarks import remarks_on
from evidence.synthesis.pooling.results import (
    NOT_DIFFERING,
    Heterogeneity,
    Limits,
    NotPooled,
    Pooled,
)
from evidence.synthesis.pooling.study_effects import Observed, StudyEffect, observed
from evidence.synthesis.pooling.tau2 import NotConverged, tau2_of
from evidence.synthesis.pooling.weighted_fit import fit

USUAL_LEVEL = 0.95
FEWEST_FOR_T = 3
"""Studies from which Knapp and Hartung's test and the printed prediction interval are given."""

NO_WIDTH = 2.0**-52
"""Weighted squares around the mean that are rounding alone."""


def pool(
    effects: Sequence[StudyEffect],
    method: Method = Method.REML,
    test: EffectTest | None = None,
    level: float = USUAL_LEVEL,
    *,
    exact: bool = False,
) -> Pooled | NotPooled:
    """Pool effects, each of another study, with weights 1 / (variance + tau²).

    The estimate is Σ w y / Σ w with variance 1 / Σ w. With Knapp and Hartung's test (2003,
    doi:10.1002/sim.1482) that is multiplied by Σ w (y − estimate)² / (k − 1), and t of k − 1
    degrees of freedom is used. Typical sampling variance and with it I² and H² are those of Higgins
    and Thompson (2002, doi:10.1002/sim.1186), which for DL and one common effect are those by Q.

    Args:
        effects: one of each study (see `several_findings` where a study has more).
        method: any but MH and PETO, which pool tables.
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
        level: of all intervals.
        exact: whether PM and REML are searched to the end, not to metafor's tolerance.

    Raises:
        Invalid: for MH and PETO, and for a level that is none.
    """
    if method.needs_tables:
        raise Invalid(f"{method} pools 2x2 tables; effects with variances are pooled by FE.")
    if not 0 < level < 1:
        raise Invalid(f"{level:g} is no level of an interval; 95 % is 0.95.")
    if not effects:
        return NotPooled(reasons=("There is no study that can be pooled.",))
    seen = observed(effects)
    try:
        tau2 = tau2_of(seen, method, exact=exact)
        limits = q_profile(seen, level) if method.is_random and seen.free else None
    except NotConverged:
        reason = f"{method} came to no result with these numbers; DL always has one."
        return NotPooled(reasons=(reason,))
    tested = test_for(test, method, seen)
    pooled = _with_predictions(_pooled(seen, method, tested, level, tau2.value))
    if limits:
        pooled = replace(pooled, heterogeneity=_with_limits(pooled.heterogeneity, limits, seen))
    estimates = [effect.estimate for effect in effects]
    return replace(pooled, remarks=(*tau2.remarks, *remarks_on(pooled, estimates, wanted=test)))


def test_for(test: EffectTest | None, method: Method, seen: Observed) -> EffectTest:
    """The test that was asked for, where it can be made.

    Args:
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
        method: with it the effect is pooled.
        seen: the effects and the model.
    """
    if seen.free < 1:
        return EffectTest.Z
    if test is None:
        return EffectTest.KNHA if method.is_random and seen.k >= FEWEST_FOR_T else EffectTest.Z
    return test


def _pooled(seen: Observed, method: Method, test: EffectTest, level: float, tau2: float) -> Pooled:
    """The pooled effect, without predictions and without the interval of tau²."""
    model = fit(seen, tau2)
    estimate = seen.shift + seen.scale * float(model.coefficients[0, 0])
    plain = seen.scale * float(np.linalg.norm(model.roots[0, 0]))
    rest = float(model.rest[0])
    if test is EffectTest.KNHA and rest <= NO_WIDTH:
        test = EffectTest.Z
    se = plain * sqrt(rest / seen.free) if test is EffectTest.KNHA else plain
    stat = estimate / se
    weights = 1 / (seen.v + tau2)
    return Pooled(
        method=method,
        test=test,
        level=level,
        k=seen.k,
        estimate=estimate,
        se=se,
        stat=stat,
        p=p_of_t(stat, seen.free) if test is EffectTest.KNHA else p_of_z(stat),
        plain_se=plain,
        limits=limits_around(estimate, se, level, seen.free if test is EffectTest.KNHA else None),
        wald=limits_around(estimate, plain, level),
        heterogeneity=heterogeneity(seen, method, tau2),
        prediction=None,
        printed_prediction=None,
        weights=tuple(float(weight) for weight in 100 * weights / weights.sum()),
    )


def heterogeneity(seen: Observed, method: Method, tau2: float) -> Heterogeneity:
    """How far studies differ around the model; tau² on the scale of `seen`."""
    if seen.free < 1:
        return NOT_DIFFERING
    common = fit(seen, 0.0)
    q = float(common.rest[0])
    if method.is_random:
        typical = seen.free / float(common.trace[0])
        i2, h2 = 100 * tau2 / (typical + tau2), tau2 / typical + 1
    else:
        i2, h2 = i2_by_q(q, seen.free), q / seen.free
    return Heterogeneity(
        q=q,
        free=seen.free,
        p=p_of_chi2(q, seen.free),
        i2=i2,
        h2=h2,
        tau2=tau2 * seen.scale * seen.scale,
    )


def i2_by_q(q: float, free: int) -> float:
    """I² in per cent by Q alone, never below 0 (doi:10.1002/sim.1186)."""
    return max(0.0, 100 * (q - free) / q) if q else 0.0


def limits_around(
    estimate: float, se: float, level: float, degrees_of_freedom: int | None = None
) -> Limits:
    """The interval around an estimate, with t where degrees of freedom are named."""
    reach = quantile_for(level, degrees_of_freedom) * se
    return Limits(low=estimate - reach, high=estimate + reach)


def _with_predictions(pooled: Pooled) -> Pooled:
    """With prediction intervals: estimate ± quantile · √(tau² + SE²).

    Higgins, Thompson and Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x; with k − 1
    degrees of freedom as in the Cochrane Handbook, section 10.10.4.3.
    """
    if not pooled.method.is_random:
        return pooled
    spread = hypot(sqrt(pooled.heterogeneity.tau2), pooled.se)
    free = pooled.k - 1
    usual = free if pooled.test is EffectTest.KNHA else None
    printed = pooled.k >= FEWEST_FOR_T
    return replace(
        pooled,
        prediction=limits_around(pooled.estimate, spread, pooled.level, usual),
        printed_prediction=limits_around(pooled.estimate, spread, pooled.level, free)
        if printed
        else None,
    )


def _with_limits(differing: Heterogeneity, limits: Limits, seen: Observed) -> Heterogeneity:
    """With the interval of tau², and that of I² which follows from it."""
    typical = seen.scale * seen.scale * seen.free / float(fit(seen, 0.0).trace[0])
    ends = [100 * end / (typical + end) for end in (limits.low, limits.high)]
    return replace(differing, tau2_limits=limits, i2_limits=Limits(low=ends[0], high=ends[1]))
