"""How far a person and their team are at a stage."""

from dataclasses import dataclass
from datetime import timedelta

from evidence.screening.pace import per_hour, time_left
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store.screening import decisions, progress, stage_settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a person and their team are at a stage.

    Attributes:
        done: what the person decided.
        waiting: what they have before them.
        pace: records per hour, None where not known.
        works: works that have come to the stage.
        settled: of these, those that are not open any more.
        readings: decisions that are still to be made by anybody, about as many where only a share
            is read by several.
    """

    done: int
    waiting: int
    pace: float | None
    works: int
    settled: int
    readings: int

    @property
    def time_left(self) -> timedelta | None:
        """How long the whole team's rest would take one person at this pace."""
        return time_left(self.readings, self.pace) if self.readings else None


def standing(desk: Desk, stage: Stage) -> Standing:
    """How far the person at the desk and the team are."""
    with desk.reading() as c:
        mine = progress.of_person(c, desk.review_id, stage, desk.person_id)
        taken = progress.seconds(c, desk.review_id, stage, [desk.person_id])
        tally = decisions.tally(c, desk.review_id, stage)
        chosen = stage_settings.current(c, desk.review_id, stage)
        open_works = tally[State.OPEN]
        several = chosen.voices > 1 and chosen.share > 0
        read = progress.count_decisions_on_open(c, desk.review_id, stage) if several else 0
    each = 1 + chosen.share * (chosen.voices - 1)
    return Standing(
        done=mine.done,
        waiting=mine.waiting,
        pace=per_hour(taken.get(desk.person_id, ())),
        works=sum(tally.values()),
        settled=sum(tally.values()) - open_works,
        readings=max(round(open_works * each) - read, min(open_works, 1)),
    )
