"""What a browser asks of a scheme is done, or refused in words; no code goes by itself."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.coding.read_scheme import load
from evidence.coding.scheme import Axis, OptionRole, QuestionKind, Scheme, Take
from evidence.coding.scheme_acts import ACTS, UNREADABLE, perform
from evidence.coding.scheme_edits import Node, Place, Way, places
from evidence.coding.scheme_fields import OF_CODE, OF_QUESTION, OF_SCHEME, OF_SECTION
from evidence.coding.scheme_moves import Where
from evidence.coding.write_scheme import as_values, as_yaml
from evidence.errors import Invalid
from tests.coding.test_scheme_edits import BEFORE, codes, option


def done(scheme: Scheme = BEFORE, used: frozenset[Place] = frozenset(), **said: Any) -> Scheme:
    return perform(scheme, said, used).scheme


def field(name: str, value: object, scheme: Scheme = BEFORE, **where: Any) -> Scheme:
    return done(scheme, act="field", field=name, value=value, **where)


def order(scheme: Scheme) -> list[list[str]]:
    return [[question.id for question in section.questions] for section in scheme.sections]


def test_whatever_a_file_says_can_be_changed() -> None:
    changed = field("title", "Larger")
    changed = field("description", "For all", changed)
    changed = field("purpose", "appraisal", changed)
    changed = field("title", "Begin", changed, section="kind")
    changed = field("required", "yes", changed, question="people")
    changed = field("unit", "people", changed, question="people")
    changed = field("minimum", "1.5", changed, question="people")
    changed = field("per", "arm", changed, question="people")
    changed = field("when", {"question": "kind", "any_of": ["rest"]}, changed, question="pay")
    changed = field("when", "", changed, question="of-rest")
    changed = field("rule", {"take": "median", "of": ["part"]}, changed, question="whole")
    changed = field("critical", "yes", changed, question="part")
    changed = field("role", "low weight", changed, question="part", option="low")
    changed = field("link", "https://example.org/a", changed, question="part", option="low")
    changed = field("selectable", "no", changed, question="kind", option="work")
    assert (changed.title, changed.description, changed.purpose) == (
        "Larger",
        "For all",
        "appraisal",
    )
    assert changed.sections[0].title == "Begin"
    people, pay, whole = (changed.question(one) for one in ("people", "pay", "whole"))
    assert people is not None
    assert pay is not None
    assert pay.when is not None
    assert whole is not None
    assert whole.rule is not None
    assert (people.required, people.unit, people.minimum, people.per_arm) == (
        True,
        "people",
        1.5,
        True,
    )
    assert pay.when.any_of == ("rest",)
    assert whole.rule.take is Take.MEDIAN
    assert option("part", "low", changed).role is OptionRole.LOW_WEIGHT
    assert not option("kind", "work", changed).selectable
    assert places(changed) == places(BEFORE)


@pytest.mark.parametrize(
    ("name", "value", "where", "why"),
    [
        ("text", " ", {"question": "pay"}, "empty"),
        ("label", "", {"question": "part", "option": "low"}, "retire it"),
        ("unit", "years", {"question": "pay"}, "Only a number has a unit"),
        ("when", {"question": "people", "any_of": ["x"]}, {"question": "pay"}, "not an option"),
        ("when", {"question": "part", "any_of": ["low"]}, {"question": "pay"}, "No question above"),
        ("role", "no such", {"question": "part", "option": "low"}, "not a value of “role”"),
        ("link", "javascript:alert()", {"question": "part", "option": "low"}, "begins with https"),
        ("id", "other", {"question": "pay"}, "cannot be changed here"),
        ("text", "x" * 1_000_000, {"question": "pay"}, "longer than"),
        ("text", {"a": {"b": "c"}}, {"question": "pay"}, "cannot be read"),
        ("text", 7, {"question": "pay"}, "cannot be read"),
    ],
)  # fmt: skip
def test_what_a_scheme_cannot_say_is_refused_in_a_sentence(
    name: str, value: object, where: dict[str, Any], why: str
) -> None:
    with pytest.raises(Invalid, match=why) as refused:
        field(name, value, **where)
    assert len(str(refused.value)) < 400


def test_the_kind_changes_and_codes_go_only_where_that_was_said() -> None:
    many = done(act="kind", question="part", kind="many of", scheme=without_rule())
    assert codes(many, "part") == ["high", "low"]
    with pytest.raises(Invalid, match="2 codes have no place"):
        done(act="kind", question="part", kind="text", scheme=without_rule())
    text = done(act="kind", question="part", kind="text", retiring=True, scheme=without_rule())
    assert codes(text, "part") == []
    with pytest.raises(Invalid, match="waits for one of its codes"):
        done(act="kind", question="kind", kind="text", retiring=True)
    with pytest.raises(Invalid, match="only a tree"):
        done(act="kind", question="kind", kind="many of")
    with pytest.raises(Invalid, match="needs options"):
        done(act="kind", question="pay", kind="one of")
    used = frozenset({("pay", "low")})
    one = perform(BEFORE, {"act": "kind", "question": "pay", "kind": "one of",
                           "labels": "Low\n\nHigh\nhigh"}, used).scheme  # fmt: skip
    assert codes(one, "pay") == ["low-2", "high", "high-2"]
    asked = done(act="kind", question="pay", kind="yes/no")
    again = done(act="kind", question="pay", kind="one of", labels="Unclear", scheme=asked)
    assert codes(again, "pay") == ["yes", "no", "unclear"]


def without_rule() -> Scheme:
    return field("rule", "", question="whole")


def test_something_is_put_down_anywhere_that_it_may_stand() -> None:
    def put(where: str, other: dict[str, str], **what: Any) -> Scheme:
        return done(act="put", where=where, other=other, **what)

    kind = {"question": "kind"}
    moved = put("below", {**kind, "option": "all"}, **kind, option="study")
    assert codes(moved) == ["work", "paid", "unpaid", "all", "study", "rest"]
    first = put("before", {**kind, "option": "work"}, **kind, option="unpaid")
    assert codes(first)[:2] == ["unpaid", "work"]
    assert codes(put("below", kind, **kind, option="all"))[:2] == ["all", "rest"]
    assert order(put("after", {"question": "pay"}, question="people"))[1][:2] == ["pay", "people"]
    assert order(put("below", {"section": "pay"}, question="people"))[1][0] == "people"
    assert order(put("before", {"question": "kind"}, question="people"))[0] == ["people", "kind"]
    free = field("when", "", field("when", "", question="pay"), question="of-rest")
    done_then = perform(free, {"act": "put", "where": "before", "section": "pay",
                               "other": {"section": "kind"}}, ())  # fmt: skip
    assert order(done_then.scheme)[1] == ["kind", "people"]
    assert done_then.node == Node(section=0)
    for where, other, what, why in (
        ("below", {**kind, "option": "paid"}, {**kind, "option": "work"}, "below itself"),
        ("after", {"question": "part", "option": "low"}, {**kind, "option": "rest"}, "stays in"),
        ("before", {"question": "kind"}, {"question": "pay"}, "No question above"),
        ("after", {**kind, "option": "rest"}, {"question": "pay"}, "A question stands"),
        ("below", {"section": "kind"}, {"section": "pay"}, "before or after"),
        ("beside", {"question": "kind"}, {"question": "pay"}, "cannot be read"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=why):
            put(where, other, **what)


def test_what_is_added_stands_after_what_was_chosen() -> None:
    added = perform(BEFORE, {"act": "add code", "question": "kind", "label": "Hired",
                             "after": "paid", "below": "work"}, ())  # fmt: skip
    assert codes(added.scheme)[:4] == ["work", "paid", "hired-2", "unpaid"]
    assert added.node == Node(question="kind", option="hired-2")
    asked = perform(BEFORE, {"act": "add question", "after": "kind", "text": "Where?",
                             "kind": "many of", "labels": "Here\nThere"}, ())  # fmt: skip
    assert order(asked.scheme)[0] == ["kind", "where", "people"]
    assert asked.node == Node(question="where")
    last = done(act="add section", title="Third", text="When?", kind="date")
    assert order(last)[2] == ["when"]


def test_merging_and_retiring_are_said_alike() -> None:
    merged = perform(BEFORE, {"act": "merge", "question": "kind", "option": "paid",
                              "into": "study"}, ())  # fmt: skip
    assert merged.node == Node(question="kind", option="study")
    assert "paid" not in codes(done(act="retire", question="kind", option="paid"))
    with pytest.raises(Invalid, match="as a whole"):
        done(act="retire")
    moved = perform(BEFORE, {"act": "move", "question": "people", "way": "down"}, ())
    assert order(moved.scheme)[1][0] == "people"


# ── whatever is said ─────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    ["", "Paid", "x" * 400, "a: b", "\u202eolleh", "<img onerror=x>", "=1+1", "yes"]
)
IDS = st.sampled_from(["", "kind", "people", "pay", "of-rest", "part", "whole", "paid", "work",
                       "study", "all", "rest", "unpaid", "high", "low", "nowhere"])  # fmt: skip
SEVERAL = st.lists(IDS, max_size=2)
VALUES = (
    WORDS
    | SEVERAL
    | st.fixed_dictionaries({"question": IDS, "any_of": SEVERAL})
    | st.fixed_dictionaries({"axis": st.sampled_from(Axis).map(str), "any_of": SEVERAL})
    | st.fixed_dictionaries({"take": st.sampled_from(Take).map(str), "of": SEVERAL})
    | st.sampled_from(OptionRole).map(str)
    | st.none()
    | st.integers()
)  # fmt: skip
OTHER = st.fixed_dictionaries({}, optional={"section": IDS, "question": IDS, "option": IDS})
SAID = st.fixed_dictionaries(
    {"act": st.sampled_from([*ACTS, "", "other"])},
    optional={
        "section": IDS, "question": IDS, "option": IDS, "below": IDS, "after": IDS, "into": IDS,
        "field": st.sampled_from([*OF_SCHEME, *OF_SECTION, *OF_QUESTION, *OF_CODE, "id"]),
        "value": VALUES,
        "way": st.sampled_from(Way).map(str),
        "where": st.sampled_from(Where).map(str),
        "other": OTHER,
        "kind": st.sampled_from(QuestionKind).map(str),
        "label": WORDS, "labels": WORDS, "text": WORDS, "title": WORDS,
        "retiring": st.booleans(),
    },
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(SAID, max_size=8))
def test_whatever_is_said_the_scheme_is_read_back_and_codes_go_only_when_retired(
    row: list[dict[str, Any]],
) -> None:
    scheme, used = BEFORE, set(places(BEFORE))
    for said in row:
        before = places(scheme)
        try:
            scheme = perform(scheme, said, used).scheme
        except Invalid:
            continue
        assert load(as_yaml(scheme), "again.yaml") == scheme
        after = places(scheme)
        if said["act"] != "retire" and not (said["act"] == "kind" and said.get("retiring")):
            lost = {(asked, code) for asked, code in before - after if code not in {"yes", "no"}}
            assert not lost, "only what is retired goes"
        assert not (after - before) & (used - {(a, c) for a, c in used if c in {"yes", "no"}})
        used |= after


def test_a_value_that_says_nothing_is_not_written() -> None:
    assert as_values(field("help", "", question="kind")) == as_values(BEFORE)
    with pytest.raises(Invalid, match=UNREADABLE):
        done(act="nothing")
