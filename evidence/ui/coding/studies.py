"""Studies and reports on the screen."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.coding import studies
from evidence.steps.desk import Desk
from evidence.steps.results.concluding.conclusions import LedgerLine
from evidence.store.coding.studies import Report, Study
from evidence.ui.coding.statements_on_study import say_principles, say_statements
from evidence.ui.records.work import mark_duplicate, one_publication
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import number, plain, short

PAIRS_TOLD = 5  # pairs that are listed before all reports become studies


def report_label(report: Report) -> str:
    """A report in a list to choose from."""
    year = f" ({report.year})" if report.year else ""
    return f"{short(report.authors, 60)}{year}: {short(report.title, 110)}"


def study_words(study: Study) -> str:
    """What a study is found by: its label, and titles and authors of its reports."""
    reports = (f"{report.title} {report.authors}" for report in study.reports)
    return " ".join((study.label, *reports)).lower()


def suggestion_card(desk: Desk, suggestion: studies.Suggestion) -> None:
    """Two reports that may be of one study, with a button to link them."""
    with st.container(border=True):
        for report in suggestion.reports:
            st.markdown(f"- {plain(report_label(report))}")
        st.caption("Both by " + plain(", ".join(suggestion.shared[:8])))
        ids = [report.work_id for report in suggestion.reports]
        with st.container(horizontal=True):
            if st.button("They report one study", key=f"suggested-{ids[0]}-{ids[1]}"):
                studies.create(desk, ids)
                st.rerun()
            popover = st.popover(
                "The same publication?", key=f"same-{ids[0]}-{ids[1]}", on_change="rerun"
            )
        if popover.open:
            with popover:
                one_publication(desk, ids[0], ids[1])


def each_by_itself(
    desk: Desk,
    waiting: Sequence[Report],
    suggested: Sequence[studies.Suggestion],
    *,
    asked: bool,
) -> None:
    """Make a study of every report; where some may be of one study, say first what that does.

    Args:
        desk: where it is done.
        waiting: the reports without a study.
        suggested: pairs of them that may be of one study.
        asked: whether the button for it was pressed just now.
    """
    if asked and not suggested:
        studies.create_each(desk, [report.work_id for report in waiting])
        st.rerun()
    key = f"each-{desk.review_id}"
    if asked:
        st.session_state[key] = True
    if not suggested or not st.session_state.get(key):
        return
    paired = {report.work_id for pair in suggested for report in pair.reports}
    alone = [report.work_id for report in waiting if report.work_id not in paired]
    with st.container(border=True):
        st.write(
            f"**{number(len(waiting), 'study', 'studies')}** would be made, one of each report. "
            "But "
            f"{number(len(paired), 'report stands', 'reports stand')} in "
            f"{number(len(suggested), 'pair')} that may be one study, and would count as several:"
        )
        for pair in suggested[:PAIRS_TOLD]:
            labels = " · ".join(plain(report_label(report)) for report in pair.reports)
            st.markdown(f"- {labels}")
        if len(suggested) > PAIRS_TOLD:
            st.caption(f"and {number(len(suggested) - PAIRS_TOLD, 'more pair')}")
        with st.container(horizontal=True):
            others = f"Only the {len(alone):,} in no pair" if alone else "None is in no pair"
            if st.button(others, type="primary", disabled=not alone, key="each-alone"):
                studies.create_each(desk, alone)
                st.session_state.pop(key)
                st.rerun()
            if st.button(f"All {len(waiting):,}", key="each-all"):
                studies.create_each(desk, [report.work_id for report in waiting])
                st.session_state.pop(key)
                st.rerun()
            if st.button("Look at the pairs first", type="tertiary", key="each-not"):
                st.session_state.pop(key)
                st.rerun()


def shared_card(desk: Desk, shared: studies.SharedReport) -> None:
    """A report of several studies: their reports were joined as duplicates."""
    with st.container(border=True):
        st.markdown(plain(report_label(shared.report)))
        for study in shared.studies:
            text_box, button_box = st.columns([5, 1], vertical_alignment="center")
            text_box.markdown(plain(study.label))
            key = f"not-of-{study.id}-{shared.report.work_id}"
            unlink = button_box.button("Not of this", key=key, width="stretch")
            if unlink and attempt(studies.unlink, desk, study.id, shared.report.work_id):
                st.rerun()


def study_card(
    desk: Desk,
    study: Study,
    statements: Sequence[LedgerLine] = (),
    principles: Sequence[str] = (),
) -> None:
    """A study with its reports, to rename or take apart, and what rests on it or is linked."""
    heading = f"{plain(study.label)} · {number(len(study.reports), 'report')}"
    with st.expander(heading, icon=":material/link:"):
        for report in study.reports:
            text_box, button_box = st.columns([5, 1], vertical_alignment="center")
            text_box.markdown(plain(report_label(report)))
            if not report.included:
                text_box.caption(
                    ":material/warning: Its full-text decision no longer is to include it."
                )
            unlink = button_box.button(
                "Unlink", key=f"unlink-{study.id}-{report.work_id}", width="stretch"
            )
            if unlink and attempt(studies.unlink, desk, study.id, report.work_id):
                st.toast("The report waits for a study again.", icon=":material/link_off:")
                st.rerun()
            _duplicate_popover(desk, study.id, report)
        say_statements(statements)
        say_principles(principles)
        text_box, button_box = st.columns([5, 1], vertical_alignment="bottom")
        label = text_box.text_input("Label", study.label, key=f"label-{study.id}", max_chars=200)
        changed = label.strip() != study.label
        pressed = button_box.button(
            "Rename", key=f"rename-{study.id}", disabled=not changed, width="stretch"
        )
        if pressed and attempt(studies.rename, desk, study.id, label):
            st.rerun()


def _duplicate_popover(desk: Desk, study_id: int, report: Report) -> None:
    """A place to say that another work is the same publication as this report."""
    popover = st.popover(
        "Mark as a duplicate", key=f"twin-{study_id}-{report.work_id}", on_change="rerun"
    )
    if popover.open:
        with popover:
            mark_duplicate(desk, report.work_id)
