import streamlit as st

from evidence.ui.review.team import people, take_part
from evidence.ui.screening.agreement import agreement
from evidence.ui.screening.allocation import assign
from evidence.ui.screening.pilots import pilot_rounds
from evidence.ui.screening.stage_settings import choose_settings
from evidence.ui.shell import visitor
from evidence.ui.shell.stage_choice import choose_stage

desk = visitor.desk()
TABS = {
    "People": people,
    "How it is screened": choose_settings,
    "Who reads what": assign,
    "Pilots": pilot_rounds,
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
