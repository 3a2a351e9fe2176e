"""How far a person and their team are at a stage."""

from dataclasses import dataclass
from datetime import timedelta

from evidence.screening import pace
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store.screening import (
    assignments,
    decisions,
    decisions_by_person,
    pilots,
    progress,
    stage_settings,
)
from evidence.store.screening.decisions_by_person import DecisionFilter

RECENT = 100  # decisions from which the pace is reckoned


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProgress:
    """How far the person at the desk is at a stage.

    Attributes:
        decided: works they decided.
        per_hour: decisions per hour of work, of late; None while too few were made.
    """

    decided: int
    per_hour: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamProgress:
    """How far a team is at a stage, and the person at the desk in it.

    Attributes:
        decided: works that the person decided.
        waiting: works that they have before them.
        per_hour: works per hour, of late; None where not known.
        works: works that have come to the stage.
        closed: of these, those that are not open any more.
        readings: decisions that are still to be made by anybody, about as many where only a share
            is read by several.
    """

    decided: int
    waiting: int
    per_hour: float | None
    works: int
    closed: int
    readings: int

    @property
    def time_left(self) -> timedelta | None:
        """How long the whole team's rest would take one person at this pace."""
        return pace.time_left(self.readings, self.per_hour) if self.readings else None


def own_progress(desk: Desk, stage: Stage) -> OwnProgress:
    """How many works the person at the desk decided, and how fast they went of late."""
    with desk.reading() as c:
        person_at_stage = c, desk.review_id, stage, desk.person_id
        seconds = decisions_by_person.seconds_of_person(*person_at_stage, RECENT)
        return OwnProgress(
            # “Not retrieved” ends no assignment; at full text works are few enough to look at all.
            decided=decisions_by_person.count_of_person(*person_at_stage, DecisionFilter())
            if stage is Stage.FULL_TEXT
            else assignments.count_done(*person_at_stage),
            per_hour=pace.per_hour(seconds),
        )


def one_reader_suffices(desk: Desk, stage: Stage) -> bool:
    """Whether every open work waits for whoever takes it, so that nobody waits for others."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        piloted = pilots.any_held(c, desk.review_id, stage)
    return settings.pulls and settings.voices == 1 and not piloted


def count_readable(desk: Desk, stage: Stage) -> int:
    """How many open works the person at the desk may still be asked to read.

    Looks at all open works; pages keep the answer for a while.
    """
    with desk.reading() as c:
        review_id, person_id = desk.review_id, desk.person_id
        if not stage_settings.current(c, review_id, stage).pulls:
            return assignments.count_waiting(c, review_id, stage, person_id)
        open_works = decisions.tally(c, review_id, stage)[State.OPEN]
        return open_works - assignments.count_waiting_for_others(c, review_id, stage, person_id)


def team_progress(desk: Desk, stage: Stage) -> TeamProgress:
    """How far the person at the desk and their team are."""
    with desk.reading() as c:
        own = progress.of_person(c, desk.review_id, stage, desk.person_id)
        seconds = progress.seconds(c, desk.review_id, stage, [desk.person_id])
        tally = decisions.tally(c, desk.review_id, stage)
        settings = stage_settings.current(c, desk.review_id, stage)
        several = settings.voices > 1 and settings.share > 0
        read = progress.count_decisions_on_open(c, desk.review_id, stage) if several else 0
    open_works = tally[State.OPEN]
    readings_per_work = 1 + settings.share * (settings.voices - 1)
    return TeamProgress(
        decided=own.done,
        waiting=own.waiting,
        per_hour=pace.per_hour(seconds.get(desk.person_id, ())),
        works=sum(tally.values()),
        closed=sum(tally.values()) - open_works,
        readings=max(round(open_works * readings_per_work) - read, min(open_works, 1)),
    )
