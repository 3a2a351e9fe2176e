"""How far a person and their team are at a stage, and how much is left.

What is left for a person is counted in one place only, store/screening/left.py.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidence.screening import pace
from evidence.screening.reading_days import DayRead
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.screening import (
    assignments,
    decisions,
    decisions_by_person,
    left,
    progress,
    stage_settings,
)
from evidence.store.screening.decisions_by_person import DecisionFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProgress:
    """How far the person at the desk is at a stage.

    Attributes:
        decided: works they decided.
        left: works that they may still be asked to read (store/screening/left.py).
        elsewhere: open works that are not left for them: decided by them or held by colleagues.
        per_hour: decisions per hour of work, of late; None while too few were made.
    """

    decided: int
    left: int
    elsewhere: int
    per_hour: float | None

    @property
    def time_left(self) -> timedelta | None:
        """How long what is left will take them at this pace."""
        return pace.time_left(self.left, self.per_hour) if self.left else None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProgress:
    """How far a team is at a stage.

    Attributes:
        works: works that have come to the stage.
        closed: of these, those that are not open any more.
        readings: decisions that are still to be made by anybody, about as many where only a share
            is read by several.
    """

    works: int
    closed: int
    readings: int


def own_progress(desk: Desk, stage: Stage) -> OwnProgress:
    """How many works the person at the desk decided, how many are left, and how fast they go."""
    with desk.reading() as c:
        own = left.left_of(c, desk.review_id, stage, [desk.person_id], datetime.now(UTC))
        own_left = own[desk.person_id]
        person_at_stage = c, desk.review_id, stage, desk.person_id
        seconds = progress.seconds(c, desk.review_id, stage, [desk.person_id])
        return OwnProgress(
            # “Not retrieved” ends no assignment; at full text works are few enough to look at all.
            decided=decisions_by_person.count_of_person(*person_at_stage, DecisionFilter())
            if stage is Stage.FULL_TEXT
            else assignments.count_done(*person_at_stage),
            left=own_left,
            elsewhere=max(0, decisions.tally(c, desk.review_id, stage)[State.OPEN] - own_left),
            per_hour=pace.per_hour(seconds.get(desk.person_id, ())),
        )


def team_progress(desk: Desk, stage: Stage) -> TeamProgress:
    """How far the whole team is."""
    with desk.reading() as c:
        tally = decisions.tally(c, desk.review_id, stage)
        settings = stage_settings.current(c, desk.review_id, stage)
        several = settings.voices > 1 and settings.share > 0
        read = progress.count_decisions_on_open(c, desk.review_id, stage) if several else 0
    open_works = tally[State.OPEN]
    readings_per_work = 1 + settings.share * (settings.voices - 1)
    return TeamProgress(
        works=sum(tally.values()),
        closed=sum(tally.values()) - open_works,
        readings=max(round(open_works * readings_per_work) - read, min(open_works, 1)),
    )


@made_from(Area.RECORDS | Area.SCREENING)
def days_read(desk: Desk, stage: Stage) -> tuple[DayRead, ...]:
    """How many works everybody decided at a stage on each day, in UTC."""
    with desk.reading() as c:
        decided = progress.decided_at(c, desk.review_id, stage)
    counts = Counter((name, at.date()) for name, at in decided)
    return tuple(
        DayRead(person=name, day=day, works=works) for (name, day), works in sorted(counts.items())
    )
