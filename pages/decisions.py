import streamlit as st

from evidence.ui.screening.decision_files import bring, taken_away
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Decisions")
into, out = st.tabs(["Bring decisions in", "Take decisions away"])
with into:
    bring(desk)
with out:
    taken_away(desk)
