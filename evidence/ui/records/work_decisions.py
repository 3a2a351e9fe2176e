"""What was decided on a work, as far as the person who looks may know it."""

import streamlit as st

from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.screening import decisions
from evidence.store.records.works import Work
from evidence.store.screening.decision_queries import Decision
from evidence.ui.shell.wording import STAGES, STATES, VERDICTS, plain

HIDDEN = "What others decide here is shown once the work is decided."
NOT_CLOSED = {State.OPEN, State.NOT_RETRIEVED}  # there others' verdicts may be hidden


def work_decisions(desk: Desk, work: Work) -> None:
    """The decisions on a work stage by stage: one's own always, those of others where the work is
    decided.
    """
    _, history = decisions.history(desk, work.id)
    states = ((Stage.TITLE_ABSTRACT, work.title_abstract), (Stage.FULL_TEXT, work.full_text))
    came_to_full_text = work.title_abstract == State.INCLUDE.value
    with st.expander("Decisions", icon=":material/how_to_vote:"):
        for stage, state in ((stage, State(word)) for stage, word in states):
            at_stage = [past for past in history if past.stage is stage]
            if stage is Stage.FULL_TEXT and not at_stage and not came_to_full_text:
                continue
            st.markdown(f"**{STAGES[stage]}:** {STATES[state].lower()}")
            for past in at_stage:
                st.caption(decision_line(past))
            if not at_stage:
                st.caption(
                    "You decided nothing here." if state in NOT_CLOSED else "Nobody decided here."
                )
            if state in NOT_CLOSED:
                st.caption(HIDDEN)


def decision_line(past: Decision) -> str:
    """One decision: when, by whom, the verdict, its reasons and its note."""
    reasons = f" — {plain('; '.join(past.reasons))}" if past.reasons else ""
    note = f" (“{plain(past.note)}”)" if past.note else ""
    return (
        f"{past.at:%Y-%m-%d %H:%M} · {plain(past.person)}: {VERDICTS[past.verdict]}{reasons}{note}"
    )
