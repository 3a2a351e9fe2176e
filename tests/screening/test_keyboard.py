"""Keys of the screening page: visible, changeable, never two the same."""

import pytest

from evidence.errors import Invalid
from evidence.screening.keyboard import DEFAULTS, NEVER, Action, spare, with_defaults


def test_the_usual_keys_are_themselves_possible() -> None:
    assert with_defaults({}) == DEFAULTS


def test_a_chosen_key_takes_the_place_of_the_usual_one() -> None:
    assert with_defaults({Action.INCLUDE: "J"})[Action.INCLUDE] == "j"
    swapped = with_defaults({Action.INCLUDE: "e", Action.EXCLUDE: "i"})
    assert (swapped[Action.INCLUDE], swapped[Action.EXCLUDE]) == ("e", "i")


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("c", "C cannot be used"),
        ("R", "R cannot be used"),
        ("e", "stands twice"),
        ("", "no key"),
        ("xy", "no key"),
        ("?", "no key"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_words(key: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        with_defaults({Action.INCLUDE: key})


def test_reasons_get_digits_first_then_letters_that_nothing_else_uses() -> None:
    keys = spare(["1", *DEFAULTS.values()], 12)
    assert keys[:9] == list("234567890")
    assert not {"1", *DEFAULTS.values(), *NEVER} & set(keys)
    assert len(set(keys)) == 12


def test_with_more_reasons_than_keys_the_last_have_none() -> None:
    keys = spare(DEFAULTS.values(), 40)
    assert len(keys) == 40
    assert keys[-1] == ""
