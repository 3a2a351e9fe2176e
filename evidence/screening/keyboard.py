"""Which key does what on the screening page; each person can choose their own."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from string import ascii_lowercase

from evidence.errors import Invalid


class Action(StrEnum):
    """What a key can do."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    MAYBE = "maybe"
    NOT_RETRIEVED = "not_retrieved"
    SKIP = "skip"
    UNDO = "undo"
    NOTE = "note"
    LABEL = "label"
    ABSTRACT = "abstract"  # write a missing one
    TWIN = "twin"  # mark as a duplicate


DEFAULTS: Mapping[Action, str] = {
    Action.INCLUDE: "i",
    Action.EXCLUDE: "e",
    Action.MAYBE: "m",
    Action.NOT_RETRIEVED: "t",
    Action.SKIP: "s",
    Action.UNDO: "u",
    Action.NOTE: "n",
    Action.LABEL: "l",
    Action.ABSTRACT: "a",
    Action.TWIN: "d",
}
NEVER = frozenset("cr")  # Streamlit keeps them for itself
SPARE = "1234567890" + ascii_lowercase


def with_defaults(keys: Mapping[Action, str]) -> dict[Action, str]:
    """The key of every action; what is not chosen keeps its usual key.

    Raises:
        Invalid: a key that is no single letter or digit, that Streamlit keeps for itself, or that
            two actions would share.
    """
    key_by_action = {
        action: keys.get(action, usual).strip().lower() for action, usual in DEFAULTS.items()
    }
    owner: dict[str, Action] = {}
    for action, key in key_by_action.items():
        if len(key) != 1 or not key.isalnum():
            raise Invalid(f"“{key}” is no key that can be used; write one letter or one digit.")
        if key in NEVER:
            raise Invalid(f"{key.upper()} cannot be used: the program keeps it for itself.")
        if key in owner:
            raise Invalid(f"{key.upper()} stands twice; every key can do one thing only.")
        owner[key] = action
    return key_by_action


def spare(used: Collection[str], count: int) -> list[str]:
    """Keys for so many reasons: digits, then letters that nothing else uses; then none (empty)."""
    free = [key for key in SPARE if key not in used and key not in NEVER]
    return (free + [""] * count)[:count]
