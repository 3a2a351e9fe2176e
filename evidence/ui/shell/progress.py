"""How far a step, a person and a team are, on the screen."""

from datetime import timedelta

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk, Progress
from evidence.steps.screening import progress
from evidence.ui.shell.wording import number, plain

MINUTES = 60  # in an hour


def progress_bar() -> Progress:
    """A progress bar at this place of the page, for a step to fill."""
    bar = st.progress(0.0)

    def report(share: float, doing: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), plain(doing))

    return report


def pace_words(mine: progress.OwnProgress) -> str:
    """How far somebody is, how much is left for them, and how long that will take."""
    words = [
        f"You decided {number(mine.decided, 'work')} here",
        f"{mine.left:,} left for you",
        *_pace(mine),
    ]
    if mine.elsewhere:
        words.append(f"{mine.elsewhere:,} more open, decided by you or with others")
    return " · ".join(words)


def team_line(desk: Desk, stage: Stage) -> None:
    """What the person at the desk and the team have done, how quickly, and what is left."""
    mine = progress.own_progress(desk, stage)
    together = progress.team_progress(desk, stage)
    parts = [f"You decided {mine.decided:,}", f"{mine.left:,} left for you", *_pace(mine)]
    done = f"all together {together.closed:,} of {number(together.works, 'work')} done"
    parts.append(f"{done}, {number(together.readings, 'reading')} to go")
    st.caption(" · ".join(parts))


def _pace(mine: progress.OwnProgress) -> list[str]:
    """How quickly somebody went of late, and how long what is left will take them."""
    if not mine.per_hour:
        return []
    parts = [f"of late {mine.per_hour:,.0f} an hour"]
    if mine.time_left:
        parts.append(f"time left {duration_words(mine.time_left)}")
    return parts


def duration_words(time: timedelta) -> str:
    """A time as people say it: `about 2 hours`."""
    minutes = time / timedelta(minutes=1)
    if minutes < MINUTES:
        return f"about {number(max(1, round(minutes)), 'minute')}"
    return f"about {number(round(minutes / MINUTES), 'hour')}"
