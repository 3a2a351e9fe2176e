"""Findings of all coders in groups: each in one of them, as matched or as people said."""

from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.finding_groups import group, key_of

HOPE = {"intervention": "ips", "outcome": "hope", "contrast": "arms", "measure": "HHI"}
WORK = {"intervention": "ips", "outcome": "work", "contrast": "arms", "measure": "hours"}
FINDINGS = {1: {"a": HOPE, "b": WORK}, 2: {"c": WORK, "d": HOPE}, 3: {"e": HOPE}}


def test_three_coders_are_matched() -> None:
    groups = group(FINDINGS)
    assert [one.members for one in groups] == [
        ((1, "a"), (2, "d"), (3, "e")), ((1, "b"), (2, "c")),
    ]  # fmt: skip
    assert [one.likeness for one in groups] == [1, 1]
    assert groups[0].key == key_of((1, "a"))


def test_what_people_said_is_not_matched_again() -> None:
    by_hand = {"k1": [(2, "d")], "k2": [(3, "e"), (1, "b")], "k3": [(9, "gone")]}
    groups = group(FINDINGS, by_hand)
    assert [(one.members, one.by_hand) for one in groups] == [
        (((1, "a"),), False), (((1, "b"), (3, "e")), True), (((2, "c"),), False),
        (((2, "d"),), True),
    ]  # fmt: skip


def test_a_group_keeps_its_key_when_its_first_member_is_taken_away() -> None:
    before = group(FINDINGS, {"chosen": [(1, "a"), (2, "d")]})
    less = {1: {"b": WORK}, **{of: FINDINGS[of] for of in (2, 3)}}
    after = group(less, {"chosen": [(1, "a"), (2, "d")]})
    for groups, members in ((before, ((1, "a"), (2, "d"))), (after, ((2, "d"),))):
        assert [one.members for one in groups if one.key == "chosen"] == [members]


def test_a_part_of_another_names_its_group() -> None:
    at_a_year = HOPE | {"time": "12 months"}
    agency = HOPE | {"time": "1 year", "measure": "HHI agency"}
    split = {1: {"a": at_a_year}, 2: {"b": at_a_year, "c": agency}}
    first, second = group(split)
    assert first.members == ((1, "a"), (2, "b"))
    assert (second.members, second.maybe_part_of) == (((2, "c"),), first.key)


uids = st.lists(st.text("abcdef", min_size=1, max_size=2), unique=True, max_size=4)


@given(
    st.dictionaries(st.integers(1, 3), uids.map(lambda names: dict.fromkeys(names, HOPE))),
    st.lists(st.tuples(st.integers(1, 3), st.text("abcdef", min_size=1, max_size=2)), unique=True),
)
def test_each_finding_stands_in_one_group(
    findings: dict[int, dict[str, dict[str, str]]], said: list[tuple[int, str]]
) -> None:
    groups = group(findings, {key_of(member): [member] for member in said})
    members = [member for one in groups for member in one.members]
    assert sorted(members) == sorted((of, uid) for of, uids in findings.items() for uid in uids)
    keys = {one.key for one in groups}
    assert len(keys) == len(groups)
    assert all(not one.maybe_part_of or one.maybe_part_of in keys for one in groups)
