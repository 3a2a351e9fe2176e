"""Effects in a line, as people read them."""

import pytest

from evidence.coding.effects.effect import Effect
from evidence.coding.effects.effect_text import ORDER, effect_text
from evidence.coding.effects.measures import Measure
from evidence.coding.findings import Benefit

MD, OR, R = Measure.MEAN_DIFFERENCE, Measure.LOG_ODDS_RATIO, Measure.FISHER_Z


def an(measure: Measure, estimate: float, error: float) -> Effect:
    return Effect(measure=measure, estimate=estimate, variance=error * error)


def test_every_measure_has_its_place_and_short_name() -> None:
    assert sorted(ORDER) == sorted(Measure)
    assert len({measure.short_name for measure in Measure}) == len(Measure)


def test_nothing_is_written_of_no_effect() -> None:
    assert effect_text([], Benefit.LOWER) == ""


@pytest.mark.parametrize(
    ("effect", "text"),
    [
        (an(MD, 0.2, 1.69), "MD 0.2 (−3.1 to 3.5)"),
        (an(MD, 1234.4, 45), "MD 1234 (1146 to 1323)"),
        (an(MD, -0.00012, 0.00004), "MD −0.000120 (−0.000198 to −0.000042)"),
        (an(MD, 3e-9, 1e-9), "MD 3e−09 (1.04e−09 to 4.96e−09)"),
        (an(MD, -1e-3, 1.0), "MD 0.0 (−2.0 to 2.0)"),
        (an(OR, 0.0, 0.5), "OR 1.00 (0.38 to 2.66)"),
        (an(OR, -3.0, 1.0), "OR 0.05 (0.007 to 0.35)"),
        (an(OR, 8.0, 800.0), "OR 2981 (0 to ∞)"),
        (an(R, 0.31, 0.1), "r 0.30 (0.11 to 0.47)"),
    ],
)
def test_an_effect_has_the_decimals_that_its_error_makes_sense_of(
    effect: Effect, text: str
) -> None:
    assert effect_text([effect], Benefit.HIGHER) == text
    assert effect_text([effect], None) == text


def test_what_is_better_is_said_where_that_is_less() -> None:
    assert effect_text([an(OR, 0.0, 0.5)], Benefit.LOWER) == (
        "OR 1.00 (0.38 to 2.66). Less of the outcome is better: OR below 1 is better."
    )
    assert effect_text([an(R, 0.31, 0.1)], Benefit.LOWER).startswith("r −0.30 (−0.47 to −0.11). ")
