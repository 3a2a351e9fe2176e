"""Looking at a work's decisions and changing one's own."""

import uuid

import streamlit as st

from evidence.steps import reviews, screening
from evidence.steps.desk import Desk
from evidence.ui.words import STAGES, VERDICTS, plain


def decision_change(desk: Desk, said: screening.Decision) -> None:
    """The history of a work at all stages, and a form for another verdict at this one."""
    work, history = screening.history(desk, said.work_id)
    with st.container(border=True):
        st.markdown(f"**{plain(work.reference.title)}**")
        for one in history:
            reason = f" — {plain(one.reason)}" if one.reason else ""
            note = f" (“{plain(one.note)}”)" if one.note else ""
            st.caption(
                f"{one.at:%Y-%m-%d %H:%M} · {plain(one.person)} · {STAGES[one.stage]}: "
                f"{VERDICTS[one.verdict]}{reason}{note}"
            )
        with st.form(f"change-{work.id}-{said.stage}", border=False):
            offered = [*screening.possible(said.stage), screening.Verdict.WITHDRAWN]
            verdict = st.radio(
                "Change to", offered, format_func=lambda one: VERDICTS[one], horizontal=True
            )
            reason_ids = {reason.id: reason.label for reason in reviews.reasons(desk)}
            reason_id = st.selectbox(
                "Reason, when excluded",
                [None, *reason_ids],
                format_func=lambda i: reason_ids.get(i, "–"),
            )
            note = st.text_input("Note", max_chars=screening.LONGEST_NOTE)
            if st.form_submit_button("Change my decision"):
                excluded = verdict is screening.Verdict.EXCLUDE
                new = screening.NewDecision(
                    work_id=work.id,
                    stage=said.stage,
                    verdict=verdict,
                    client_id=f"changed-{uuid.uuid4()}",
                    reason_id=reason_id if excluded else None,
                    note=note,
                )
                screening.decide(desk, [new])
                st.rerun()
