import streamlit as st

from evidence.steps.coding import schemes
from evidence.ui.coding.coders import agreement_tab, how_many_tab, pilots_tab, who_codes_tab
from evidence.ui.coding.schemes import scheme_choice
from evidence.ui.shell import visitor

desk = visitor.desk()
TABS = {
    "How it is coded": how_many_tab,
    "Who codes what": who_codes_tab,
    "Pilots": pilots_tab,
    "Agreement": agreement_tab,
}
st.title("Coders")
all_taken = {each.id: each for each in schemes.of_studies(desk)}
first = schemes.first_for_coding(all_taken.values()) or next(iter(all_taken.values()), None)
if first is None:
    scheme_choice(desk, visitor.current().settings)
    st.stop()
taken = first
if len(all_taken) > 1:
    taken = all_taken[
        st.selectbox(
            "Scheme",
            list(all_taken),
            index=list(all_taken).index(first.id),
            format_func=lambda id_: all_taken[id_].scheme.title,
            key=f"scheme-of-coders-{desk.review_id}",
            persist_state="session",
        )
    ]
tabs = dict(zip(TABS, st.tabs(list(TABS), on_change="rerun", key="coders"), strict=True))
for tab, shows in zip(tabs.values(), TABS.values(), strict=True):
    if tab.open:
        with tab:
            shows(desk, taken)
