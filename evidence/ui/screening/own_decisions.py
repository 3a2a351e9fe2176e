"""One's own decisions: found, looked at with their history, and changed."""

import uuid

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import ALLOWED, Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import reasons
from evidence.steps.screening import decisions
from evidence.store.screening.decision_queries import Decision
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.decisions_by_person import DecisionFilter
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import STAGES, VERDICTS, number, plain

PAGE = 50
HEADS = ["When", "Verdict", "Reason", "Title", "Note"]


def my_decisions(desk: Desk, stage: Stage, *, read_only: bool = False) -> None:
    """The decisions of the person at the desk, newest first; a click on one opens it."""
    box = st.expander("My decisions", icon=":material/history:", on_change="rerun", key="mine")
    if not box.open:
        return
    with box:
        search = _ask_search(stage)
        total = decisions.count_own(desk, stage, search)
        if not total:
            nothing = search == DecisionFilter()
            st.caption(
                "You decided nothing at this stage yet." if nothing else "Nothing found; try less."
            )
            return
        page = 1
        if total > PAGE:
            page = st.pagination(-(-total // PAGE), key=f"mine-page-{stage}-{search}")
        found_decisions = decisions.own(desk, stage, search, offset=(page - 1) * PAGE, limit=PAGE)
        st.caption(
            number(total, "decision")
            + ", newest first, as they count now. Choose one to "
            + ("see its history." if read_only else "change it or see its history.")
        )
        rows = [
            [
                decision.at,
                VERDICTS[decision.verdict],
                "; ".join(decision.reasons),
                decision.title,
                decision.note,
            ]
            for decision in found_decisions
        ]
        # A new key after each change lets go of the row, which may by now hold another work.
        changes = st.session_state.setdefault("changes", 0)
        picked = st.dataframe(
            pd.DataFrame(rows, columns=HEADS),
            hide_index=True,
            column_config={"When": st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")},
            on_select="rerun",
            selection_mode="single-row",
            key=f"mine-{stage}-{changes}-{total}-{page}-{search}",
            alt="My decisions",
        )
        for row in picked.selection.rows[:1]:
            _decision(desk, found_decisions[row], read_only=read_only)


def _ask_search(stage: Stage) -> DecisionFilter:
    words_box, verdict_box = st.columns([2, 3], vertical_alignment="bottom")
    words = words_box.text_input(
        "Search title, abstract and note", type="search", key=f"mine-words-{stage}"
    )
    verdict = verdict_box.pills(
        "Verdict",
        ALLOWED[stage],
        format_func=VERDICTS.__getitem__,
        key=f"mine-verdict-{stage}",
    )
    return DecisionFilter(words=words, verdict=verdict)


def _decision(desk: Desk, decision: Decision, *, read_only: bool) -> None:
    """The history of a work at all stages, and a form for another verdict at this one."""
    work, history = decisions.history(desk, decision.work_id)
    with st.container(border=True):
        st.markdown(f"**{plain(work.reference.title)}**")
        for past in history:
            reason = f" — {plain('; '.join(past.reasons))}" if past.reasons else ""
            note = f" (“{plain(past.note)}”)" if past.note else ""
            st.caption(
                f"{past.at:%Y-%m-%d %H:%M} · {plain(past.person)} · {STAGES[past.stage]}: "
                f"{VERDICTS[past.verdict]}{reason}{note}"
            )
        if not read_only:
            _form(desk, decision, work.id)


def _form(desk: Desk, decision: Decision, work_id: int) -> None:
    """Begins with what counts now, so that one thing can be changed and the rest stays."""
    labels = {reason.id: reason.label for reason in reasons.listing(desk)}
    offered = [*ALLOWED[decision.stage], Verdict.WITHDRAWN]
    with st.form(f"change-{work_id}-{decision.stage}-{decision.at}", border=False):
        verdict = st.radio(
            "Change to",
            offered,
            index=offered.index(decision.verdict),
            format_func=VERDICTS.__getitem__,
            horizontal=True,
        )
        reason_ids = st.multiselect(
            "Reasons, when excluded",
            list(labels),
            default=[i for i, label in labels.items() if label in decision.reasons],
            format_func=labels.__getitem__,
        )
        note = st.text_input("Note", decision.note, max_chars=decisions.LONGEST_NOTE)
        if not st.form_submit_button("Change my decision"):
            return
    new = NewDecision(
        work_id=work_id,
        stage=decision.stage,
        verdict=verdict,
        client_id=f"changed-{uuid.uuid4()}",
        reason_ids=tuple(reason_ids) if verdict is Verdict.EXCLUDE else (),
        note=note,
    )
    if attempt(decisions.decide, desk, [new]):
        st.session_state["changes"] += 1
        st.toast(f"Changed to {VERDICTS[verdict].lower()}.", icon=":material/check:")
        rerun()
