"""The shipped scheme keeps what the map, the directions and the example rest on."""

from pathlib import Path

import pytest

from evidence.coding.answers import Answer, applicable_questions
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, Scheme

FILE = Path(__file__).resolve().parents[2] / "coding_schemes" / "recovery-vocational.yaml"


@pytest.fixture(scope="module")
def scheme() -> Scheme:
    return load(FILE.read_text(encoding="utf-8"), FILE.name)


@pytest.mark.parametrize(
    ("axis", "ids"),
    [
        (Axis.INTERVENTION, "voluntary-work supported-education integrated-services ips clubhouse"),
        (Axis.OUTCOME, "self-esteem social-capital daily-living quality-of-life symptoms"),
        (Axis.OUTCOME, "coping-with-study gaining-employment education"),
        (
            Axis.CONTRAST,
            "allocated-arms work-status before-after centres-not-randomised cross-sectional sites",
        ),
    ],
)
def test_the_axes_have_what_the_knowledge_review_names(
    scheme: Scheme, axis: Axis, ids: str
) -> None:
    assert [option for option in ids.split() if scheme.axis_option(axis, option) is None] == []


def test_process_questions_are_asked_of_process_evaluations_only(scheme: Scheme) -> None:
    process = {"components", "mechanism-described", "differentiating-feature", "core-concepts",
               "stages", "parties"}  # fmt: skip

    def asked_in(stream: str) -> set[str]:
        return {
            q.id
            for q in applicable_questions(scheme, (Answer(question="stream", codes=(stream,)),))
        }

    assert process <= asked_in("process-evaluation")
    assert not process & asked_in("outcome-evaluation")
    assert {"barriers", "help-wanted"} <= asked_in("user-views")


def test_labels_differ_among_options_side_by_side(scheme: Scheme) -> None:
    for question in scheme.questions:
        for options in (question.options, *(option.options for option in question.walk())):
            labels = [option.label for option in options]
            assert len(set(labels)) == len(labels), question.id


def test_countries_have_three_letter_ids_and_regions_longer_ones(scheme: Scheme) -> None:
    country = scheme.question("country")
    assert country
    regions = {"europe", "several-countries", "other-country", "country-not-stated"}
    assert {option.id for option in country.options if len(option.id) != 3} == regions
