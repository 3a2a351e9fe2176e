"""Findings of two coders are matched whatever their order and wording; the pairs are a proposal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.finding_matching import likeness, match, months

Fields = dict[str, str]


def finding(
    outcome: str = "hope", measure: str = "Herth Hope Index", time: str = "", **more: str
) -> Fields:
    return {"intervention": "ips", "contrast": "arms", "outcome": outcome, "measure": measure,
            "time": time} | more  # fmt: skip


def pairs(
    left: list[Fields], right: list[Fields], **more: dict[str, str]
) -> set[tuple[int | None, int | None]]:
    return {(pair.left, pair.right) for pair in match(left, right, **more)}


def test_the_order_in_which_they_stand_says_nothing() -> None:
    mine = [finding("hope"), finding("self-esteem", "Rosenberg"), finding("symptoms", "BPRS")]
    assert pairs(mine, mine[::-1]) == {(0, 2), (1, 1), (2, 0)}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("18 months", "18-month follow-up", True),
        ("18 months", "1.5 years", True),
        ("eighteen months", "at 18 mo", True),
        ("52 weeks", "one year", True),
        ("6 months", "18 months", False),
        ("end of treatment", "End of Treatment", True),
    ],
)
def test_times_are_the_same_however_they_are_worded(one: str, other: str, *, is_same: bool) -> None:
    found = pairs([finding(time=one)], [finding(time=other)])
    assert found == ({(0, 0)} if is_same else {(0, None), (None, 0)})


def test_a_time_point_is_known_by_its_label() -> None:
    labels = {"t1": "6 months", "t2": "12 months"}
    mine = [finding(time="t1"), finding(time="t2")]
    theirs = [finding(time="1 year"), finding(time="26 weeks")]
    assert pairs(mine, theirs, time_points=labels) == {(0, 1), (1, 0)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("week 26", 5.979), ("T1 month 6", 6), ("T2 week 52", 11.96), ("year 2", 24), ("18 mos", 18),
     ("6 mean sessions", None), ("18 months", 18), ("2 years", 24), ("6 weeks", 1.3799),
     ("baseline", None), ("", None),
     ("40 min session", None), ("1,5 years", 18)],
)  # fmt: skip
def test_months_are_read_from_words(text: str, expected: float | None) -> None:
    assert months(text) == (None if expected is None else pytest.approx(expected, rel=1e-3))


def test_a_scale_is_known_by_its_short_name() -> None:
    mine, theirs = finding(measure="Rosenberg Self-Esteem Scale"), finding(measure="RSES")
    assert likeness(mine, theirs) == 1


def test_another_code_for_the_same_numbers_is_a_difference_to_settle_not_another_finding() -> None:
    numbers = {"numbers.mean1": "14.2", "numbers.sd1": "3.1", "n_intervention": "70"}
    mine, theirs = finding("hope", **numbers), finding("empowerment", **numbers)
    assert pairs([mine], [theirs]) == {(0, 0)}


def test_people_analysed_are_the_same_at_many_times_and_in_many_contrasts() -> None:
    people = {"n_intervention": "70", "n_comparison": "68"}
    mine, theirs = finding(**people), finding(contrast="before-after", **people)
    assert pairs([mine], [theirs]) == {(0, None), (None, 0)}
    times = [finding(time=time, **people) for time in ("6 months", "18 months")]
    assert pairs(times[:1], times[1:]) == {(0, None), (None, 0)}


def test_of_three_arms_each_contrast_finds_its_own() -> None:
    arms = [finding(arm_intervention=i, arm_comparison=c) for i, c in ("ab", "ac", "bc")]
    assert pairs(arms, arms[::-1]) == {(0, 2), (1, 1), (2, 0)}


def test_subgroups_are_findings_of_their_own() -> None:
    mine = [finding(**{"answer.subgroup": site}) for site in ("urban", "rural")]
    assert pairs(mine, mine[::-1]) == {(0, 1), (1, 0)}


def test_numbers_of_groups_the_other_way_round_are_the_same() -> None:
    mine = finding(
        arm_intervention="a", arm_comparison="b", n_intervention="70", n_comparison="61",
        **{"numbers.mean1": "3.1", "numbers.mean2": "2.9", "numbers.sd1": "1"},
    )  # fmt: skip
    theirs = finding(
        arm_intervention="b", arm_comparison="a", n_intervention="61", n_comparison="70",
        **{"numbers.mean1": "2.9", "numbers.mean2": "3.1", "numbers.sd2": "1"},
    )  # fmt: skip
    assert likeness(mine, theirs) == 1


def test_one_that_was_split_is_told() -> None:
    mine = [finding("symptoms", "BPRS total", "12 months", **{"numbers.mean1": "30.1"})]
    theirs = [
        finding("symptoms", "BPRS total", "12 months", **{"numbers.mean1": "30.1"}),
        finding("symptoms", "BPRS negative", "12 months"),
    ]
    first, second = match(mine, theirs)
    assert (first.left, first.right) == (0, 0)
    assert (second.left, second.right, second.maybe_part_of) == (None, 1, 0)


def test_contrasts_of_another_type_are_never_one_finding() -> None:
    mine, theirs = finding(), finding(contrast="workers")
    assert pairs([mine], [theirs]) == {(0, None), (None, 0)}


def test_groups_the_other_way_round_are_told() -> None:
    mine = finding(arm_intervention="a", arm_comparison="b")
    theirs = finding(arm_intervention="b", arm_comparison="a")
    (pair,) = match([mine], [theirs])
    assert pair.is_swapped


texts = st.text(max_size=6)
some = st.lists(
    st.dictionaries(st.sampled_from(["outcome", "measure", "time", "contrast", "n_intervention",
                                     "intervention", "numbers.mean1", "arm_intervention"]), texts),
    max_size=5,
)  # fmt: skip


@given(left=some, right=some)
def test_every_finding_stands_in_one_pair_and_sides_can_be_exchanged(
    left: list[Fields], right: list[Fields]
) -> None:
    found = match(left, right)
    assert sorted(p.left for p in found if p.left is not None) == list(range(len(left)))
    assert sorted(p.right for p in found if p.right is not None) == list(range(len(right)))
    for one in left:
        for other in right:
            assert likeness(one, other) == pytest.approx(likeness(other, one))
