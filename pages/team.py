import streamlit as st

from evidence.ui.accounts.access import access_tab
from evidence.ui.review.team import people_tab, take_part
from evidence.ui.screening.agreement import agreement_tab
from evidence.ui.screening.allocation import allocation_tab
from evidence.ui.screening.pilots import pilots_tab
from evidence.ui.screening.reading_days import reading_days_tab
from evidence.ui.screening.stage_settings import ask_about_unsaved, settings_tab
from evidence.ui.shell import visitor
from evidence.ui.shell.stage_choice import choose_stage

desk = visitor.desk()
TABS = {
    "People": people_tab,
    "Progress": reading_days_tab,
    "How it is screened": settings_tab,
    "Who reads what": allocation_tab,
    "Pilots": pilots_tab,
    "Agreement": agreement_tab,
}
if desk.store.private:
    TABS = {"Access": access_tab, **TABS}
st.title("Team")
take_part(desk)
stage = choose_stage()
tabs = dict(zip(TABS, st.tabs(list(TABS), on_change="rerun", key="team"), strict=True))
ask_about_unsaved(desk, stage if tabs["How it is screened"].open else None)
for tab, shows in zip(tabs.values(), TABS.values(), strict=True):
    if tab.open:
        with tab:
            shows(desk, stage)
