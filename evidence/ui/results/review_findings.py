"""Findings of views and process studies on the page, and how far people rely on them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from evidence.charts.review_findings import review_findings_picture
from evidence.steps.desk import Desk
from evidence.steps.results import review_findings as steps
from evidence.steps.results.review_findings import LONGEST_STATEMENT
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.results.review_findings import FindingChange
from evidence.synthesis.certainty.cerqual import (
    Component,
    ComponentConcern,
    ConcernLevel,
    ReviewFinding,
    confidence_of,
    confidence_words,
    missing_of,
)
from evidence.synthesis.certainty.grade import LEVELS
from evidence.ui.results.reasoned_choice import ChoiceWords, reasoned_choice
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.under_way import choice_under_way
from evidence.ui.shell.wording import number, plain, short

ABOUT = (
    "What studies of views, experience or process say together, in a sentence or two each, with "
    "how far one can rely on it (GRADE-CERQual)."
)
NOT_JUDGED = ""
CHANGES_SHOWN = 20
HELP = {
    Component.LIMITATIONS: "Of how the studies were planned and done.",
    Component.COHERENCE: "How well what the studies say fits the finding.",
    Component.ADEQUACY: "Whether the studies say enough, in enough depth, to carry the finding.",
    Component.RELEVANCE: "How well people, place and question of the studies fit the review's.",
}

CONFIDENCE = ChoiceWords(
    label="Confidence",
    why="Why this confidence",
    told=lambda each: each.capitalize() or "Not judged",
    help="Over all four; it begins as high, and concerns lower it. Nothing is added up.",
)


def review_findings_view(desk: Desk) -> None:
    """The table, what it lacks, and a form for each finding."""
    st.caption(ABOUT)
    changes, labels = steps.current(desk), steps.labels(desk)
    findings = [change.finding for change in changes.values()]
    may_change = membership.standing(desk).role >= Role.EDITOR
    if findings:
        show_picture(review_findings_picture(findings, labels), "review-findings")
        _what_is_missing(findings)
    else:
        st.info("No finding of this kind is entered yet.", icon=":material/edit_note:")
    if may_change:
        _add(desk)
    else:
        st.caption("Editors of the review write and judge findings.")
    if findings:
        _judge(desk, changes, labels, may_change=may_change)
    _history(desk, may_change=may_change)


def _what_is_missing(findings: Sequence[ReviewFinding]) -> None:
    complete = sum(confidence_of(finding) is not None for finding in findings)
    st.caption(f"Confidence is judged on {complete:,} of {number(len(findings), 'finding')}.")
    lacks = [
        f"{short(finding.statement)}: {' '.join(some)}"
        for finding in findings
        if (some := list(missing_of(finding)))
    ]
    if lacks:
        with st.expander(f"What is missing ({len(lacks):,})"):
            for sentence in lacks:
                st.markdown(f"- {plain(sentence)}")


def _add(desk: Desk) -> None:
    with st.form("review-finding-add", clear_on_submit=True):
        statement = st.text_area(
            "A new finding",
            placeholder="For example: people value support that goes on after they begin a job.",
            max_chars=LONGEST_STATEMENT,
        )
        is_sent = st.form_submit_button("Add")
    if is_sent and attempt(steps.add, desk, statement):
        st.rerun()


def _judge(
    desk: Desk,
    changes: Mapping[str, FindingChange],
    labels: Mapping[int, str],
    *,
    may_change: bool,
) -> None:
    """One finding at a time; editors judge, the others read."""
    st.header("Confidence in a finding")
    uid = st.selectbox(
        "Finding",
        list(changes),
        format_func=lambda each: (
            f"{short(changes[each].finding.statement)} "
            f"({confidence_words(changes[each].finding).lower()})"
        ),
        key="review-finding",
    )
    if uid not in changes:
        return
    change = changes[uid]
    _form(desk, change.finding, labels, off=not may_change)
    st.caption(plain(f"Last changed by {change.person} on {change.at:%Y-%m-%d}."))
    goes = may_change and st.button("Take this finding away", key=f"review-finding-remove-{uid}")
    if goes and attempt(steps.remove, desk, change.finding):
        st.rerun()


def _form(desk: Desk, now: ReviewFinding, labels: Mapping[int, str], *, off: bool) -> None:
    choice = choice_under_way(f"review-finding-{desk.review_id}-{now.uid}", now)
    before, key = choice.before, f"review-finding-{desk.review_id}-{now.uid}-{choice.turn}"
    with st.form(key, border=False):
        statement = st.text_area(
            "What was found",
            before.statement,
            max_chars=LONGEST_STATEMENT,
            key=f"{key}-statement",
            disabled=off,
        )
        chosen = st.multiselect(
            "Studies it rests on",
            list(labels),
            [study for study in before.study_ids if study in labels],
            format_func=labels.__getitem__,
            placeholder="Choose studies",
            key=f"{key}-studies",
            disabled=off,
        )
        components = {
            each: _component(each, before.components[each], key, off=off) for each in Component
        }
        chosen_before = before.confidence or NOT_JUDGED, before.reason
        confidence, reason = reasoned_choice(
            CONFIDENCE, [NOT_JUDGED, *LEVELS], chosen_before, f"{key}-confidence", off=off
        )
        is_sent = st.form_submit_button("Keep", type="primary", disabled=off)
    finding = replace(
        before,
        statement=statement,
        study_ids=tuple(chosen),
        components=components,
        confidence=next((level for level in LEVELS if level == confidence), None),
        reason=reason,
    )
    if is_sent and attempt(steps.change, desk, finding, before):
        choice.begin_anew(finding)
        st.rerun()


def _component(
    component: Component, before: ComponentConcern, key: str, *, off: bool
) -> ComponentConcern:
    words = ChoiceWords(label=component.capitalize(), why=f"Why: {component}", help=HELP[component])
    chosen, levels = (before.level, before.reason), tuple(ConcernLevel)
    level, reason = reasoned_choice(words, levels, chosen, f"{key}-{component}", off=off)
    return ComponentConcern(level=level, reason=reason)


def _history(desk: Desk, *, may_change: bool) -> None:
    changes = steps.history(desk)
    if not changes:
        return
    newest: set[str] = set()
    with st.expander("What was changed", icon=":material/history:"):
        for change in changes[:CHANGES_SHOWN]:
            uid = change.finding.uid
            text_box, button_box = st.columns([4, 1], vertical_alignment="center")
            did = "took away" if change.is_removed else confidence_words(change.finding)
            text_box.caption(
                plain(
                    f"{change.person}, {change.at:%Y-%m-%d %H:%M} UTC, {did.lower()}: "
                    f"{short(change.finding.statement, 160)}"
                )
            )
            goes_back = change.is_removed and uid not in newest and may_change
            newest.add(uid)
            is_sent = goes_back and button_box.button(
                "Bring back", key=f"review-finding-back-{uid}"
            )
            if is_sent and attempt(steps.bring_back, desk, uid):
                st.rerun()
        if len(changes) > CHANGES_SHOWN:
            st.caption(f"And {len(changes) - CHANGES_SHOWN:,} earlier ones, which are kept.")
