"""Marking the work on the screen as a duplicate, in a dialog over the screening page."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.ui.records.work import mark_duplicate
from evidence.ui.shell.wording import plain, short


@st.dialog("Mark as a duplicate", width="large", on_dismiss="rerun")
def duplicate_dialog(desk: Desk, work_id: int) -> None:
    """Look for the other work that is the same publication; closes itself once they are one."""
    work = records.get(desk, work_id)
    key = f"twin-records-{work_id}"
    before = st.session_state.setdefault(key, len(work.records))
    if len(work.records) != before:
        del st.session_state[key]
        st.rerun()
    st.markdown(f"**{plain(short(work.reference.title, 200)) or '(no title)'}**")
    mark_duplicate(desk, work.id)
