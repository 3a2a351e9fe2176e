"""Rewording the reasons for exclusion of a review, and merging them."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import reasons
from evidence.store.review.reasons import Reason
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import plain

CHOOSE = "Choose a reason"
CHANGED = (
    "Nothing was changed: somebody else changed the reasons meanwhile. Please look at what they "
    "are called now, and choose again."
)


def rename_reason(desk: Desk, in_use: Sequence[Reason]) -> None:
    """Let people reword a reason; it stays the same on every decision made with it."""
    if not in_use:
        return
    labels = {reason.id: reason.label for reason in in_use}
    shown = _shown_before("rename", labels)
    if st.session_state.pop("renamed", False):
        st.session_state["rename-words"] = ""
    with st.form("rename-reason", border=False):
        reason_box, words_box = st.columns(2)
        reason_id = reason_box.selectbox(
            "Reason to rename",
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder=CHOOSE,
            key="rename-which",
        )
        words = words_box.text_input(
            "Its new words",
            help="Decisions that were made with it show the new words.",
            key="rename-words",
        )
        sent = st.form_submit_button("Rename")
    if not sent:
        return
    if shown != labels:
        st.warning(CHANGED)
    elif reason_id is None:
        st.warning("Please choose the reason to rename.")
    elif attempt(reasons.rename, desk, reason_id, words):
        st.session_state["renamed"] = True
        st.rerun()


def merge_reasons(desk: Desk, in_use: Sequence[Reason]) -> None:
    """Let people count one reason as another; says first what that does."""
    if not in_use[1:]:  # there is none that it could count as
        return
    labels = {reason.id: reason.label for reason in in_use}
    shown = _shown_before("merge", labels)
    if shown != labels and st.session_state.get("merge-reasons"):
        st.warning(CHANGED)
    merged_box, into_box = st.columns(2)
    merged_id = merged_box.selectbox(
        "Reason to merge",
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=CHOOSE,
        key="merge-reason",
    )
    into_id = into_box.selectbox(
        "It counts as",
        [i for i in labels if i != merged_id],
        index=None,
        format_func=labels.__getitem__,
        placeholder=CHOOSE,
        key="merge-into",
    )
    if merged_id is None or into_id is None:
        return
    merged, into = plain(labels[merged_id]), plain(labels[into_id])
    st.write(
        f"Every decision with “{merged}” will count as “{into}”, in PRISMA, too. None of them is "
        f"changed: to part the two again, write “{merged}” into the list of reasons again."
    )
    pressed = st.button("Merge", key="merge-reasons")
    if pressed and shown == labels and attempt(reasons.merge, desk, merged_id, into_id):
        for key in ("merge-reason", "merge-into"):
            st.session_state.pop(key, None)
        st.toast(f"Decisions with “{merged}” count as “{into}” now.", icon=":material/merge:")
        st.rerun()


def _shown_before(form: str, labels: dict[int, str]) -> dict[int, str]:
    """What the form called the reasons when its person pressed a button; keeps what it does now."""
    key = f"{form}-shown"
    shown: dict[int, str] = st.session_state.get(key, labels)
    st.session_state[key] = labels
    return shown
