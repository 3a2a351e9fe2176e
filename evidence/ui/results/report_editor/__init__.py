"""The report as people write it: its sections, the text of one of them, and how it will look.

The parts in the browser are begin.js with the modules that it imports, and report.css beside the
look of the coding desk. What is done waits in the outbox that all components of ours share.
A section comes from report_routes.py; only the list of sections comes with the page's answer.
Markdown is read by the server alone, and drawn from its blocks (preview.js).
"""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

import streamlit as st

from evidence.report.live_parts import OF_CHECKLIST
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_text
from evidence.steps.results.reporting.report_page import SectionLine
from evidence.ui.coding import sent_by_page
from evidence.ui.coding.desk import HERE as DESK
from evidence.ui.results import report_json, report_routes
from evidence.ui.shell.scripts import OwnScript
from evidence.ui.shell.trouble import is_to_be_told_first
from evidence.viewer.script_modules import joined, with_imports

HERE = Path(__file__).parent
KEY = "report-editor"
ACKNOWLEDGED = "report-acknowledged"


def script() -> str:
    """The component's script, joined from all that begin.js imports."""
    return joined(with_imports(HERE / "begin.js"))


@cache
def own_script() -> OwnScript:
    """The script with its style, as browsers fetch it."""
    files = (DESK / "desk.css", HERE / "report.css")
    style = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return OwnScript(name="report-editor", script=script(), style=style)


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    html = '<div class="desk report-editor" id="report-editor"></div>'
    return st.components.v2.component("waymark_report", html=html, js=own_script().loader)


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits for the server."""
    return f"waymark-report-{desk.review_id}-{desk.person_id}-"


def report_editor(desk: Desk, lines: tuple[SectionLine, ...], *, may_edit: bool) -> None:
    """Show the report, and keep what is written.

    Args:
        desk: of the person.
        lines: the sections as they stand.
        may_edit: whether the person may write.
    """
    acknowledged = st.session_state.setdefault(ACKNOWLEDGED, sent_by_page.nothing_yet())
    _component()(
        key=KEY,
        data=editor_json(desk, lines, may_edit=may_edit) | acknowledged,
        on_items_change=lambda: take(desk, st.session_state[KEY], acknowledged),
    )


def editor_json(desk: Desk, lines: tuple[SectionLine, ...], *, may_edit: bool) -> dict[str, Any]:
    """What the browser is told with each answer: the sections in short."""
    parts = report_routes.parts_version(desk)
    marks = tuple(line.edited.edit.mark for line in lines if not line.edited.edit.is_removed)
    sections = [
        report_json.line_json(line) | {"version": _version(parts, marks, line)} for line in lines
    ]
    return {
        "storage": storage_of(desk),
        "review": desk.review_id,
        "may_edit": may_edit,
        "sections": sections,
        "addresses": report_routes.addresses(desk),
    }


def _version(parts: str, marks: tuple[str, ...], line: SectionLine) -> str:
    """Another one where the section is to be fetched anew; checklists look through all others."""
    section, edit = line.edited.section, line.edited.edit
    others = marks if OF_CHECKLIST in section.text else ()
    shown = repr((parts, others, section.title, section.text, edit.mark, edit.values))
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:20]


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Keep what the browser sends, and note what became of it."""
    items = sent_by_page.items_in(storage_of(desk), message)
    if items and not is_to_be_told_first(acknowledged):
        filled = partial(report_routes.filled_parts, desk)
        sent_by_page.note(acknowledged, report_text.apply(desk, items, filled))
