import streamlit as st

from evidence.ui import place
from evidence.ui.decision_files import bring, taken_away

desk = place.desk()
st.title("Decisions in and out")
into, out = st.tabs(["Bring decisions in", "Take decisions away"])
with into:
    bring(desk)
with out:
    taken_away(desk)
