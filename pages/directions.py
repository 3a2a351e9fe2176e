import streamlit as st

from evidence.steps.results import direction_rules
from evidence.steps.results.directions import people_questions
from evidence.ui.results.direction_rules import rules_box
from evidence.ui.results.directions import directions_or_stop, directions_page
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Effect directions")
found = directions_or_stop(desk)
directions_page(desk, found, direction_rules.current(desk))
rules_box(desk, people_questions(found))
