"""Weights of bars are those of the meta-analysis with the usual choices, or people analysed."""

from dataclasses import replace

import pytest

from evidence.coding.effects.measures import Measure
from evidence.errors import Invalid
from evidence.steps.results import appraisal_weights, pooling
from evidence.steps.results.appraisal_weights import PEOPLE
from tests.steps.results.test_pooling import THREE, WISH, found
from tests.synthesis.appraisal.test_weights import HIGH, LOW, table


def test_weights_are_those_of_the_meta_analysis() -> None:
    same_name = [replace(study, label="Drake 1996") for study in THREE]
    studies = found(*same_name)
    assert appraisal_weights.choices(studies)["arms", "mood"] == "Meta-analysis of Mood, Arms"
    judged = table((1, LOW), (2, HIGH), (3, HIGH), (9, LOW))
    made = appraisal_weights.weighted(judged, studies, ("arms", "mood"))
    page = pooling.pooled(studies, replace(WISH, measure=Measure.STANDARDISED_MEAN_DIFFERENCE))
    assert page.forest is not None
    assert [row.weight for row in made.rows] == [study.weight for study in page.forest.studies]
    assert "1 study without such a weight is left out." in made.notes
    assert made.weights_are == "their weights in the meta-analysis of Mood, Arms"


def test_weights_of_people_are_of_the_largest_finding() -> None:
    first, second, _ = THREE
    numbered = [
        replace(
            study,
            findings=tuple(
                replace(study.findings[0], n_intervention=n, n_comparison=n) for n in people
            ),
        )
        for study, people in ((first, (5, 20)), (second, (10,)))
    ]
    made = appraisal_weights.weighted(table((1, LOW), (2, HIGH)), found(*numbered), PEOPLE)
    assert [row.weight for row in made.rows] == [40, 20]


def test_what_has_no_weight_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="has such a weight"):
        appraisal_weights.weighted(table((9, LOW)), found(*THREE), ("arms", "mood"))
    with pytest.raises(Invalid, match="cannot be pooled"):
        appraisal_weights.weighted(table((1, LOW)), found(*THREE), ("arms", "hope"))
