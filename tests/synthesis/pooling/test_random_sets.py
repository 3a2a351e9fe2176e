"""Random sets against the formulas as textbooks write them, with whole matrices and a plain search.

Nothing here is shared with what is tested: weights are matrices, and roots are found by halving.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from evidence.coding.effects.counts import Table
from evidence.synthesis.pooling.egger import Egger, egger
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.moderator import Regression, regression
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.subgroups import CommonTau2, subgroups_with_common_tau2
from evidence.synthesis.pooling.two_by_two import StudyTable, mantel_haenszel, peto

Numbers = NDArray[np.float64]
EXACT = (Method.FE, Method.DL, Method.HE, Method.SJ)
SEARCHED = (Method.PM, Method.REML)
SEEDS = range(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeSet:
    """Effects, variances and a moderator; sizes, spread and precision differ from set to set."""

    y: Numbers
    v: Numbers
    x: Numbers

    @property
    def effects(self) -> list[StudyEffect]:
        pairs = zip(self.y.tolist(), self.v.tolist(), strict=True)
        return [
            StudyEffect(study=str(at), estimate=y, variance=v) for at, (y, v) in enumerate(pairs)
        ]


def made(seed: int) -> MadeSet:
    random = np.random.default_rng(20_000 + seed)
    k = int(random.integers(3, 40))
    v = random.lognormal(-3 + seed % 4, random.uniform(0.1, 1.8), k)
    tau = random.choice([0.0, 0.2, 1.0]) * np.sqrt(np.median(v))
    x = random.uniform(-3, 9, k)
    y = random.normal(random.normal(0, 1), tau, k) + random.normal(0, np.sqrt(v))
    return MadeSet(y=y, v=v, x=x)


def projection(v: Numbers, design: Numbers, tau2: float) -> Numbers:
    w = np.diag(1 / (v + tau2))
    return w - w @ design @ np.linalg.inv(design.T @ w @ design) @ design.T @ w


def falling_root(value: Callable[[float], float]) -> float:
    if value(0.0) <= 0:
        return 0.0
    low, high = 0.0, 1e-8
    while value(high) > 0:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if value(middle) > 0 else (low, middle)
    return high


def likelihood(s: MadeSet, design: Numbers, tau2: float) -> float:
    p = projection(s.v, design, tau2)
    w = 1 / (s.v + tau2)
    _, information = np.linalg.slogdet(design.T @ np.diag(w) @ design)
    return float(np.log(w).sum() - information - s.y @ p @ s.y) / 2


def highest(s: MadeSet, design: Numbers) -> float:
    """A grid that grows finer around the best of it."""
    low, high = 0.0, 50 * float(np.var(s.y) + s.v.max())
    grid = np.concatenate([[0.0], np.geomspace(high * 1e-9, high, 600)])
    for _ in range(14):
        heights = [likelihood(s, design, tau2) for tau2 in grid]
        best = int(np.argmax(heights))
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
        grid = np.linspace(low, high, 21)
    return float(grid[int(np.argmax([likelihood(s, design, tau2) for tau2 in grid]))])


def tau2_of(s: MadeSet, design: Numbers, method: Method) -> float:
    k, p = design.shape

    def q(tau2: float) -> float:
        return float(s.y @ projection(s.v, design, tau2) @ s.y)

    if method is Method.FE:
        return 0.0
    if method is Method.DL:
        common = projection(s.v, design, 0)
        return max(0.0, float((q(0) - (k - p)) / np.trace(common)))
    if method is Method.HE:
        equal = projection(np.ones(k), design, 0)
        expected = np.trace(equal @ np.diag(s.v))
        return float(max(0.0, (s.y @ equal @ s.y - expected) / (k - p)))
    if method is Method.SJ:
        first = float(np.mean((s.y - s.y.mean()) ** 2))
        return float(first * q(first) / (k - p))
    if method is Method.PM:
        return falling_root(lambda tau2: q(tau2) - (k - p))
    return highest(s, design)


def close(value: float, method: Method) -> object:
    return pytest.approx(value, rel=1e-9, abs=1e-9) if method in EXACT else pytest.approx(
        value, rel=1e-4, abs=1e-4
    )  # fmt: skip


@pytest.mark.parametrize("method", [*EXACT, *SEARCHED])
@pytest.mark.parametrize("seed", SEEDS)
def test_every_figure_of_a_random_set(seed: int, method: Method) -> None:
    s = made(seed)
    k = len(s.y)
    ones = np.ones((k, 1))
    tau2 = tau2_of(s, ones, method)
    w = 1 / (s.v + tau2)
    mean, plain = float(w @ s.y / w.sum()), float(1 / np.sqrt(w.sum()))
    q = float(np.sum((s.y - np.average(s.y, weights=1 / s.v)) ** 2 / s.v))
    typical = (k - 1) / (np.sum(1 / s.v) - np.sum(1 / s.v**2) / np.sum(1 / s.v))
    for test in EffectTest:
        found = pool(s.effects, method, test, exact=True)
        assert isinstance(found, Pooled)
        knha = test is EffectTest.KNHA
        se = plain * (np.sqrt(np.sum(w * (s.y - mean) ** 2) / (k - 1)) if knha else 1)
        law = stats.t(k - 1) if knha else stats.norm()
        assert found.heterogeneity.tau2 == close(tau2, method)
        assert found.estimate == close(mean, method)
        assert found.se == close(se, method)
        assert found.p == close(2 * law.sf(abs(mean / se)), method)
        assert found.limits.low == close(mean - law.ppf(0.975) * se, method)
        assert found.weights[0] == close(100 * w[0] / w.sum(), method)
        assert found.heterogeneity.q == pytest.approx(q, rel=1e-9)
        assert found.heterogeneity.p == pytest.approx(stats.chi2(k - 1).sf(q), rel=1e-9, abs=1e-12)
        if method.is_random:
            assert found.heterogeneity.i2 == close(100 * tau2 / (tau2 + typical), method)
            assert found.prediction is not None
            assert found.printed_prediction is not None
            spread = np.sqrt(tau2 + se**2)
            assert found.prediction.high == close(mean + law.ppf(0.975) * spread, method)
            printed = mean + stats.t(k - 1).ppf(0.975) * spread
            assert found.printed_prediction.high == close(printed, method)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_q_profile_of_a_random_set(seed: int) -> None:
    s = made(seed)
    ones, law = np.ones((len(s.y), 1)), stats.chi2(len(s.y) - 1)

    def q(tau2: float) -> float:
        return float(s.y @ projection(s.v, ones, tau2) @ s.y)

    found = pool(s.effects, Method.REML)
    assert isinstance(found, Pooled)
    limits = found.heterogeneity.tau2_limits
    assert limits is not None
    assert limits.low == pytest.approx(falling_root(lambda t: q(t) - law.ppf(0.975)), abs=1e-7)
    assert limits.high == pytest.approx(falling_root(lambda t: q(t) - law.ppf(0.025)), rel=1e-7)


@pytest.mark.parametrize("method", [*EXACT[:3], *SEARCHED])
@pytest.mark.parametrize("seed", SEEDS)
def test_a_line_through_a_random_set(seed: int, method: Method) -> None:
    s = made(seed)
    k = len(s.y)
    design = np.column_stack([np.ones(k), s.x])
    tau2 = tau2_of(s, design, method)
    w = np.diag(1 / (s.v + tau2))
    covariance = np.linalg.inv(design.T @ w @ design)
    coefficients = covariance @ design.T @ w @ s.y
    rest = s.y - design @ coefficients
    if k < 4:
        return
    factor = float(rest @ w @ rest) / (k - 2)
    found = regression(s.effects, s.x.tolist(), method, EffectTest.KNHA, exact=True)
    assert isinstance(found, Regression)
    assert found.tau2 == close(tau2, method)
    for at, coefficient in enumerate((found.intercept, found.slope)):
        se = np.sqrt(covariance[at, at] * factor)
        assert coefficient.estimate == close(coefficients[at], method)
        assert coefficient.se == close(se, method)
        assert coefficient.p == close(2 * stats.t(k - 2).sf(abs(coefficients[at] / se)), method)


@pytest.mark.parametrize("seed", SEEDS)
def test_egger_of_a_random_set_is_the_regression_of_z_on_precision(seed: int) -> None:
    s = made(seed)
    k = len(s.y)
    z, design = s.y / np.sqrt(s.v), np.column_stack([np.ones(k), 1 / np.sqrt(s.v)])
    coefficients, *_ = np.linalg.lstsq(design, z, rcond=None)
    error = float(np.sum((z - design @ coefficients) ** 2)) / (k - 2)
    t = coefficients[0] / np.sqrt(error * np.linalg.inv(design.T @ design)[0, 0])
    found = egger(s.effects)
    assert isinstance(found, Egger)
    assert found.t == pytest.approx(t, rel=1e-7, abs=1e-9)
    assert found.p == pytest.approx(2 * stats.t(k - 2).sf(abs(t)), rel=1e-7)


@pytest.mark.parametrize("method", [*EXACT[1:3], *SEARCHED])
@pytest.mark.parametrize("seed", SEEDS)
def test_groups_of_a_random_set_with_a_common_tau2(seed: int, method: Method) -> None:
    s = made(seed)
    k = len(s.y)
    groups = [("a", "b", "c")[at % 3] for at in range(k)]
    design = np.array([[float(group == name) for name in "abc"] for group in groups])
    if k < 5:
        return
    tau2 = tau2_of(s, design, method)
    w = np.diag(1 / (s.v + tau2))
    covariance = np.linalg.inv(design.T @ w @ design)
    means = covariance @ design.T @ w @ s.y
    contrast = np.array([[1.0, -1.0, 0.0], [1.0, 0.0, -1.0]])
    apart = contrast @ means
    stat = float(apart @ np.linalg.inv(contrast @ covariance @ contrast.T) @ apart)
    named = list(zip(groups, s.effects, strict=True))
    found = subgroups_with_common_tau2(named, method, EffectTest.Z, exact=True)
    assert isinstance(found, CommonTau2)
    assert found.tau2 == close(tau2, method)
    assert found.between.stat == pytest.approx(stat, rel=1e-3 if method in SEARCHED else 1e-8)
    assert found.between.p == close(stats.chi2(2).sf(stat), method)


def made_tables(seed: int) -> Numbers:
    random = np.random.default_rng(30_000 + seed)
    n = random.integers(8, 400, (int(random.integers(2, 20)), 2))
    risk = random.beta(1, 1 + 6 * (seed % 3), n.shape)
    events = random.binomial(n, risk)
    events[0] = (0, 2)
    return np.column_stack([events[:, 0], n[:, 0] - events[:, 0], events[:, 1],
                            n[:, 1] - events[:, 1]]).astype(float)  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_random_tables_by_mantel_haenszel_and_peto(seed: int) -> None:
    cells = made_tables(seed)
    cells = cells[(cells[:, 0] + cells[:, 2] > 0) & (cells[:, 1] + cells[:, 3] > 0)]
    studies = [
        StudyTable(study=str(at), table=Table(a=a, b=b, c=c, d=d))
        for at, (a, b, c, d) in enumerate(cells.tolist())
    ]
    a, b, c, d = cells.T
    first, second, n = a + b, c + d, a + b + c + d
    ratio = np.sum(a * d / n) / np.sum(b * c / n)
    r, s, p, q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
    variance = (
        p @ r / r.sum() ** 2 + (p @ s + q @ r) / (r.sum() * s.sum()) + q @ s / s.sum() ** 2
    ) / 2
    found = mantel_haenszel(studies, PooledMeasure.OR)
    assert isinstance(found, Pooled)
    assert found.estimate == pytest.approx(np.log(ratio), rel=1e-9, abs=1e-12)
    assert found.se == pytest.approx(np.sqrt(variance), rel=1e-9)
    risks = mantel_haenszel(studies, PooledMeasure.RR)
    assert isinstance(risks, Pooled)
    top, bottom = np.sum(a * second / n), np.sum(c * first / n)
    assert risks.estimate == pytest.approx(np.log(top / bottom), rel=1e-9, abs=1e-12)
    spread = np.sum((first * second * (a + c) - a * c * n) / n**2) / (top * bottom)
    assert risks.se == pytest.approx(np.sqrt(spread), rel=1e-9)
    expected = first * (a + c) / n
    v = stats.hypergeom(n, (a + c), first).var()
    by_peto = peto(studies)
    assert isinstance(by_peto, Pooled)
    assert by_peto.estimate == pytest.approx(np.sum(a - expected) / v.sum(), rel=1e-9, abs=1e-12)
    assert by_peto.se == pytest.approx(1 / np.sqrt(v.sum()), rel=1e-9)
