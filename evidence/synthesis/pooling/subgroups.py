"""Whether the effect differs between groups of studies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeVar

import numpy as np

from evidence.synthesis.pooling.chances import p_of_chi2, p_of_f
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import NO_WIDTH, USUAL_LEVEL, limits_around, test_for
from evidence.synthesis.pooling.results import Between, Limits, NotPooled, Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect, observed
from evidence.synthesis.pooling.tau2 import NotConverged, tau2_of
from evidence.synthesis.pooling.weighted_fit import fit

FEWEST = 2
"""Groups, at least, so that there is something to compare."""

Study = TypeVar("Study")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subgroups:
    """Groups pooled each for itself, with a tau² of its own.

    Attributes:
        pooled: by group, in the order of the studies.
        between: the test whether the groups differ; None where fewer than 2 were pooled.
        remarks: on single groups, a sentence each.
    """

    pooled: Mapping[str, Pooled | NotPooled]
    between: Between | None
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupEffect:
    """The effect of a group in a model that all groups share."""

    estimate: float
    se: float
    limits: Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonTau2:
    """Groups in one model with one tau².

    Attributes:
        effects: by group, in the order of the studies.
        tau2: between the studies of a group, the same in each.
        between: the test whether the groups differ.
    """

    effects: Mapping[str, GroupEffect]
    tau2: float
    between: Between


def subgroups(
    studies: Sequence[tuple[str, Study]],
    pooling: Callable[[Sequence[Study]], Pooled | NotPooled],
) -> Subgroups:
    """Pool each group for itself, and test whether they differ.

    The test is Q between the groups' effects, weighted by their variances without Knapp and
    Hartung's factor (Borenstein and colleagues 2009, chapter 19,
    doi:10.1002/9780470743386.ch19). With one common effect it is the part of Q that is not within
    groups.

    Args:
        studies: each with the name of its group.
        pooling: how all of them were pooled.
    """
    groups: dict[str, list[Study]] = {}
    for group, study in studies:
        groups.setdefault(group, []).append(study)
    pooled = {group: pooling(members) for group, members in groups.items()}
    results = [each for each in pooled.values() if isinstance(each, Pooled)]
    single = [
        group
        for group, each in pooled.items()
        if isinstance(each, Pooled) and each.k == 1 and each.method.is_random
    ]
    remarks = [
        f"{group}: {each.sentence}" for group, each in pooled.items() if isinstance(each, NotPooled)
    ]
    if single:
        remarks.append(
            f"With 1 study, {', '.join(single)} has no tau² of its own; the interval is as if it "
            "were 0."
        )
    return Subgroups(pooled=pooled, between=_between(results), remarks=tuple(remarks))


def _between(results: Sequence[Pooled]) -> Between | None:
    if len(results) < FEWEST:
        return None
    q = _q_between([(each.estimate, each.plain_se) for each in results])
    free = len(results) - 1
    return Between(stat=q, free=free, p=p_of_chi2(q, free))


def _q_between(effects: Sequence[tuple[float, float]]) -> float:
    """The weighted squares of groups' effects, each with its standard error, around their mean."""
    estimates, errors = (np.array(each) for each in zip(*effects, strict=True))
    weights = (errors.min() / errors) ** 2
    mean = np.sum(weights * estimates) / np.sum(weights)
    return float(np.sum(((estimates - mean) / errors) ** 2))


def subgroups_with_common_tau2(
    studies: Sequence[tuple[str, StudyEffect]],
    method: Method = Method.REML,
    test: EffectTest | None = None,
    level: float = USUAL_LEVEL,
    *,
    exact: bool = False,
) -> CommonTau2 | NotPooled:
    """Groups in one model, so that tau² is estimated from all studies.

    The test is Q between the groups' effects, chi-squared, or F with Knapp and Hartung's test: that
    of the coefficients of a regression on the group.

    Args:
        studies: each with the name of its group.
        method: any but MH and PETO.
        test: None takes Knapp and Hartung's with random effects from 3 studies on, else z.
        level: of the intervals.
        exact: whether PM and REML are searched to the end, not to metafor's tolerance.
    """
    names = list(dict.fromkeys(group for group, _ in studies))
    if len(names) < FEWEST:
        return NotPooled(reasons=("There is 1 group, so nothing can be compared.",))
    if len(studies) == len(names):
        return NotPooled(reasons=("Each group has 1 study, so one tau² cannot be estimated.",))
    columns = [[float(group == name) for group, _ in studies] for name in names]
    seen = observed([effect for _, effect in studies], *columns)
    try:
        tau2 = tau2_of(seen, method, exact=exact).value
    except NotConverged:
        return NotPooled(reasons=(f"{method} came to no result with these groups.",))
    model = fit(seen, tau2)
    is_scaled = test_for(test, method, seen) is EffectTest.KNHA and model.rest[0] > NO_WIDTH
    factor = float(model.rest[0]) / seen.free if is_scaled else 1.0
    within = seen.free if is_scaled else None
    effects = {}
    for at, name in enumerate(names):
        estimate = seen.shift + seen.scale * float(model.coefficients[0, at])
        se = seen.scale * float(np.linalg.norm(model.roots[0, at])) * sqrt(factor)
        limits = limits_around(estimate, se, level, within)
        effects[name] = GroupEffect(estimate=estimate, se=se, limits=limits)
    q, free = _q_between([(each.estimate, each.se) for each in effects.values()]), len(names) - 1
    stat = q if within is None else q / free
    p = p_of_chi2(stat, free) if within is None else p_of_f(stat, free, within)
    between = Between(stat=stat, free=free, p=p, within=within)
    return CommonTau2(effects=effects, tau2=tau2 * seen.scale**2, between=between)
