"""How far the person at the desk is."""

from dataclasses import dataclass

from evidence.screening import pace
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store.screening import (
    assignments,
    decisions,
    decisions_by_person,
    pilots,
    stage_settings,
)

LATELY = 100  # decisions from which the pace is reckoned


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the person at the desk is at a stage.

    Attributes:
        decided: works they decided.
        per_hour: decisions per hour of work, of late; None while too few were made.
    """

    decided: int
    per_hour: float | None


def progress(desk: Desk, stage: Stage) -> Progress:
    """How many works the person at the desk decided, and how fast they went of late."""
    with desk.reading() as c:
        here = c, desk.review_id, stage, desk.person_id
        return Progress(
            decided=assignments.count_done(*here),
            per_hour=pace.per_hour(decisions_by_person.seconds_of_person(*here, LATELY)),
        )


def read_by_one(desk: Desk, stage: Stage) -> bool:
    """Whether every open work waits for whoever takes it, so that nobody waits for others."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        piloted = pilots.any_held(c, desk.review_id, stage)
    return settings.pulls and settings.voices == 1 and not piloted


def left(desk: Desk, stage: Stage) -> int:
    """How many open works the person at the desk may still be asked to read.

    Looks at all open works; pages keep the answer for a while.
    """
    with desk.reading() as c:
        here = c, desk.review_id, stage
        if not stage_settings.current(*here).pulls:
            return assignments.count_waiting(*here, desk.person_id)
        open_works = decisions.tally(*here)[State.OPEN]
        return open_works - assignments.count_waiting_for_others(*here, desk.person_id)
