"""Fields of findings, as they are typed and as findings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.answers import Answer
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.reported import Correlation
from evidence.coding.finding_fields import (
    fields_of,
    finding_of,
    is_field,
    is_of_whole,
    needs_of,
)
from evidence.coding.findings import Benefit, Direction, Finding, Reporting, Significance
from evidence.coding.scheme import Axis, Question
from tests.coding.test_findings import SCHEME

WHOLE = Finding(
    intervention="education", outcome="hope", contrast="sites", direction=Direction.BETTER
)


@given(
    st.builds(
        Finding,
        intervention=st.just("education"),
        outcome=st.sampled_from(["hope", "self-esteem"]),
        contrast=st.just("sites"),
        direction=st.sampled_from(Direction),
        significance=st.sampled_from(Significance),
        reporting=st.sampled_from(Reporting),
        measure=st.text(max_size=5),
        time=st.text(max_size=5),
        n_intervention=st.none() | st.integers(0, 10**6),
        n_comparison=st.none() | st.integers(0, 10**6),
        quotation=st.text(max_size=5),
        note=st.text(max_size=5),
        benefit=st.none() | st.sampled_from(Benefit),
        answers=st.sampled_from([(), (Answer(question="which-sites", value="A", note="b"),)]),
    )
)
def test_a_whole_finding_is_the_same_after_it_was_fields(finding: Finding) -> None:
    fields = fields_of(finding)
    assert all(is_field(name) for name in fields)
    if finding.reporting is Reporting.MEASURED_ONLY:
        finding = replace(finding, direction=Direction.NOT_STATED)
    assert finding_of(fields, SCHEME) == finding


@pytest.mark.parametrize("name", ["intervention", "outcome", "contrast", "direction"])
def test_without_its_place_or_direction_it_is_no_finding_yet(name: str) -> None:
    fields = fields_of(WHOLE)
    del fields[name]
    assert finding_of(fields, SCHEME) is None


def test_a_finding_counts_as_the_codes_that_replace_its_own() -> None:
    def merged(question: Question) -> Question:
        kept = [option for option in question.options if option.id != "hope"]
        if len(kept) == len(question.options):
            return question
        return replace(question, options=(replace(kept[0], replaces=("hope",)), *kept[1:]))

    sections = (replace(s, questions=tuple(map(merged, s.questions))) for s in SCHEME.sections)
    now = replace(SCHEME, sections=tuple(sections))
    assert finding_of(fields_of(WHOLE), now) == replace(
        WHOLE, outcome=now.axis(Axis.OUTCOME)[0].options[0].id
    )
    assert now.axis_option(Axis.OUTCOME, "hope") == now.axis(Axis.OUTCOME)[0].options[0]
    assert needs_of(fields_of(WHOLE), now) == needs_of(fields_of(WHOLE), SCHEME)


def test_what_was_measured_only_has_no_direction_whatever_was_said() -> None:
    """A copy of a finding brings its direction along; it must not count as favourable."""
    fields = fields_of(WHOLE) | {"reporting": "measured only", "direction": "better"}
    finding = finding_of(fields, SCHEME)
    assert finding is not None
    assert finding.direction is Direction.NOT_STATED
    assert "take the direction out" in " ".join(f.sentence for f in needs_of(fields, SCHEME))
    for direction in ("", "not stated"):
        told = needs_of(fields | {"direction": direction}, SCHEME)
        assert not [fault for fault in told if fault.field == "direction"]


def test_what_was_measured_only_needs_no_direction() -> None:
    fields = fields_of(WHOLE) | {"reporting": "measured only"}
    del fields["direction"]
    stated = replace(WHOLE, reporting=Reporting.MEASURED_ONLY, direction=Direction.NOT_STATED)
    assert finding_of(fields, SCHEME) == stated


def test_a_whole_finding_carries_its_numbers_where_effects_may_be_computed() -> None:
    typed = {
        "numbers_kind": "correlation", "numbers.r": "0.30", "numbers.n": "80", "benefit": "lower",
    }  # fmt: skip
    whole = finding_of(fields_of(WHOLE) | typed, SCHEME)
    assert whole == replace(
        WHOLE,
        benefit=Benefit.LOWER,
        reported=Correlation(r=PrintedNumber("0.30"), n=80),
    )
    assert not any(is_of_whole(name) for name in typed)
    wrong = finding_of(fields_of(WHOLE) | typed | {"numbers.r": "high"}, SCHEME)
    assert wrong == replace(WHOLE, benefit=Benefit.LOWER)


ANSWERED = {"answer.which-sites": "A and B"}


def test_a_finding_that_says_enough_needs_nothing() -> None:
    assert needs_of(fields_of(WHOLE) | ANSWERED, SCHEME) == ()
    only_measured = {"reporting": "measured only", "direction": ""}
    assert needs_of(fields_of(WHOLE) | ANSWERED | only_measured, SCHEME) == ()


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"outcome": ""}, "outcome", "The outcome is not chosen yet."),
        ({"outcome": "despair"}, "outcome", "The outcome “despair” is not in the scheme any more"),
        ({"contrast": "c" * 500}, "contrast", f"The contrast “{'c' * 40}” is not"),
        ({"direction": ""}, "direction", "The direction is not chosen yet"),
        ({"direction": "upwards"}, "direction", "The direction is not chosen yet"),
        ({"n_comparison": "about 50"}, "n_comparison", "“about 50” is no number of people"),
        ({"answer.which-sites": " "}, "answer.which-sites", "“Which sites?” has no answer yet."),
    ],
)
def test_what_a_finding_needs_is_named_by_its_field(
    change: dict[str, str], field: str, said: str
) -> None:
    (need,) = needs_of(fields_of(WHOLE) | ANSWERED | change, SCHEME)
    assert need.field == field
    assert need.sentence.startswith(said)


@pytest.mark.parametrize(
    ("name", "known"),
    [("numbers.mean1", True), ("printed.p", True),
     ("numbers.scores", True), ("numbers.icc_from", True), ("printed.sd1", False),
     ("answer.which-sites", True),
     ("answer.", False), ("answer.X", False), ("numbers.answer", False), ("colour", False),
     ("__class__", False)],
)  # fmt: skip
def test_only_known_fields_are_taken(name: str, *, known: bool) -> None:
    assert is_field(name) is known


def test_people_typed_with_the_numbers_are_those_of_the_finding_too() -> None:
    def typed(**fields: str) -> str:
        named = {name.replace("numbers_", "numbers.", 1): text for name, text in fields.items()}
        kind = named.pop("numbers.kind", "")
        finding = finding_of(fields_of(WHOLE) | named | {"numbers_kind": kind}, SCHEME)
        assert finding is not None
        return finding.people_typed

    assert typed(numbers_kind="means", numbers_n1="40") == "40"
    assert typed(numbers_kind="table", numbers_total1="52", numbers_n1="40") == "52"
    assert typed(numbers_kind="correlation", numbers_n1="40") == ""
    assert typed(n_intervention="about 40") == "about 40"
    assert typed(n_intervention="1,200", numbers_kind="means", numbers_n1="40") == ""


def test_a_finding_keeps_the_arm_that_it_names() -> None:
    finding = finding_of(fields_of(WHOLE) | {"arm_intervention": "a1"}, SCHEME)
    assert finding == replace(WHOLE, arm="a1")
    assert fields_of(finding)["arm_intervention"] == "a1"
