"""Who holds which works now, since when and until when, and the way to give them back."""

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.steps.screening import held_works
from evidence.store.screening.assignments import How
from evidence.store.screening.holds import Hold
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import STAGES, number, plain

HEADS = ["Name", "Stage", "How", "Works", "Since", "Until", "Open to others"]
HOW = {
    How.PULLED: "from the common queue",
    How.ASSIGNED: "given out",
    How.PILOT: "in a pilot",
    How.OWN: "decision taken back",
}
RULE = (
    "Works from the common queue are held for 30 minutes; after that others may take them, and the "
    "page of whoever holds them still shows them until somebody does. What was given out stays "
    "until it is decided or released; works of a pilot until the pilot is ended. Times are UTC."
)


def held_now(desk: Desk) -> None:
    """What people hold at both stages, with buttons for what this person may release."""
    st.header("Held now")
    holds = held_works.listing(desk)
    if not holds:
        st.caption("Nobody holds a work that is not decided.")
        return
    day_and_time = st.column_config.DatetimeColumn(format="YYYY-MM-DD HH:mm")
    st.dataframe(
        pd.DataFrame([_row(hold) for hold in holds], columns=HEADS),
        hide_index=True,
        column_config={"Since": day_and_time},
        alt="Works that people hold",
    )
    st.caption(RULE)
    role = membership.standing(desk).role
    offered: dict[tuple[int, Stage], int] = {}
    for hold in holds:
        if held_works.can_release(hold, role, desk.person_id):
            about = hold.person_id, hold.stage
            offered[about] = offered.get(about, 0) + hold.works
    names = {hold.person_id: hold.name for hold in holds}
    for (person_id, stage), works in offered.items():
        whose = "you hold" if person_id == desk.person_id else f"{plain(names[person_id])} holds"
        label = f"Release {number(works, 'work')} that {whose}: {STAGES[stage]}"
        pressed = st.button(label, key=f"release-{person_id}-{stage}")
        if pressed and attempt(held_works.release, desk, stage, person_id):
            st.toast("Released.", icon=":material/check:")
            rerun()
    if offered:
        st.caption(
            "Where people take works from the common queue, others can take what is released, and "
            "what somebody still decides on it counts. Where they read what is given out, it waits "
            "until it is given out again, and a late decision is refused."
        )


def _row(hold: Hold) -> list[object]:
    return [
        hold.name,
        STAGES[hold.stage],
        HOW[hold.how],
        hold.works,
        hold.since,
        _until(hold),
        hold.lapsed or "",
    ]


def _until(hold: Hold) -> str:
    """When it ends by itself, or what ends it."""
    if hold.until:
        return f"{hold.until:%Y-%m-%d %H:%M}"
    return "the pilot is ended" if hold.how is How.PILOT else "decided or released"
