"""A person's own keys for the coding desk, and for Reconcile."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from evidence.coding import keyboard
from evidence.coding.keyboard import DEFAULTS, RECONCILING_DEFAULTS
from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role
from evidence.store.area_versions import NOTHING
from evidence.store.review import preferences


class KeyedPage(StrEnum):
    """A page with keys of its own, by the name under which a person's keys for it are stored."""

    CODING = "coding-keys"
    RECONCILING = "reconciling-keys"


def get(desk: Desk, page: KeyedPage = KeyedPage.CODING) -> dict[str, str]:
    """The key of every action of a page for the person at the desk, in this review."""
    with desk.reading() as c:
        stored = preferences.of_person(c, desk.review_id, desk.person_id).get(page, {})
    usual = _usual(page)
    try:
        return keyboard.beside_own(_by_action(stored, usual), usual)
    except Invalid:  # kept by a version that took other keys
        return dict(usual)


def change(desk: Desk, keys: Mapping[str, Any], page: KeyedPage = KeyedPage.CODING) -> None:
    """Store other keys, by the names of their actions; without any, the usual ones again.

    Raises:
        Invalid: keys that cannot be (evidence.coding.keyboard).
    """
    usual = _usual(page)
    checked = keyboard.with_defaults(_by_action(keys, usual), usual)
    with desk.writing(Role.REVIEWER, areas=NOTHING) as w:
        preferences.keep(w, page, checked)


def _usual(page: KeyedPage) -> dict[str, str]:
    usual = DEFAULTS if page is KeyedPage.CODING else RECONCILING_DEFAULTS
    return {action.value: key for action, key in usual.items()}


def _by_action(keys: Mapping[str, Any], usual: Mapping[str, str]) -> dict[str, str]:
    return {action: str(keys[action]) for action in usual if action in keys}
