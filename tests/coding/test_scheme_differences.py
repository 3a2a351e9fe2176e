"""What a new version changes is said; nothing that changes is passed over."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Option, Question, QuestionKind, Scheme, Section
from evidence.coding.scheme_differences import Change, differences

TEXT = """\
id: s
title: Small
version: 1
purpose: coding
judges: study
sections:
  - title: First
    questions:
      - id: kind
        text: Which kind?
        kind: tree
        options:
          - id: work
            label: Work
            options:
              - {id: paid, label: Paid}
              - {id: unpaid, label: Unpaid}
          - {id: study, label: Study}
          - {id: rest, label: Rest}
      - id: people
        text: How many?
        kind: number
      - id: why
        text: Why?
        kind: text
  - title: Second
    questions:
      - {id: when, text: When?, kind: date}
"""
BEFORE = load(TEXT, "s.yaml")
REST = "          - {id: rest, label: Rest}\n"
WHY = "      - id: why\n        text: Why?\n        kind: text\n"
UNPAID = "              - {id: unpaid, label: Unpaid}\n"


def said(text: str) -> list[str]:
    assert text != TEXT
    return [str(each) for each in differences(BEFORE, load(text, "s.yaml"))]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (TEXT.replace(WHY, ""), "retired why “Why?”"),
        (TEXT + WHY.replace("why", "how").replace("Why", "How"), "added how “How?”"),
        (TEXT.replace("text: Why?", "text: What for?"), "renamed why “Why?”: Why? → What for?"),
        (TEXT.replace(WHY, "") + WHY, "moved why “Why?”: First → Second"),
        (TEXT.replace(REST, ""), "retired kind: rest “Rest”"),
        (TEXT.replace(REST, REST + "          - {id: other, label: Other}\n"),
         "added kind: other “Other”"),
        (TEXT.replace(REST, "").replace("label: Study", "label: Study, replaces: [rest]"),
         "merged kind: rest “Rest”: Rest → Study"),
        (TEXT.replace("label: Rest", "label: Leisure"),
         "renamed kind: rest “Rest”: Rest → Leisure"),
        (TEXT.replace(UNPAID, "").replace(REST, REST + UNPAID[4:]),
         "moved kind: unpaid “Unpaid”: below “Work” → at the top"),
        (TEXT.replace(REST, "").replace("          - {id: study", REST + "          - {id: study"),
         "moved kind: rest “Rest”: its place → in another order"),
        (TEXT.replace("label: Rest", "label: Rest, role: review"),
         "asked otherwise kind: rest “Rest”, role: nothing → review"),
        (TEXT.replace("kind: date", "kind: text"),
         "asked otherwise when “When?”, kind: date → text"),
        (TEXT.replace("kind: number", "kind: number\n        minimum: 0"),
         "asked otherwise people “How many?”, minimum: nothing → 0"),
        (TEXT.replace("kind: date", "kind: date, when: {question: kind, any_of: [work]}"),
         "asked otherwise when “When?”, when: nothing → where Which kind? is Work"),
        (TEXT.replace("title: Second", "title: Last"), "renamed scheme “Second”: Second → Last"),
        (TEXT.replace("title: Second", "title: Second\n    help: Last."),
         "asked otherwise scheme “Second”, help: nothing → Last."),
        (TEXT.replace("judges: study", "judges: review"),
         "asked otherwise scheme “Small”, judges: study → review"),
    ],
)  # fmt: skip
def test_one_change_is_one_difference(text: str, told: str) -> None:
    found = said(text)
    if "{id: rest, label: Rest}\n          - {id: study" in text:  # either of two may have moved
        assert found in ([told], [told.replace("rest “Rest”", "study “Study”")])
    else:
        assert found == [told]


def test_an_item_that_becomes_critical_is_asked_otherwise() -> None:
    text = TEXT.replace("kind: text", "kind: one of\n        options: [{id: a, label: A}]")
    critical = text.replace("kind: one of", "kind: one of\n        critical: yes")
    found = differences(load(text, "s.yaml"), load(critical, "s.yaml"))
    assert list(map(str, found)) == ["asked otherwise why “Why?”, critical: no → yes"]


def test_a_question_that_goes_up_moves_alone() -> None:
    up = TEXT.replace(WHY, "").replace("      - id: kind\n", WHY + "      - id: kind\n")
    assert said(up) == ["moved why “Why?”: First → First, in another order"]


def test_the_version_alone_changes_nothing_that_is_asked() -> None:
    assert differences(BEFORE, replace(BEFORE, version="2")) == ()


IDS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1)


def scheme(ids: list[str], codes: list[str]) -> Scheme:
    options = tuple(Option(id=code, label=code) for code in codes)
    questions = tuple(
        Question(id=each, text=each, kind=QuestionKind.MANY, options=options) for each in ids
    )
    return replace(BEFORE, sections=(Section(title="All", questions=questions),))


@given(IDS, IDS, IDS, IDS)
def test_every_id_is_accounted_for(
    ids: list[str], later: list[str], codes: list[str], later_codes: list[str]
) -> None:
    found = differences(scheme(ids, codes), scheme(later, later_codes))
    of_questions = {c: {d.question for d in found if d.change is c and not d.code} for c in Change}
    assert of_questions[Change.RETIRED] == set(ids) - set(later)
    assert of_questions[Change.ADDED] == set(later) - set(ids)
    stay = [each for each in ids if each in later and each not in of_questions[Change.MOVED]]
    assert stay == sorted(stay, key=later.index), "what has not moved keeps its order"
    for kept in set(ids) & set(later):
        gone = {d.code for d in found if d.change is Change.RETIRED and d.question == kept}
        assert gone == set(codes) - set(later_codes)
    if set(ids) & set(later):
        assert (found == ()) == ((ids, codes) == (later, later_codes))


def test_a_code_that_no_longer_replaces_another_says_so() -> None:
    replaces = TEXT.replace("label: Study", "label: Study, replaces: [old, older]")
    fewer = replaces.replace("[old, older]", "[older]")
    told = [str(d) for d in differences(load(replaces, "s.yaml"), load(fewer, "s.yaml"))]
    assert told == ["asked otherwise kind: study “Study”, replaces: old, older → older"]


def test_as_few_as_possible_move() -> None:
    found = differences(scheme(list("abcdef"), ["x"]), scheme(list("bcdefa"), ["x"]))
    assert [(d.change, d.question) for d in found] == [(Change.MOVED, "a")]
