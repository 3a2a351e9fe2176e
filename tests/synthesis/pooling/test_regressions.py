"""Meta-regression and Egger's test, by weighted least squares that does not use them."""

import numpy as np
import pytest
from hypothesis import assume, given
from scipy.stats import t

from evidence.synthesis.pooling.egger import Egger, egger, egger_not_offered, egger_warning
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.moderator import (
    Regression,
    regression,
    regression_not_offered,
)
from evidence.synthesis.pooling.results import NotPooled
from tests.synthesis.pooling.made_effects import Pairs, effects, many
from tests.synthesis.pooling.test_against_metafor import NAMES, SETS, expected
from tests.synthesis.pooling.test_against_metafor import effects as effects_of_set

FIVE = [(0.2, 0.04), (0.5, 0.01), (-0.1, 0.0625), (0.9, 0.05), (0.7, 0.02)]
YEARS = [1990.0, 1995.0, 1999.0, 2010.0, 2021.0]


def line(
    pairs: Pairs,
    values: list[float],
    method: Method = Method.REML,
    test: EffectTest = EffectTest.Z,
) -> Regression:
    found = regression(effects(*pairs), values, method, test)
    assert isinstance(found, Regression), found
    return found


def least_squares(pairs: Pairs, values: list[float], tau2: float) -> tuple[np.ndarray, np.ndarray]:
    y = np.array([estimate for estimate, _ in pairs])
    w = np.diag([1 / (variance + tau2) for _, variance in pairs])
    x = np.column_stack([np.ones(len(y)), values])
    covariance = np.linalg.inv(x.T @ w @ x)
    return covariance @ x.T @ w @ y, covariance


@pytest.mark.parametrize("method", [method for method in Method if not method.needs_tables])
def test_a_line_is_weighted_least_squares(method: Method) -> None:
    values = [1.0, 2.0, 4.0, 5.0, 9.0]
    found = line(FIVE, values, method)
    coefficients, covariance = least_squares(FIVE, values, found.tau2)
    assert found.intercept.estimate == pytest.approx(coefficients[0])
    assert found.slope.estimate == pytest.approx(coefficients[1])
    assert found.slope.se == pytest.approx(covariance[1, 1] ** 0.5)
    assert found.intercept.se == pytest.approx(covariance[0, 0] ** 0.5)


def test_knapp_and_hartung_of_a_line() -> None:
    found = line(FIVE, YEARS, test=EffectTest.KNHA)
    plain = line(FIVE, YEARS)
    coefficients, _ = least_squares(FIVE, [year - 2000 for year in YEARS], found.tau2)
    rest = sum(
        (y - coefficients[0] - coefficients[1] * (year - 2000)) ** 2 / (v + found.tau2)
        for (y, v), year in zip(FIVE, YEARS, strict=True)
    )
    assert found.slope.se == pytest.approx(plain.slope.se * (rest / 3) ** 0.5)
    assert found.slope.p == pytest.approx(2 * t.sf(abs(found.slope.stat), 3))


@given(many(fewest=4))
def test_another_unit_of_the_moderator_changes_the_slope_alone(pairs: Pairs) -> None:
    values = [float(at) for at in range(len(pairs))]
    one = line(pairs, values)
    other = line(pairs, [2000 + 0.001 * value for value in values])
    assert other.tau2 == pytest.approx(one.tau2, rel=1e-6, abs=1e-9)
    assert other.slope.estimate == pytest.approx(1000 * one.slope.estimate, rel=1e-6, abs=1e-6)
    assert other.slope.p == pytest.approx(one.slope.p, rel=1e-6, abs=1e-9)


def test_a_moderator_that_is_the_same_everywhere_or_too_few_studies_give_a_sentence() -> None:
    for found, words in (
        (regression(effects(*FIVE), [3.0] * 5), "the same in all studies"),
        (regression(effects(*FIVE[:2]), [1.0, 2.0]), "A line needs 3 studies"),
    ):
        assert isinstance(found, NotPooled)
        assert words in found.sentence


def test_studies_on_a_line_have_no_tau2_and_a_share_explained() -> None:
    found = line([(value, 0.01) for value in (1.0, 2.0, 3.0, 4.0)], [1.0, 2.0, 3.0, 4.0])
    assert found.tau2 == 0
    assert found.r2 == 100
    assert found.slope.estimate == pytest.approx(1)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.skipif(not SETS.exists(), reason="metafor's results are not beside the repository")
def test_egger_as_regtest_of_metafor(name: str) -> None:
    found = egger(effects_of_set(name))
    assert isinstance(found, Egger)
    wanted = expected()[name, "Egger", "lm"]
    assert found.t == pytest.approx(wanted["t"], rel=1e-9)
    assert found.p == pytest.approx(wanted["p"], rel=1e-9)


@given(many(fewest=4))
def test_egger_is_the_classical_regression_of_z_on_precision(pairs: Pairs) -> None:
    assume(len({variance for _, variance in pairs}) > 2)
    found = egger(effects(*pairs))
    assume(isinstance(found, Egger))
    assert isinstance(found, Egger)
    errors = np.array([variance for _, variance in pairs]) ** 0.5
    z = np.array([estimate for estimate, _ in pairs]) / errors
    x = np.column_stack([np.ones(len(z)), 1 / errors])
    coefficients, *_ = np.linalg.lstsq(x, z, rcond=None)
    apart = z - x @ coefficients
    spread = apart @ apart / (len(z) - 2) * np.linalg.inv(x.T @ x)[0, 0]
    assert found.t == pytest.approx(coefficients[0] / spread**0.5, rel=1e-5, abs=1e-7)


def test_egger_without_a_line_gives_a_sentence() -> None:
    for pairs, words in (
        ([(0.1, 0.04), (0.2, 0.04), (0.4, 0.04)], "All standard errors are the same"),
        ([(0.1, 0.04), (0.2, 0.01)], "at the very least"),
        ([(0.2, 0.04), (0.1, 0.01), (0.3, 0.09)], "on one line"),
    ):
        found = egger(effects(*pairs))
        assert isinstance(found, NotPooled)
        assert words in found.sentence


def test_neither_is_offered_below_ten_studies_and_egger_not_for_odds_ratios() -> None:
    assert "needs 10 studies; there are 9" in regression_not_offered(9)
    assert regression_not_offered(10) == ""
    assert "needs 10 studies; there are 9" in egger_not_offered(9, PooledMeasure.MD)
    assert egger_not_offered(10, PooledMeasure.MD) == ""
    assert "odds ratios" in egger_not_offered(10, PooledMeasure.OR)
    assert egger_not_offered(10, PooledMeasure.SMD) == ""
    assert "caution" in egger_warning(PooledMeasure.SMD)
    assert egger_warning(PooledMeasure.MD) == ""
