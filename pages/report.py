import streamlit as st

from evidence.steps.results.reporting import report_page
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.results.report_editor import report_editor
from evidence.ui.results.report_files import not_written, offer_report
from evidence.ui.results.report_routes import filled_parts
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import fragment

desk = visitor.desk()
st.title("Report")
may_edit = membership.standing(desk).role >= Role.EDITOR
st.caption(
    "Your own words, and live parts in braces such as {{countries}}, which follow the coding: "
    "Insert has all of them, and in the preview each opens its studies."
    if may_edit
    else "You look on here: those who edit the review write its report."
)


@fragment
def sections() -> None:
    with st.spinner("The review is being counted …"):
        filled = filled_parts(desk)
    lines = report_page.lines(desk, filled)
    report_editor(desk, lines, may_edit=may_edit)
    not_written(lines)


sections()
offer_report(desk)
