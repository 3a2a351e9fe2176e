"""The choice between the stages of screening; the address holds it, other pages keep it."""

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.ui.shell.wording import STAGES

IN_ADDRESS = "stage"  # the parameter of the address by which links say the stage
NAMED = "stage-named"  # which stage the address named when it was last looked at


def choose_stage() -> Stage:
    """The stage that a person looks at, on all pages that ask; a link can bring it along."""
    named = st.query_params.get(IN_ADDRESS, "")
    if named in set(Stage) and named != st.session_state.get(NAMED):
        st.session_state["stage"] = Stage(named)
    st.session_state.setdefault("stage", Stage.TITLE_ABSTRACT)
    chosen = st.segmented_control(
        "Stage",
        list(STAGES),
        format_func=lambda stage: STAGES[stage],
        key="stage",
        required=True,
        persist_state="session",
    )
    stage = chosen or Stage.TITLE_ABSTRACT
    st.session_state[NAMED] = st.query_params[IN_ADDRESS] = stage.value
    return stage
