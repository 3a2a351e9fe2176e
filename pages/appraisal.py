import streamlit as st

from evidence.ui.results.appraisal import appraisal_or_stop, appraisal_page, scheme_or_stop
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Appraisal")
scheme = scheme_or_stop(desk)
appraisal_page(appraisal_or_stop(desk, scheme))
