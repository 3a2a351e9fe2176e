import streamlit as st

from evidence.ui.results.appraisal import appraisal_or_stop, appraisal_page, chosen_scheme
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Appraisal")
scheme = chosen_scheme(desk)
if scheme is not None:
    appraisal_page(appraisal_or_stop(desk, scheme))
