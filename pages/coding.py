import streamlit as st

from evidence.steps.coding import schemes
from evidence.steps.review import membership
from evidence.ui.coding.coded_studies import coding_card
from evidence.ui.coding.codings_export import export_button
from evidence.ui.coding.desk import coding_desk, went_to
from evidence.ui.coding.schemes import scheme_choice, schemes_of_review
from evidence.ui.coding.study_choice import (
    PLACE,
    TABLE,
    chosen_scheme,
    chosen_study,
    go_to,
    place_of,
    with_what_follows,
)
from evidence.ui.coding.study_list import studies_table
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.errors import fragment

desk = visitor.desk()
with st.container(key="coding-title"):
    st.title("Coding")
all_taken = schemes.of_studies(desk)
taken = chosen_scheme(all_taken)
if taken is None:
    scheme_choice(desk, visitor.current().settings)
    st.stop()
here = chosen_study(desk, taken)
if here is None:
    st.info(
        "There is no study to code yet: link included reports to studies first.",
        icon=":material/link:",
    )
    menu.link("studies", "Go to the studies")
    st.stop()
study_id = here.study.id
if not membership.may_screen(desk):
    st.caption("You look on here: this is what was coded so far.")
    coding_card(desk, study_id)
    schemes_of_review(desk, visitor.current().settings)
    export_button(desk)
    st.stop()
scheme, around = taken, here
st.session_state[PLACE] = place_of(here, taken, all_taken)


@fragment
def desk_of_the_study() -> None:
    went = went_to()
    if went is not None:  # before anything is asked for the study that was left
        go_to(desk, around, went)
    if st.session_state.pop("coding-state-changed", False):
        st.rerun()  # the list of studies says it, too
    coding_desk(desk, with_what_follows(desk, st.session_state[PLACE]))


desk_of_the_study()
table = st.expander("All studies", icon=":material/table:", on_change="rerun", key=TABLE)
if table.open:
    with table:
        studies_table(desk, scheme, all_taken, study_id)
schemes_of_review(desk, visitor.current().settings)
export_button(desk)
