import streamlit as st

from evidence.steps.review import membership
from evidence.ui.coding.coded_studies import coding_card
from evidence.ui.coding.reconcile import CHANGED, reconciling_desk
from evidence.ui.coding.reconciling import CHOSEN, chosen, place_of, studies_table, tally
from evidence.ui.coding.study_choice import chosen_scheme
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment

desk = visitor.desk()
with st.container(key="coding-title"):
    st.title("Reconcile")
taken = chosen_scheme(desk)
if taken is None:
    st.info("The review has no coding scheme yet.", icon=":material/account_tree:")
    menu.link("coding", "Go to coding")
    st.stop()
listed, here = chosen(desk, taken)
tally(listed)
if here is None:
    st.info(
        "No study is to be reconciled: none was coded completely by all of several people who are "
        "asked to.",
        icon=":material/balance:",
    )
    menu.link("coding", "Go to coding")
    st.stop()
scheme, study = taken, here
if not membership.may_screen(desk):
    st.caption("You look on here: this is what was agreed so far.")
    coding_card(desk, study.study_id)
    st.stop()
place = place_of(listed, study, scheme)


@fragment
def codings_beside_each_other() -> None:
    went = reconciling_desk(desk, place)
    if went is not None and went != (study.study_id, scheme.id):
        st.session_state[CHOSEN], st.session_state["coding-scheme"] = went
        st.rerun()
    if st.session_state.pop(CHANGED, False):
        st.rerun()  # the list of studies says it, too


codings_beside_each_other()
table = st.expander("All studies to reconcile", icon=":material/table:", on_change="rerun")
if table.open:
    with table:
        studies_table(listed, study.study_id)
