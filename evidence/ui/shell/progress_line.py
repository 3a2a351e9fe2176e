"""How far a person and their team are, in one line."""

from datetime import timedelta

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import team_progress
from evidence.ui.shell.wording import number

FRESH = 20  # seconds; the line stands beside a deck that is drawn anew with every decision


def progress_line(desk: Desk, stage: team.Stage) -> None:
    """What the person at the desk and the team have done, how quickly, and what is left."""
    address = str(desk.store.engine.url)
    st.caption(_line(address, desk.review_id, desk.person_id, stage, desk))


@st.cache_data(ttl=FRESH, max_entries=500, show_spinner=False)
def _line(address: str, review_id: int, person_id: int, stage: team.Stage, _desk: Desk) -> str:
    del address, review_id, person_id  # they are the key
    return in_words(team_progress.standing(_desk, stage))


def in_words(far: team_progress.Standing) -> str:
    """One line on how far a person and their team are."""
    parts = [f"You decided {far.done:,}"]
    if far.waiting:
        parts.append(f"{far.waiting:,} before you")
    if far.pace:
        parts.append(f"about {far.pace:,.0f} records an hour")
    parts.append(f"all together {far.settled:,} of {number(far.works, 'record')} done")
    if far.time_left:
        parts.append(f"{readable(far.time_left)} of reading left at your pace")
    return " · ".join(parts)


def readable(left: timedelta) -> str:
    """A time as people say it: `about 2 h`."""
    minutes = left.total_seconds() / 60
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:  # noqa: PLR2004 - minutes in an hour
        return f"about {minutes:.0f} min"
    return f"about {minutes / 60:,.0f} h"
