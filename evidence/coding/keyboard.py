"""Which key does what at the coding desk and on Reconcile; each person can choose their own."""

from collections.abc import Mapping
from enum import StrEnum
from string import ascii_lowercase
from typing import TypeVar

from evidence.errors import Invalid


class Action(StrEnum):
    """What a key can do at the coding desk; 1 to 9 tick, others move in lists."""

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
A = TypeVar("A", bound=str)


class ReconcilingAction(StrEnum):
    """What a key can do on Reconcile; 1 to 9 take what a coder says."""

    NEXT_OPEN = "next_open"
    TAKE_AGREEING = "take_agreeing"
    OPEN_AGREEING = "open_agreeing"
    BOTH = "both"
    OTHER = "other"
    NOTE = "note"
    TAKE_BACK = "take_back"
    DROP = "drop"
    SPLIT = "split"
    PAIR = "pair"
    MINE = "mine"
    THEIRS = "theirs"
    COMPLETE = "complete"
    NEXT = "next"
    PREVIOUS = "previous"
    ORDER = "order"
    TEXT = "text"
    FIND_TEXT = "find_text"
    KEYS = "keys"


RECONCILING_DEFAULTS: Mapping[ReconcilingAction, str] = {
    ReconcilingAction.NEXT_OPEN: ENTER,
    ReconcilingAction.TAKE_AGREEING: "a",
    ReconcilingAction.OPEN_AGREEING: "z",
    ReconcilingAction.BOTH: "b",
    ReconcilingAction.OTHER: "o",
    ReconcilingAction.NOTE: "n",
    ReconcilingAction.TAKE_BACK: "u",
    ReconcilingAction.DROP: "x",
    ReconcilingAction.SPLIT: "s",
    ReconcilingAction.PAIR: "p",
    ReconcilingAction.MINE: "m",
    ReconcilingAction.THEIRS: "t",
    ReconcilingAction.COMPLETE: "c",
    ReconcilingAction.NEXT: "]",
    ReconcilingAction.PREVIOUS: "[",
    ReconcilingAction.ORDER: "g",
    ReconcilingAction.TEXT: "v",
    ReconcilingAction.FIND_TEXT: "/",
    ReconcilingAction.KEYS: "?",
}


def with_defaults(keys: Mapping[A, str], usual: Mapping[A, str]) -> dict[A, str]:
    """The key of every action; what is not chosen keeps its usual key.

    Args:
        keys: that were chosen.
        usual: the usual key of every action of the page.

    Raises:
        Invalid: a key that is no single sign, Enter nor Shift+Enter, that ticks, or that two
            actions share.
    """
    key_by_action = {
        action: keys.get(action, usual_key).strip().lower() for action, usual_key in usual.items()
    }
    owners: dict[str, A] = {}
    for action, key in key_by_action.items():
        if key not in {ENTER, SHIFT_ENTER} and not (len(key) == 1 and key.isprintable()):
            raise Invalid(f"“{key}” is no key that can be used; write one sign, or Enter.")
        if key in TICKS:
            raise Invalid(f"{key} cannot be used: 1 to 9 tick options.")
        if key in owners:
            raise Invalid(f"{key.upper()} stands twice; every key can do one thing only.")
        owners[key] = action
    return key_by_action


def beside_own(keys: Mapping[A, str], usual: Mapping[A, str]) -> dict[A, str]:
    """The key of every action where somebody chose keys before there were all of these actions.

    Their own keys stay; an action whose usual key they took gets the first letter that is free.

    Args:
        keys: that they chose.
        usual: the usual key of every action of the page.

    Raises:
        Invalid: their own keys cannot be.
    """
    taken = {**keys}
    for action, usual_key in usual.items():
        if action not in keys:
            free = (usual_key, *ascii_lowercase)
            taken[action] = next(key for key in free if key not in taken.values())
    return with_defaults(taken, usual)
