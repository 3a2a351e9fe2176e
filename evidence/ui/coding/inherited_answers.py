"""Starting a coding with what the map says of the study, on the screen."""

import streamlit as st

from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.results.stages import inherited_answers
from evidence.ui.coding.bulk_coding import did
from evidence.ui.coding.copied_codings import ask_which
from evidence.ui.shell.errors import show_errors
from evidence.ui.shell.wording import number, plain


def inherit_section(desk: Desk, taken: TakenScheme, study_id: int, label: str) -> None:
    """What the map says of the open study to the same questions; look, untick, and take it over."""
    st.caption(
        f"What counts for the map of “{plain(label)}” goes into your coding with "
        f"“{plain(taken.scheme.title)}”, where both ask the same and nothing is answered yet. "
        "Nothing is overwritten; the desk says what was taken over until you confirm or change it."
    )
    with show_errors():
        seen = inherited_answers.preview(desk, taken.id, study_id)
        only = ask_which(seen, key=f"inherit-{taken.id}-{study_id}")
        many = number(len(only), "answer")
        if st.button(f"Take over {many}", type="primary", disabled=not only, key="inherit-yes"):
            inherited_answers.take_over(desk, taken.id, study_id, seen, only)
            did(f"{many} of the map taken over for “{label}”.")
