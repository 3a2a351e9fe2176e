"""Labels and values written by hand, on pages that show works."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import plain

FIELDS = {"abstract": "Abstract"}


def labels_and_edits(desk: Desk, work_id: int) -> None:
    """The labels on a work, and what people wrote in place of what its sources lack."""
    names = labels.of_work(desk, work_id)
    if names:
        st.caption("Labels: " + plain("; ".join(names)))
    history = editing.history(desk, work_id)
    for edit in history:
        what = "written" if edit.value else "taken back"
        st.caption(f"{FIELDS[edit.field]} {what} by {plain(edit.person)}, {edit.at:%Y-%m-%d %H:%M}")
    standing = {(edit.work_id, edit.field): edit.value for edit in history}
    for field, name in FIELDS.items():
        is_written = any(value for (_, edited), value in standing.items() if edited == field)
        label = f"Take back the {name.lower()} that was written"
        pressed = is_written and st.button(label, key=f"unwrite-{work_id}-{field}")
        if pressed and attempt(editing.clear, desk, work_id, field):
            rerun()
