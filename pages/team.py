import streamlit as st

from evidence.ui import place
from evidence.ui.agreement_parts import agreement
from evidence.ui.assign_parts import assign
from evidence.ui.pilot_parts import pilot_rounds
from evidence.ui.settings_parts import stage_settings
from evidence.ui.stage_choice import choose_stage
from evidence.ui.team_parts import people, take_part

desk = place.desk()
TABS = {
    "People": people,
    "How it is screened": stage_settings,
    "Who reads what": assign,
    "Pilot rounds": pilot_rounds,
    "Agreement": agreement,
}
st.title("Team")
take_part(desk)
stage = choose_stage()
for tab, shows in zip(
    st.tabs(list(TABS), on_change="rerun", key="team"), TABS.values(), strict=True
):
    if tab.open:
        with tab:
            shows(desk, stage)
