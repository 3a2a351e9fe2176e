"""Which studies are listed, chosen by fields above their table."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

import streamlit as st

from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.coding_assignments import Coder
from evidence.store.coding.study_table import (
    NOBODY,
    CodingState,
    StudyFilter,
    StudyOrder,
    TeamState,
)
from evidence.ui.coding.code_choice import ask_code

Choice = TypeVar("Choice")
STATES = {
    CodingState.OPEN: "○ not begun",
    CodingState.DRAFT: "◐ draft",
    CodingState.COMPLETE: "● complete",
}
TEAM_STATES = {
    TeamState.NOBODY: "nobody has begun",
    TeamState.BEGUN: "begun, complete by nobody",
    TeamState.COMPLETE: "complete by somebody",
    TeamState.TWICE: "complete by two or more",
}
ORDERS = {
    StudyOrder.LABEL: "by label",
    StudyOrder.YEAR: "newest first",
    StudyOrder.CHANGED: "worked on last",
}


def ask_filter(
    taken: TakenScheme, key: str, given: Sequence[Coder], person_id: int
) -> tuple[StudyFilter, StudyOrder]:
    """Which studies are listed, and in which order.

    Args:
        taken: the scheme at hand.
        key: where the fields stand.
        given: to whom studies are given with it.
        person_id: of the person who looks.
    """
    boxes = iter(st.columns([3, *[2] * (4 if given else 3)], vertical_alignment="bottom"))
    with next(boxes):
        words = st.text_input(
            "Search",
            key=f"{key}-words",
            placeholder="label, title, author, DOI",
            icon=":material/search:",
        )
    with next(boxes):
        state = _any_of("My coding", STATES, f"{key}-state")
    with next(boxes):
        team = _any_of("Everybody's codings", TEAM_STATES, f"{key}-team")
    given_to = None
    if given:
        with next(boxes):
            given_to = _any_of("Given to", _given_names(given, person_id), f"{key}-given")
    with next(boxes):
        order = st.selectbox(
            "Order", list(ORDERS), format_func=ORDERS.__getitem__, key=f"{key}-order"
        )
    question, code = ask_code(
        taken,
        key,
        suits=lambda _question: True,
        nothing=("any", "any answer"),
        labels=("Question that is answered", "With the code"),
    )
    which = StudyFilter(
        words=words, state=state, team=team, given_to=given_to, question=question, code=code
    )
    return which, order


def _any_of(label: str, offered: Mapping[Choice, str], key: str) -> Choice | None:
    """One of these, or any."""
    return st.selectbox(
        label,
        list(offered),
        index=None,
        format_func=offered.__getitem__,
        placeholder="any",
        key=key,
    )


def _given_names(given: Sequence[Coder], person_id: int) -> dict[int, str]:
    """By whom studies can be filtered that are given to them: first the person who looks."""
    names = {one.person_id: one.name for one in given}
    mine = {person_id: "me"} if person_id in names else {}
    return mine | {NOBODY: "nobody"} | names | mine
