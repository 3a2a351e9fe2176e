import streamlit as st

from evidence.ui.practice.claims import claims_page
from evidence.ui.practice.reported import reported_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Claims")
register, reported = st.tabs(
    ["Register", "As documents report it"], on_change="rerun", key="claims-tab"
)
if register.open:
    with register:
        claims_page(desk)
if reported.open:
    with reported:
        reported_view(desk)
