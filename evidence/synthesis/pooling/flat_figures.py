"""A pooled table as one flat set of figures, by the names that tables of metafor's results have."""

from collections.abc import Iterator
from typing import Any

from evidence.synthesis.pooling.further_questions import Answers
from evidence.synthesis.pooling.pool_table import TablePooled
from evidence.synthesis.pooling.results import Between, Limits, Pooled


def flat_figures(pooled: TablePooled) -> dict[str, Any]:
    """All figures, not rounded; None for what a method does not have."""
    return {
        **pooled_figures(pooled.result),
        "measure": pooled.choices.computed,
        **{f"leave_out_{at}": estimate for at, estimate in enumerate(pooled.without, start=1)},
        **dict(_of_groups(pooled.answers)),
        **dict(_of_small_studies(pooled.answers)),
        **dict(_of_a_moderator(pooled.answers)),
        "remarks": "\n".join(pooled.remarks),
        "left_out": "\n".join(str(each) for each in pooled.left_out),
    }


def pooled_figures(result: Pooled) -> dict[str, Any]:
    """The figures of one pooling, not rounded; None for what its method does not have."""
    differing = result.heterogeneity
    return {
        "method": result.method,
        "test": result.test,
        "level": result.level,
        **_effect("", result),
        "stat": result.stat,
        "p": result.p,
        **_ends("wald_ci", result.wald),
        "Q": differing.q,
        "Q_df": differing.free,
        "Q_p": differing.p,
        "I2": differing.i2,
        **_ends("I2", differing.i2_limits),
        "H2": differing.h2,
        "tau2": differing.tau2,
        **_ends("tau2", differing.tau2_limits),
        **_ends("pi", result.prediction),
        **_ends("printed_pi", result.printed_prediction),
    }


def _effect(name: str, result: Pooled) -> dict[str, float | None]:
    return {
        f"{name}k": result.k,
        f"{name}estimate": result.estimate,
        f"{name}se": result.se,
        **_ends(f"{name}ci", result.limits),
    }


def _ends(name: str, limits: Limits | None) -> dict[str, float | None]:
    return {
        f"{name}_low": limits.low if limits else None,
        f"{name}_high": limits.high if limits else None,
    }


def _of_groups(answers: Answers) -> Iterator[tuple[str, float | None]]:
    if answers.subgroups:
        for group, each in answers.subgroups.pooled.items():
            if isinstance(each, Pooled):
                yield from _effect(f"subgroup_{group}_", each).items()
                yield f"subgroup_{group}_tau2", each.heterogeneity.tau2
        if answers.subgroups.between:
            yield from _between("subgroups_own_tau2", answers.subgroups.between)
    if answers.common_tau2:
        yield "subgroups_common_tau2_tau2", answers.common_tau2.tau2
        yield from _between("subgroups_common_tau2", answers.common_tau2.between)
        for group, effect in answers.common_tau2.effects.items():
            yield f"subgroup_{group}_common_estimate", effect.estimate
            yield f"subgroup_{group}_common_se", effect.se
            yield from _ends(f"subgroup_{group}_common_ci", effect.limits).items()


def _between(name: str, between: Between) -> Iterator[tuple[str, float | None]]:
    yield f"{name}_QM", between.stat
    yield f"{name}_QM_df", between.free
    yield f"{name}_QM_df_within", between.within
    yield f"{name}_QM_p", between.p


def _of_small_studies(answers: Answers) -> Iterator[tuple[str, float | None]]:
    if answers.egger:
        yield "egger_t", answers.egger.t
        yield "egger_df", answers.egger.free
        yield "egger_p", answers.egger.p


def _of_a_moderator(answers: Answers) -> Iterator[tuple[str, float | None]]:
    line = answers.regression
    if not line:
        return
    yield "moderator_k", line.k
    for name, coefficient in (("intercept", line.intercept), ("slope", line.slope)):
        yield f"moderator_{name}", coefficient.estimate
        yield f"moderator_{name}_se", coefficient.se
        yield f"moderator_{name}_stat", coefficient.stat
        yield f"moderator_{name}_p", coefficient.p
        yield from _ends(f"moderator_{name}_ci", coefficient.limits).items()
    yield "moderator_tau2", line.tau2
    yield "moderator_R2", line.r2
    yield "moderator_Q", line.q
    yield "moderator_Q_df", line.free
    yield "moderator_Q_p", line.p
