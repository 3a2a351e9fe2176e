"""The coding desk: text, codes and findings on one screen, answered in the browser.

The parts in the browser are desk.html, desk.css and the modules of SCRIPTS, joined into one script
after the outbox that all components of ours share. Logic: scheme.js (a scheme), sheet.js (a coding
and what an item does to it), answered.js (what applies, is open, is wrong), tree_rows.js,
findings.js, quotations.js, judgement.js, history.js, panes.js, edits.js (what is done becomes
items), undo.js, digits.js (digits that follow each other), people.js (numbers of people that are
proposed), reading_place.js (where one reads in a study). Drawing: the others; begin.js begins. What
is drawn never writes; every edit is one item for one field. This module gives them what changes and
hands on what they send; studies and schemes they fetch from desk_routes.py.
Why a component: docs/decisions/coding-desk.md.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.steps.coding import desk_keys, desk_messages
from evidence.steps.coding.desk_keys import KeyedPage
from evidence.steps.desk import Desk
from evidence.ui.coding import sent_by_page
from evidence.ui.shell.scripts import OUTBOX, OWN_ROUTE, OwnScript
from evidence.ui.shell.trouble import is_to_be_told_first
from evidence.viewer.script_modules import joined

HERE = Path(__file__).parent
SCRIPTS = (
    "scheme.js", "sheet.js", "answered.js", "tree_rows.js", "quotations.js", "findings.js",
    "judgement.js", "history.js", "panes.js", "edits.js", "undo.js", "dom.js", "fetched.js",
    "digits.js", "fields.js", "combo.js", "choice_view.js", "tree_view.js", "history_view.js",
    "question_view.js", "judged_choice.js", "scheme_pane.js", "finding_fields.js", "people.js",
    "arms.js", "findings_pane.js", "selection.js", "zoom.js", "reading_place.js", "pages.js",
    "text_pane.js", "keys.js", "frame.js", "desk.js", "acts.js", "begin.js",
)  # fmt: skip
KEY = "coding-desk"  # the same for all studies, so that never two desks listen to the keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What the desk shows, and what is beside it.

    Attributes:
        version_ids: of all schemes of the review, so that the desk sees when one was taken.
        previous, next: studies before and after it; None at the ends.
        place: in words, such as "12 of 200 · 40 complete".
        acts: how often answers were changed beside the desk; with a new number it looks again.
        hints: what does not fit together in the coding.
        computed: what follows from the numbers of each finding, as desk_sheet.computed_data has it.
    """

    study_id: int
    scheme_id: int
    version_id: int
    version_ids: tuple[int, ...]
    previous: int | None
    next: int | None
    place: str
    acts: int = 0
    hints: tuple[str, ...] = ()
    computed: Mapping[str, Any] = field(default_factory=dict)


def script() -> str:
    """The component's script, joined from its parts."""
    return joined([*OUTBOX, OWN_ROUTE, *(HERE / name for name in SCRIPTS)])


@cache
def own_script() -> OwnScript:
    """The script with its style, as browsers fetch it."""
    style = (HERE / "desk.css").read_text(encoding="utf-8")
    return OwnScript(name="coding-desk", script=script(), style=style)


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_coding_desk",
        html=(HERE / "desk.html").read_text(encoding="utf-8"),
        js=own_script().loader,
    )


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits at this desk."""
    return f"waymark-coding-{desk.review_id}-{desk.person_id}-"


def coding_desk(desk: Desk, here: Place) -> None:
    """Show the desk and keep what is done on it; went_to() says where its person went."""
    acknowledged = st.session_state.setdefault("coding-acknowledged", sent_by_page.nothing_yet())
    data = {
        **asdict(here),
        "storage": storage_of(desk),
        "keys": desk_keys.get(desk),
        "keys_fault": st.session_state.get("coding-keys-fault", ""),
        **acknowledged,
    }
    _component()(
        key=KEY,
        data=data,
        on_items_change=lambda: take(desk, st.session_state[KEY], acknowledged),
        on_keys_change=lambda: take_keys(desk, st.session_state[KEY]),
        on_go_change=lambda: sent_by_page.note_place(storage_of(desk), KEY),
    )


def went_to() -> tuple[int, int] | None:
    """The study and scheme to which the browser went since this was asked last, if it did."""
    return sent_by_page.noted_place(KEY)


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Keep what the browser sends, and note which is kept, refused, or clashes.

    What a page still sends for another person or review is left: it waits in the browser under
    their name.
    """
    items = sent_by_page.items_in(storage_of(desk), message)
    if not items or is_to_be_told_first(acknowledged):
        return
    outcome = desk_messages.apply(desk, items)
    sent_by_page.note(acknowledged, outcome)
    if sent_by_page.states_kept(items, outcome):
        st.session_state["coding-state-changed"] = True


def take_keys(desk: Desk, message: Mapping[str, Any]) -> None:
    """Keep other keys, or say at the list of keys why they cannot be."""
    fault = sent_by_page.keep_keys(desk, storage_of(desk), message, KeyedPage.CODING)
    st.session_state["coding-keys-fault"] = fault
