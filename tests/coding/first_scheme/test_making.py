"""What somebody types of a topic becomes a scheme that is read without fault."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.first_scheme import making
from evidence.coding.first_scheme.topic import TypedTopic, read_topic
from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, OptionRole, Question, QuestionKind, Scheme
from evidence.coding.write_scheme import as_yaml
from evidence.errors import Invalid
from tests.coding.first_scheme import topics

VOCATIONAL_WORDS = ("mental", "vocational", "employ", "job", "recovery", "service user")


def made(typed: TypedTopic) -> Scheme:
    return making.first_scheme(read_topic(typed))


def asked(scheme: Scheme, question_id: str) -> Question:
    question = scheme.question(question_id)
    assert question
    return question


@pytest.mark.parametrize("typed", topics.ALL.values(), ids=list(topics.ALL))
def test_the_scheme_is_read_without_fault_and_has_what_every_map_needs(typed: TypedTopic) -> None:
    scheme = made(typed)
    assert load(as_yaml(scheme), "first.yaml") == scheme
    assert scheme.title == typed.title
    ids = {question.id for question in scheme.questions}
    assert {"stream", "design", "intervention", "comparator", "outcome"} <= ids
    assert bool(scheme.axis(Axis.CONTRAST)) == typed.has_findings
    assert ("mechanism" in ids) == typed.has_process
    assert ("country" in ids) == bool(typed.countries)
    roles = {option.role for option in asked(scheme, "design").options}
    assert {OptionRole.PRIMARY_STUDY, OptionRole.REVIEW} <= roles


def test_what_was_typed_becomes_labels_groups_and_ids() -> None:
    scheme = made(topics.VOCATIONAL)
    outcome = asked(scheme, "outcome")
    assert outcome.kind is QuestionKind.TREE
    assert [option.label for option in outcome.options] == [
        "Work", "Other than work", "Another outcome"]  # fmt: skip
    assert [o.selectable for o in outcome.options] == [False, False, True]
    assert [o.id for o in outcome.options[1].options] == ["self-esteem", "quality-of-life"]
    river = asked(made(topics.RIVERS), "intervention")
    assert [o.id for o in river.options][1] == "wiederanbindung-der-fluaue"
    assert asked(made(topics.MEALS), "size").unit == "schools"


def test_nothing_is_tied_to_one_field() -> None:
    text = as_yaml(made(topics.RIVERS)).lower()
    assert [word for word in VOCATIONAL_WORDS if word in text] == []


def test_without_lists_the_scheme_asks_in_words() -> None:
    scheme = made(TypedTopic(title="Bees"))
    for name in ("intervention", "outcome", "population"):
        assert asked(scheme, name).kind is QuestionKind.TEXT
    assert len(making.remarks(read_topic(TypedTopic(title="Bees")))) == 2


def test_ids_are_safe_whatever_is_typed() -> None:
    names = ["Ärger", "arger", "學校", "学校", "<script>alert(1)</script>", "=1+1", "- [x]: {y}",
             "null", "other outcome", "Other-Outcome!", "a" * 300]  # fmt: skip
    scheme = made(TypedTopic(title="#<b>Straße</b>: 1", outcomes="\n".join(names)))
    outcome = asked(scheme, "outcome")
    labels = [option.label for option in outcome.options]
    assert labels == [*(n.removeprefix("- ") for n in names), "Another outcome"]
    assert len({option.id for option in outcome.options}) == len(names) + 1
    assert scheme.title == "#<b>Straße</b>: 1"


def test_the_id_of_a_scheme_that_is_there_is_not_given_again() -> None:
    topic = read_topic(topics.MEALS)
    assert making.first_scheme(topic, {"school-meals"}).id == "school-meals-2"


def test_many_names_without_groups_and_names_twice_are_remarked() -> None:
    many = "\n".join(f"Outcome {n}" for n in range(200))
    typed = replace(topics.MEALS, outcomes=many, interventions="Lunch\nlunch")
    twice, hard = making.remarks(read_topic(typed))
    assert "“lunch”" in twice
    assert hard.startswith("200 outcomes make a map that is hard to read")
    assert len(asked(made(typed), "outcome").options) == 201
    grouped = replace(typed, interventions="Lunch", outcomes=f"All:\n{many}")
    assert making.remarks(read_topic(grouped)) == ()


def test_all_that_is_wrong_is_said_at_once() -> None:
    typed = TypedTopic(title=" ", outcomes="x" * 5000, interventions="y" * 301, counted="z" * 400)
    with pytest.raises(Invalid) as caught:
        read_topic(typed)
    said = str(caught.value)
    for part in ("Say what the topic is", "of the outcomes", "of the interventions", "count has"):
        assert part in said


WORDS = st.text(max_size=60)


@given(
    st.builds(
        TypedTopic,
        title=WORDS.map(lambda words: f"Topic {words}"),
        interventions=WORDS,
        outcomes=WORDS,
        populations=WORDS,
        counted=WORDS,
        has_findings=st.booleans(),
        has_process=st.booleans(),
    )
)
def test_any_text_makes_a_scheme_that_comes_back_as_it_is(typed: TypedTopic) -> None:
    scheme = made(typed)
    assert load(as_yaml(scheme), "first.yaml") == scheme
