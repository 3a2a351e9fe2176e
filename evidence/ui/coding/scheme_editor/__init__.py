"""The editor of a coding scheme: an outline that is changed in place, beside what is chosen in it.

The parts in the browser are editor.html, editor.css and begin.js with the modules that it imports:
the outbox that all components of ours share, and those parts of the coding desk that draw
questions, so that the preview is what coders see. outline.js is logic, the others draw.
The browser only says which edit (evidence/coding/scheme_acts.py); each is kept at once in the
visitor's draft (evidence/steps/coding/scheme_drafts.py), and the scheme comes back changed.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.steps.coding import desk_sheet, scheme_drafts
from evidence.steps.coding.scheme_drafts import SchemeDraft
from evidence.steps.desk import Desk
from evidence.ui.coding.desk import HERE as DESK
from evidence.ui.shell.trouble import is_to_be_told_first, note_trouble
from evidence.viewer.script_modules import joined, with_imports

HERE = Path(__file__).parent
NEWEST = 400  # acknowledged ids that are sent to the browser again
KEY = "scheme-editor"


def script() -> str:
    """The component's script, joined from all that begin.js imports."""
    return joined(with_imports(HERE / "begin.js"))


def style() -> str:
    """The look of the desk, and what is the editor's own."""
    return "\n".join(
        path.read_text(encoding="utf-8") for path in (DESK / "desk.css", HERE / "editor.css")
    )


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_scheme_editor",
        html=(HERE / "editor.html").read_text(encoding="utf-8"),
        css=style(),
        js=script(),
    )


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits for the server."""
    return f"waymark-scheme-{desk.review_id}-{desk.person_id}-"


def scheme_editor(desk: Desk, draft: SchemeDraft, *, may_edit: bool) -> None:
    """Show a draft, and keep what is done to it."""
    acknowledged = st.session_state.setdefault(
        "scheme-acknowledged", {"kept": [], "refused": {}, "nodes": {}}
    )
    _component()(
        key=KEY,
        data=editor_data(desk, draft, may_edit=may_edit) | acknowledged,
        on_acts_change=lambda: take(desk, st.session_state[KEY], acknowledged),
    )


def editor_data(desk: Desk, draft: SchemeDraft, *, may_edit: bool) -> dict[str, Any]:
    """What the browser draws: the scheme as it stands, and what can be undone."""
    scheme = draft.scheme
    return {
        "storage": storage_of(desk),
        "scheme_id": draft.scheme_id,
        "revision": str(hash(scheme)),
        "may_edit": may_edit,
        "steps": draft.steps,
        "undone": draft.undone,
        "scheme": desk_sheet.scheme_parts(scheme),
    }


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Keep what the browser sends, and note what became of it."""
    sent = message.get("acts")
    if not isinstance(sent, Mapping) or sent.get("storage") != storage_of(desk):
        return
    acts = sent.get("acts")
    if not isinstance(acts, list) or is_to_be_told_first(acknowledged):
        return
    outcome = scheme_drafts.apply(desk, [act for act in acts if isinstance(act, Mapping)])
    note_trouble(acknowledged, outcome.trouble)
    acknowledged["kept"] = (acknowledged["kept"] + list(outcome.accepted))[-NEWEST:]
    for name, told in (("refused", outcome.refused), ("nodes", outcome.accepted)):
        acknowledged[name] = dict(list({**acknowledged[name], **told}.items())[-NEWEST:])
