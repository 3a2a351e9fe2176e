"""The box and the choices by which people narrow down the list of works."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, labels, records
from evidence.steps.review import reasons
from evidence.store.records.decision_filters import ANY, NONE
from evidence.store.records.filters import Filter
from evidence.ui.shell.cache import cached
from evidence.ui.shell.wording import STAGES, STATES, VERDICTS, short

SEARCH_HELP = """
Every word must occur in the title, the abstract or the authors' names, also as a part of a longer
word (`work` finds network); accents and capitals do not matter, and `*` is not needed.

- `"supported employment"`: these words beside each other
- `nurse OR teacher`: one of the two
- `work -animal` or `work NOT animal`: without that word
- `(nurse OR teacher) NOT animal`: what the brackets say, without that word; without brackets,
  words beside each other and `NOT` bind before `OR`
- `10.1001/jama.2020.1` or `https://doi.org/10.1001/jama.2020.1`: the work with this DOI
"""
OWN = {
    ANY: "Decided by me",
    NONE: "Not decided by me",
    **{
        verdict.value: f"My decision: {words.lower()}"
        for verdict, words in VERDICTS.items()
        if verdict is not Verdict.WITHDRAWN
    },
}
STATES_AT = {
    stage: [
        state for state in State if stage is Stage.FULL_TEXT or state is not State.NOT_RETRIEVED
    ]
    for stage in Stage
}
YEARS: dict[str, Any] = {"min_value": 0, "max_value": 9999, "value": None}
CHOICES = ("title_abstract", "full_text", "reason", "label", "source", "own", "from", "to")


def ask_filter(desk: Desk) -> Filter:
    """Ask for words, and for what else the works shall have in common."""
    words = st.text_input(
        "Search title, abstract, authors or DOI", type="search", key="words", help=SEARCH_HELP
    )
    for remark in records.search_remarks(words):
        st.caption(f":material/info: {remark}")
    with st.expander("Filters", icon=":material/filter_alt:", key="filters"):
        which = _choices(desk, words)
        if in_use():
            st.button("Clear all filters", icon=":material/filter_alt_off:", on_click=_clear)
    return which


def in_use() -> int:
    """How many filters narrow the list down, beside the search."""
    values = (st.session_state.get(f"filter-{name}") for name in CHOICES)
    return sum(value is not None for value in values) + bool(st.session_state.get("joined"))


def _choices(desk: Desk, words: str) -> Filter:
    """Three rows of boxes, so that on a narrow screen they stand below each other in this order."""
    which = Filter(words=words)
    first, second, third = st.columns(3)
    with first:
        which = replace(which, title_abstract=_ask_state(Stage.TITLE_ABSTRACT))
    with second:
        which = replace(which, full_text=_ask_state(Stage.FULL_TEXT))
    own = third.selectbox(
        "My decisions",
        list(OWN),
        index=None,
        format_func=OWN.__getitem__,
        placeholder="Whoever decided",
        key="filter-own",
        help="Only what you decided yourself; what others decide on open works stays hidden.",
    )
    reason_id, label_id, source_id = _ask_ids(desk)
    first, second, third = st.columns(3, vertical_alignment="center")
    return replace(
        which,
        own=own or "",
        reason_id=reason_id,
        label_id=label_id,
        source_id=source_id,
        year_from=first.number_input("Year from", **YEARS, placeholder="First", key="filter-from"),
        year_to=second.number_input("Year to", **YEARS, placeholder="Last", key="filter-to"),
        joined=third.toggle("Joined from several records", key="joined"),
        person_id=desk.person_id if own or label_id else None,
    )


def _ask_state(stage: Stage) -> str:
    state = st.selectbox(
        STAGES[stage],
        STATES_AT[stage],
        index=None,
        format_func=STATES.__getitem__,
        placeholder="Any state",
        key=f"filter-{stage.value}",
    )
    return state or ""


def _ask_ids(desk: Desk) -> list[int | None]:
    """A reason, a label and a source, by their ids."""
    names = {
        "reason": {reason.id: reason.label for reason in reasons.listing(desk)},
        "label": {label.id: label.name for label in labels.listing(desk)},
        "source": {source.id: source.name for source in cached(exporting.all_sources, desk)},
    }
    return [
        box.selectbox(
            name.capitalize(),
            list(of_kind),
            index=None,
            format_func=partial(_short_name, of_kind),
            placeholder=f"Any {name}" if of_kind else f"There is no {name} yet",
            disabled=not of_kind,
            key=f"filter-{name}",
        )
        for (name, of_kind), box in zip(names.items(), st.columns(3), strict=True)
    ]


def _short_name(names: Mapping[int, str], of: int) -> str:
    return short(names.get(of, ""))


def _clear() -> None:
    for name in CHOICES:
        st.session_state[f"filter-{name}"] = None
    st.session_state["joined"] = False
