"""What people choose beside the deck for themselves: keys, terms and text size."""

from dataclasses import replace

import streamlit as st

from evidence.screening.keyboard import Action
from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.steps.screening import screening_preferences
from evidence.store.review.terms import Terms
from evidence.ui.review.review_form import TERMS_HELP
from evidence.ui.shell.errors import attempt, rerun

ACTIONS = {
    Action.INCLUDE: "Include",
    Action.EXCLUDE: "Exclude",
    Action.MAYBE: "Maybe",
    Action.NOT_RETRIEVED: "Not retrieved",
    Action.SKIP: "Skip",
    Action.UNDO: "Undo",
    Action.NOTE: "Note",
    Action.LABEL: "Labels",
    Action.ABSTRACT: "Write the abstract",
    Action.TWIN: "Mark as a duplicate",
}
SIZES = {
    screening_preferences.TextSize.SMALL: "Small",
    screening_preferences.TextSize.NORMAL: "Normal",
    screening_preferences.TextSize.LARGE: "Large",
    screening_preferences.TextSize.LARGEST: "Largest",
}
IN_A_ROW = 5


def own_choices(desk: Desk) -> None:
    """Keys, terms and text size of the person at the desk, in this review."""
    box = st.expander(
        "Keys, own terms and text size", icon=":material/tune:", on_change="rerun", key="own"
    )
    if not box.open:
        return
    now = screening_preferences.get(desk)
    with box, st.form("own-choices", border=False):
        st.caption("They are yours alone, in this review. C and R cannot be used as keys.")
        keys = _keys(now)
        inclusion, exclusion = st.columns(2)
        include_terms = inclusion.text_area(
            "Own terms that speak for inclusion",
            "\n".join(now.terms.include),
            help=TERMS_HELP,
            height=100,
        )
        exclude_terms = exclusion.text_area(
            "Own terms that speak for exclusion",
            "\n".join(now.terms.exclude),
            help=TERMS_HELP,
            height=100,
        )
        size = st.radio(
            "Text size",
            list(SIZES),
            index=list(SIZES).index(now.size),
            format_func=SIZES.__getitem__,
            horizontal=True,
        )
        save_box, reset_box, _ = st.columns([1, 1, 3])
        save = save_box.form_submit_button("Save my choices", type="primary")
        reset_keys = reset_box.form_submit_button("Usual keys again")
    terms = Terms(include=reviews.lines(include_terms), exclude=reviews.lines(exclude_terms))
    preferences = screening_preferences.ScreeningPreferences(keys=keys, terms=terms, size=size)
    if reset_keys:
        preferences = replace(now, keys=screening_preferences.ScreeningPreferences().keys)
    if (save or reset_keys) and attempt(screening_preferences.change, desk, preferences):
        _forget_fields()
        st.toast("Your choices are kept.", icon=":material/check:")
        rerun()


def _keys(now: screening_preferences.ScreeningPreferences) -> dict[Action, str]:
    keys = {}
    actions = list(ACTIONS)
    for begin in range(0, len(actions), IN_A_ROW):
        row = actions[begin : begin + IN_A_ROW]
        for column, action in zip(st.columns(IN_A_ROW), row, strict=False):
            keys[action] = column.text_input(
                ACTIONS[action], now.keys[action].upper(), max_chars=1, key=f"key-{action}"
            )
    return keys


def _forget_fields() -> None:
    """Let the fields begin with what is kept now."""
    for action in ACTIONS:
        st.session_state.pop(f"key-{action}", None)
