"""The pilots of a stage on the screen."""

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import pilots
from evidence.store.screening.pilots import Pilot
from evidence.ui.screening.agreement import figures
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain

USUAL = 50  # works in a pilot


@fragment
def pilots_tab(desk: Desk, stage: Stage) -> None:
    """The pilots of a stage with everybody's progress, and a way to begin one."""
    listing = pilots.listing(desk, stage)
    if not listing:
        st.info(
            "In a pilot all read the same works before the real screening, and you see how far "
            "they agree. Talk about what they differ on, and sharpen the criteria.",
            icon=":material/science:",
        )
    for pilot in listing:
        with st.container(border=True, key=f"round-{pilot.id}"):
            _pilot(desk, stage, pilot)
    with st.expander("New pilot", icon=":material/add:", expanded=not listing):
        _begin(desk, stage)


def _pilot(desk: Desk, stage: Stage, pilot: Pilot) -> None:
    st.markdown(f"**{plain(pilot.name)}**")
    st.caption(
        f"{number(pilot.works, 'work')}, {pilot.decided:,} decided by all · begun by "
        f"{plain(pilot.by)} on {pilot.at:%Y-%m-%d}"
    )
    rows = [[reader.name, reader.done, reader.waiting] for reader in pilot.readers]
    table = pd.DataFrame(rows, columns=["Name", "Decided", "Left in it"])
    st.dataframe(table, hide_index=True, alt=f"Progress of {pilot.name}")
    if pilot.over:
        figures(desk, stage, pilot.id, f"round-{pilot.id}")
        return
    st.caption("How far they agree is shown when all have decided.")
    st.caption("Ending it now: what was decided counts, the rest goes back to the common queue.")
    pressed = st.button("End this pilot", key=f"end-{pilot.id}")
    if pressed and attempt(pilots.end, desk, stage, pilot.id):
        st.rerun()


def _begin(desk: Desk, stage: Stage) -> None:
    names = team.names(desk)
    if len(names) < pilots.FEWEST_PEOPLE:
        st.caption("A pilot needs at least two people in the team.")
        return
    with st.form(f"pilot-{stage}", border=False):
        person_ids = st.multiselect(
            "Who takes part?", list(names), list(names), format_func=names.__getitem__
        )
        size_box, name_box = st.columns(2)
        size = size_box.number_input("How many works?", 1, pilots.MOST, USUAL)
        name = name_box.text_input("Name of the pilot", placeholder="Pilot")
        st.caption("Drawn at random from open works that nobody decided on.")
        if not st.form_submit_button("Begin the pilot", type="primary"):
            return
    if attempt(lambda: pilots.begin(desk, stage, person_ids, int(size), name=name)):
        st.rerun()
