import streamlit as st

from evidence.ui.results.directions import studies_or_stop
from evidence.ui.results.stages.stages_page import stages_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("In-depth review")
stages_page(desk, studies_or_stop(desk))
