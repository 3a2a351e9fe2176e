"""The team: who screens, how each stage is screened, and how far everybody is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from evidence.errors import Invalid
from evidence.screening.pace import per_hour, time_left
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.store.review import team as members
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    decisions,
    progress,
    stage_settings,
)

CHANGED = "changed how a stage is screened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Teammate:
    """Somebody of the team, and how far they are at a stage.

    Attributes:
        waiting: works that were given to them, or that they took, and that they did not decide.
        pace: records per hour, from their newest decisions; None where too few are known.
    """

    person_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None
    done: int
    waiting: int
    pace: float | None

    @property
    def time_left(self) -> timedelta | None:
        """How long what waits for them will take."""
        return time_left(self.waiting, self.pace) if self.waiting else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """What becomes of somebody's works when they leave the team, over both stages.

    Attributes:
        decided: works that they decided; all of that stands.
        waiting: works that go back to the others.
        unread: of these, how many wait for nobody then, because people read what is assigned only.
    """

    decided: int
    waiting: int
    unread: int


def everybody(desk: Desk, stage: Stage) -> list[Teammate]:
    """The team, those who left at the end."""
    with desk.reading() as c:
        known = members.members(c, desk.review_id, gone=True)
        far = {one.person_id: one for one in progress.of_people(c, desk.review_id, stage)}
        taken = progress.seconds(c, desk.review_id, stage, [one.person_id for one in known])
    none = progress.Progress(person_id=0, done=0, waiting=0)
    team = [
        Teammate(
            person_id=one.person_id,
            name=one.name,
            joined_at=one.joined_at,
            left_at=one.left_at,
            done=far.get(one.person_id, none).done,
            waiting=far.get(one.person_id, none).waiting,
            pace=per_hour(taken.get(one.person_id, ())),
        )
        for one in known
    ]
    return sorted(team, key=lambda one: one.left_at is not None)


def here(desk: Desk) -> dict[int, str]:
    """The names of those who are in the team now, by id."""
    with desk.reading() as c:
        return {one.person_id: one.name for one in members.members(c, desk.review_id)}


def add(desk: Desk, name: str) -> str:
    """Take somebody into the team, or back; gives the name as it is kept.

    Raises:
        Invalid: no name, they are in the team already, or who takes them in is not.
    """
    person = reviews.welcome(desk.store, name)
    with desk.writing() as w:
        members.may_lead(w)
        if person.id in {one.person_id for one in members.members(w.connection, desk.review_id)}:
            raise Invalid(f"{person.name} is in the team already.")
        members.add(w, person.id)
    return person.name


def leaving(desk: Desk, person_id: int) -> Leaving:
    """What becomes of somebody's works when they leave."""
    decided = waiting = unread = 0
    with desk.reading() as c:
        for stage in Stage:
            one = progress.of_person(c, desk.review_id, stage, person_id)
            decided += one.done
            waiting += one.waiting
            pulls = stage_settings.current(c, desk.review_id, stage).pulls
            unread += 0 if pulls else one.waiting
    return Leaving(decided=decided, waiting=waiting, unread=unread)


def take_out(desk: Desk, person_id: int) -> None:
    """Take somebody out of the team: what they decided stands, what waits for them is given back.

    Raises:
        Invalid: they are not in the team, or are the last one in it.
    """
    with desk.writing() as w:
        members.may_lead(w)
        team = {one.person_id for one in members.members(w.connection, desk.review_id)}
        if person_id not in team:
            raise Invalid("They are not in the team any more; please reload the page.")
        if len(team) == 1:
            raise Invalid("Nobody would be left to screen. Take somebody else in first.")
        members.remove(w, person_id)
        freed = assignments.release(w, person_id)
        for stage in Stage:
            here = [work_id for at, work_id in freed if at is stage]
            assignments_after_merge.again(w, stage, here)
            decisions.refresh(w, stage, here)  # works of a pilot need one person less
