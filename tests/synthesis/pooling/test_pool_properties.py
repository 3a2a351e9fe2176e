"""What must hold whatever the numbers are."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.synthesis.pooling.leave_one_out import MOST, leave_one_out
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool import pool
from tests.synthesis.pooling.made_effects import Pairs, effects, many, pooled

METHODS = st.sampled_from([method for method in Method if not method.needs_tables])
TESTS = st.sampled_from(EffectTest)


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-7, abs=1e-9)


@given(many(), METHODS, TESTS, st.randoms(use_true_random=False))
def test_the_order_of_studies_does_not_matter(
    pairs: Pairs, method: Method, test: EffectTest, chance: Random
) -> None:
    mixed = pairs.copy()
    chance.shuffle(mixed)
    one, other = (pooled(pool(effects(*each), method, test)) for each in (pairs, mixed))
    assert other.estimate == near(one.estimate)
    assert other.se == near(one.se)
    assert other.heterogeneity.tau2 == near(one.heterogeneity.tau2)


@given(many(), METHODS, st.sampled_from([-8.0, -1.0, 0.3, 7.0, 1000.0]))
def test_another_unit_scales_the_result(pairs: Pairs, method: Method, unit: float) -> None:
    scaled = [(y * unit, v * unit * unit) for y, v in pairs]
    one, other = (
        pooled(pool(effects(*each), method, EffectTest.Z, exact=True)) for each in (pairs, scaled)
    )
    assert other.estimate == pytest.approx(one.estimate * unit, rel=1e-7, abs=1e-9 * abs(unit))
    assert other.se == near(one.se * abs(unit))
    assert other.heterogeneity.tau2 / unit**2 == near(one.heterogeneity.tau2)
    assert other.heterogeneity.i2 == pytest.approx(one.heterogeneity.i2, rel=1e-6, abs=1e-6)


@given(many(), METHODS, st.integers(-1000, 1000))
def test_a_shift_moves_the_estimate_and_nothing_else(
    pairs: Pairs, method: Method, shift: int
) -> None:
    moved = [(y + shift, v) for y, v in pairs]
    one, other = (pooled(pool(effects(*each), method, EffectTest.Z)) for each in (pairs, moved))
    assert other.estimate - shift == pytest.approx(one.estimate, rel=1e-7, abs=1e-8)
    assert other.heterogeneity.tau2 == pytest.approx(one.heterogeneity.tau2, rel=1e-6, abs=1e-8)


@given(many(), METHODS)
def test_without_tau2_random_effects_are_one_common_effect(pairs: Pairs, method: Method) -> None:
    random, common = (
        pooled(pool(effects(*pairs), one, EffectTest.Z)) for one in (method, Method.FE)
    )
    if random.heterogeneity.tau2 == 0:
        assert random.estimate == pytest.approx(common.estimate, rel=1e-12, abs=1e-12)
        assert random.limits.low == pytest.approx(common.limits.low, rel=1e-12, abs=1e-12)


@given(many(), METHODS)
def test_figures_lie_where_they_can(pairs: Pairs, method: Method) -> None:
    found = pooled(pool(effects(*pairs), method))
    differing = found.heterogeneity
    estimates = [estimate for estimate, _ in pairs]
    assert min(estimates) - 1e-9 <= found.estimate <= max(estimates) + 1e-9
    assert 0 <= differing.i2 <= 100
    assert 0 <= differing.p <= 1
    assert 0 <= found.p <= 1
    assert differing.tau2 >= 0
    assert sum(found.weights) == pytest.approx(100)
    assert found.limits.low <= found.estimate <= found.limits.high
    if differing.tau2_limits:
        assert 0 <= differing.tau2_limits.low <= differing.tau2_limits.high


@settings(max_examples=25)
@given(many(fewest=2, most=6), METHODS)
def test_leaving_out_is_pooling_the_others(pairs: Pairs, method: Method) -> None:
    studies = effects(*pairs)
    without = leave_one_out(studies, lambda rest: pool(rest, method))
    assert len(without) == len(studies)
    for at, result in enumerate(without):
        rest = [study for place, study in enumerate(studies) if place != at]
        assert result == pool(rest, method)


def test_one_study_and_very_many_are_not_left_out_in_turn() -> None:
    one = effects((0.1, 0.2))
    assert leave_one_out(one, pool) == ()
    assert leave_one_out(one * (MOST + 1), pool) == ()


@given(many(), st.sampled_from([Method.PM, Method.REML]))
def test_to_metafors_tolerance_or_to_the_end_tau2_is_the_same(pairs: Pairs, method: Method) -> None:
    usual, exact = (
        pooled(pool(effects(*pairs), method, exact=to_the_end)) for to_the_end in (False, True)
    )
    tolerance = 2e-4 if method is Method.PM else 1e-2
    assert usual.heterogeneity.tau2 == pytest.approx(exact.heterogeneity.tau2, abs=tolerance)
