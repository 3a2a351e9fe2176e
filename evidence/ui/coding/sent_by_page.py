"""What components of ours send for this person and review, and what became of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from evidence.errors import Invalid
from evidence.steps.coding import desk_keys
from evidence.steps.coding.desk_keys import KeyedPage
from evidence.steps.coding.desk_messages import Outcome
from evidence.steps.desk import Desk
from evidence.ui.shell.trouble import note_trouble

NEWEST = 400  # acknowledged ids that are sent to the browser again
LARGEST = 2**63  # no row has such a number


def nothing_yet() -> dict[str, Any]:
    """What a browser is told before it sent anything."""
    return {"kept": [], "refused": {}, "clashes": {}}


def sent(storage: str, message: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What a page sent under a name; empty where it is for another person or review.

    What is for others waits in the browser under their name (`storage`).
    """
    found = message.get(name)
    mine = isinstance(found, Mapping) and found.get("storage") == storage
    return found if mine and isinstance(found, Mapping) else {}


def items_in(storage: str, message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items that a page sent, in their order."""
    items = sent(storage, message, "items").get("items")
    if not isinstance(items, list):
        return []
    return [item for item in items if isinstance(item, Mapping)]


def keep_keys(desk: Desk, storage: str, message: Mapping[str, Any], page: KeyedPage) -> str:
    """Keep the keys that a page sent; gives why they cannot be, "" where they are kept."""
    keys = sent(storage, message, "keys").get("keys")
    try:
        if isinstance(keys, Mapping):
            desk_keys.change(desk, keys, page)
    except Invalid as error:
        return str(error)
    return ""


def note(acknowledged: dict[str, Any], outcome: Outcome) -> None:
    """Add to what the browser is told what became of its items."""
    note_trouble(acknowledged, outcome.trouble)
    clashes = {client_id: {"now": clash.now} for client_id, clash in outcome.clashes.items()}
    acknowledged["kept"] = (acknowledged["kept"] + outcome.accepted)[-NEWEST:]
    for name, told in (("refused", outcome.refused), ("clashes", clashes)):
        acknowledged[name] = dict(list({**acknowledged[name], **told}.items())[-NEWEST:])


def states_kept(items: Sequence[Mapping[str, Any]], outcome: Outcome) -> bool:
    """Whether something was made complete, or opened again."""
    kept = set(outcome.accepted)
    return any(one.get("kind") == "state" and one.get("client_id") in kept for one in items)


def note_place(storage: str, key: str) -> None:
    """Remember where the browser went in the component with this key; noted_place() gives it.

    A component calls this as soon as it hears of it, so that the page need not draw first what its
    person has left.
    """
    place = place_in(storage, st.session_state[key])
    if place is not None:
        st.session_state[f"{key}-went"] = place


def noted_place(key: str) -> tuple[int, int] | None:
    """The study and scheme to which the browser went since this was asked last; None where it
    stayed.
    """
    place: tuple[int, int] | None = st.session_state.pop(f"{key}-went", None)
    return place


def place_in(storage: str, message: Mapping[str, Any]) -> tuple[int, int] | None:
    """The study and scheme to which the browser went; None where it stays or is not clear."""
    went = sent(storage, message, "go")
    try:
        study_id, scheme_id = int(went["study_id"]), int(went["scheme_id"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    within = 0 < study_id < LARGEST and 0 < scheme_id < LARGEST
    return (study_id, scheme_id) if within else None
