import pytest

from evidence.coding.answers import (
    Answer,
    answer_faults,
    answer_to,
    applicable_questions,
    faults_in,
    is_applicable,
    missing_answers,
)
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Of, Option, Question, QuestionKind

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
      - id: country
        text: Where?
        kind: tree
        required: yes
        options:
          - id: europe
            label: Europe
            options: [{id: gbr, label: United Kingdom}]
          - {id: usa, label: United States}
      - id: several
        text: At several sites?
        kind: yes/no
        required: yes
        when: {question: country, any_of: [europe]}
      - id: sites
        text: How many sites?
        kind: number
        required: yes
        when: {question: several, any_of: [yes]}
      - id: contrast
        text: Who with whom?
        kind: one of
        of: finding
        axis: contrast
        required: yes
        options: [{id: arms, label: Arms}]
      - id: site
        text: Which site?
        kind: text
        of: finding
        when: {question: several, any_of: [yes]}
""",
    "s.yaml",
)

IN_BRITAIN = Answer(question="country", codes=("gbr",))
SEVERAL = Answer(question="several", codes=("yes",))


def ask(question_id: str, *answers: Answer) -> bool:
    question = SCHEME.question(question_id)
    assert question
    return is_applicable(question, SCHEME, answers)


def test_a_question_without_condition_is_always_asked() -> None:
    assert ask("country")


def test_a_condition_waits_for_its_answer() -> None:
    assert not ask("several")
    assert not ask("several", Answer(question="country", codes=("usa",)))
    assert ask("several", Answer(question="country", codes=("usa", "europe")))


def test_an_option_counts_as_chosen_when_one_below_it_was() -> None:
    assert ask("several", IN_BRITAIN)


def test_an_answer_to_a_question_no_longer_asked_does_not_count() -> None:
    assert ask("sites", IN_BRITAIN, SEVERAL)
    assert not ask("sites", SEVERAL)


def test_a_note_alone_is_no_answer() -> None:
    assert not Answer(question="country", note="perhaps Wales", value=" ").is_answered
    assert not ask("several", Answer(question="country", note="gbr"))


def test_questions_about_the_study_and_about_findings_are_asked_apart() -> None:
    assert [q.id for q in applicable_questions(SCHEME, ())] == ["country"]
    assert [q.id for q in applicable_questions(SCHEME, (IN_BRITAIN, SEVERAL))] == [
        "country",
        "several",
        "sites",
    ]
    assert [q.id for q in applicable_questions(SCHEME, (IN_BRITAIN, SEVERAL), Of.FINDING)] == [
        "contrast",
        "site",
    ]


def test_missing_is_what_is_required_and_asked_and_not_answered() -> None:
    assert [q.id for q in missing_answers(SCHEME, ())] == ["country"]
    assert [q.id for q in missing_answers(SCHEME, (IN_BRITAIN,))] == ["several"]
    assert [q.id for q in missing_answers(SCHEME, (IN_BRITAIN, SEVERAL))] == ["sites"]
    sites = Answer(question="sites", value="3")
    assert missing_answers(SCHEME, (IN_BRITAIN, SEVERAL, sites)) == ()


def test_the_answer_to_a_question_is_found_or_empty() -> None:
    assert answer_to("country", (SEVERAL, IN_BRITAIN)) == IN_BRITAIN
    assert not answer_to("sites", (SEVERAL, IN_BRITAIN)).is_answered


def number(minimum: float | None = None, maximum: float | None = None) -> Question:
    return Question(id="n", text="N", kind=QuestionKind.NUMBER, minimum=minimum, maximum=maximum)


@pytest.mark.parametrize("value", ["0", "12", "12.5", " 143 ", "-3", "+4"])
def test_numbers_are_accepted(value: str) -> None:
    assert answer_faults(number(), Answer(question="n", value=value)) == ()


@pytest.mark.parametrize(
    "value",
    ["many", "1,234", "12.", ".5", "1e5", "nan", "inf", "1 2", "٣", "0x10", "9" * 400, "12 people"],
)
def test_what_is_no_number_is_told(value: str) -> None:
    (fault,) = answer_faults(number(), Answer(question="n", value=value))
    assert "is not a number" in fault
    assert len(fault) < 150


def test_numbers_out_of_range_are_told() -> None:
    assert "below 0" in answer_faults(number(0, 5), Answer(question="n", value="-1"))[0]
    assert "above 5" in answer_faults(number(0, 5), Answer(question="n", value="5.1"))[0]
    assert answer_faults(number(0, 5), Answer(question="n", value="5")) == ()


@pytest.mark.parametrize("value", ["2006", "2006-03", "2006-03-14", "2024-02-29"])
def test_dates_are_as_exact_as_the_report(value: str) -> None:
    question = Question(id="d", text="When?", kind=QuestionKind.DATE)
    assert answer_faults(question, Answer(question="d", value=value)) == ()


@pytest.mark.parametrize(
    "value",
    ["2006-13", "2006-02-30", "14.3.2006", "06", "0000", "2006-3", "20060314", "2006-03-14T"],
)
def test_what_is_no_date_is_told(value: str) -> None:
    question = Question(id="d", text="When?", kind=QuestionKind.DATE)
    (fault,) = answer_faults(question, Answer(question="d", value=value))
    assert "is not a date" in fault


@pytest.mark.parametrize("kind", [QuestionKind.ONE, QuestionKind.YES_NO])
def test_only_one_answer_where_one_is_meant(kind: QuestionKind) -> None:
    question = Question(
        id="q",
        text="Q",
        kind=kind,
        options=(Option(id="yes", label="Y"), Option(id="no", label="N")),
    )
    (fault,) = answer_faults(question, Answer(question="q", codes=("yes", "no")))
    assert "takes one answer" in fault


def test_a_heading_cannot_be_chosen() -> None:
    below = (Option(id="b", label="Below"),)
    heading = Option(id="h", label="Heading", selectable=False, options=below)
    question = Question(id="q", text="Q", kind=QuestionKind.TREE, options=(heading,))
    assert answer_faults(question, Answer(question="q", codes=("b",))) == ()
    (fault,) = answer_faults(question, Answer(question="q", codes=("h",)))
    assert fault == "“Heading” is a heading; choose an option below it."


def test_unknown_repeated_and_misplaced_answers_are_told() -> None:
    country = SCHEME.questions[0]
    told = " ".join(
        answer_faults(country, Answer(question="country", codes=("fra", "usa", "usa"), value="x"))
    )
    assert "“fra” is not an option" in told
    assert "twice" in told
    assert "put words into the note" in told
    text = Question(id="t", text="T", kind=QuestionKind.TEXT)
    assert "has no options" in answer_faults(text, Answer(question="t", codes=("a",)))[0]


def test_an_answer_that_is_not_given_has_no_faults() -> None:
    assert answer_faults(SCHEME.questions[0], Answer(question="country", note="unsure")) == ()


def test_faults_of_all_answers_include_questions_the_scheme_does_not_ask() -> None:
    told = faults_in(
        SCHEME, (Answer(question="gone", value="x"), Answer(question="contrast", codes=("arms",)))
    )
    assert [fault.split("“")[1].split("”")[0] for fault in told] == ["gone", "contrast"]


def test_two_answers_to_one_question_are_told() -> None:
    assert faults_in(SCHEME, (IN_BRITAIN,)) == ()
    assert "answered twice" in faults_in(SCHEME, (IN_BRITAIN, IN_BRITAIN))[0]


def test_the_axis_of_findings_is_no_answer_beside_it() -> None:
    told = faults_in(SCHEME, (Answer(question="contrast", codes=("arms",)),), Of.FINDING)
    assert len(told) == 1
    assert faults_in(SCHEME, (Answer(question="site", value="North"),), Of.FINDING) == ()
