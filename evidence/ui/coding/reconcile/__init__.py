"""The reconciling page: codings of a study beside each other, and what its coders agree on.

The parts in the browser are reconcile.html, reconcile.css, and modules of its own and of the
coding desk, joined into one script after the outbox that all components of ours share. Logic:
reconciled.js (the sheet and what a choice does to it), scratch.js (where another answer is
written), reconciling.js (how choices reach the server). Drawing: the others; begin_reconciling.js
begins. What is drawn never writes; every choice is one message for one answer or finding. This
module gives them what changes and hands on what they send; a study they fetch from desk_routes.py.
Why it is so: docs/decisions/two-coders.md.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.steps.coding import desk_keys
from evidence.steps.coding.desk_keys import KeyedPage
from evidence.steps.coding.reconcile import reconciling_messages
from evidence.steps.desk import Desk
from evidence.ui.coding import desk as coding_desk
from evidence.ui.coding import sent_by_page
from evidence.ui.shell.scripts import OUTBOX, OWN_ROUTE, OwnScript
from evidence.ui.shell.trouble import is_to_be_told_first
from evidence.viewer.script_modules import joined

HERE = Path(__file__).parent
OF_THE_DESK = (
    "scheme.js", "sheet.js", "answered.js", "tree_rows.js", "quotations.js", "findings.js",
    "judgement.js", "history.js", "panes.js", "edits.js", "dom.js", "fetched.js", "fields.js",
    "combo.js", "choice_view.js", "tree_view.js", "history_view.js", "keys.js",
    "question_view.js", "people.js", "finding_fields.js", "selection.js", "zoom.js",
    "reading_place.js", "pages.js", "text_pane.js", "frame.js",
)  # fmt: skip
OWN = (
    "reconciled.js", "scratch.js", "drafts.js", "said_view.js", "choice_words.js", "other_view.js",
    "answer_view.js", "group_view.js", "answers_pane.js", "reconciling.js", "reconciling_acts.js",
    "reconciling_keys.js", "begin_reconciling.js",
)  # fmt: skip
KEY = "reconciling-desk"
CHANGED = "reconciling-state-changed"
ACKNOWLEDGED = "reconciling-acknowledged"
KEYS_FAULT = "reconciling-keys-fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconcilingPlace:
    """What the page shows, and what is beside it.

    Attributes:
        label: of the study.
        previous, next: the study before it, and the next one to reconcile; None at the ends.
        place: in words, such as "12 of 200 · 40 reconciled".
    """

    study_id: int
    scheme_id: int
    label: str
    previous: int | None
    next: int | None
    place: str


def script() -> str:
    """The component's script, joined from its parts."""
    of_the_desk = (coding_desk.HERE / name for name in OF_THE_DESK)
    return joined([*OUTBOX, OWN_ROUTE, *of_the_desk, *(HERE / name for name in OWN)])


def style() -> str:
    """The style of the coding desk, and what is its own."""
    files = (coding_desk.HERE / "desk.css", HERE / "reconcile.css")
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def own_script() -> OwnScript:
    """The script with its style, as browsers fetch it."""
    return OwnScript(name="reconciling", script=script(), style=style())


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_reconciling",
        html=(HERE / "reconcile.html").read_text(encoding="utf-8"),
        js=own_script().loader,
    )


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits of this person and review."""
    return f"waymark-reconciling-{desk.review_id}-{desk.person_id}-"


def reconciling_desk(desk: Desk, here: ReconcilingPlace) -> None:
    """Show the codings and keep what is chosen; went_to() says where its person went."""
    acknowledged = st.session_state.setdefault(ACKNOWLEDGED, sent_by_page.nothing_yet())
    _component()(
        key=KEY,
        data={
            **asdict(here),
            "storage": storage_of(desk),
            "keys": desk_keys.get(desk, KeyedPage.RECONCILING),
            "keys_fault": st.session_state.get(KEYS_FAULT, ""),
            **acknowledged,
        },
        on_items_change=lambda: take(desk, st.session_state[KEY], acknowledged),
        on_keys_change=lambda: take_keys(desk, st.session_state[KEY]),
        on_go_change=lambda: sent_by_page.note_place(storage_of(desk), KEY),
    )


def went_to() -> tuple[int, int] | None:
    """The study and scheme to which the browser went since this was asked last, if it did."""
    return sent_by_page.noted_place(KEY)


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Do what the browser sends, and note what is kept, refused, or clashes."""
    items = sent_by_page.items_in(storage_of(desk), message)
    if not items or is_to_be_told_first(acknowledged):
        return
    outcome = reconciling_messages.apply(desk, items)
    sent_by_page.note(acknowledged, outcome)
    if sent_by_page.states_kept(items, outcome):
        st.session_state[CHANGED] = True


def take_keys(desk: Desk, message: Mapping[str, Any]) -> None:
    """Keep other keys, or say at the list of keys why they cannot be."""
    fault = sent_by_page.keep_keys(desk, storage_of(desk), message, KeyedPage.RECONCILING)
    st.session_state[KEYS_FAULT] = fault
