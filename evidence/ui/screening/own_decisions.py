"""One's own decisions: found, looked at with their history, and changed."""

import uuid

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.steps.screening import decisions, screening
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import STAGES, VERDICTS, number, plain

PAGE = 50
HEADS = ["When", "Verdict", "Reason", "Title", "Note"]


def my_decisions(desk: Desk, stage: screening.Stage, *, read_only: bool = False) -> None:
    """The decisions of the person at the desk, newest first; a click on one opens it."""
    box = st.expander("My decisions", icon=":material/history:", on_change="rerun", key="mine")
    if not box.open:
        return
    with box:
        sought = _sought(stage)
        total = screening.count_mine(desk, stage, sought)
        if not total:
            nothing = sought == screening.DecisionFilter()
            st.caption(
                "You decided nothing at this stage yet." if nothing else "Nothing found; try less."
            )
            return
        page = 1
        if total > PAGE:
            page = st.pagination(-(-total // PAGE), key=f"mine-page-{stage}-{sought}")
        said = screening.mine(desk, stage, sought, offset=(page - 1) * PAGE, limit=PAGE)
        st.caption(
            number(total, "decision")
            + ", newest first, as they count now. Choose one to "
            + ("see its history." if read_only else "change it or see its history.")
        )
        rows = [
            [one.at, VERDICTS[one.verdict], "; ".join(one.reasons), one.title, one.note]
            for one in said
        ]
        # A new key after each change lets go of the row, which may by now hold another work.
        changes = st.session_state.setdefault("changes", 0)
        chosen = st.dataframe(
            pd.DataFrame(rows, columns=HEADS),
            hide_index=True,
            column_config={"When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
            on_select="rerun",
            selection_mode="single-row",
            key=f"mine-{stage}-{changes}-{total}-{page}-{sought}",
            alt="My decisions",
        )
        for row in chosen.selection.rows[:1]:
            _one(desk, said[row], read_only=read_only)


def _sought(stage: screening.Stage) -> screening.DecisionFilter:
    left, right = st.columns([2, 3], vertical_alignment="bottom")
    words = left.text_input(
        "Search title, abstract and note", type="search", key=f"mine-words-{stage}"
    )
    verdict = right.pills(
        "Verdict",
        screening.possible(stage),
        format_func=lambda one: VERDICTS[one],
        key=f"mine-verdict-{stage}",
    )
    return screening.DecisionFilter(words=words, verdict=verdict)


def _one(desk: Desk, said: screening.Decision, *, read_only: bool) -> None:
    """The history of a work at all stages, and a form for another verdict at this one."""
    work, history = screening.history(desk, said.work_id)
    with st.container(border=True):
        st.markdown(f"**{plain(work.reference.title)}**")
        for one in history:
            reason = f" — {plain('; '.join(one.reasons))}" if one.reasons else ""
            note = f" (“{plain(one.note)}”)" if one.note else ""
            st.caption(
                f"{one.at:%Y-%m-%d %H:%M} · {plain(one.person)} · {STAGES[one.stage]}: "
                f"{VERDICTS[one.verdict]}{reason}{note}"
            )
        if not read_only:
            _form(desk, said, work.id)


def _form(desk: Desk, said: screening.Decision, work_id: int) -> None:
    """Begins with what counts now, so that one thing can be changed and the rest stays."""
    reasons = {reason.id: reason.label for reason in reviews.reasons(desk)}
    offered = [*screening.possible(said.stage), screening.Verdict.WITHDRAWN]
    with st.form(f"change-{work_id}-{said.stage}-{said.at}", border=False):
        verdict = st.radio(
            "Change to",
            offered,
            index=offered.index(said.verdict),
            format_func=lambda one: VERDICTS[one],
            horizontal=True,
        )
        reason_ids = st.multiselect(
            "Reasons, when excluded",
            list(reasons),
            default=[i for i, label in reasons.items() if label in said.reasons],
            format_func=lambda i: reasons[i],
        )
        note = st.text_input("Note", said.note, max_chars=decisions.LONGEST_NOTE)
        if not st.form_submit_button("Change my decision"):
            return
    new = screening.NewDecision(
        work_id=work_id,
        stage=said.stage,
        verdict=verdict,
        client_id=f"changed-{uuid.uuid4()}",
        reason_ids=tuple(reason_ids) if verdict is screening.Verdict.EXCLUDE else (),
        note=note,
    )
    if attempt(decisions.decide, desk, [new]):
        st.session_state["changes"] += 1
        st.toast(f"Changed to {VERDICTS[verdict].lower()}.", icon=":material/check:")
        rerun()
