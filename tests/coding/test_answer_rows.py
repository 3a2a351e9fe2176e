"""What the rows of answers come to, question by question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.answer_rows import AnswerRow, gather, rows_of, unanswered
from evidence.coding.answers import Answer
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Option, Section

SCHEME = load(
    """\
id: s
title: T
version: "1"
purpose: coding
judges: study
sections:
  - title: One
    questions:
      - id: design
        text: Which design?
        kind: one of
        required: yes
        options: [{id: trial, label: Trial}, {id: survey, label: Survey}]
      - id: lost
        text: How many left?
        kind: number
        per: arm
        required: yes
        when: {question: design, any_of: [trial]}
""",
    "s.yaml",
)
TRIAL = AnswerRow(question="design", code="trial", chosen=True)


def test_a_row_that_was_emptied_says_nothing() -> None:
    assert (
        gather([AnswerRow(question="design", code="trial"), AnswerRow(question="lost")], SCHEME)
        == ()
    )


def test_a_code_for_one_arm_counts_for_the_study_once() -> None:
    rows = [AnswerRow(question="design", code="trial", arm=arm, chosen=True) for arm in ("a", "b")]
    assert gather(rows, SCHEME) == (Answer(question="design", codes=("trial",)),)


def test_what_was_typed_for_arms_stands_behind_what_was_typed_for_the_study() -> None:
    rows = [
        AnswerRow(question="lost", arm="a", value="3"),
        AnswerRow(question="lost", value="7", note="p. 4"),
        AnswerRow(question="lost", arm="b", value="4", note="p. 5"),
    ]
    assert gather(rows, SCHEME) == (Answer(question="lost", value="7; 3; 4", note="p. 4; p. 5"),)


def test_a_note_on_a_code_that_is_not_ticked_is_no_tick() -> None:
    rows = [AnswerRow(question="design", code="survey", note="not quite")]
    assert gather(rows, SCHEME) == (Answer(question="design"),)


def test_a_code_that_was_merged_counts_as_the_one_that_replaces_it() -> None:
    (design, lost) = SCHEME.questions
    merged = replace(design, options=(Option(id="survey", label="Any", replaces=("trial",)),))
    now = replace(SCHEME, sections=(Section(title="One", questions=(merged, lost)),))
    rows = [TRIAL, AnswerRow(question="design", code="survey", chosen=True)]
    assert gather(rows, now) == (Answer(question="design", codes=("survey",)),)
    assert gather([TRIAL], now) == (Answer(question="design", codes=("survey",)),)
    assert unanswered(now, [TRIAL], []) == ()
    assert merged.code_now("gone") == "gone"


@pytest.mark.parametrize(
    ("rows", "arms", "open_"),
    [
        ([], ["a"], ["design"]),
        ([TRIAL], ["a", "b"], ["lost"]),
        ([TRIAL, AnswerRow(question="lost", arm="a", value="0")], ["a", "b"], ["lost"]),
        ([TRIAL, *(AnswerRow(question="lost", arm=a, value="0") for a in "ab")], ["a", "b"], []),
        ([TRIAL, AnswerRow(question="lost", value="0")], [], []),
        ([AnswerRow(question="design", code="survey", chosen=True)], ["a"], []),
    ],
)
def test_a_question_per_arm_is_open_until_each_arm_has_an_answer(
    rows: list[AnswerRow], arms: list[str], open_: list[str]
) -> None:
    assert [question.id for question in unanswered(SCHEME, rows, arms)] == open_


ANSWERS = st.builds(
    Answer,
    question=st.sampled_from(["q", "r"]),
    codes=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    value=st.sampled_from(["", "12"]),
    note=st.sampled_from(["", "p. 3"]),
)


@given(ANSWERS)
def test_an_answer_is_the_same_after_it_was_rows(answer: Answer) -> None:
    said = answer.is_answered or answer.note
    assert gather(rows_of(answer), SCHEME) == ((answer,) if said else ())
