"""Fields of findings, as they are typed and as findings."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.answers import Answer
from evidence.coding.finding_fields import count_of, fields_of, finding_of, is_field
from evidence.coding.findings import Direction, Finding, Reporting, Significance
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
        answers=st.sampled_from([(), (Answer(question="which-sites", value="A", note="b"),)]),
    )
)
def test_a_whole_finding_is_the_same_after_it_was_fields(finding: Finding) -> None:
    fields = fields_of(finding)
    assert all(is_field(name) for name in fields)
    assert finding_of(fields, SCHEME) == finding


@pytest.mark.parametrize("name", ["intervention", "outcome", "contrast", "direction"])
def test_without_its_place_or_direction_it_is_no_finding_yet(name: str) -> None:
    fields = fields_of(WHOLE)
    del fields[name]
    assert finding_of(fields, SCHEME) is None


def test_what_was_measured_only_needs_no_direction() -> None:
    fields = fields_of(WHOLE) | {"reporting": "measured only"}
    del fields["direction"]
    stated = replace(WHOLE, reporting=Reporting.MEASURED_ONLY, direction=Direction.NOT_STATED)
    assert finding_of(fields, SCHEME) == stated


@pytest.mark.parametrize(
    ("typed", "people"),
    [("143", 143), (" 1,200 ", 1200), ("1 200", 1200), ("", None), ("about 50", None),
     ("12.5", None), ("-3", None), ("٣", None), ("9" * 10, None)],
)  # fmt: skip
def test_people_are_counted_where_a_whole_number_was_typed(typed: str, people: int | None) -> None:
    assert count_of(typed) == people


@pytest.mark.parametrize(
    ("name", "known"),
    [("numbers.mean1", True), ("printed.p", True), ("answer.which-sites", True),
     ("answer.", False), ("answer.X", False), ("numbers.answer", False), ("colour", False),
     ("__class__", False)],
)  # fmt: skip
def test_only_known_fields_are_taken(name: str, *, known: bool) -> None:
    assert is_field(name) is known
