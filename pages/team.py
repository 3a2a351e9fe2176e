import streamlit as st

from evidence.steps import screening
from evidence.ui import place
from evidence.ui.settings_parts import stage_settings
from evidence.ui.team_parts import people
from evidence.ui.words import STAGES

desk = place.desk()
st.title("Team")
stage = st.segmented_control(
    "Stage",
    list(STAGES),
    default=screening.Stage.TITLE_ABSTRACT,
    format_func=lambda one: STAGES[one],
    key="stage",
    required=True,
    persist_state="session",
)
who, how = st.tabs(["People", "How it is screened"], on_change="rerun", key="team")
if who.open:
    with who:
        people(desk, stage)
if how.open:
    with how:
        stage_settings(desk, stage)
