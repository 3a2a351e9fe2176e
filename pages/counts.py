import streamlit as st

from evidence.ui.results.counts import flow_view, studies_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Counts")
flow, studies = st.tabs(["Flow", "Studies"], on_change="rerun", key="counts-tab")
if flow.open:
    with flow:
        flow_view(desk)
if studies.open:
    with studies:
        studies_view(desk)
