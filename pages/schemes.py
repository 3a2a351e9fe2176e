import streamlit as st

from evidence.steps.coding import scheme_versions, schemes
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.coding.scheme_draft import draft_of
from evidence.ui.coding.scheme_editor import adding, coder_view, details, remember_typed, tree
from evidence.ui.coding.scheme_keeping import KEPT, side_by_side, what_changes
from evidence.ui.coding.schemes import scheme_choice
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.unsaved import ask_before_leaving
from evidence.ui.shell.wording import plain

desk = visitor.desk()
st.title("Schemes")
all_taken = {each.id: each for each in schemes.taken(desk)}
if not all_taken:
    scheme_choice(desk, visitor.current().settings)
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
    draft = draft_of(taken)
    ask_before_leaving("scheme-unsaved", unsaved=draft.changed)
    if KEPT in st.session_state:
        st.success(plain(st.session_state.pop(KEPT)), icon=":material/check_circle:")
    st.session_state[f"add-{scheme_id}-used"] = scheme_versions.used_places(desk, scheme_id)
    remember_typed(scheme_id)
    tree_box, form_box = st.columns(2, gap="large")
    with tree_box:
        tree(draft, may_edit=may_edit)
    with form_box:
        if may_edit:
            details(draft)
            with st.container(border=True):
                adding(draft)
        else:
            coder_view(draft)
    if may_edit:
        with st.expander("As the coder sees it", icon=":material/visibility:"):
            coder_view(draft)
        what_changes(desk, taken, draft)
    versions = st.expander(
        "Versions side by side", icon=":material/compare:", on_change="rerun", key="scheme-versions"
    )
    if versions.open:
        with versions:
            side_by_side(desk, taken)


editor()
