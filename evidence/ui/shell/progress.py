"""Showing how far a step is, and how far a person."""

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evidence.screening import pace
from evidence.steps.desk import Desk, Progress
from evidence.steps.screening import progress, screening
from evidence.ui.shell.wording import number, plain

SIXTY = 60


def bar() -> Progress:
    """A progress bar here and now, for a step to fill."""
    shown: DeltaGenerator = st.progress(0.0)

    def tell(done: float, doing: str) -> None:
        shown.progress(min(max(done, 0.0), 1.0), plain(doing))

    return tell


def left_for(desk: Desk, stage: screening.Stage, mine: progress.Progress, open_works: int) -> int:
    """How many works wait for the person at the desk.

    Where several people read a work, this takes a look at all open ones; it is taken once a minute,
    and own decisions since are subtracted.
    """
    if progress.read_by_one(desk, stage):
        return open_works
    address = str(desk.store.engine.url)
    then, decided = _left(address, desk.review_id, desk.person_id, stage, desk)
    return max(0, then - (mine.decided - decided))


@st.cache_data(ttl=60, max_entries=500, show_spinner=False)
def _left(
    address: str, review_id: int, person_id: int, stage: screening.Stage, _desk: Desk
) -> tuple[int, int]:
    del address, review_id, person_id  # they are the key
    return progress.left(_desk, stage), progress.progress(_desk, stage).decided


def pace_words(mine: progress.Progress, left: int) -> str:
    """How far somebody is, how quick they were of late, and how long the rest will take."""
    words = [f"You decided {number(mine.decided, 'work')} here"]
    if mine.per_hour:
        words.append(f"of late {mine.per_hour:,.0f} an hour")
        time = pace.time_left(left, mine.per_hour)
        if time and left:
            words.append(f"the {left:,} left would take you {_duration(time)}")
    return ", ".join(words) + "."


def _duration(time: timedelta) -> str:
    minutes = time / timedelta(minutes=1)
    if minutes < SIXTY:
        return f"about {number(max(1, round(minutes)), 'minute')}"
    return f"about {number(round(minutes / SIXTY), 'hour')}"
