import streamlit as st

from evidence.steps.coding import scheme_drafts, schemes
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.coding.scheme_editor import scheme_editor
from evidence.ui.coding.scheme_keeping import KEPT, side_by_side, what_changes
from evidence.ui.coding.schemes import scheme_choice, schemes_of_review
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import plain

desk = visitor.desk()
settings = visitor.current().settings
st.title("Schemes")
all_taken = {each.id: each for each in schemes.taken(desk)}
if not all_taken:
    scheme_choice(desk, settings)
    st.stop()
scheme_id = st.selectbox(
    "Scheme",
    list(all_taken),
    format_func=lambda id_: all_taken[id_].scheme.title,
    key="scheme-to-edit",
)
may_edit = membership.standing(desk).role >= Role.EDITOR
if not may_edit:
    st.caption("You look on here: those who edit the review change its schemes.")


@fragment
def editor() -> None:
    taken = schemes.get(desk, scheme_id)
    draft = scheme_drafts.draft_of(desk, scheme_id)
    if KEPT in st.session_state:
        st.success(plain(st.session_state.pop(KEPT)), icon=":material/check_circle:")
    scheme_editor(desk, draft, may_edit=may_edit)
    if may_edit:
        what_changes(desk, taken, draft)
    versions = st.expander(
        "Versions side by side", icon=":material/compare:", on_change="rerun", key="scheme-versions"
    )
    if versions.open:
        with versions:
            side_by_side(desk, taken, may_edit=may_edit)


editor()
schemes_of_review(desk, settings)
