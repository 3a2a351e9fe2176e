import streamlit as st

from evidence.ui.screening.brought_files import files_list, own_parts
from evidence.ui.screening.decision_files import bring, taken_away
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Decisions")
with st.container():  # what comes and goes here must not move the tabs, which would close them
    own_parts(desk)
into, brought, out = st.tabs(
    ["Bring decisions in", "Files brought in", "Take decisions away"],
    key="decisions-tabs",
    on_change="rerun",
)
with into:
    bring(desk)
with brought:
    files_list(desk)
with out:
    taken_away(desk)
