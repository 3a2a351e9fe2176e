"""A person's own keys for the coding desk."""

from collections.abc import Mapping
from typing import Any

from evidence.coding import keyboard
from evidence.coding.keyboard import Action
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.review import preferences

STORED = "coding-keys"


def get(desk: Desk) -> dict[Action, str]:
    """The key of every action for the person at the desk, in this review."""
    with desk.reading() as c:
        stored = preferences.of_person(c, desk.review_id, desk.person_id).get(STORED, {})
    try:
        return keyboard.beside_own(_by_action(stored))
    except Invalid:  # kept by a version that took other keys
        return dict(keyboard.DEFAULTS)


def change(desk: Desk, keys: Mapping[str, Any]) -> None:
    """Store other keys, by the names of their actions; without any, the usual ones again.

    Raises:
        Invalid: keys that cannot be (evidence.coding.keyboard).
    """
    checked = keyboard.with_defaults(_by_action(keys))
    with desk.writing(Role.REVIEWER, areas=NOTHING) as w:
        preferences.keep(w, STORED, checked)


def _by_action(keys: Mapping[str, Any]) -> dict[Action, str]:
    return {action: str(keys[action]) for action in Action if action in keys}
