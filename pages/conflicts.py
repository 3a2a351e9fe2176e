import streamlit as st

from evidence.screening.verdicts import State
from evidence.steps.screening import decisions
from evidence.ui.screening.conflicts import resolved, to_resolve
from evidence.ui.shell import visitor
from evidence.ui.shell.stage_choice import choose_stage
from evidence.ui.shell.wording import STATES, plain

desk = visitor.desk()
RESOLVED = "resolved"
SHOWN = (State.CONFLICT, State.MAYBE, RESOLVED)
st.title("Conflicts")
stage = choose_stage()
tally = decisions.tally(desk, stage)
if names := decisions.arbiters(desk):
    ending = plain(", ".join(names))
    st.info(f"Conflicts of this review are ended by {ending}.", icon=":material/gavel:")
show = st.segmented_control(
    "Show",
    SHOWN,
    default=State.CONFLICT,
    format_func=lambda state: (
        "Resolved" if state == RESOLVED else f"{STATES[state]} {tally[state]:,}"
    ),
    key=f"conflicts-{stage}",
    required=True,
)
if show == RESOLVED:
    resolved(desk, stage)
else:
    to_resolve(desk, stage, State(show))
