"""What people see of a review whose team they are not in: that they only look, and the way in."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.ui.shell.errors import attempt


def way_in(desk: Desk) -> None:
    """Offer to take part, to people who never were in the team; shown above every page."""
    standing = membership.standing(desk)
    if standing.belongs or standing.left_at is not None:
        return
    note, button = st.columns([4, 1], vertical_alignment="center")
    note.info(
        "You are not in the team of this review. You can look at everything here; to change it, "
        "take part.",
        icon=":material/group_add:",
    )
    if button.button("Take part in this review") and attempt(membership.join, desk):
        st.rerun()
