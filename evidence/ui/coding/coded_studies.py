"""Coded studies on the screen: what a picture rests on, lists of studies, one study's coding."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

import pandas as pd
import streamlit as st

from evidence.coding.answers import applicable_questions
from evidence.coding.findings import Direction, Finding, Significance
from evidence.coding.scheme import Axis, Question, Scheme
from evidence.coding.which_counts import RULE, CodingStage
from evidence.steps.desk import Desk
from evidence.steps.results import coded_studies
from evidence.store.coding.codings import Coding
from evidence.ui.coding.statements_on_study import say_statements_on
from evidence.ui.coding.studies import report_label
from evidence.ui.shell import menu
from evidence.ui.shell.wording import plain

DIRECTIONS = {
    Direction.BETTER: "Better",
    Direction.WORSE: "Worse",
    Direction.NO_CHANGE: "No change",
    Direction.MIXED: "Mixed",
    Direction.NOT_STATED: "Not stated",
}
DRAFTS = "with-drafts"  # of all pictures of results
DRAFTS_IN_ADDRESS = "drafts"  # so that a link shows a colleague the same picture
YES = "yes"
LOST = " (no longer in the scheme)"
NOT_SHOWN = {
    CodingStage.TO_CODE: "Not coded yet.",
    CodingStage.TO_RECONCILE: "Its codings are to be reconciled.",
    CodingStage.COUNTED: "Hidden from you until your own coding of it is complete.",
}
SIGNIFICANCE = {
    Significance.SIGNIFICANT: "Significant",
    Significance.NOT_SIGNIFICANT: "Not significant",
    Significance.NOT_REPORTED: "Not reported",
}


def wants_drafts() -> bool:
    """Whether the visitor wants studies shown of which there is a draft only, or came by a link of
    somebody who does.
    """
    wanted = bool(st.session_state.get(DRAFTS, False))
    if not wanted and st.query_params.get(DRAFTS_IN_ADDRESS) == YES:
        st.session_state[DRAFTS] = wanted = True
    return wanted


def say_what_it_rests_on(sentence: str) -> None:
    """What a picture rests on, with the choice whether drafts are on it."""
    text_box, toggle_box = st.columns([3, 1], vertical_alignment="center")
    text_box.caption(plain(f"{sentence} {RULE}"))
    toggle_box.toggle(
        "Include drafts", key=DRAFTS, persist_state="session", on_change=_write_address
    )
    if wants_drafts() and DRAFTS_IN_ADDRESS not in st.query_params:
        _write_address()


def _write_address() -> None:
    if st.session_state[DRAFTS]:
        st.query_params[DRAFTS_IN_ADDRESS] = YES
    else:
        st.query_params.pop(DRAFTS_IN_ADDRESS, None)


def stop_without_studies() -> NoReturn:
    """Say that there is no study to show, and stop the page."""
    st.info("There are no studies to show yet: link reports to studies, then code them.")
    menu.link("studies", "Go to the studies")
    st.stop()


def stop_without_codings(why: str) -> NoReturn:
    """Say why no study is shown, and stop the page."""
    st.info(plain(why), icon=":material/edit_note:")
    menu.link("coding", "Go to coding")
    st.stop()


def coding_card(desk: Desk, study_id: int) -> None:
    """A study's reports, answers and findings, to read."""
    read = coded_studies.study_coding(desk, study_id)
    with st.container(border=True):
        st.markdown(f"## {plain(read.study.label)}")
        for report in read.study.reports:
            st.markdown(f"- {plain(report_label(report))}")
        say_statements_on(desk, study_id)
        if read.coding is None:
            st.caption(NOT_SHOWN[read.stage])
            return
        state = "complete" if read.coding.state == "complete" else "a draft"
        if read.coding.is_agreed:
            st.caption("What its coders agreed on.")
        else:
            st.caption(f"Coded by {plain(read.coding.person)}; the coding is {state}.")
        answers = answers_table(read.scheme, read.coding)
        if not answers.empty:
            st.table(answers.set_index("Question"))
        findings = read.coding.whole_findings(read.scheme)
        if findings:
            st.dataframe(findings_table(read.scheme, findings), hide_index=True, alt="Findings")


def choose_study(desk: Desk, labels: Mapping[int, str], key: str) -> None:
    """A choice among studies; the coding of the one that is chosen stands below, to read.

    Args:
        desk: of the person who looks.
        labels: of the studies, by their ids.
        key: unlike any other on the page.
    """
    study = st.selectbox(
        "Read the coding of a study",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder="Choose a study",
        key=f"read-study-{key}",
    )
    if study is not None:
        coding_card(desk, study)


def answers_table(scheme: Scheme, study_coding: Coding) -> pd.DataFrame:
    """Answers with the words of the scheme, in its order."""
    given = study_coding.answers(scheme)
    answers = {answer.question: answer for answer in given}
    rows = []
    for question in applicable_questions(scheme, given):
        answer = answers.get(question.id)
        if answer is None or not (answer.is_answered or answer.note):
            continue
        value = ", ".join(_label(question, code) for code in answer.codes) or answer.value
        unit = f" {question.unit}" if question.unit and answer.value else ""
        cells = {"Question": question.text, "Answer": value + unit, "Note": answer.note}
        rows.append({head: plain(text) for head, text in cells.items()})
    asked = {question.id for question in scheme.questions}
    for answer in given:
        if answer.question not in asked:
            words = ", ".join(answer.codes) or answer.value
            cells = {"Question": answer.question + LOST, "Answer": words, "Note": answer.note}
            rows.append({head: plain(text) for head, text in cells.items()})
    return pd.DataFrame(rows, columns=["Question", "Answer", "Note"])


def _label(question: Question, code: str) -> str:
    """What an option is called; of one that the scheme had once, its id, which says so."""
    known = any(option.id == code for option in question.walk())
    return question.label(code) if known else code + LOST


def findings_table(scheme: Scheme, findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings with the words of the scheme."""

    def label(axis: Axis, code: str) -> str:
        option = scheme.axis_option(axis, code)
        return option.label if option else code

    rows = [
        {
            "Outcome": label(Axis.OUTCOME, finding.outcome),
            "Intervention": label(Axis.INTERVENTION, finding.intervention),
            "Contrast": label(Axis.CONTRAST, finding.contrast),
            "Direction": DIRECTIONS[finding.direction],
            "Significance": SIGNIFICANCE[finding.significance],
            "Measure": finding.measure,
            "Time": finding.time,
            "n intervention": finding.n_intervention,
            "n comparison": finding.n_comparison,
            "Quotation": finding.quotation,
            "Note": finding.note,
        }
        for finding in findings
    ]
    table = pd.DataFrame(rows)
    return table.astype({"n intervention": "Int64", "n comparison": "Int64"}) if rows else table
