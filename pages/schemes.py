import streamlit as st

from evidence.steps.coding import scheme_drafts, schemes
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.coding.first_scheme import BEGUN, USED, begun_scheme, first_scheme_box
from evidence.ui.coding.scheme_editor import scheme_editor
from evidence.ui.coding.scheme_keeping import KEPT, side_by_side, what_changes
from evidence.ui.coding.schemes import names_apart, scheme_choice, schemes_of_review
from evidence.ui.shell import visitor
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import plain

desk = visitor.desk()
settings = visitor.current().settings
st.title("Schemes")
taken_ones = schemes.taken(desk)
begun_ones = begun_schemes.begun(desk)
all_schemes = {each.id: each for each in [*taken_ones, *begun_ones]}
may_edit = membership.standing(desk).role >= Role.EDITOR
if not all_schemes:

    def wizard() -> None:
        if may_edit:
            first_scheme_box(desk, settings, is_first=True)

    scheme_choice(desk, settings, wizard)
    st.stop()
if BEGUN in st.session_state:
    st.session_state["scheme-to-edit"] = st.session_state.pop(BEGUN)


names = names_apart(all_schemes.values())
scheme_id = st.selectbox(
    "Scheme", list(all_schemes), format_func=lambda id_: names[id_], key="scheme-to-edit"
)
if all_schemes[scheme_id].version.is_begun:
    st.caption("Not in use yet: nobody codes with it.")
if not may_edit:
    st.caption("You look on here: those who edit the review change its schemes.")


@fragment
def editor() -> None:
    shown = schemes.get_or_begun(desk, scheme_id)
    draft = scheme_drafts.draft_of(desk, scheme_id)
    if KEPT in st.session_state:
        st.success(plain(st.session_state.pop(KEPT)), icon=":material/check_circle:")
    if USED in st.session_state:
        used = plain(st.session_state.pop(USED))
        st.success(f"“{used}” is in use, and can be coded with.", icon=":material/check_circle:")
    scheme_editor(desk, draft, may_edit=may_edit)
    if shown.version.is_begun:
        if may_edit:
            begun_scheme(desk, shown, draft)
        return
    if may_edit:
        what_changes(desk, shown, draft)
    versions = st.expander(
        "Versions side by side", icon=":material/compare:", on_change="rerun", key="scheme-versions"
    )
    if versions.open:
        with versions:
            side_by_side(desk, shown, may_edit=may_edit)


editor()
if may_edit:
    first_scheme_box(desk, settings, is_first=False)
schemes_of_review(desk, settings)
