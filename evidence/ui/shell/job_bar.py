"""Work in the background on the screen."""

import streamlit as st

from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import plain


def job_bar(desk: Desk, kind: str) -> bool:
    """How far the newest job of a kind is, with a way to stop it; gives whether one is going.

    The page is drawn anew when the job ends.
    """
    job = jobs.newest(desk, kind)
    if job is None or not (job.going or job.message):
        return False
    if not job.going:
        st.error(plain(job.message), icon=":material/warning:")
        return False
    _bar(desk, kind)
    return True


@fragment(every=1.0)
def _bar(desk: Desk, kind: str) -> None:
    job = jobs.newest(desk, kind)
    if job is None or not job.going:
        st.rerun()
    bar, button = st.columns([5, 1], vertical_alignment="bottom")
    bar.progress(min(max(job.done, 0.0), 1.0), text=plain(job.doing or "Waiting for a process …"))
    if button.button("Cancel", key=f"cancel-{job.id}", width="stretch"):
        jobs.cancel(desk, job.id)
        st.rerun()
