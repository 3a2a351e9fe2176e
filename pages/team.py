import streamlit as st

from evidence.steps import screening
from evidence.ui import place
from evidence.ui.agreement_parts import agreement
from evidence.ui.assign_parts import assign
from evidence.ui.pilot_parts import pilot_rounds
from evidence.ui.settings_parts import stage_settings
from evidence.ui.team_parts import people
from evidence.ui.words import STAGES

desk = place.desk()
TABS = {
    "People": people,
    "How it is screened": stage_settings,
    "Who reads what": assign,
    "Pilot rounds": pilot_rounds,
    "Agreement": agreement,
}
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
for tab, shows in zip(
    st.tabs(list(TABS), on_change="rerun", key="team"), TABS.values(), strict=True
):
    if tab.open:
        with tab:
            shows(desk, stage)
