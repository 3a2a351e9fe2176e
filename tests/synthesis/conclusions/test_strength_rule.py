"""Strength is never above what the rule of the review allows, and the rule says so itself."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from evidence.synthesis.certainty.grade import LEVELS, Certainty
from evidence.synthesis.conclusions.strength_rule import (
    USUAL_RULE,
    StrengthLevel,
    levels_text,
    lowest,
    typed_levels,
    why_not,
)

BOUNDED = replace(USUAL_RULE, is_bounded=True)


def test_the_rule_is_told_in_a_sentence() -> None:
    assert USUAL_RULE.sentence == (
        "Strength (strong, moderate, tentative) is given by people, with a reason."
    )
    assert "“strong” needs high; “moderate” needs moderate or higher." in BOUNDED.sentence


def test_a_bounded_strength_needs_its_certainty() -> None:
    assert "needs outcomes of high certainty" in why_not(BOUNDED, "strong", Certainty.LOW)
    assert why_not(BOUNDED, "tentative", Certainty.VERY_LOW) == ""
    assert why_not(BOUNDED, "strong", None) == ""
    assert why_not(USUAL_RULE, "strong", Certainty.VERY_LOW) == ""
    assert "no level" in why_not(USUAL_RULE, "very strong", None)
    assert why_not(BOUNDED, "", Certainty.LOW) == ""


@given(st.lists(st.sampled_from([*LEVELS, None]), min_size=1))
def test_the_lowest_counts_and_what_is_not_judged_is_very_low(
    certainties: list[Certainty | None],
) -> None:
    least = lowest(certainties)
    assert least is not None
    assert (least is Certainty.VERY_LOW) == bool({None, Certainty.VERY_LOW} & set(certainties))
    assert lowest([]) is None
    for better, worse in pairwise(LEVELS):
        assert lowest([better, worse]) is worse


def test_levels_are_typed_one_per_line_and_read_again() -> None:
    assert levels_text(USUAL_RULE) == "strong: high\nmoderate: moderate\ntentative"
    assert typed_levels(levels_text(USUAL_RULE)) == USUAL_RULE.levels
    assert typed_levels(" grade A: as we say \n\n: high\n") == (
        StrengthLevel(name="grade A: as we say"),
        StrengthLevel(name=": high"),
    )
