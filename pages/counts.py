import streamlit as st

from evidence.ui.results.counts import sources_view
from evidence.ui.results.flow import flow_view
from evidence.ui.results.studies_counted import studies_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Counts")
flow, sources, studies = st.tabs(
    ["Flow", "Sources", "Studies"], on_change="rerun", key="counts-tab"
)
if flow.open:
    with flow:
        flow_view(desk)
if sources.open:
    with sources:
        sources_view(desk)
if studies.open:
    with studies:
        studies_view(desk)
