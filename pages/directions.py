import streamlit as st

from evidence.synthesis.direction_rules import USUAL
from evidence.ui.results.directions import directions_or_stop, directions_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Effect directions")
directions_page(desk, directions_or_stop(desk), USUAL)
