"""The choice between the stages of screening, which stays when people go to another page."""

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.ui.shell.wording import STAGES


def choose_stage() -> Stage:
    """The stage that a person looks at, on all pages that ask."""
    return st.segmented_control(
        "Stage",
        list(STAGES),
        default=Stage.TITLE_ABSTRACT,
        format_func=lambda stage: STAGES[stage],
        key="stage",
        required=True,
        persist_state="session",
    )
