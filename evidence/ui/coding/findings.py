"""The findings of a study: listed, added, changed, copied, removed."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from evidence.coding.answers import Answer
from evidence.coding.finding_fields import finding_of
from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Axis, Of, Scheme
from evidence.errors import Invalid
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.store.coding.codings import StoredFinding
from evidence.ui.coding.coded_studies import DIRECTIONS, SIGNIFICANCE
from evidence.ui.coding.coding_form import ask, option_labels
from evidence.ui.shell.errors import rerun
from evidence.ui.shell.wording import plain, plain_lines

ARROWS = {
    Direction.BETTER: "▲",
    Direction.WORSE: "▼",
    Direction.NO_CHANGE: "●",
    Direction.MIXED: "◄►",
    Direction.NOT_STATED: "–",
}
AXES = {
    Axis.INTERVENTION: "Intervention",
    Axis.OUTCOME: "Outcome",
    Axis.CONTRAST: "Type of contrast",
}
TEXTS = frozenset({"intervention", "outcome", "contrast", "measure", "time", "quotation", "note"})
EMPTY = Finding(intervention="", outcome="", contrast="", direction=Direction.NOT_STATED)
MOST_DIGITS = 9
Edited = tuple[int | None, Finding | None]
"""Which finding the form changes (None: a new one), and what stands in it at first."""


def findings(desk: Desk, sheet: coding.CodingSheet) -> None:
    """All findings of a study, and the form for one."""
    study_id = sheet.study.id
    key = f"finding-form-{study_id}"
    st.markdown(f"## Findings ({len(sheet.findings):,})")
    if not sheet.findings:
        st.caption(
            "A finding is one outcome of one contrast: what was compared, what was measured, "
            "and which way it points. Maps and effect directions rest on findings."
        )
    for entry in sheet.findings:
        _line(desk, sheet, entry, key)
    removed_note(desk, study_id)
    if st.button("Add a finding", icon=":material/add:", key=f"add-{study_id}"):
        st.session_state[key] = (None, None)
    edited: Edited | None = st.session_state.get(key)
    if edited is not None:
        _form(desk, sheet, edited, key)


def _line(desk: Desk, sheet: coding.CodingSheet, entry: StoredFinding, key: str) -> None:
    finding = finding_of(entry.fields, sheet.scheme)
    if finding is None:  # began on another page, not whole yet
        return
    with st.container(border=True, key=f"finding-{entry.id}"):
        outcome = _label(sheet.scheme, Axis.OUTCOME, finding.outcome)
        st.markdown(
            f"{ARROWS[finding.direction]} **{plain(outcome)}** · {DIRECTIONS[finding.direction]}"
        )
        about = [
            _label(sheet.scheme, Axis.INTERVENTION, finding.intervention),
            _label(sheet.scheme, Axis.CONTRAST, finding.contrast),
            finding.measure,
            finding.time,
            f"n = {finding.n_intervention}" if finding.n_intervention is not None else "",
        ]
        st.caption(plain(" · ".join(part for part in about if part)))
        with st.container(horizontal=True):
            if st.button("Change", key=f"change-finding-{entry.id}"):
                st.session_state[key] = (entry.id, finding)
            if st.button("Copy", key=f"copy-finding-{entry.id}", help="Start a new one from this"):
                st.session_state[key] = (None, finding)
            if st.button("Remove", key=f"remove-finding-{entry.id}"):
                coding.remove_finding(desk, sheet.study.id, entry.id)
                st.session_state["removed-finding"] = (sheet.study.id, finding)
                rerun()


def removed_note(desk: Desk, study_id: int) -> None:
    """After a removal: a way to have the finding back."""
    removed = st.session_state.get("removed-finding")
    if removed is None or removed[0] != study_id:
        return
    text_box, button_box = st.columns([3, 1], vertical_alignment="center")
    text_box.info("The finding was removed.", icon=":material/delete:")
    if button_box.button("Undo", key="undo-remove"):
        coding.put_finding(desk, study_id, removed[1])
        del st.session_state["removed-finding"]
        rerun()


def _form(desk: Desk, sheet: coding.CodingSheet, edited: Edited, key: str) -> None:
    """The form for one finding; it stays open with a message while something is wrong."""
    finding_id, before = edited
    with st.form(f"{key}-{finding_id or 'new'}-{hash(before)}", border=True):
        st.markdown("**A new finding**" if finding_id is None else "**Change this finding**")
        filled = _fields(sheet, before)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save finding", type="primary")
            close = st.form_submit_button("Close")
    if save:
        try:
            coding.put_finding(desk, sheet.study.id, _finding(filled), finding_id)
        except Invalid as error:
            st.error(plain_lines(str(error)))
            return
    if save or close:
        del st.session_state[key]
        rerun()


def _fields(sheet: coding.CodingSheet, before: Finding | None) -> dict[str, Any]:
    """The widgets of the form; what stands in them by the names of Finding."""
    finding = before or EMPTY
    filled: dict[str, Any] = {axis.value: _axis(sheet, axis, finding.code(axis)) for axis in Axis}
    filled["direction"] = st.radio(
        "Direction, seen from the people’s benefit",
        list(DIRECTIONS),
        index=None if before is None else list(DIRECTIONS).index(finding.direction),
        format_func=lambda direction: f"{ARROWS[direction]} {DIRECTIONS[direction]}",
        horizontal=True,
        help="Fewer symptoms is better. “No difference” without estimates is: not stated.",
    )
    filled["significance"] = st.radio(
        "Reported significance",
        list(SIGNIFICANCE),
        index=list(SIGNIFICANCE).index(finding.significance),
        format_func=SIGNIFICANCE.__getitem__,
        horizontal=True,
    )
    first_column, second_column = st.columns(2)
    filled["measure"] = first_column.text_input("Measure", finding.measure)
    filled["time"] = second_column.text_input("Time", finding.time, placeholder="18 months")
    filled["n_intervention"] = first_column.text_input(
        "n, intervention group", _n(finding.n_intervention)
    )
    filled["n_comparison"] = second_column.text_input(
        "n, comparison group", _n(finding.n_comparison)
    )
    filled["quotation"] = st.text_area("Quotation", finding.quotation, height=68)
    filled["note"] = st.text_input("Note", finding.note)
    filled["answers"] = _further(sheet.scheme, finding)
    return filled


def _finding(filled: Mapping[str, Any]) -> Finding:
    """The finding in the form; raises Invalid where it cannot be one."""
    if filled["direction"] is None:
        raise Invalid("Please choose a direction; “Not stated” is one of them.")
    texts: dict[str, Any] = {
        name: str(value or "").strip() for name, value in filled.items() if name in TEXTS
    }
    return Finding(
        **texts,
        direction=filled["direction"],
        significance=filled["significance"],
        n_intervention=_people(filled["n_intervention"]),
        n_comparison=_people(filled["n_comparison"]),
        answers=filled["answers"],
    )


def _axis(sheet: coding.CodingSheet, axis: Axis, code: str) -> str | None:
    """A list of the options on an axis, those ticked for the study first."""
    questions = sheet.scheme.axis(axis)
    labels = dict(pair for question in questions for pair in option_labels(question.options))
    ticked = {code for answer in sheet.answers for code in answer.codes}
    ids = sorted(labels, key=lambda option_id: option_id not in ticked)
    return st.selectbox(
        AXES[axis],
        ids,
        index=ids.index(code) if code in ids else None,
        format_func=labels.__getitem__,
        placeholder="Choose",
        help="What is ticked for the study stands first.",
    )


def _further(scheme: Scheme, before: Finding) -> tuple[Answer, ...]:
    """The scheme's own questions about findings, beside the axes."""
    answers_before = {answer.question: answer for answer in before.answers}
    answers = (
        ask(question, answers_before.get(question.id), "finding", notes=False)
        for question in scheme.questions
        if question.of is Of.FINDING and question.axis is None
    )
    return tuple(answer for answer in answers if answer.is_answered)


def _people(text: str) -> int | None:
    written = text.strip().replace(",", "")
    if not written:
        return None
    if not (written.isascii() and written.isdecimal()) or len(written) > MOST_DIGITS:
        raise Invalid(f"“{text}” is not a number of people; write it in digits, or leave it empty.")
    return int(written)


def _n(people: int | None) -> str:
    return "" if people is None else str(people)


def _label(scheme: Scheme, axis: Axis, code: str) -> str:
    option = scheme.axis_option(axis, code)
    return option.label if option else code
