"""The sign of an estimate gives the direction; another one needs a reason."""

import pytest

from evidence.coding.effects.compute import effects_of
from evidence.coding.effects.counts import risk_difference
from evidence.coding.effects.directions import (
    NoChange,
    contradiction,
    direction_of,
    towards_benefit,
)
from evidence.coding.effects.means import mean_difference
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedP
from evidence.coding.effects.reported import Correlation, Estimate, PTest, Reported, Side, TTest
from evidence.coding.findings import Benefit, Direction
from evidence.errors import Invalid
from tests.coding.effects.entries import counts, effect, group, means, number, refusal, sd, se

HIGHER, LOWER = Benefit.HIGHER, Benefit.LOWER
MORE = means(group(14, "12.4", sd("3.2")), group(17, "10.1", sd("4.1")))


def p_test(p: str, higher: Side) -> PTest:
    printed = PrintedP(number=number(p))
    return PTest(p=printed, higher=higher, n_intervention=9, n_comparison=9)


def ratio(value: str, *, transformed: bool = False) -> Estimate:
    return Estimate(
        measure=Measure.LOG_ODDS_RATIO, value=number(value), spread=None, transformed=transformed
    )


@pytest.mark.parametrize(
    "reported",
    [
        MORE,
        means(group(None, "12.4", None), group(None, "10.1", None)),
        counts(20, 50, 10, 50),
        counts(1, 1000, 0, 10),
        ratio("1.2"),
        ratio("0.2", transformed=True),
        Estimate(measure=Measure.MEAN_DIFFERENCE, value=number("0.2")),
        TTest(t=number("0.3"), n_intervention=None, n_comparison=None),
        p_test("0.5", Side.INTERVENTION),
        Correlation(r=number("0.1"), n=None),
    ],
)
def test_more_in_the_intervention_group(reported: Reported) -> None:
    assert direction_of(reported, HIGHER) is Direction.BETTER
    assert direction_of(reported, LOWER) is Direction.WORSE


@pytest.mark.parametrize(
    "reported",
    [
        means(group(10, "3.3", None), group(10, "3.30", None)),
        counts(5, 50, 10, 100),
        ratio("1.00"),
        p_test("1", Side.COMPARISON),
    ],
)
def test_no_difference_is_no_change(reported: Reported) -> None:
    assert direction_of(reported, HIGHER) is Direction.NO_CHANGE
    assert "“better” needs a reason" in contradiction(Direction.BETTER, reported, HIGHER)


@pytest.mark.parametrize(
    "reported", [counts(60, 50, 1, 50), ratio("-1"), Correlation(r=number("1.4"), n=20)]
)
def test_without_an_estimate_there_is_no_direction(reported: Reported) -> None:
    assert direction_of(reported, HIGHER) is None
    assert all(contradiction(coded, reported, HIGHER) == "" for coded in Direction)


def test_zero_cells_do_not_turn_the_direction() -> None:
    table = counts(0, 10, 1, 1000)
    assert effect(effects_of(table)[0]).estimate > 0
    assert direction_of(table, LOWER) is Direction.BETTER


@pytest.mark.parametrize(
    ("coded", "words"),
    [
        (Direction.WORSE, ""),
        (Direction.BETTER, "“better” needs a reason; check which group is which"),
        (Direction.NOT_STATED, "only for results without an estimate"),
        (Direction.MIXED, "a single estimate has one direction"),
        (Direction.NO_CHANGE, "needs a threshold, and the protocol has none"),
    ],
)
def test_a_coded_direction_that_contradicts_the_numbers(coded: Direction, words: str) -> None:
    said = contradiction(coded, MORE, LOWER)
    assert words in said if words else said == ""
    assert not said or said.startswith("The numbers say “worse”, as lower is better; “")


@pytest.mark.parametrize(
    ("threshold", "direction"),
    [
        (NoChange(measure=Measure.MEAN_DIFFERENCE, below=2.4), Direction.NO_CHANGE),
        (NoChange(measure=Measure.MEAN_DIFFERENCE, below=2.2), Direction.BETTER),
        (NoChange(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, below=0.7), Direction.NO_CHANGE),
        (NoChange(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, below=0.5), Direction.BETTER),
        (NoChange(measure=Measure.RISK_DIFFERENCE, below=9), Direction.BETTER),
    ],
)
def test_the_protocols_threshold_for_no_change(threshold: NoChange, direction: Direction) -> None:
    assert direction_of(MORE, HIGHER, threshold) is direction
    assert contradiction(direction, MORE, HIGHER, threshold) == ""
    coded_no_change = contradiction(Direction.NO_CHANGE, MORE, HIGHER, threshold)
    assert coded_no_change == "" if direction is Direction.NO_CHANGE else "below" in coded_no_change


def test_a_threshold_needs_what_it_is_measured_by() -> None:
    without_sd = means(group(10, "12.4", None), group(10, "10.1", None))
    by_md = NoChange(measure=Measure.MEAN_DIFFERENCE, below=3)
    by_smd = NoChange(measure=Measure.STANDARDISED_MEAN_DIFFERENCE, below=3)
    assert direction_of(without_sd, HIGHER, by_md) is Direction.NO_CHANGE
    assert direction_of(without_sd, HIGHER, by_smd) is Direction.BETTER
    for below in (0, -1, float("nan")):
        with pytest.raises(Invalid, match="above 0"):
            NoChange(measure=Measure.MEAN_DIFFERENCE, below=below)


def test_the_sign_is_turned_where_lower_is_better_and_said_once() -> None:
    plain = effect(mean_difference(MORE))
    assert towards_benefit(plain, HIGHER) == plain
    turned = towards_benefit(plain, LOWER)
    assert turned.estimate == -plain.estimate
    assert turned.variance == plain.variance
    assert turned.sign_turned
    assert "the sign was turned" in turned.steps[-1]
    with pytest.raises(Invalid, match="already"):
        towards_benefit(turned, LOWER)


def test_an_estimate_without_its_precision_has_a_direction_but_no_effect() -> None:
    assert "neither SE nor interval" in refusal(effects_of(ratio("1.2"))[0]).sentence
    assert effect(risk_difference(counts(20, 50, 10, 50))).estimate == pytest.approx(0.2)
    assert direction_of(ratio("0.9"), LOWER) is Direction.BETTER
    assert se("0.1").value.half_unit == pytest.approx(0.05)
