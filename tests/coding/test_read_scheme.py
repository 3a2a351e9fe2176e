import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, Condition, Of, Option, OptionRole, Question, QuestionKind
from evidence.coding.yaml_reader import MAX_CHARACTERS
from evidence.errors import InvalidScheme

ROOT = Path(__file__).resolve().parents[2]
SCHEMES = sorted((ROOT / "coding_schemes").glob("*.yaml"))

HEAD = "id: s\ntitle: T\nversion: 1.0\npurpose: coding\njudges: study\n"
GOOD = (
    HEAD
    + """\
sections:
  - title: One
    questions:
      - id: stream
        text: Which?
        kind: one of
        required: yes
        options:
          - id: outcome
            label: Outcome
          - {id: no, label: No stream}
      - id: n
        text: How many?
        kind: number
        unit: people
        minimum: 0
        when: {question: stream, any_of: [outcome, no]}
      - id: randomised
        text: Was it?
        kind: yes/no
      - id: why
        text: Why?
        kind: text
        of: finding
        when: {question: randomised, any_of: [yes]}
"""
)


def faults(text: str) -> list[str]:
    with pytest.raises(InvalidScheme) as caught:
        load(text, "s.yaml")
    return caught.value.faults


def question(lines: str) -> str:
    """A scheme whose second question (from line 15 on) has these lines."""
    body = "\n".join("        " + line for line in lines.splitlines())
    return (
        HEAD
        + """\
sections:
  - title: One
    questions:
      - id: first
        text: Which?
        kind: many of
        axis: outcome
        options: [{id: a, label: A}]
      - id: second
        text: And?
"""
        + body
    )


def test_a_fault_names_the_file_in_which_it_is_read() -> None:
    for name in ("a.yaml", "b.yaml"):
        with pytest.raises(InvalidScheme) as refused:
            load("id: [", name)
        assert [fault.split(":")[0] for fault in refused.value.faults] == [name]


def test_values_are_taken_as_written() -> None:
    scheme = load(GOOD, "s.yaml")
    assert scheme.version == "1.0"
    stream, number, randomised, why = scheme.questions
    assert stream.required
    assert [option.id for option in stream.options] == ["outcome", "no"]
    assert number.when == Condition(question="stream", any_of=("outcome", "no"))
    assert (number.unit, number.minimum, number.maximum) == ("people", 0, None)
    assert [option.id for option in randomised.options] == ["yes", "no"]
    assert why.of is Of.FINDING
    assert why.when == Condition(question="randomised", any_of=("yes",))


def test_a_scheme_that_was_stored_with_the_older_words_is_still_read() -> None:
    older = GOOD.replace("purpose:", "kind:").replace("judges:", "applies_to:")
    assert load(older, "s.yaml") == load(GOOD, "s.yaml")


TREE = """\
kind: tree
per: arm
options:
  - id: top
    label: All
    selectable: no
    options:
      - {id: review, label: Review, role: review, link: https://example.org/a}"""


def test_options_say_what_they_mean_to_a_map_and_what_groups_them() -> None:
    asked = load(question(TREE), "s.yaml").questions[1]
    (heading,) = asked.options
    (review,) = heading.options
    assert asked.per_arm
    assert (heading.selectable, heading.role, heading.link) == (False, None, "")
    assert (review.selectable, review.role) == (True, OptionRole.REVIEW)
    assert review.link == "https://example.org/a"


REPLACES = """\
kind: tree
axis: outcome
options:
  - id: top
    label: All
    replaces: [old, older]
    options: [{id: below, label: Below, replaces: [oldest]}]"""


def test_an_option_may_replace_others() -> None:
    asked = load(question(REPLACES), "s.yaml").questions[1]
    assert asked.options[0].replaces == ("old", "older")
    assert [asked.code_now(code) for code in ("old", "oldest", "a")] == ["top", "below", "a"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("[oldest]", "[older]", "“older” is replaced twice"),
        ("[old, older]", "[old, old]", "“old” is replaced twice"),
        ("[old, older]", "[below]", "“below” is an option still"),
        ("[old, older]", "[top]", "“top” is an option still"),
        ("[old, older]", "[a]", "“a” is an option still"),  # of the question above on this axis
        ("[old, older]", "[Old]", "“Old” cannot be an id"),
        ("[old, older]", "[]", "“replaces” is an empty list"),
    ],
)
def test_what_is_replaced_is_gone_and_counts_as_one_thing(
    before: str, after: str, said: str
) -> None:
    (fault,) = faults(question(REPLACES.replace(before, after)))
    assert said in fault
    assert fault.startswith(("s.yaml:21:", "s.yaml:22:"))


def test_along_an_axis_too_an_id_is_replaced_once_and_no_option() -> None:
    on_first = question(REPLACES).replace("{id: a, label: A}", "{id: a, label: A, replaces: [x]}")
    assert load(on_first, "s.yaml").axis_code_now(Axis.OUTCOME, "x") == "a"
    for code, said in (("old", "replaced twice"), ("top", "an option still")):
        (fault,) = faults(on_first.replace("[x]", f"[{code}]"))
        assert f"“{code}” is {said}" in fault


def test_a_question_about_findings_may_wait_for_what_the_finding_is_about() -> None:
    lines = "kind: text\nof: finding\nwhen: {axis: outcome, any_of: [a]}"
    asked = load(question(lines), "s.yaml").questions[-1]
    assert asked.when == Condition(question="", axis=Axis.OUTCOME, any_of=("a",))
    assert "not above on the axis" in faults(question(lines.replace("[a]", "[b]")))[0]
    of_study = question(lines.replace("of: finding\n", ""))
    assert "Only a question about findings" in faults(of_study)[0]


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("title: T\n", "titel: T\n", 2, "did you mean “title”"),
        ("title: T\n", "title: T\ntitle: U\n", 3, "“title” is written twice"),
        ("title: T\n", "", 1, "“title” is missing"),
        ("title: T\n", "title: ~\n", 1, "“title” is missing"),
        ("title: T\n", "title: ''\n", 2, "“title” is empty"),
        ("title: T\n", "title: [T]\n", 2, "“title” should be text"),
        ("title: T\n", f"title: {'T' * 301}\n", 2, "300 is the limit"),
        ("purpose: coding", "purpose: codng", 4, "did you mean “coding”"),
        ("judges: study", "judges: person", 5, "these are: study, finding, review, practice"),
        ("  - title: One\n", "  - title: One\n    questions: []\n", 9, "“questions” is written"),
        ("id: stream", "id: The Stream", 9, "cannot be an id"),
        ("id: stream", "id: s--t", 9, "cannot be an id"),
        ("id: stream", f"id: {'s' * 61}", 9, "cannot be an id"),
        ("kind: one of", "kind: one", 11, "did you mean “one of”"),
        ("required: yes", "required: maybe", 12, "these are: yes, no"),
        ("label: Outcome", "lable: Outcome", 15, "did you mean “label”"),
        ("id: n\n", "id: stream\n", 17, "Another question has the id “stream”"),
        ("minimum: 0", "minimum: none", 21, "not a number"),
        ("minimum: 0", "minimum: 5\n        maximum: 4", 17, "“minimum” is above “maximum”"),
        ("any_of: [outcome, no]", "any_of: [outcom]", 22, "“outcom” is not an option"),
        ("any_of: [outcome, no]", "any_of: []", 22, "empty list"),
        ("question: stream", "question: why", 22, "No question above has the id “why”"),
        ("question: stream, ", "", 22, "either an earlier “question” or an “axis”"),
        ("judges: study\n", "", 1, "“judges” is missing"),
        ("judges: study\n", "judges: study\napplies_to: study\n", 6, "older name of “judges”"),
        ("label: Outcome", "label: Outcome\n            selectable: no", 16, "Only a heading"),
        ("label: Outcome", "label: Outcome\n            role: great", 16, "these are: primary"),
        ("label: Outcome", "label: Outcome\n            link: javascript:x", 16, "begins with"),
        ("kind: text", "kind: text\n        per: arm", 29, "Findings name their arms"),
    ],
)
def test_a_fault_names_its_line(before: str, after: str, line: int, said: str) -> None:
    assert before in GOOD
    found = faults(GOOD.replace(before, after, 1))
    assert any(fault.startswith(f"s.yaml:{line}: ") and said in fault for fault in found), found


@pytest.mark.parametrize(
    ("lines", "line", "said"),
    [
        ("kind: many of", 14, "needs options"),
        ("kind: text\noptions: [{id: b, label: B}]", 17, "has no options"),
        ("kind: text\naxis: outcome", 17, "has no axis"),
        ("kind: text\nunit: people", 17, "Only a number has a unit"),
        ("kind: text\ncritical: yes", 17, "Only a question `one of` is a critical item"),
        ("kind: many of\noptions: []", 17, "empty list"),
        ("kind: many of\noptions: yes", 17, "should be a list"),
        ("kind: many of\noptions: [b]", 17, "Here should be an option"),
        ("kind: tree\noptions:\n- {id: b, label: B}\n- {id: b, label: C}", 19, "Another option"),
        (
            "kind: tree\noptions:\n- id: b\n  label: B\n  options: [{id: b, label: C}]",
            20,
            "Another option",
        ),
        (
            "kind: many of\noptions:\n- id: b\n  label: B\n  options: [{id: c, label: C}]",
            20,
            "`kind: tree`",
        ),
        (
            "kind: many of\naxis: outcome\noptions:\n- {id: b, label: B}\n- {id: a, label: A}",
            20,
            "twice on the axis",
        ),
    ],
)
def test_what_a_kind_cannot_have_is_named(lines: str, line: int, said: str) -> None:
    found = faults(question(lines))
    assert [fault for fault in found if f"s.yaml:{line}: " in fault and said in fault], found
    assert len(found) == 1, "one mistake is told once"


def test_a_question_of_a_study_cannot_wait_for_a_finding() -> None:
    text = GOOD + "      - {id: x, text: X, kind: text, when: {question: w, any_of: [yes]}}\n"
    waiting = text.replace("id: randomised", "id: w\n        of: finding").replace(
        "question: randomised", "question: w"
    )
    assert ["asked of findings" in fault for fault in faults(waiting)] == [True]


def test_all_faults_are_told_at_once_and_in_order() -> None:
    text = GOOD.replace("title: T", "titel: T").replace("kind: number", "kind: numbr")
    found = faults(text.replace("label: Outcome", "label: ''"))
    lines = [int(fault.split(":")[1]) for fault in found]
    assert lines == sorted(lines)
    assert {1, 2, 14 + 1, 19} <= set(lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("# only a remark\n", "empty"),
        ("- a\n", "Here should be a scheme"),
        ("just words", "Here should be a scheme"),
        ("title: a: b", "cannot be read"),
        ("title:\n\t- a", "cannot be read"),
        ("title: \x00", "cannot be read"),
        ("id: a\n---\nid: b", "cannot be read"),
        ("title: !!python/object/apply:os.system [ls]", "Tags"),
        ("a: &a [x]\nb: *a", "References"),
        ("[" * 10_000, "nested"),
        ("a" * (MAX_CHARACTERS + 1), "longer than"),
    ],
)
def test_what_is_no_scheme_is_refused_with_a_reason(text: str, said: str) -> None:
    found = faults(text)
    assert said in found[0]


@settings(max_examples=200)
@given(st.text() | st.text(alphabet="-:[]{}&*!#|>'\" \n\tab"))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert faults(text)


@settings(max_examples=150)
@given(data=st.data())
def test_a_damaged_scheme_is_read_or_refused(data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(GOOD)))
    gone = data.draw(st.integers(0, 30))
    put = data.draw(st.text(alphabet="-:[]{}\n xyz", max_size=5))
    told: list[str] = []
    try:
        load(GOOD[:cut] + put + GOOD[cut + gone :], "s.yaml")
    except InvalidScheme as error:
        told = error.faults or ["nothing was told"]
    assert all(re.match(r"s\.yaml:\d+: \S", fault) for fault in told)


def test_of_very_many_faults_the_first_are_told_and_how_many_there_are() -> None:
    text = GOOD + "".join(f"      - {{id: q{number}}}\n" for number in range(3_000))
    with pytest.raises(InvalidScheme) as caught:
        load(text, "s.yaml")
    told = str(caught.value)
    assert len(told.splitlines()) == 22  # with a line before and one after
    assert told.endswith("And 5,980 more; mend these first.")
    assert (len(caught.value.faults), caught.value.more) == (1_000, 5_000)


def test_a_fault_shows_the_beginning_of_what_is_very_long() -> None:
    text = question(f"kind: text\nwhen: {{question: {'x' * 10_000}, any_of: [y]}}")
    assert max(len(fault) for fault in faults(text)) < 600


def test_conditions_on_a_question_with_many_options_do_not_walk_through_them_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    waits = "kind: text, when: {question: stream, any_of: [no]}"
    more = (f"      - {{id: q{number}, text: Q, {waits}}}\n" for number in range(50))
    text = GOOD + "".join(more)
    walked: list[str] = []
    walk = Question.walk

    def counted(asked: Question) -> Iterator[Option]:
        walked.append(asked.id)
        return walk(asked)

    monkeypatch.setattr(Question, "walk", counted)
    load(text, "s.yaml")
    assert 0 < walked.count("stream") < 10


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_every_shipped_scheme_loads_and_is_named_like_its_file(path: Path) -> None:
    assert load(path.read_text(encoding="utf-8"), path.name).id == path.stem


def test_the_readme_lists_every_shipped_scheme_and_its_example_loads() -> None:
    readme = (ROOT / "coding_schemes" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in SCHEMES if f"`{path.name}`" not in readme] == []
    assert SCHEMES
    example = re.search(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert example
    assert load(example[1], "README.md").axis(Axis.INTERVENTION)
    assert [kind for kind in QuestionKind if f"`{kind}`" not in readme] == []


def test_labels_survive_and_unknown_ids_stand_for_themselves() -> None:
    stream = load(GOOD, "s.yaml").questions[0]
    assert stream.options[0] == Option(id="outcome", label="Outcome")
    assert stream.label("outcome") == "Outcome"
    assert stream.label("gone") == "gone"
