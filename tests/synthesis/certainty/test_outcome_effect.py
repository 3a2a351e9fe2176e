"""A pooled effect says its measure, interval, number of studies, and how far they differ."""

from dataclasses import replace

import pytest

from evidence.coding.effects.measures import Measure
from evidence.synthesis.certainty.outcome_effect import OutcomeEffect
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.pool import pool
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.pooling.study_effects import StudyEffect

SMD, RISK = Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.LOG_RISK_RATIO


def pooled(*estimates: float) -> Pooled:
    effects = [
        StudyEffect(study=f"Study {number}", estimate=estimate, variance=0.04)
        for number, estimate in enumerate(estimates)
    ]
    result = pool(effects, Method.REML)
    assert isinstance(result, Pooled)
    return result


def test_a_ratio_is_said_as_a_ratio() -> None:
    effect = OutcomeEffect(measure=RISK, pooled=pooled(0.1, 0.9, -0.6), is_turned=True)
    first, second, third = effect.words
    assert first.startswith("RR 1.1")
    assert effect.limits.low > 0
    assert second == "3 studies; above 1 is better."
    assert third.endswith("on both sides of no effect.")
    assert "I² " in third


def test_one_study_is_its_own_result_and_says_nothing_of_differing() -> None:
    effect = OutcomeEffect(measure=SMD, pooled=pooled(0.5), is_turned=False)
    assert effect.words == (
        "SMD 0.50 (95% 0.11 to 0.89).",
        "1 study, not pooled; which side is better is not coded.",
    )
    assert effect.prediction is None


@pytest.mark.parametrize(("number", "sentences"), [(1, 2), (2, 3), (3, 3)])
def test_words_fit_the_number_of_studies(number: int, sentences: int) -> None:
    effect = OutcomeEffect(measure=SMD, pooled=pooled(*[0.2, 0.4, 0.9][:number]), is_turned=True)
    assert len(effect.words) == sentences
    assert ("A new study" in effect.words[-1]) is (number > 2)


def test_effects_all_on_one_side_say_so_by_silence() -> None:
    result = replace(pooled(0.8, 0.8, 0.81), method=Method.DL)
    words = " ".join(OutcomeEffect(measure=SMD, pooled=result, is_turned=True).words)
    assert "both sides" not in words
    assert "(DL)" in words
