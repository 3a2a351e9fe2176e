"""Codings beside each other: differences by question and arm, and what is taken from them."""

import pytest

from evidence.coding.answer_rows import AnswerRow, gather
from evidence.coding.reconciling import compare, rows_taken
from evidence.coding.scheme import (
    Judges,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.errors import Invalid

OUTCOMES = (
    Option(id="work", label="Work", options=(Option(id="hours", label="Hours"),)),
    Option(id="hope", label="Hope", replaces=("optimism",)),
)
QUESTIONS = (
    Question(id="stream", text="Which stream?", kind=QuestionKind.YES_NO),
    Question(id="outcomes", text="Which outcomes?", kind=QuestionKind.TREE, options=OUTCOMES),
    Question(id="people", text="How many people?", kind=QuestionKind.NUMBER),
    Question(id="service", text="What was done?", kind=QuestionKind.TEXT),
)
SCHEME = Scheme(
    id="small", title="Small", version="1", purpose=Purpose.CODING, judges=Judges.STUDY,
    sections=(Section(title="All", questions=QUESTIONS),),
)  # fmt: skip


def tick(question: str, code: str, arm: str = "", note: str = "") -> AnswerRow:
    return AnswerRow(question=question, code=code, arm=arm, chosen=True, note=note)


def typed(question: str, value: str, note: str = "") -> AnswerRow:
    return AnswerRow(question=question, value=value, note=note)


def test_differences_are_found_by_question_and_arm_in_the_order_of_the_scheme() -> None:
    mine = [typed("people", "1,040"), tick("stream", "yes"), tick("outcomes", "optimism", "a1")]
    theirs = [tick("outcomes", "hope", "a1"), tick("outcomes", "work"), typed("people", "1040.0"),
              AnswerRow(question="gone", value="x")]  # fmt: skip
    found = [(c.question, c.arm, c.agrees) for c in compare(SCHEME, [mine, theirs])]
    assert found == [
        ("stream", "", False),  # only one answered
        ("outcomes", "a1", True),  # what was merged counts as what it was merged into
        ("outcomes", "", False),
        ("people", "", True),
        ("gone", "", False),
    ]


def test_a_note_alone_is_no_disagreement_and_is_not_lost() -> None:
    mine, theirs = [tick("stream", "yes", note="p. 3")], [tick("stream", "yes")]
    (one,) = compare(SCHEME, [mine, theirs])
    assert one.agrees
    assert [said.notes for said in one.said] == [{"yes": "p. 3"}, {}]


def test_both_are_put_together_where_many_are_asked() -> None:
    mine = [tick("outcomes", "hours", note="weekly"), typed("service", "IPS")]
    theirs = [tick("outcomes", "optimism"), tick("outcomes", "hours", note="paid"),
              typed("service", "Clubhouse")]  # fmt: skip
    taken = rows_taken(SCHEME, "outcomes", "", [mine, theirs])
    assert taken == (
        tick("outcomes", "hours", note="weekly; paid"),
        AnswerRow(question="outcomes", code="hope", chosen=True),
    )
    assert rows_taken(SCHEME, "service", "", [mine, theirs]) == (
        typed("service", "IPS; Clubhouse"),
    )


def test_where_one_answer_is_asked_both_are_refused() -> None:
    for question, one, other in (("stream", "yes", "no"),):
        with pytest.raises(Invalid, match="takes one answer"):
            rows_taken(SCHEME, question, "", [[tick(question, one)], [tick(question, other)]])
    with pytest.raises(Invalid, match="takes one answer"):
        rows_taken(SCHEME, "people", "", [[typed("people", "3")], [typed("people", "4")]])
    same = rows_taken(SCHEME, "people", "", [[typed("people", "3")], [typed("people", "3.0")]])
    assert same == (typed("people", "3"),)


def test_of_three_codings_all_must_agree() -> None:
    codings = [[tick("stream", "yes")], [tick("stream", "yes")], [tick("stream", "no")]]
    assert [one.agrees for one in compare(SCHEME, codings)] == [False]
    assert [one.agrees for one in compare(SCHEME, codings[:2])] == [True]


def test_taking_all_of_one_gives_its_answers() -> None:
    mine = [tick("outcomes", "optimism"), typed("people", "12", note="analysed"),
            AnswerRow(question="stream", note="unclear")]  # fmt: skip
    places = [(c.question, c.arm) for c in compare(SCHEME, [mine, []])]
    taken = [row for place in places for row in rows_taken(SCHEME, *place, [mine])]
    assert set(gather(taken, SCHEME)) == set(gather(mine, SCHEME))
