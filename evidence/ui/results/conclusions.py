"""Conclusions and recommendations on the page: what they say, rest on, and what is to look at."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice.principles import by_statement
from evidence.steps.results.concluding import conclusions as steps
from evidence.steps.results.concluding import ledger_file
from evidence.steps.results.concluding.conclusions import LedgerLine
from evidence.steps.results.review_findings import labels
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.results.conclusions import ConclusionAct, ConclusionChange
from evidence.synthesis.conclusions.conclusion import AUDIENCES
from evidence.ui.coding.coded_studies import choose_study
from evidence.ui.coding.statements_on_study import say_principles
from evidence.ui.results.conclusion_form import conclusion_form, new_conclusion
from evidence.ui.results.strength_rule import strength_box
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, fragment, rerun
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "What the review concludes and recommends, for whom, and on what it rests. Where something "
    "below a statement changes, the statement is flagged until an editor says that they saw it."
)
BEGIN = (
    "No statement is written yet. Write the first below in a sentence, then choose the studies, "
    "cells or themes it rests on: so it leads readers to them, and is flagged when they change."
)
NOT_BEGUN = "No statement is written yet: nobody has begun to say what follows from the studies."
CHANGES_SHOWN = 20
DID = {
    ConclusionAct.WRITTEN: "wrote",
    ConclusionAct.SEEN: "saw what had changed below",
    ConclusionAct.REMOVED: "took away",
    ConclusionAct.RETURNED: "brought back",
}


@fragment
def conclusions_page(desk: Desk) -> None:
    """The statements by audience, a form for each, the rule of strength, and the history."""
    st.caption(ABOUT)
    lines = sorted(steps.ledger(desk), key=_audience)
    may_change = membership.standing(desk).role >= Role.EDITOR
    if not lines:
        st.info(BEGIN if may_change else NOT_BEGUN, icon=":material/edit_note:")
    else:
        _what_is_flagged(lines)
    names = labels(desk)
    principles = by_statement(desk)
    named = [e for e in lines if e.conclusion.uid == st.query_params.get(menu.STATEMENT, "")]
    if named:
        st.caption("The statement that a link led to; the others are not shown.")
        menu.link("conclusions", "Show all statements")
    for audience, group in groupby(named or lines, key=lambda line: line.conclusion.audience):
        st.header(plain(audience))
        for line in group:
            linked = principles.get(line.conclusion.uid, ())
            _card(desk, line, names, linked, may_change=may_change)
    if may_change:
        new_conclusion(desk, lines)
        if lines:
            conclusion_form(desk, lines)
    else:
        st.caption("Editors of the review write conclusions and recommendations.")
    strength_box(desk, may_change=may_change)
    if lines:
        st.download_button(
            "Download as CSV",
            ledger_file.as_csv(lines, names),
            "conclusions.csv",
            "text/csv",
            on_click="ignore",
            icon=":material/download:",
            key="conclusions-csv",
        )
    _history(desk, may_change=may_change)


def _audience(line: LedgerLine) -> tuple[int, str]:
    """Policy and practice, further research, then others by name."""
    audience = line.conclusion.audience
    return AUDIENCES.index(audience) if audience in AUDIENCES else len(AUDIENCES), audience


def _what_is_flagged(lines: Sequence[LedgerLine]) -> None:
    flagged = sum(bool(line.flags) for line in lines)
    told = f"{flagged:,} with a flag to look at" if flagged else "nothing to look at"
    st.caption(f"{number(len(lines), 'statement')}; {told}.")


def _card(
    desk: Desk,
    line: LedgerLine,
    names: Mapping[int, str],
    linked: Sequence[str],
    *,
    may_change: bool,
) -> None:
    said = line.conclusion
    with st.container(border=True):
        st.markdown(f"**{plain(said.text)}**")
        strength = f" · {plain(said.strength.capitalize())}" if said.strength else ""
        why = f": {plain(said.reason)}" if said.reason else ""
        st.caption(f"{said.kind.capitalize()}{strength}{why}")
        for flag in line.flags:
            st.markdown(f":material/flag: {plain(flag.text)}")
        if line.changes and may_change:
            is_seen = st.button(
                "I have seen these changes" if len(line.changes) > 1 else "I have seen this change",
                key=f"conclusion-seen-{said.uid}",
                icon=":material/visibility:",
            )
            if is_seen and attempt(steps.mark_seen, desk, said, line.changes):
                rerun()
        say_principles(linked)
        if line.supports:
            _support(desk, line, names)


def _support(desk: Desk, line: LedgerLine, names: Mapping[int, str]) -> None:
    uid = line.conclusion.uid
    things, studies = number(len(line.supports), "thing"), len(line.studies)
    box = st.expander(
        f"Rests on {things}, with {number(studies, 'study', 'studies')} behind",
        on_change="rerun",
        key=f"conclusion-support-{uid}",
    )
    if not box.open:
        return
    with box:
        for support, label in line.supports.items():
            st.markdown(f"- {support.kind.capitalize()}: {plain(label)}")
        behind = {study: names[study] for study in line.studies if study in names}
        if behind:
            choose_study(desk, behind, f"conclusion-study-{uid}")
        change = line.change
        st.caption(plain(f"Last changed by {change.person} on {change.at:%Y-%m-%d}."))


def _history(desk: Desk, *, may_change: bool) -> None:
    changes = steps.history(desk)
    if not changes:
        return
    newest: set[str] = set()
    with st.expander("What was changed", icon=":material/history:"):
        for change in changes[:CHANGES_SHOWN]:
            is_newest = change.conclusion.uid not in newest
            newest.add(change.conclusion.uid)
            _change(desk, change, goes_back=change.is_removed and is_newest and may_change)
        if len(changes) > CHANGES_SHOWN:
            st.caption(f"And {len(changes) - CHANGES_SHOWN:,} earlier ones, which are kept.")


def _change(desk: Desk, change: ConclusionChange, *, goes_back: bool) -> None:
    uid = change.conclusion.uid
    text_box, button_box = st.columns([4, 1], vertical_alignment="center")
    saw = f" ({' '.join(change.seen)})" if change.seen else ""
    text_box.caption(
        plain(
            f"{change.person}, {change.at:%Y-%m-%d %H:%M} UTC, {DID[change.act]}: "
            f"{short(change.conclusion.text, 160)}{short(saw, 400)}"
        )
    )
    is_sent = goes_back and button_box.button("Bring back", key=f"conclusion-back-{uid}")
    if is_sent and attempt(steps.bring_back, desk, uid):
        rerun()
