"""Which key does what at the coding desk; each person can choose their own."""

from collections.abc import Mapping
from enum import StrEnum
from string import ascii_lowercase

from evidence.errors import Invalid


class Action(StrEnum):
    """What a key can do, beside 1 to 9, which tick, and the keys that move in lists."""

    NEXT_OPEN = "next_open"
    PREVIOUS_QUESTION = "previous_question"
    NEXT_SECTION = "next_section"
    NOTE = "note"
    QUOTATION = "quotation"
    FINDING = "finding"
    PREVIOUS = "previous"
    NEXT = "next"
    COMPLETE = "complete"
    HELP = "help"
    TAKE_PROPOSAL = "take_proposal"
    HISTORY = "history"
    FIND_TEXT = "find_text"
    WIDE_TEXT = "wide_text"
    KEYS = "keys"


ENTER = "enter"
SHIFT_ENTER = "shift+enter"
DEFAULTS: Mapping[Action, str] = {
    Action.NEXT_OPEN: ENTER,
    Action.PREVIOUS_QUESTION: SHIFT_ENTER,
    Action.NEXT_SECTION: "s",
    Action.NOTE: "n",
    Action.QUOTATION: "q",
    Action.FINDING: "f",
    Action.PREVIOUS: "[",
    Action.NEXT: "]",
    Action.COMPLETE: "c",
    Action.HELP: "h",
    Action.TAKE_PROPOSAL: "t",
    Action.HISTORY: "y",
    Action.FIND_TEXT: "/",
    Action.WIDE_TEXT: "w",
    Action.KEYS: "?",
}
TICKS = frozenset("123456789")


def with_defaults(keys: Mapping[Action, str]) -> dict[Action, str]:
    """The key of every action; what is not chosen keeps its usual key.

    Raises:
        Invalid: a key that is no single sign, Enter nor Shift+Enter, that ticks, or that two
            actions share.
    """
    key_by_action = {
        action: keys.get(action, usual).strip().lower() for action, usual in DEFAULTS.items()
    }
    owners: dict[str, Action] = {}
    for action, key in key_by_action.items():
        if key not in {ENTER, SHIFT_ENTER} and not (len(key) == 1 and key.isprintable()):
            raise Invalid(f"“{key}” is no key that can be used; write one sign, or Enter.")
        if key in TICKS:
            raise Invalid(f"{key} cannot be used: 1 to 9 tick options.")
        if key in owners:
            raise Invalid(f"{key.upper()} stands twice; every key can do one thing only.")
        owners[key] = action
    return key_by_action


def beside_own(keys: Mapping[Action, str]) -> dict[Action, str]:
    """The key of every action where somebody chose keys before there were all of these actions.

    Their own keys stay; an action whose usual key they took gets the first letter that is free.

    Raises:
        Invalid: their own keys cannot be.
    """
    taken = {**keys}
    for action, usual in DEFAULTS.items():
        if action not in keys:
            free = (usual, *ascii_lowercase)
            taken[action] = next(key for key in free if key not in taken.values())
    return with_defaults(taken)
