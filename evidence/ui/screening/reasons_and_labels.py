"""The review's reasons for exclusion and its labels, beside the deck, for all who screen."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import labels
from evidence.steps.review import reasons, reviews
from evidence.ui.review.review_form import REASONS
from evidence.ui.shell import shared_text
from evidence.ui.shell.errors import attempt, rerun


def reasons_form(desk: Desk) -> None:
    """The review's reasons for exclusion and its labels, for all who screen."""
    box = st.expander(
        "Reasons and labels of the review", icon=":material/rule:", on_change="rerun", key="reasons"
    )
    if not box.open:
        return
    with box:
        now = [reason.label for reason in reasons.listing(desk)]
        form, texts = f"reasons-{desk.review_id}", {REASONS: "\n".join(now)}
        shared_text.fill(form, texts)
        text = st.text_area(
            REASONS,
            key=shared_text.box_key(form, REASONS),
            help="One per line, in the order of your protocol: of several reasons for one "
            "work, PRISMA counts the one that stands first here.",
            height=150,
        )
        st.caption("Decisions that were made keep the reasons they were made with.")
        pressed = st.button("Save the reasons", key="save-reasons")
        may_save = shared_text.may_save(form, texts, pressed=pressed)
        if may_save and attempt(reasons.replace, desk, reviews.lines(text), now):
            shared_text.saved(form)
            st.toast("The reasons are kept.", icon=":material/check:")
            rerun()
        st.caption("Reasons are renamed and merged on the page Reviews.")
        _labels(desk)


def _labels(desk: Desk) -> None:
    names = {label.id: label.name for label in labels.listing(desk)}
    if not names:
        return
    with st.form("rename-label", border=False):
        label_box, name_box = st.columns(2)
        label_id = label_box.selectbox(
            "Label to rename", list(names), format_func=names.__getitem__
        )
        name = name_box.text_input("Its new name", max_chars=labels.LONGEST)
        sent = st.form_submit_button("Rename")
    if sent and label_id is not None and attempt(labels.rename, desk, label_id, name):
        rerun()
    if st.button("Remove labels that no work carries", icon=":material/label_off:"):
        labels.drop_unused(desk)
        rerun()
