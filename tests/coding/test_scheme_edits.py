"""Whatever is edited, a scheme can be read again, and no id is lost, changed or given twice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.coding import scheme_edits
from evidence.coding.read_scheme import MAX_ID, load
from evidence.coding.scheme import Axis, Option, QuestionKind, Scheme
from evidence.coding.scheme_edits import NewQuestion, Node, Way, places
from evidence.coding.scheme_fields import set_field
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid

BEFORE = load(
    """\
id: s
title: Small
version: 1
purpose: coding
judges: study
sections:
  - title: First
    help: What was done.
    questions:
      - id: kind
        text: Which kind?
        kind: tree
        axis: outcome
        options:
          - id: work
            label: Work
            options:
              - {id: paid, label: Paid, replaces: [hired]}
              - {id: unpaid, label: Unpaid}
          - {id: study, label: Study}
          - id: all
            label: Others
            selectable: no
            options: [{id: rest, label: Rest}]
      - id: people
        text: How many?
        kind: number
  - title: Second
    questions:
      - id: pay
        text: Which pay?
        kind: text
        when: {question: kind, any_of: [paid, study]}
      - id: of-rest
        text: How long?
        kind: text
        of: finding
        when: {axis: outcome, any_of: [rest]}
      - id: part
        text: How sound is a part?
        kind: one of
        options: [{id: high, label: High}, {id: low, label: Low}]
      - id: whole
        text: How sound is it?
        kind: one of
        rule: {take: lowest, of: [part]}
        options: [{id: high, label: High}, {id: low, label: Low}]
""",
    "s.yaml",
)


def option(question: str, code: str, scheme: Scheme = BEFORE) -> Option:
    asked = scheme.question(question)
    assert asked is not None
    return next(each for each in asked.walk() if each.id == code)


def codes(scheme: Scheme, question: str = "kind") -> list[str]:
    asked = scheme.question(question)
    assert asked is not None
    return [each.id for each in asked.walk()]


def test_ids_come_from_labels_and_are_not_given_again() -> None:
    added = scheme_edits.add_option(BEFORE, "kind", "Paid", below="work")
    assert codes(added) == ["work", "paid", "unpaid", "paid-2", "study", "all", "rest"]
    for label, made in (
        ("Écoles, etc.", "ecoles-etc"),
        ("Hired", "hired-2"),  # is replaced, so answers may still have it
        ("仕事", "option"),
        ("Gone", "gone-2"),  # was there in an earlier version
        ("x" * 80, "x" * MAX_ID),
    ):
        added = scheme_edits.add_option(BEFORE, "kind", label, used=[("kind", "gone")])
        assert codes(added)[-1] == made
    new = NewQuestion(text="Kind", kind=QuestionKind.MANY, labels=("Yes", "Yes!"))
    asked = scheme_edits.add_question(BEFORE, 0, new, used=[("kind-2", "")]).question("kind-3")
    assert asked is not None
    assert [each.id for each in asked.options] == ["yes", "yes-2"]


def test_a_section_comes_with_its_first_question() -> None:
    new = NewQuestion(text="When?", kind=QuestionKind.DATE)
    assert scheme_edits.add_section(BEFORE, "Third", new).sections[-1].questions[0].id == "when"
    with pytest.raises(Invalid, match="needs options"):
        scheme_edits.add_section(BEFORE, "Third", NewQuestion(text="Q", kind=QuestionKind.ONE))


def test_options_move_among_their_like_below_and_out() -> None:
    paid = Node(question="kind", option="paid")
    study = Node(question="kind", option="study")
    down = scheme_edits.move(BEFORE, paid, Way.DOWN)
    assert codes(down)[:3] == ["work", "unpaid", "paid"]
    out = scheme_edits.move(BEFORE, paid, Way.OUT)
    assert codes(out)[:4] == ["work", "unpaid", "paid", "study"]
    below = scheme_edits.move(BEFORE, study, Way.BELOW)
    assert option("kind", "work", below).options[-1].id == "study"
    for node, way in ((paid, Way.UP), (study, Way.OUT), (paid, Way.BELOW)):
        with pytest.raises(Invalid):
            scheme_edits.move(BEFORE, node, way)


def test_questions_go_on_into_the_next_section_but_not_before_what_they_wait_for() -> None:
    moved = scheme_edits.move(BEFORE, Node(question="people"), Way.DOWN)
    assert [[q.id for q in s.questions] for s in moved.sections] == [
        ["kind"], ["people", "pay", "of-rest", "part", "whole"],
    ]  # fmt: skip
    back = scheme_edits.move(moved, Node(question="people"), Way.UP)
    assert back == BEFORE
    with pytest.raises(Invalid, match="only question of its section"):
        scheme_edits.move(moved, Node(question="kind"), Way.DOWN)
    with pytest.raises(Invalid, match="No question above has the id “kind”"):
        scheme_edits.move(BEFORE, Node(section=0), Way.DOWN)


def test_what_is_retired_goes_with_what_is_below_it_and_conditions_follow() -> None:
    without = scheme_edits.retire(BEFORE, Node(question="kind", option="work"))
    assert codes(without) == ["study", "all", "rest"]
    pay = without.question("pay")
    assert pay is not None
    assert pay.when is not None
    assert pay.when.any_of == ("study",)
    with pytest.raises(Invalid, match="“Which pay\\?” is asked only where this was chosen"):
        scheme_edits.retire(without, Node(question="kind", option="study"))
    with pytest.raises(Invalid, match="“How long\\?” is asked only"):
        scheme_edits.retire(BEFORE, Node(question="kind", option="all"))
    for asked in ("kind", "part"):
        with pytest.raises(Invalid, match="waits for an answer"):
            scheme_edits.retire(BEFORE, Node(question=asked))
    last = scheme_edits.retire(BEFORE, Node(section=1))
    assert [section.title for section in last.sections] == ["First"]


def test_answers_of_a_merged_option_count_as_the_other() -> None:
    merged = scheme_edits.merge(BEFORE, "kind", "paid", "study")
    assert option("kind", "study", merged).replaces == ("paid", "hired")
    pay = merged.question("pay")
    assert pay is not None
    assert pay.when is not None
    assert pay.when.any_of == ("study",)
    asked = merged.question("kind")
    assert asked is not None
    assert {asked.code_now(code) for code in ("paid", "hired", "study")} == {"study"}
    whole = scheme_edits.merge(BEFORE, "kind", "work", "study")
    assert [each.id for each in option("kind", "study", whole).options] == ["paid", "unpaid"]
    with pytest.raises(Invalid, match="stands below"):
        scheme_edits.merge(BEFORE, "kind", "work", "paid")
    with pytest.raises(Invalid, match="is a heading"):
        scheme_edits.merge(BEFORE, "kind", "study", "all")
    with pytest.raises(Invalid, match="other options than this question"):
        scheme_edits.merge(BEFORE, "part", "low", "high")


@pytest.mark.parametrize(
    ("version", "taken", "then"),
    [("1", ["1"], "2"), ("1", ["1", "2", "3"], "4"), ("1.0", [], "1.1"), ("2025-09", [], "2025-10"),
     ("draft", [], "draft 2"), ("draft", ["draft 2"], "draft 3")],
)  # fmt: skip
def test_the_next_version_is_one_that_nobody_has(version: str, taken: list[str], then: str) -> None:
    assert scheme_edits.next_version(version, taken) == then


LABELS = st.text(max_size=20) | st.sampled_from(["Paid", "Study", "yes", "a: b", "#", "x" * 400])
AT = st.integers(0, 20)
NEW = st.builds(
    NewQuestion,
    text=LABELS,
    kind=st.sampled_from(QuestionKind),
    labels=st.lists(LABELS, max_size=3).map(tuple),
)
EDITS = st.one_of(
    st.tuples(st.just("rename"), AT, LABELS),
    st.tuples(st.just("describe"), AT, LABELS),
    st.tuples(st.just("move"), AT, st.sampled_from(Way)),
    st.tuples(st.just("retire"), AT, st.none()),
    st.tuples(st.just("merge"), AT, AT),
    st.tuples(st.just("add option"), AT, LABELS),
    st.tuples(st.just("add question"), AT, NEW),
    st.tuples(st.just("add section"), AT, NEW),
)


def nodes(scheme: Scheme) -> list[Node]:
    found = [Node(section=index) for index in range(len(scheme.sections))]
    for question, code in sorted(places(scheme)):
        asked = scheme.question(question)
        assert asked is not None
        if not code or code in [each.id for each in asked.walk()]:
            found.append(Node(question=question, option=code))
    return found


def name_of(node: Node) -> str:
    """The field with the words by which people know it."""
    return "label" if node.option else "text" if node.question else "title"


def edited(scheme: Scheme, edit: tuple[str, int, object], used: set[tuple[str, str]]) -> Scheme:
    what, at, value = edit
    there = nodes(scheme)
    node = there[at % len(there)]
    match what, value:
        case "rename", str():
            changed = set_field(scheme, node, name_of(node), value)
        case "describe", str():
            changed = set_field(scheme, node, "help", value)
        case "move", Way():
            changed = scheme_edits.move(scheme, node, value)
        case "merge", int():
            other = there[value % len(there)].option
            changed = scheme_edits.merge(scheme, node.question, node.option, other)
        case "add option", str():
            below = node.option
            changed = scheme_edits.add_option(scheme, node.question, value, below=below, used=used)
        case "add question", NewQuestion():
            section = at % len(scheme.sections)
            changed = scheme_edits.add_question(scheme, section, value, used)
        case "add section", NewQuestion():
            changed = scheme_edits.add_section(scheme, "New", value, used)
        case _:
            changed = scheme_edits.retire(scheme, node)
    return changed


@settings(max_examples=60)
@given(st.lists(EDITS, max_size=12))
def test_any_row_of_edits_gives_a_scheme_that_is_read_back_and_loses_no_id(
    edits: list[tuple[str, int, object]],
) -> None:
    scheme, used = BEFORE, set(places(BEFORE))
    for edit in edits:
        before = places(scheme)
        try:
            scheme = edited(scheme, edit, used)
        except Invalid:
            continue
        assert load(as_yaml(scheme), "again.yaml") == scheme
        after = places(scheme)
        if edit[0] != "retire":
            assert before <= after, "only what is retired goes"
        if edit[0].startswith("add"):
            assert after > before
            assert not (after - before) & used, "an id of something else"
        else:
            assert after <= before
        used |= after
    for axis in Axis:
        on_axis = [code for question in scheme.axis(axis) for code in codes(scheme, question.id)]
        assert len(set(on_axis)) == len(on_axis)
