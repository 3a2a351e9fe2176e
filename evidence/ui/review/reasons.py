"""Rewording the reasons for exclusion of a review, and merging them."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import reasons
from evidence.store.review.reasons import Reason
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import plain


def rename_reason(desk: Desk, in_use: Sequence[Reason]) -> None:
    """Let people reword a reason; it stays the same on every decision made with it."""
    if not in_use:
        return
    labels = {reason.id: reason.label for reason in in_use}
    with st.form("rename-reason", border=False):
        reason_box, words_box = st.columns(2)
        reason_id = reason_box.selectbox(
            "Reason to rename", list(labels), format_func=labels.__getitem__
        )
        words = words_box.text_input(
            "Its new words", help="Decisions that were made with it show the new words."
        )
        sent = st.form_submit_button("Rename")
    if sent and reason_id is not None and attempt(reasons.rename, desk, reason_id, words):
        st.rerun()


def merge_reasons(desk: Desk, in_use: Sequence[Reason]) -> None:
    """Let people count one reason as another; says first what that does."""
    if not in_use[1:]:  # there is none that it could count as
        return
    labels = {reason.id: reason.label for reason in in_use}
    merged_box, into_box = st.columns(2)
    merged_id = merged_box.selectbox(
        "Reason to merge",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        key="merge-reason",
    )
    into_id = into_box.selectbox(
        "It counts as",
        [i for i in labels if i != merged_id],
        index=None,
        format_func=labels.__getitem__,
        key="merge-into",
    )
    if merged_id is None or into_id is None:
        return
    merged, into = plain(labels[merged_id]), plain(labels[into_id])
    st.write(
        f"Every decision with “{merged}” will count as “{into}”, in PRISMA, too. None of them is "
        f"changed: to part the two again, write “{merged}” into the list of reasons again."
    )
    if st.button("Merge", key="merge-reasons") and attempt(reasons.merge, desk, merged_id, into_id):
        for key in ("merge-reason", "merge-into"):
            st.session_state.pop(key, None)
        st.rerun()
