"""How far a step, a person and a team are, on the screen."""

from datetime import timedelta

import streamlit as st

from evidence.screening import pace
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk, Progress
from evidence.steps.screening import progress
from evidence.ui.shell.wording import number, plain

MINUTES = 60  # in an hour
FRESH = 20  # seconds that a team's line is shown before it is counted anew


def progress_bar() -> Progress:
    """A progress bar at this place of the page, for a step to fill."""
    bar = st.progress(0.0)

    def report(share: float, doing: str) -> None:
        bar.progress(min(max(share, 0.0), 1.0), plain(doing))

    return report


def count_waiting(desk: Desk, stage: Stage, mine: progress.OwnProgress, open_works: int) -> int:
    """How many works wait for the person at the desk.

    Where several people read a work, all open ones must be looked at; that is done once a minute,
    and own decisions since are subtracted.
    """
    if progress.one_reader_suffices(desk, stage):
        return open_works
    address = str(desk.store.engine.url)
    waiting, decided = _counted(address, desk.review_id, desk.person_id, stage, desk)
    return max(0, waiting - (mine.decided - decided))


@st.cache_data(ttl=60, max_entries=500, show_spinner=False)
def _counted(
    address: str, review_id: int, person_id: int, stage: Stage, _desk: Desk
) -> tuple[int, int]:
    """Works that wait for the person, and those that they had decided by then."""
    del address, review_id, person_id  # they are the key
    return progress.count_readable(_desk, stage), progress.own_progress(_desk, stage).decided


def pace_words(mine: progress.OwnProgress, waiting: int) -> str:
    """How far somebody is, how quick they were of late, and how long the rest will take."""
    words = [f"You decided {number(mine.decided, 'work')} here"]
    if mine.per_hour:
        words.append(f"of late {mine.per_hour:,.0f} an hour")
        time = pace.time_left(waiting, mine.per_hour)
        if time and waiting:
            words.append(f"the {waiting:,} left would take you {duration_words(time)}")
    return ", ".join(words) + "."


def team_line(desk: Desk, stage: Stage) -> None:
    """What the person at the desk and the team have done, how quickly, and what waits."""
    address = str(desk.store.engine.url)
    st.caption(_team_line(address, desk.review_id, desk.person_id, stage, desk))


@st.cache_data(ttl=FRESH, max_entries=500, show_spinner=False)
def _team_line(address: str, review_id: int, person_id: int, stage: Stage, _desk: Desk) -> str:
    del address, review_id, person_id  # they are the key
    team = progress.team_progress(_desk, stage)
    parts = [f"You decided {team.decided:,}"]
    if team.waiting:
        parts.append(f"{team.waiting:,} before you")
    if team.per_hour:
        parts.append(f"about {team.per_hour:,.0f} works an hour")
    parts.append(f"all together {team.closed:,} of {number(team.works, 'work')} done")
    if team.time_left:
        parts.append(f"{duration_words(team.time_left)} of reading left at your pace")
    return " · ".join(parts)


def duration_words(time: timedelta) -> str:
    """A time as people say it: `about 2 hours`."""
    minutes = time / timedelta(minutes=1)
    if minutes < MINUTES:
        return f"about {number(max(1, round(minutes)), 'minute')}"
    return f"about {number(round(minutes / MINUTES), 'hour')}"
