"""The screening page's component: a deck of works that is answered in the browser.

The parts in the browser are deck.html, deck.css and files of plain functions. They are joined
here, in the order of SCRIPTS and after the outbox that all components of ours share, into one
script, which browsers fetch once for each version (shell/scripts.py); no build is needed. terms.js
colours terms, state.js holds the works and what was done with them, show.js draws it all, input.js
begins and takes keys and clicks. This module gives them their data and hands on what they send.
Why a component: docs/decisions/screening-component.md.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import messages, screening_page, screening_preferences
from evidence.ui.screening.begin import begin_button, begun_line
from evidence.ui.screening.deck.deck_data import deck_data, storage_of
from evidence.ui.shell.scripts import OUTBOX, OwnScript
from evidence.ui.shell.trouble import is_to_be_told_first, note_trouble
from evidence.viewer.script_modules import joined

HERE = Path(__file__).parent
SCRIPTS = ("terms.js", "state.js", "show.js", "input.js")
NEWEST = 400  # acknowledged ids that are sent to the browser again
CLOSED = "Nothing waits for you here, because you look on."
KEY = "screener"  # the same at all stages, so that never two decks listen to the keys


def script() -> str:
    """The component's script, joined from its parts."""
    return joined([*OUTBOX, *(HERE / name for name in SCRIPTS)])


@cache
def own_script() -> OwnScript:
    """The script browsers fetch; the style goes with the HTML, which else would stand bare."""
    return OwnScript(name="screening-deck", script=script())


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_screener",
        html=(HERE / "deck.html").read_text(encoding="utf-8"),
        css=(HERE / "deck.css").read_text(encoding="utf-8"),
        js=own_script().loader,
    )


def deck(
    desk: Desk,
    stage: Stage,
    state: State,
    tally: Mapping[State, int],
    left: int,
) -> int | None:
    """Show the deck and keep what is done on it; gives the work to mark as a duplicate, if any.

    Args:
        desk: of the person who screens.
        stage: at which stage.
        state: which works.
        tally: how many works are in each state.
        left: how many works of the chosen state are left for this person.
    """
    page = screening_page.load(desk, stage, state=state)
    if page.can_begin:
        begin_button(desk, stage)
    else:
        begun_line(desk, stage)
    data = deck_data(desk, page, screening_preferences.get(desk), state, tally)
    message = _show(desk, data | {"left": left}).twin
    has_work = isinstance(message, Mapping) and "id" in message
    return messages.work_id_of(message) if has_work else None


def closed_deck(desk: Desk, stage: Stage) -> None:
    """The deck of who only looks on: nothing to decide; what was refused is shown."""
    state = State.OPEN
    page = replace(screening_page.load(desk, stage, state=state), waiting=(), recent=())
    closed = {"left": 0, "verdicts": [], "skips": False, "empty": CLOSED}
    _show(desk, deck_data(desk, page, screening_preferences.get(desk), state, {state: 0}) | closed)


def _show(desk: Desk, data: Mapping[str, Any]) -> Any:
    acknowledged = st.session_state.setdefault("screener-acknowledged", {"kept": [], "refused": {}})
    return _component()(
        key=KEY,
        data={**data, **acknowledged},
        on_items_change=lambda: take(desk, st.session_state[KEY], acknowledged),
        on_twin_change=lambda: None,
    )


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Keep what the browser sends, and note which is kept and which is refused.

    What a page still sends for another person or review, before it is drawn for these, is left: it
    waits in the browser under their name.
    """
    sent = message.get("items") or {}
    items = sent.get("items") if isinstance(sent, Mapping) else None
    if not isinstance(items, list) or sent.get("storage") != storage_of(desk):
        return
    if is_to_be_told_first(acknowledged):
        return
    outcome = messages.apply(desk, [item for item in items if isinstance(item, Mapping)])
    note_trouble(acknowledged, outcome.trouble)
    acknowledged["kept"] = (acknowledged["kept"] + outcome.accepted)[-NEWEST:]
    acknowledged["refused"] = dict(
        list({**acknowledged["refused"], **outcome.refused}.items())[-NEWEST:]
    )
