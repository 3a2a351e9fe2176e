"""The pilots of a stage on the screen."""

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import pilots
from evidence.ui.screening.agreement import figures
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain

USUAL = 50  # works in a pilot


@fragment
def pilots_tab(desk: Desk, stage: Stage) -> None:
    """The pilots of a stage with everybody's progress, and a way to begin one."""
    found = pilots.listing(desk, stage)
    if not found:
        st.info(
            "In a pilot all read the same works before the real screening, and you see how far "
            "they agree. Talk about what they differ on, and sharpen the criteria.",
            icon=":material/science:",
        )
    for one in found:
        with st.container(border=True, key=f"round-{one.id}"):
            _round(desk, stage, one)
    with st.expander("New pilot", icon=":material/add:", expanded=not found):
        _begin(desk, stage)


def _round(desk: Desk, stage: Stage, one: pilots.Pilot) -> None:
    st.markdown(f"**{plain(one.name)}**")
    st.caption(
        f"{number(one.works, 'work')}, {one.decided:,} decided by all · begun by "
        f"{plain(one.by)} on {one.at:%Y-%m-%d}"
    )
    rows = [[reader.name, reader.done, reader.waiting] for reader in one.readers]
    table = pd.DataFrame(rows, columns=["Name", "Decided", "Waiting"])
    st.dataframe(table, hide_index=True, alt=f"Progress of {one.name}")
    if one.over:
        figures(desk, stage, one.id, f"round-{one.id}")
        return
    st.caption("How far they agree is shown when all have decided.")
    st.caption("Ending it now: what was decided counts, the rest goes back to the common queue.")
    if st.button("End this pilot", key=f"end-{one.id}") and attempt(
        pilots.end, desk, stage, one.id
    ):
        st.rerun()


def _begin(desk: Desk, stage: Stage) -> None:
    names = team.names(desk)
    if len(names) < pilots.FEWEST_PEOPLE:
        st.caption("A pilot needs at least two people in the team.")
        return
    with st.form(f"pilot-{stage}", border=False):
        chosen = st.multiselect(
            "Who takes part?", list(names), list(names), format_func=lambda i: plain(names[i])
        )
        left, right = st.columns(2)
        size = left.number_input("How many works?", 1, pilots.MOST, USUAL)
        name = right.text_input("Name of the pilot", placeholder="Pilot")
        st.caption("Drawn at random from open works that nobody decided on.")
        if not st.form_submit_button("Begin the pilot", type="primary"):
            return
    if attempt(lambda: pilots.begin(desk, stage, chosen, int(size), name=name)):
        st.rerun()
