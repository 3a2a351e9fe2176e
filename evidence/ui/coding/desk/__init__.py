"""The coding desk: text, codes and findings on one screen, answered in the browser.

The parts in the browser are desk.html, desk.css and the modules of SCRIPTS, joined into one script
after the outbox that all components of ours share. Logic: scheme.js (a scheme), sheet.js (a coding
and what an item does to it), answered.js (what applies, is open, is wrong), tree_rows.js,
findings.js, quotations.js, panes.js, edits.js (what is done becomes items). Drawing: the others;
begin.js begins. What is drawn never writes; every edit is one item for one field. Why a component:
docs/decisions/screening-component.md.
"""

from pathlib import Path

from evidence.ui.shell.scripts import OUTBOX, joined

HERE = Path(__file__).parent
SCRIPTS = (
    "scheme.js", "sheet.js", "answered.js", "tree_rows.js", "quotations.js", "findings.js",
    "panes.js", "edits.js", "dom.js", "fields.js", "combo.js", "choice_view.js", "tree_view.js",
    "question_view.js", "scheme_pane.js", "finding_fields.js", "arms.js", "findings_pane.js",
    "selection.js", "pages.js", "text_pane.js", "keys.js", "desk.js", "acts.js", "begin.js",
)  # fmt: skip


def script() -> str:
    """The component's script, joined from its parts."""
    return joined([*OUTBOX, *(HERE / name for name in SCRIPTS)])
