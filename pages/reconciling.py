import streamlit as st

from evidence.steps.review import membership
from evidence.ui.coding.coded_studies import coding_card
from evidence.ui.coding.reconcile import CHANGED, reconciling_desk, went_to
from evidence.ui.coding.reconciling import (
    CHOSEN,
    chosen,
    place_of,
    scheme_to_reconcile,
    studies_table,
    tally,
)
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import plain

desk = visitor.desk()
with st.container(key="coding-title"):
    st.title("Reconcile")
taken = scheme_to_reconcile(desk)
if taken is None:
    st.info("The review has no coding scheme yet.", icon=":material/account_tree:")
    menu.link("coding", "Go to coding")
    st.stop()
listed, here = chosen(desk, taken)
tally(desk, listed, taken)
scheme = taken
place = place_of(listed, here, scheme) if here else None


@fragment
def codings_beside_each_other() -> None:
    if place is None:
        return
    went = went_to()
    if went is not None and went != (place.study_id, scheme.id):
        st.session_state[CHOSEN], st.session_state["coding-scheme"] = went
        st.rerun()  # before anything is drawn of the study that was left
    if st.session_state.pop(CHANGED, False):
        st.rerun()  # the list of studies says it, too
    reconciling_desk(desk, place)


if place is None:
    st.info(
        f"Nothing is to be reconciled in {plain(taken.scheme.title)}: no study was coded "
        "completely by all of several people who are asked to.",
        icon=":material/balance:",
    )
    menu.link("coding", "Go to coding")
elif not membership.may_screen(desk):
    st.caption("You look on here: this is what was agreed so far.")
    coding_card(desk, place.study_id)
else:
    codings_beside_each_other()
    table = st.expander(
        "All studies to reconcile",
        icon=":material/table:",
        on_change="rerun",
        key="all-to-reconcile",
    )
    if table.open:
        with table:
            studies_table(listed, place.study_id)
