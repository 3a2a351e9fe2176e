"""The team: who screens, how each stage is screened, and how far everybody is."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidence.errors import Invalid
from evidence.screening.methods_text import methods
from evidence.screening.pace import per_hour, time_left
from evidence.screening.team import MOST_VOICES, Maybe, Order, Rule, StageSettings
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.store import Connection, Write, events
from evidence.store.review import team as members
from evidence.store.review.team import Chosen
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    consensus,
    decisions,
    progress,
    understaffed,
)

__all__ = ["MOST_VOICES", "Chosen", "Maybe", "Order", "Rule", "Stage", "StageSettings", "State"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What other settings would change.

    Attributes:
        moves: how many works that are settled now would go from one state to another.
        settled: how many open works would be settled. Which way is not told: while a work is open,
            nobody may know what others said of it.
        read_in_full: of those that would not be included any more, how many were decided on at
            full text already.
        warnings: what could not work, in words.
    """

    moves: Mapping[tuple[State, State], int]
    settled: int
    read_in_full: int
    warnings: tuple[str, ...]

    @property
    def works(self) -> int:
        """How many works would change their state."""
        return sum(self.moves.values()) + self.settled

    @property
    def opened(self) -> int:
        """How many settled works would be open again; everybody could see what was said of them."""
        return sum(many for (_, then), many in self.moves.items() if then is State.OPEN)


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
            pulls = members.settings(c, desk.review_id, stage).pulls
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


def settings(desk: Desk, stage: Stage) -> StageSettings:
    """How the stage is screened now."""
    with desk.reading() as c:
        return members.settings(c, desk.review_id, stage)


def history(desk: Desk, stage: Stage) -> list[Chosen]:
    """Who chose which settings when, newest first."""
    with desk.reading() as c:
        return members.history(c, desk.review_id, stage)


def effects(desk: Desk, stage: Stage) -> dict[datetime, Mapping[str, int]]:
    """What each change of settings did, by its time: how many works it settled and opened."""
    with desk.reading() as c:
        found = events.of_kind(c, desk.review_id, CHANGED)
    return {
        one.at: one.after
        for one in found
        if one.subject == stage.value and {"settled", "opened"} <= set(one.after or ())
    }


def sentence(stage: Stage, chosen: StageSettings) -> str:
    """How the stage is screened, for the methods of a report."""
    return methods(stage, chosen)


def preview(desk: Desk, stage: Stage, chosen: StageSettings) -> Changes:
    """What these settings would change, without keeping them."""
    with desk.reading() as c:
        moved = list(consensus.changes(c, desk.review_id, stage, chosen))
        return _changes(c, desk.review_id, stage, chosen, moved)


def choose(desk: Desk, stage: Stage, chosen: StageSettings, before: StageSettings) -> Changes:
    """Screen the stage like this from now on; gives what that changed.

    Settled works can be seen by all, and may be opened again later. That cannot be undone in
    people's heads, so it is kept and shown who chose what, and how many works it settled or opened.

    Args:
        desk: whose choice it is.
        stage: of which stage.
        chosen: the new settings.
        before: those that the person saw when they chose.

    Raises:
        Invalid: somebody else chose other settings meanwhile.
    """
    with desk.writing() as w:
        members.may_lead(w)
        _check_unchanged(w, stage, before)
        moved = list(consensus.changes(w.connection, desk.review_id, stage, chosen))
        changed = _changes(w.connection, desk.review_id, stage, chosen, moved)
        members.set_settings(w, stage, chosen)
        assignments_after_merge.follow(
            w, assignments_after_merge.sleeping(w.connection, desk.review_id, stage), [stage]
        )
        decisions.note_states(w, stage, {work_id: then for work_id, _, then in moved})
        told = {"settled": changed.settled, "opened": changed.opened}
        events.note(w, CHANGED, stage.value, after=told)
    return changed


def _check_unchanged(write: Write, stage: Stage, before: StageSettings) -> None:
    if members.settings(write.connection, write.review_id, stage) != before:
        newest = members.history(write.connection, write.review_id, stage)[0]
        raise Invalid(
            f"{newest.person} changed how this stage is screened meanwhile, so nothing was kept. "
            "Reload the page to see it, then choose again."
        )


def _changes(
    c: Connection,
    review_id: int,
    stage: Stage,
    chosen: StageSettings,
    moved: Sequence[tuple[int, State, State]],
) -> Changes:
    dropped = [work_id for work_id, now, _ in moved if now is State.INCLUDE]
    read = 0
    if stage is Stage.TITLE_ABSTRACT:
        for ids in consensus.portions(dropped):
            found = consensus.stored_states(c, Stage.FULL_TEXT, ids)
            read += sum(state is not State.OPEN for state in found.values())
    return Changes(
        moves=Counter((now, then) for _, now, then in moved if now is not State.OPEN),
        settled=sum(now is State.OPEN for _, now, _ in moved),
        read_in_full=read,
        warnings=tuple(_warnings(c, review_id, stage, chosen)),
    )


def warnings(desk: Desk, stage: Stage) -> list[str]:
    """What cannot work as the stage is screened now, in words."""
    with desk.reading() as c:
        chosen = members.settings(c, desk.review_id, stage)
        return _warnings(c, desk.review_id, stage, chosen)


def _warnings(c: Connection, review_id: int, stage: Stage, chosen: StageSettings) -> list[str]:
    team = len(members.members(c, review_id))
    found = []
    if chosen.voices > max(team, 1) and chosen.share:
        are = "is 1 person" if team == 1 else f"are {team} people"
        found.append(
            f"{chosen.voices} people must read a record, but there {are} in the team: such "
            "records can never be finished. Take more people in, or choose fewer per record."
        )
    if not chosen.pulls:
        nobody = len(understaffed.lacking(c, review_id, stage, chosen, datetime.now(UTC)))
        if nobody:
            wait = "open record waits" if nobody == 1 else "open records wait"
            found.append(
                f"{nobody:,} {wait} for nobody or for too few people, and people read only what "
                "is assigned to them. Give them out under “Who reads what”."
            )
    return found
