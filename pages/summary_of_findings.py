import streamlit as st

from evidence.ui.results.directions import directions_or_stop
from evidence.ui.results.summary_of_findings import summary_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Summary of findings")
summary_page(desk, directions_or_stop(desk))
