"""Keys of the coding desk: what is chosen counts, and no key does two things."""

import pytest

from evidence.coding.keyboard import (
    DEFAULTS,
    RECONCILING_DEFAULTS,
    Action,
    ReconcilingAction,
    beside_own,
    with_defaults,
)
from evidence.errors import Invalid


def test_what_is_not_chosen_keeps_its_usual_key() -> None:
    assert with_defaults({}, DEFAULTS) == DEFAULTS
    assert with_defaults({Action.NOTE: " M "}, DEFAULTS)[Action.NOTE] == "m"
    swapped = with_defaults({Action.NOTE: "q", Action.QUOTATION: "n"}, DEFAULTS)
    assert (swapped[Action.NOTE], swapped[Action.QUOTATION]) == ("q", "n")


@pytest.mark.parametrize(
    ("key", "why"),
    [("q", "Q stands twice"), ("3", "1 to 9 tick"), ("", "no key"), ("no", "no key"),
     ("\x07", "no key")],
    ids=["taken", "a tick", "none", "a word", "no sign"],
)  # fmt: skip
def test_a_key_that_cannot_be_is_refused_with_the_reason(key: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        with_defaults({Action.NOTE: key}, DEFAULTS)


def test_keys_of_one_s_own_stay_where_a_newer_version_took_them_for_something_else() -> None:
    own = {Action.NOTE: "y", Action.HELP: "t"}
    keys = beside_own(own, DEFAULTS)
    assert {action: keys[action] for action in own} == own
    assert (keys[Action.HISTORY], keys[Action.TAKE_PROPOSAL]) == ("b", "a")
    assert len(set(keys.values())) == len(Action)
    assert beside_own({}, DEFAULTS) == DEFAULTS
    with pytest.raises(Invalid, match="stands twice"):
        beside_own({Action.NOTE: "y", Action.HELP: "y"}, DEFAULTS)


def test_the_question_before_has_a_key_that_can_be_changed() -> None:
    assert with_defaults({}, DEFAULTS)[Action.PREVIOUS_QUESTION] == "shift+enter"
    assert with_defaults({Action.PREVIOUS_QUESTION: "P"}, DEFAULTS)[Action.PREVIOUS_QUESTION] == "p"
    changed = with_defaults({Action.NOTE: "Shift+Enter", Action.PREVIOUS_QUESTION: "p"}, DEFAULTS)
    assert changed[Action.NOTE] == "shift+enter"


def test_keys_of_reconcile_are_changed_by_the_same_rules() -> None:
    swapped = {ReconcilingAction.TAKE_AGREEING: "z", ReconcilingAction.OPEN_AGREEING: "A"}
    keys = with_defaults(swapped, RECONCILING_DEFAULTS)
    assert (keys[ReconcilingAction.TAKE_AGREEING], keys[ReconcilingAction.OPEN_AGREEING]) == (
        "z", "a",
    )  # fmt: skip
    with pytest.raises(Invalid, match="B stands twice"):
        with_defaults({ReconcilingAction.NOTE: "b"}, RECONCILING_DEFAULTS)
    assert set(RECONCILING_DEFAULTS) == set(ReconcilingAction)
    assert set(DEFAULTS) == set(Action)
