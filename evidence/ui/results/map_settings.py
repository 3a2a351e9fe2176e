"""How the map is shown, to look at and to change: when a gap is one, first view, texts, cells."""

from dataclasses import asdict, replace

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.results import map_settings
from evidence.steps.results.map_document import ReviewMap
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.map_settings import MapSettings, MapTexts
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain

TEXTS = {
    "question": "Question",
    "criteria": "What a study must meet",
    "coding": "How studies were coded, and by how many people",
    "searched_to": "Searched to",
    "licence": "Licence",
    "citation": "How to cite the map",
    "contact": "Contact",
    "next_update": "Next update",
}
LONG = frozenset({"question", "criteria", "coding", "citation"})
FEW = "Cells with so many studies and reviews or fewer are marked as having few; 0 marks none."
SEVERAL = (
    "From so many primary studies on, a cell without a recent review of high quality is marked as "
    "lacking a synthesis; 0 marks none."
)
RECENT = "Empty: five years before the last search."
VIEW = (
    "Choose rows, columns and filters on the map, copy its link, and paste it here. Empty: "
    "interventions by outcomes."
)
DROPPED = "Of the view to begin with only a part is shown; copy the link of another one."


def settings_box(desk: Desk, shown: ReviewMap) -> None:
    """A box with the settings of the map; editors can change them."""
    box = st.expander(
        "Settings of the map", icon=":material/tune:", on_change="rerun", key="map-settings"
    )
    if box.open:
        with box:
            _settings(desk, shown)


@fragment
def _settings(desk: Desk, shown: ReviewMap) -> None:
    key = f"map-settings-{desk.review_id}"
    choice = choice_under_way(key, map_settings.current(desk))
    may_change = membership.standing(desk).role >= Role.EDITOR
    with st.form(f"{key}-{choice.turn}", border=False):
        settings = _choices(choice.before, shown, f"{key}-{choice.turn}", may_change=may_change)
        is_sent = st.form_submit_button("Keep", type="primary", disabled=not may_change)
    if not may_change:
        st.caption("Editors of the review can change them.")
    elif is_sent and attempt(map_settings.change, desk, settings, choice.before):
        choice.begin_anew(map_settings.current(desk))
        st.rerun()
    _cells(desk, may_change=may_change)
    _history(desk)


def _choices(before: MapSettings, shown: ReviewMap, key: str, *, may_change: bool) -> MapSettings:
    few_box, several_box, recent_box = st.columns(3)
    most, off = map_settings.MOST, not may_change
    few = few_box.number_input("Few", 0, most, before.few, help=FEW, key=f"{key}-few", disabled=off)
    several = several_box.number_input(
        "Several", 0, most, before.several, help=SEVERAL, key=f"{key}-several", disabled=off
    )
    recent_since = recent_box.number_input(
        "A review is recent since",
        map_settings.YEARS.start,
        map_settings.YEARS.stop - 1,
        before.recent_since,
        help=RECENT,
        placeholder=str(shown.recent_since or ""),
        key=f"{key}-recent",
        disabled=off,
    )
    view = st.text_input(
        "View to begin with", before.view, help=VIEW, key=f"{key}-view", disabled=off
    )
    if shown.dropped_of_view:
        st.warning(plain(f"{DROPPED} {' '.join(shown.dropped_of_view)}"))
    st.markdown("**About the map**")
    st.caption("What is empty says what the review knows, as it stands in grey.")
    known, kept = asdict(shown.known.texts), asdict(before.texts)
    texts = {}
    for name, label in TEXTS.items():
        ask = st.text_area if name in LONG else st.text_input
        texts[name] = ask(
            label, kept[name], placeholder=known[name], key=f"{key}-{name}", disabled=off
        )
    return replace(
        before,
        few=int(few),
        several=int(several),
        recent_since=None if recent_since is None else int(recent_since),
        view=view,
        texts=MapTexts(**texts),
    )


def _cells(desk: Desk, *, may_change: bool) -> None:
    """The cells that are not applicable; a mark whose heading left the scheme can go here only."""
    marks = map_settings.not_applicable(desk)
    if not marks:
        return
    st.markdown("**Not applicable**")
    words = map_settings.in_words(desk, [mark.cell for mark in marks])
    for mark in marks:
        text_box, button_box = st.columns([4, 1], vertical_alignment="center")
        cell = words.get(mark.cell) or f"{' × '.join(mark.cell.headings)} (no longer in the scheme)"
        note = f": {mark.note}" if mark.note else ""
        text_box.markdown(plain(f"{cell}{note} ({mark.person})"))
        is_pressed = may_change and button_box.button("Applicable again", key=f"mark-{mark.cell}")
        if is_pressed and attempt(map_settings.mark_cell, desk, mark.cell, not_applicable=False):
            st.rerun()


def _history(desk: Desk) -> None:
    history = map_settings.history(desk)
    if history:
        newest = history[0]
        times = number(len(history), "time")
        st.caption(plain(f"Changed {times}, last by {newest.person} on {newest.at:%Y-%m-%d}."))
