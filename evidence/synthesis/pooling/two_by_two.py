"""2x2 tables pooled without effects of their own: Mantel-Haenszel and Peto, one common effect.

Nothing is added to cells of 0, because nothing is divided by them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

import numpy as np

from evidence.coding.effects.counts import Table
from evidence.errors import Invalid
from evidence.synthesis.pooling.chances import p_of_chi2, p_of_z
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import USUAL_LEVEL, i2_by_q, limits_around
from evidence.synthesis.pooling.remarks import remarks_on
from evidence.synthesis.pooling.results import (
    NOT_DIFFERING,
    Heterogeneity,
    NotPooled,
    Pooled,
)
from evidence.synthesis.pooling.study_effects import Numbers
from evidence.synthesis.pooling.table_effects import (
    ADDED,
    says_nothing,
    silent_remarks,
    table_effect,
)

MANTEL_HAENSZEL = (PooledMeasure.OR, PooledMeasure.RR, PooledMeasure.RD)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyTable:
    """The 2x2 table of a study.

    Attributes:
        study: what it is called.
        table: of a group with and without event, the intervention first; people in both groups.
    """

    study: str
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """What a method makes of all tables.

    Attributes:
        weights: (k,) of the studies.
        effects: of single studies, of those that have one.
        q, compared: heterogeneity and the number of studies that it compares.
    """

    estimate: float
    variance: float
    weights: Numbers
    effects: Numbers
    q: float
    compared: int


def mantel_haenszel(
    studies: Sequence[StudyTable], measure: PooledMeasure, level: float = USUAL_LEVEL
) -> Pooled | NotPooled:
    """Odds ratio, risk ratio or risk difference by Mantel and Haenszel, ratios as logarithms.

    With a, b, c, d and N = a + b + c + d of each table:
    OR = Σ(a d / N) / Σ(b c / N) (Mantel and Haenszel 1959, doi:10.1093/jnci/22.4.719) with the
    variance of its logarithm by Robins, Breslow and Greenland (1986, doi:10.2307/2531052);
    RR = Σ(a n2 / N) / Σ(c n1 / N) with the variance of its logarithm, and
    RD = Σ((a n2 − c n1) / N) / Σ(n1 n2 / N), by Greenland and Robins (1985, doi:10.2307/2530643);
    the variance of RD by Sato, Greenland and Robins (1989), as metafor has it. Q compares the
    studies' own effects, 0.5 added to tables with a cell of 0, with the pooled one by their
    variances; studies with events in nobody or in everybody are not in Q.

    Args:
        studies: each once. Those without events in both groups leave OR and RR (a remark says so).
        measure: OR, RR or RD.
        level: of all intervals.

    Raises:
        Invalid: for other measures.
    """
    if measure not in MANTEL_HAENSZEL:
        raise Invalid(f"Mantel-Haenszel pools OR, RR and RD, not {measure}.")
    telling, remarks = _informative(studies, measure)
    if not telling:
        return NotPooled(reasons=(*remarks, "No study is left that can be pooled."))
    cells = _cells(telling)
    sums_or_reason = _SUMS[measure](*cells)
    if isinstance(sums_or_reason, str):
        return NotPooled(reasons=(*remarks, sums_or_reason))
    estimate, variance, weights = sums_or_reason
    effects = [
        table_effect(each.table, measure, ADDED)
        for each in telling
        if not (says_nothing(each.table, PooledMeasure.OR))
    ]
    q = sum((y - estimate) ** 2 / v for y, v in effects) if len(effects) > 1 else 0.0
    sums = _Sums(
        estimate=estimate,
        variance=variance,
        weights=weights,
        effects=np.array([y for y, _ in effects]),
        q=q,
        compared=len(effects),
    )
    return _result(Method.MH, sums, telling, level, remarks)


def peto(studies: Sequence[StudyTable], level: float = USUAL_LEVEL) -> Pooled | NotPooled:
    """Peto's odds ratio, as a logarithm: Σ(a − E) / ΣV with variance 1 / ΣV.

    E = n1 (a + c) / N and V = n1 n2 (a + c)(b + d) / (N² (N − 1)) of each table;
    Q = Σ(a − E)² / V − (Σ(a − E))² / ΣV (Yusuf and colleagues 1985,
    doi:10.1016/S0033-0620(85)80003-7). Studies with events in nobody or in everybody say nothing
    and leave; a remark says so.
    """
    telling, remarks = _informative(studies, PooledMeasure.PETO)
    if not telling:
        return NotPooled(reasons=(*remarks, "No study is left that can be pooled."))
    a, b, c, d = _cells(telling)
    people = a + b + c + d
    above = a - (a + b) * (a + c) / people
    v = ((a + b) / people) * ((c + d) / people) * (a + c) * (b + d) / (people - 1)
    q = float(np.sum(above * above / v) - np.sum(above) ** 2 / np.sum(v))
    sums = _Sums(
        estimate=float(np.sum(above) / np.sum(v)),
        variance=float(1 / np.sum(v)),
        weights=v,
        effects=above / v,
        q=max(0.0, q),
        compared=len(telling),
    )
    return _result(Method.PETO, sums, telling, level, remarks)


def _informative(
    studies: Sequence[StudyTable], measure: PooledMeasure
) -> tuple[list[StudyTable], tuple[str, ...]]:
    """The studies that say something of the measure, and a remark on the others."""
    reasons = [(each.study, says_nothing(each.table, measure)) for each in studies]
    telling = [each for each, (_, reason) in zip(studies, reasons, strict=True) if not reason]
    return telling, silent_remarks(reasons)


def _cells(studies: Sequence[StudyTable]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    a, b, c, d = np.array(
        [(each.table.a, each.table.b, each.table.c, each.table.d) for each in studies],
        dtype=np.float64,
    ).T
    return a, b, c, d


def _odds_ratio(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers
) -> tuple[float, float, Numbers] | str:
    people = a + b + c + d
    for_first, for_second = a / people * d, b / people * c
    r, s = float(for_first.sum()), float(for_second.sum())
    if not (r and s):
        return "All tables together have a cell of 0, so there is no odds ratio of Mantel-Haenszel."
    share, rest = (a + d) / people, (b + c) / people
    variance = (
        np.sum(share * for_first) / (2 * r * r)
        + np.sum(share * for_second + rest * for_first) / (2 * r * s)
        + np.sum(rest * for_second) / (2 * s * s)
    )
    return log(r / s), float(variance), for_second


def _risk_ratio(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers
) -> tuple[float, float, Numbers] | str:
    first, second = a + b, c + d
    people = first + second
    r, s = float(np.sum(a / people * second)), float(np.sum(c / people * first))
    if not (r and s):
        return "One group has no event in any study, so there is no risk ratio of Mantel-Haenszel."
    variance = np.sum(first / people * (second / people) * (a + c) - a / people * c) / (r * s)
    return log(r / s), float(variance), c / people * first


def _risk_difference(
    a: Numbers, b: Numbers, c: Numbers, d: Numbers
) -> tuple[float, float, Numbers] | str:
    first, second = a + b, c + d
    people = first + second
    weights = first / people * second
    total = float(weights.sum())
    estimate = float(np.sum(a / people * second - c / people * first)) / total
    slanted = np.sum(
        c * (first / people) ** 2
        - a * (second / people) ** 2
        + first / people * (second / people) * (second - first) / 2
    )
    level = np.sum(a / people * (second - c) + c / people * (first - a)) / 2
    variance = float(estimate * slanted + level) / total**2
    if variance <= 0:
        return "No study has events in some people and not in others, so there is no variance."
    return estimate, variance, weights


_SUMS = {
    PooledMeasure.OR: _odds_ratio,
    PooledMeasure.RR: _risk_ratio,
    PooledMeasure.RD: _risk_difference,
}


def _result(
    method: Method,
    sums: _Sums,
    studies: Sequence[StudyTable],
    level: float,
    remarks: tuple[str, ...],
) -> Pooled:
    se, free = sqrt(sums.variance), sums.compared - 1
    stat = sums.estimate / se
    limits = limits_around(sums.estimate, se, level)
    differing = (
        Heterogeneity(
            q=sums.q,
            free=free,
            p=p_of_chi2(sums.q, free),
            i2=i2_by_q(sums.q, free),
            h2=sums.q / free,
            tau2=0.0,
        )
        if free > 0
        else NOT_DIFFERING
    )
    weights = 100 * sums.weights / sums.weights.sum()
    pooled = Pooled(
        method=method,
        test=EffectTest.Z,
        level=level,
        k=len(studies),
        estimate=sums.estimate,
        se=se,
        stat=stat,
        p=p_of_z(stat),
        plain_se=se,
        limits=limits,
        wald=limits,
        heterogeneity=differing,
        prediction=None,
        printed_prediction=None,
        weights=tuple(float(weight) for weight in weights),
    )
    return replace(
        pooled, remarks=(*remarks, *remarks_on(pooled, sums.effects.tolist(), wanted=None))
    )
