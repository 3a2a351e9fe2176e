import streamlit as st

from evidence.steps.coding import coding, schemes
from evidence.ui.coding.coded_studies import coding_card
from evidence.ui.coding.coding_form import questions, scheme_choice, study_choice
from evidence.ui.coding.findings import findings
from evidence.ui.coding.studies import report_label
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain

desk = visitor.desk()
st.title("Coding")
if schemes.of_results(desk) is None:
    scheme_choice(desk, visitor.current().settings)
    st.stop()
lines = coding.progress(desk)
if not lines:
    st.info(
        "There is no study to code yet: link included reports to studies first.",
        icon=":material/link:",
    )
    menu.link("studies", "Go to the studies")
    st.stop()
study_id = study_choice(lines)
sheet = coding.sheet(desk, study_id)

with st.container(border=True):
    for report in sheet.study.reports:
        st.markdown(f"- {plain(report_label(report))}")
    if sheet.others:
        names = ", ".join(f"{other.person} ({other.state})" for other in sheet.others)
        st.caption(f"Also coded by {plain(names)}.")

if sheet.complete:
    st.success(
        "You marked this coding complete. Maps and tables rest on it.",
        icon=":material/check_circle:",
    )
    if st.button("Reopen it to change something", key=f"reopen-{study_id}"):
        coding.reopen(desk, study_id)
        st.rerun()
    coding_card(desk, study_id)
    st.stop()


@fragment
def form() -> None:
    question_column, finding_column = st.columns([3, 2], gap="large")
    with question_column:
        questions(desk, coding.sheet(desk, study_id))
    with finding_column:
        now = coding.sheet(desk, study_id)
        findings(desk, now)
        for hint in now.hints:
            st.warning(plain(hint), icon=":material/fact_check:")
        if now.missing:
            st.caption(f"Still open: {number(len(now.missing), 'required question')}:")
            for question in now.missing:
                st.markdown(f"- {plain(question.text)}")
        ready = now.coding is not None and not now.missing
        label = "Mark the coding complete"
        if st.button(label, type="primary", disabled=not ready, key=f"complete-{study_id}"):
            coding.complete(desk, study_id)
            st.rerun()


form()
