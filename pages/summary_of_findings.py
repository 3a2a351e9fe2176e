import streamlit as st

from evidence.ui.results.directions import directions_or_stop
from evidence.ui.results.review_findings import review_findings_view
from evidence.ui.results.summary_of_findings import summary_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Summary of findings")
outcomes, views = st.tabs(["Outcomes", "Views and process"], on_change="rerun", key="summary-tab")
if views.open:
    with views:
        review_findings_view(desk)
if outcomes.open:
    with outcomes:
        summary_page(desk, directions_or_stop(desk))
