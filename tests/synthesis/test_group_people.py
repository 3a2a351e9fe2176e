"""Where the numbers of people come from that give arrows their sizes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.findings import Direction, Finding
from evidence.synthesis.group_people import (
    People,
    PeopleFrom,
    first_said,
    people_of_findings,
    read_people,
    sizes_sentence,
)

FINDING = Finding(intervention="ips", outcome="work", contrast="arms", direction=Direction.BETTER)
PEOPLE = st.none() | st.builds(
    People, number=st.integers(1, 10**6), source=st.sampled_from(PeopleFrom)
)
TYPED = st.sampled_from(["", " ", "0", "7", "n = 40", "1,200", "about 40", "12,30", "20-30", "²"])
FINDINGS = st.lists(
    st.builds(
        lambda n, typed, arm: replace(
            FINDING, n_intervention=n, people_typed=typed if n is None else "", arm=arm
        ),
        st.none() | st.integers(0, 500),
        TYPED,
        st.sampled_from(["", "a", "b", "gone"]),
    ),
    max_size=5,
)
ARMS = st.dictionaries(st.sampled_from(["a", "b"]), TYPED)


@pytest.mark.parametrize(
    ("typed", "number"),
    [("40", 40), (" 40 ", 40), ("1,200", 1200), ("1 200", 1200), ("N=12", 12), ("40.0", 40)],
)
def test_a_number_of_people_is_read_as_reports_print_it(typed: str, number: int) -> None:
    assert read_people(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "0", "-4", "about 40", "12,30", "20-30", "40.5", "²", "40 of"]
)
def test_other_words_are_never_made_a_number(typed: str) -> None:
    assert read_people(typed) is None


@given(st.integers(1, 999_999_999))
def test_thousands_may_be_set_apart(number: int) -> None:
    assert read_people(str(number)) == read_people(f"{number:,}") == number
    assert read_people(f"{number:,}".replace(",", " ")) == number


@given(st.lists(PEOPLE, max_size=8))
def test_the_largest_number_of_the_nearest_level_is_taken(
    people: list[People | None],
) -> None:
    taken = first_said(people)
    known = [each for each in people if each]
    assert (taken is None) is (not known)
    if taken:
        order = list(PeopleFrom)
        assert all(order.index(taken.source) <= order.index(each.source) for each in known)
        beside = [each.number for each in known if each.source is taken.source]
        assert taken.number == max(beside)


@given(FINDINGS, ARMS)
def test_what_is_typed_is_a_size_or_is_told(findings: list[Finding], arms: dict[str, str]) -> None:
    said = people_of_findings(findings, arms)
    for finding in findings:
        own = finding.people_typed.strip()
        if finding.n_intervention or (own and read_people(own)):
            assert said.people is not None
            assert said.people.source is PeopleFrom.FINDING
        elif own or finding.n_intervention == 0:
            assert (own or "0") in said.unread
    assert all(read_people(typed) is None for typed in said.unread)


def test_a_finding_without_a_number_has_that_of_the_arm_it_names() -> None:
    arms = {"a": "n = 52", "b": "400"}
    of_arm = replace(FINDING, arm="a")
    assert people_of_findings([of_arm], arms).people == People(number=52, source=PeopleFrom.ARM)
    counted = replace(of_arm, n_intervention=31)
    both = people_of_findings([counted, replace(FINDING, arm="b")], arms)
    assert both.people == People(number=31, source=PeopleFrom.FINDING)


def test_which_of_several_arms_a_finding_means_is_never_guessed() -> None:
    assert people_of_findings([FINDING], {"a": "52", "b": "400"}).people is None
    assert people_of_findings([replace(FINDING, arm="gone")], {"a": "52"}).people is None
    only = people_of_findings([FINDING], {"a": "52"}).people
    assert only == People(number=52, source=PeopleFrom.ARM)


def test_where_sizes_come_from_is_said_with_what_cannot_be_read() -> None:
    people = [
        *[People(number=4, source=PeopleFrom.FINDING)] * 12,
        *[People(number=5, source=PeopleFrom.ARM)] * 3,
        *[People(number=6, source=PeopleFrom.STUDY)] * 4,
        None,
        None,
    ]
    assert sizes_sentence(people, [("Burns 2009", "about 40")] * 2) == (
        "Sizes: n of the intervention group in the finding (12), of its arm (3), "
        "of the whole study (4), not told (2). "
        "No number that can be read: Burns 2009 (“about 40”)."
    )
    assert sizes_sentence([]) == ""


@given(st.lists(PEOPLE, min_size=1, max_size=8))
def test_every_mark_is_counted_once(people: list[People | None]) -> None:
    sentence = sizes_sentence(people)
    counts = [int(part.split(")")[0]) for part in sentence.split("(")[1:]]
    assert sum(counts) == len(people)
