"""The way into screening: works are taken by a button, never by looking at the page."""

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import common_queue
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.keys import pressed

KEYS = {"enter": "begin"}


BEGUN = "begun"  # beginning of the keys that say where a click has begun
HIGH = 40  # pixels, as the button


def begin_button(desk: Desk, stage: Stage) -> None:
    """A large button, and Enter, that takes the first works; for who has none before them."""
    belongs = desk.person_id in team.names(desk)
    by_key = pressed(f"{desk.review_id}-{stage}", KEYS, "begin-keys") == "begin"
    clicked = st.button(
        "Begin `Enter`",
        type="primary",
        width="stretch",
        key=f"begin-{stage}",
        icon=":material/play_arrow:",
        help=None if belongs else "You take part in the review from then on.",
    )
    if (by_key or clicked) and attempt(common_queue.begin, desk, stage):
        st.session_state[_key(desk, stage)] = clicked
        rerun()


def begun_line(desk: Desk, stage: Stage) -> None:
    """A line where the button was that was clicked, so that no decision comes under the pointer."""
    if st.session_state.get(_key(desk, stage)):
        with st.container(height=HIGH, border=False, vertical_alignment="center"):
            st.caption("The works below wait for you.")


def _key(desk: Desk, stage: Stage) -> str:
    return f"{BEGUN}-{desk.review_id}-{stage}"
