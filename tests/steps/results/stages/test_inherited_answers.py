"""A coding for the in-depth review starts with what the map says; nothing is overwritten."""

import pytest

from evidence.coding.answers import Answer
from evidence.errors import Invalid, NotAllowed
from evidence.steps.coding import bulk_coding, coding, copied_codings, schemes
from evidence.steps.desk import Desk
from evidence.steps.results.stages import inherited_answers
from tests.steps.coding.test_coding import finding, study_id

__all__ = ["study_id"]

IN_DEPTH = """\
id: deep
title: In depth
version: "1"
purpose: coding
judges: study
sections:
  - title: All
    questions:
      - id: kind-of-study
        text: Which STREAM
        kind: one of
        options:
          - {id: effects, label: outcome study}
          - {id: course, label: Process study}
      - id: people
        text: How many took part?
        kind: number
      - id: service
        text: Which service?
        kind: many of
        options:
          - {id: ips, label: IPS}
      - id: setting
        text: Where?
        kind: text
"""


@pytest.fixture
def deep(desk: Desk, study_id: int) -> int:
    """The scheme of the in-depth review; the map has three answers and a finding of the study."""
    scheme_id = schemes.add(desk, IN_DEPTH, "deep.yaml")
    with pytest.raises(Invalid, match="No coding of this study counts"):
        inherited_answers.preview(desk, scheme_id, study_id)
    coding.set_answer(desk, study_id, Answer(question="stream", codes=("outcome",), note="p. 2"))
    coding.set_answer(desk, study_id, Answer(question="people", value="143"))
    coding.set_answer(desk, study_id, Answer(question="service", codes=("ips", "clubhouse")))
    coding.put_finding(desk, study_id, finding())
    coding.complete(desk, study_id)
    return scheme_id


def answers(desk: Desk, study_id: int, scheme_id: int) -> dict[str, tuple[tuple[str, ...], str]]:
    sheet = coding.sheet(desk, study_id, scheme_id)
    return {each.question: (each.codes, each.value) for each in sheet.answers}


def test_the_same_questions_are_answered_and_what_stands_stays(
    desk: Desk, study_id: int, deep: int
) -> None:
    map_id = schemes.taken(desk)[0].id
    assert inherited_answers.shares_questions(desk, deep)
    assert not inherited_answers.shares_questions(desk, map_id)
    coding.set_answer(desk, study_id, Answer(question="people", value="140"), deep)
    seen = inherited_answers.preview(desk, deep, study_id)
    assert [(each.question.id, each.words) for each in seen.copied] == [
        ("kind-of-study", "outcome study"),
        ("service", "IPS"),
    ]
    assert [(each.question.id, each.stands) for each in seen.kept] == [("people", "140")]
    act, many = inherited_answers.take_over(
        desk, deep, study_id, seen, {"kind-of-study", "service", "people"}
    )
    assert many == 2
    assert answers(desk, study_id, deep) == {
        "kind-of-study": (("effects",), ""),
        "service": (("ips",), ""),
        "people": ((), "140"),
    }
    sheet = coding.sheet(desk, study_id, deep)
    assert sheet.coding is not None
    (hint,) = copied_codings.copied_hints(desk, sheet.coding.id, sheet.study.label)
    assert hint.startswith("2 answers were taken over from the map and not changed or confirmed")
    assert bulk_coding.undo_act(desk, act) == (1, 0)
    assert answers(desk, study_id, deep)["people"] == ((), "140")


def test_nothing_goes_into_a_complete_coding_or_against_what_was_seen(
    desk: Desk, study_id: int, deep: int
) -> None:
    seen = inherited_answers.preview(desk, deep, study_id)
    with pytest.raises(Invalid, match="No answer is ticked"):
        inherited_answers.take_over(desk, deep, study_id, seen, ())
    coding.set_answer(desk, study_id, Answer(question="people", value="1"), deep)
    with pytest.raises(Invalid, match="changed meanwhile"):
        inherited_answers.take_over(desk, deep, study_id, seen, {"people"})
    coding.complete(desk, study_id, deep)
    with pytest.raises(NotAllowed):
        inherited_answers.preview(desk, deep, study_id)
    map_id = schemes.taken(desk)[0].id
    with pytest.raises(Invalid, match="scheme of the map"):
        inherited_answers.preview(desk, map_id, study_id)
