"""Pooling held against definitions, by arithmetic that does not use it."""

from fractions import Fraction
from math import exp, inf, log, nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from scipy.stats import chi2, norm, t

from evidence.errors import Invalid
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.remarks import on_narrower_interval
from evidence.synthesis.pooling.results import NotPooled
from evidence.synthesis.pooling.study_effects import StudyEffect
from tests.synthesis.pooling.made_effects import Pairs, effects, many, pooled

THREE = [(0.2, 0.04), (0.5, 0.01), (-0.1, 0.0625)]
RANDOM = [method for method in Method if method.is_random]


def q_of(pairs: Pairs, tau2: float) -> float:
    weights = [1 / (v + tau2) for _, v in pairs]
    mean = sum(w * y for w, (y, _) in zip(weights, pairs, strict=True)) / sum(weights)
    return sum(w * (y - mean) ** 2 for w, (y, _) in zip(weights, pairs, strict=True))


def restricted_log_likelihood(pairs: Pairs, tau2: float) -> float:
    total = sum(1 / (v + tau2) for _, v in pairs)
    return -(sum(log(v + tau2) for _, v in pairs) + log(total) + q_of(pairs, tau2)) / 2


def test_one_common_effect_in_fractions() -> None:
    exact = [(Fraction(1, 5), Fraction(1, 25)), (Fraction(1, 2), Fraction(1, 100)),
             (Fraction(-1, 10), Fraction(1, 16))]  # fmt: skip
    total = sum(1 / v for _, v in exact)
    mean = sum((y / v for y, v in exact), Fraction()) / total
    q = sum((y - mean) ** 2 / v for y, v in exact)
    found = pooled(pool(effects(*THREE), Method.FE))
    assert found.estimate == pytest.approx(float(mean), rel=1e-14)
    assert found.se == pytest.approx(sqrt(1 / total), rel=1e-14)
    assert found.heterogeneity.q == pytest.approx(float(q), rel=1e-13)
    assert found.heterogeneity.h2 == pytest.approx(float(q / 2), rel=1e-13)
    assert found.heterogeneity.i2 == pytest.approx(float(100 * (q - 2) / q), rel=1e-12)
    assert found.heterogeneity.p == pytest.approx(chi2.sf(float(q), 2), rel=1e-12)
    assert found.p == pytest.approx(2 * norm.sf(abs(found.stat)), rel=1e-12)
    assert found.weights == pytest.approx([float(100 / v / total) for _, v in exact])
    assert (found.prediction, found.heterogeneity.tau2_limits) == (None, None)


def test_dersimonian_and_laird_by_the_formula_of_textbooks() -> None:
    weights = [1 / v for _, v in THREE]
    c = sum(weights) - sum(w * w for w in weights) / sum(weights)
    found = pooled(pool(effects(*THREE), Method.DL))
    assert found.heterogeneity.tau2 == pytest.approx((q_of(THREE, 0) - 2) / c, rel=1e-13)


def test_hedges_and_sidik_jonkman_by_their_formulas() -> None:
    estimates, variances = zip(*THREE, strict=True)
    hedges = float(np.var(estimates, ddof=1) - np.mean(variances))
    first = float(np.var(estimates))
    assert pooled(pool(effects(*THREE), Method.HE)).heterogeneity.tau2 == pytest.approx(hedges)
    assert pooled(pool(effects(*THREE), Method.SJ)).heterogeneity.tau2 == pytest.approx(
        first * q_of(THREE, first) / 2, rel=1e-12
    )


@given(many(fewest=3))
def test_reml_is_the_highest_point_of_the_restricted_likelihood(pairs: Pairs) -> None:
    found = pooled(pool(effects(*pairs), Method.REML))
    tau2 = found.heterogeneity.tau2
    best = restricted_log_likelihood(pairs, tau2)
    near = np.concatenate([[tau2 / 2 or 1e-4], tau2 * np.linspace(0.99, 1.01, 21)])
    assert best >= max(restricted_log_likelihood(pairs, step) for step in near[1:]) - 1e-9
    if not any("peaks" in remark for remark in found.remarks):
        steps = np.concatenate([[0.0], np.geomspace(1e-6, 100, 300)])
        assert best >= max(restricted_log_likelihood(pairs, step) for step in steps) - 1e-9


TWO_PEAKS = [(0.4, 0.5), (-1.4, 0.02), (-1.5, 0.1), (-1.3, 5)]
"""Two precise studies agree, a less precise one does not: either tau² is 0, or it is large."""


def test_where_the_likelihood_has_two_peaks_the_other_is_said() -> None:
    found = pooled(pool(effects(*TWO_PEAKS), Method.REML))
    grid = np.concatenate([[0.0], np.geomspace(1e-7, 1e3, 4000)])
    heights = [restricted_log_likelihood(TWO_PEAKS, step) for step in grid]
    highest = float(grid[int(np.argmax(heights))])
    assert heights[0] > heights[1]
    assert found.heterogeneity.tau2 == 0
    [remark] = [remark for remark in found.remarks if "2 peaks" in remark]
    assert f"that at {highest:.2f}"[:11] in remark


@given(many(fewest=3))
def test_paule_mandel_solves_its_equation_or_is_0(pairs: Pairs) -> None:
    tau2 = pooled(pool(effects(*pairs), Method.PM, exact=True)).heterogeneity.tau2
    free = len(pairs) - 1
    if q_of(pairs, 0) <= free:
        assert tau2 == 0
    else:
        assert q_of(pairs, tau2) == pytest.approx(free, rel=1e-9)


@given(many(fewest=2))
def test_the_interval_of_tau2_ends_where_q_meets_the_quantiles(pairs: Pairs) -> None:
    limits = pooled(pool(effects(*pairs), Method.DL)).heterogeneity.tau2_limits
    assert limits
    lower, upper = (chi2.ppf(share, len(pairs) - 1) for share in (0.025, 0.975))
    for end, quantile in ((limits.low, upper), (limits.high, lower)):
        if q_of(pairs, 0) <= quantile:
            assert end == 0
        else:
            assert q_of(pairs, end) == pytest.approx(quantile, rel=1e-8)


def test_an_empty_interval_of_tau2_is_0_to_0_and_said() -> None:
    alike = effects(*[(0.3 + 0.001 * at, 1.0) for at in range(8)])
    found = pooled(pool(alike, Method.REML, EffectTest.Z))
    limits = found.heterogeneity.tau2_limits
    assert limits
    assert (limits.low, limits.high, found.heterogeneity.tau2) == (0, 0, 0)
    assert any("interval of tau² is empty" in remark for remark in found.remarks)


@pytest.mark.parametrize("method", RANDOM)
def test_knapp_and_hartung_by_the_formula(method: Method) -> None:
    plain, scaled = (
        pooled(pool(effects(*THREE), method, test)) for test in (EffectTest.Z, EffectTest.KNHA)
    )
    tau2 = plain.heterogeneity.tau2
    factor = q_of(THREE, tau2) / 2
    assert scaled.se == pytest.approx(plain.se * sqrt(factor), rel=1e-12)
    reach = t.ppf(0.975, 2) * scaled.se
    assert scaled.limits.high - scaled.estimate == pytest.approx(reach, rel=1e-9)
    assert scaled.p == pytest.approx(2 * t.sf(abs(scaled.stat), 2), rel=1e-9)
    assert scaled.wald == plain.limits


def test_prediction_intervals_of_both_kinds() -> None:
    found = pooled(pool(effects(*THREE), Method.DL, EffectTest.Z))
    spread = sqrt(found.heterogeneity.tau2 + found.se**2)
    assert found.prediction
    assert found.printed_prediction
    assert found.prediction.high - found.estimate == pytest.approx(norm.ppf(0.975) * spread)
    assert found.printed_prediction.high - found.estimate == pytest.approx(t.ppf(0.975, 2) * spread)


def test_without_a_choice_the_test_is_knapp_and_hartungs_from_3_studies_on() -> None:
    assert pooled(pool(effects(*THREE))).test is EffectTest.KNHA
    assert pooled(pool(effects(*THREE[:2]))).test is EffectTest.Z
    assert pooled(pool(effects(*THREE), Method.FE)).test is EffectTest.Z


def test_a_narrower_interval_of_knapp_and_hartung_is_said() -> None:
    alike = effects((0.3, 0.04), (0.31, 0.05), (0.29, 0.03), (0.3, 0.04))
    found = pooled(pool(alike, Method.REML, EffectTest.KNHA))
    assert found.limits.width < found.wald.width
    (said,) = on_narrower_interval(found, None)
    assert f"{found.limits.low:.3f} to {found.limits.high:.3f}" in said
    (said,) = on_narrower_interval(found, PooledMeasure.OR)
    assert f"{exp(found.limits.low):.3f} to {exp(found.limits.high):.3f}" in said
    assert f"{exp(found.wald.low):.3f} to {exp(found.wald.high):.3f}" in said
    assert on_narrower_interval(pooled(pool(alike, Method.REML, EffectTest.Z)), None) == ()


def test_no_study_gives_a_sentence() -> None:
    found = pool([])
    assert isinstance(found, NotPooled)
    assert found.sentence == "There is no study that can be pooled."


@pytest.mark.parametrize("method", [Method.FE, *RANDOM])
@pytest.mark.parametrize("test", EffectTest)
def test_one_study_is_its_own_result(method: Method, test: EffectTest) -> None:
    found = pooled(pool(effects((0.4, 0.09)), method, test))
    assert (found.k, found.estimate, found.test) == (1, 0.4, EffectTest.Z)
    assert found.se == pytest.approx(0.3)
    differing = found.heterogeneity
    assert (differing.q, differing.p, differing.i2, differing.h2, differing.tau2) == (0, 1, 0, 1, 0)
    assert differing.tau2_limits is None
    assert found.printed_prediction is None
    assert "1 study" in found.remarks[0]


@pytest.mark.parametrize("method", RANDOM)
def test_two_studies_are_pooled_with_a_warning(method: Method) -> None:
    found = pooled(pool(effects((0.4, 0.09), (0.9, 0.04)), method))
    assert found.printed_prediction is None
    assert any("There are 2 studies" in remark for remark in found.remarks)


@pytest.mark.parametrize("method", [Method.FE, *RANDOM])
def test_studies_that_say_the_same_have_no_heterogeneity(method: Method) -> None:
    found = pooled(pool(effects((0.5, 0.1), (0.5, 0.2), (0.5, 0.3)), method, EffectTest.KNHA))
    assert found.heterogeneity.tau2 == 0
    assert found.heterogeneity.i2 == 0
    assert found.se == pytest.approx(1 / sqrt(1 / 0.1 + 1 / 0.2 + 1 / 0.3))
    assert found.test is EffectTest.Z
    assert any("All estimates are the same" in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("estimate", "variance"),
    [(nan, 1), (inf, 1), (1, nan), (1, inf), (1, 0), (1, -0.1), (1e200, 1), (1, 1e-200)],
)
def test_numbers_that_cannot_be_pooled_are_refused_by_name(
    estimate: float, variance: float
) -> None:
    with pytest.raises(Invalid, match="Burns 2009: "):
        StudyEffect(study="Burns 2009", estimate=estimate, variance=variance)


@pytest.mark.parametrize("method", [Method.FE, *RANDOM])
@pytest.mark.parametrize("size", [1e-38, 1e-6, 1e6, 1e38])
def test_huge_and_tiny_units_change_nothing_but_the_unit(method: Method, size: float) -> None:
    usual = pooled(pool(effects(*THREE), method, exact=True))
    other = effects(*[(y * size, v * size * size) for y, v in THREE])
    scaled = pooled(pool(other, method, exact=True))
    assert scaled.estimate == pytest.approx(usual.estimate * size, rel=1e-9)
    assert scaled.p == pytest.approx(usual.p, rel=1e-8)
    assert scaled.heterogeneity.i2 == pytest.approx(usual.heterogeneity.i2, rel=1e-8)


@pytest.mark.parametrize("method", [Method.FE, *RANDOM])
def test_a_very_precise_study_beside_vague_ones_breaks_nothing(method: Method) -> None:
    found = pooled(pool(effects((0.1, 1e-60), (3.0, 1e10), (-2.0, 1.0)), method))
    assert -2 <= found.estimate <= 3


def test_studies_on_the_other_side_than_the_pooled_effect_are_said() -> None:
    found = pooled(pool(effects((0.5, 0.001), (-0.1, 1), (-0.2, 1), (-0.3, 1)), Method.FE))
    assert any("3 of 4 studies lie on the other side" in remark for remark in found.remarks)


def test_methods_for_tables_and_levels_that_are_none_are_refused() -> None:
    with pytest.raises(Invalid, match="MH pools 2x2 tables"):
        pool(effects(*THREE), Method.MH)
    with pytest.raises(Invalid, match=r"95 % is 0\.95"):
        pool(effects(*THREE), level=95)
