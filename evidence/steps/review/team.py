"""The team: who is in it, how far everybody is, and how people come and go."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidence.errors import Invalid, NotAllowed
from evidence.screening.pace import per_hour, time_left
from evidence.screening.verdicts import Stage
from evidence.settings import keeps_times
from evidence.steps.desk import Desk
from evidence.steps.review import people
from evidence.store import Role, Write, audit
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import access, team
from evidence.store.review.team import Member
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    decisions,
    left,
    progress,
    stage_settings,
    work_states,
)

BY_INVITATION = (
    "People come into a review by invitation here; an owner makes one on the page Team, under "
    "“Access”."
)
LAST_OWNER = "Nobody would own the review then. Make somebody else an owner first, and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Teammate:
    """Somebody of the team, and how far they are at a stage.

    Attributes:
        left: works that are left for them, as everywhere (store/screening/left.py); 0 for
            who left the team.
        pace: works per hour, from their newest decisions; None where there are too few.
    """

    person_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None
    done: int
    left: int
    pace: float | None

    @property
    def time_left(self) -> timedelta | None:
        """How long what is left for them will take."""
        return time_left(self.left, self.pace) if self.left else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """What becomes of somebody's works when they leave the team, over both stages.

    Attributes:
        decided: works that they decided; all of that stands.
        held: works that go back to the others.
        unread: of these, how many wait for nobody then, because people read what is assigned only.
        closed: how many works of pilots are decided by it, because they wait for nobody else; then
            all can see what was said of them.
    """

    decided: int
    held: int
    unread: int
    closed: int


def everybody(desk: Desk, stage: Stage) -> list[Teammate]:
    """The team, those who left at the end."""
    with desk.reading() as c:
        members = team.members(c, desk.review_id, former=True)
        progress_of = {row.person_id: row for row in progress.of_people(c, desk.review_id, stage)}
        person_ids = [member.person_id for member in members]
        seconds = progress.seconds(c, desk.review_id, stage, person_ids)
        now_in = [member.person_id for member in members if member.left_at is None]
        left_by_id = left.left_of(c, desk.review_id, stage, now_in, datetime.now(UTC))
    none = progress.Progress(person_id=0, done=0, held=0)
    teammates = [
        Teammate(
            person_id=member.person_id,
            name=member.name,
            joined_at=member.joined_at,
            left_at=member.left_at,
            done=progress_of.get(member.person_id, none).done,
            left=left_by_id.get(member.person_id, 0),
            pace=per_hour(seconds.get(member.person_id, ())),
        )
        for member in members
    ]
    return sorted(teammates, key=lambda teammate: teammate.left_at is not None)


def keeps_pace() -> bool:
    """Whether it is kept how long works are on the screen, so that a pace can be told."""
    return keeps_times()


def former(desk: Desk) -> list[Member]:
    """Who left the team."""
    with desk.reading() as c:
        there = team.members(c, desk.review_id, former=True)
    return [each for each in there if each.left_at is not None]


def names(desk: Desk) -> dict[int, str]:
    """The names of those who are in the team now, by id."""
    with desk.reading() as c:
        return {member.person_id: member.name for member in team.members(c, desk.review_id)}


def add(desk: Desk, name: str) -> str:
    """Take somebody into the team, or back; gives their name as it is stored.

    Raises:
        Invalid: no name, or they are in the team already.
        NotAllowed: people come in by invitation on this server.
    """
    with desk.writing(Role.EDITOR) as w:
        if desk.store.private:
            raise NotAllowed(BY_INVITATION)
        person = people.find_or_add(w.connection, name, w.at)
        members = team.members(w.connection, desk.review_id)
        if person.id in {member.person_id for member in members}:
            raise Invalid(f"{person.name} is in the team already.")
        team.add(w, person.id)
    return person.name


def departure(desk: Desk, person_id: int) -> Departure:
    """What becomes of somebody's works when they leave."""
    decided = held = unread = closed = 0
    with desk.reading() as c:
        for stage in Stage:
            theirs = progress.of_person(c, desk.review_id, stage, person_id)
            decided += theirs.done
            held += theirs.held
            if not stage_settings.current(c, desk.review_id, stage).pulls:
                unread += theirs.held
            closed += work_states.closed_without(c, desk.review_id, stage, person_id)
    return Departure(decided=decided, held=held, unread=unread, closed=closed)


def take_out(desk: Desk, person_id: int) -> None:
    """Take somebody out of the team: what they decided stands, what waits for them is released.

    On a server for teams that ends their access.

    Raises:
        Invalid: they are not in the team, or are the last one in it.
        NotAllowed: nobody would own the review then, on a server for teams.
    """
    with desk.writing(Role.OWNER if desk.store.private else Role.EDITOR) as w:
        there = {each.person_id: each.name for each in access.listing(w.connection, w.review_id)}
        if person_id not in there:
            raise Invalid("They are not in the team any more; please reload the page.")
        if desk.store.private:
            refuse_without_owner(w, person_id)
            _audit(w, AuditKind.ACCESS_ENDED, there[person_id])
        elif len(team.members(w.connection, desk.review_id)) == 1:
            raise Invalid("Nobody would be left to screen. Take somebody else in first.")
        leave(w, person_id)


def leave(write: Write, person_id: int) -> None:
    """Let somebody be out of the team whom nothing keeps there; what waits for them is released."""
    team.remove(write, person_id)
    released = assignments.release(write, person_id)
    for stage in Stage:
        work_ids = [work_id for its_stage, work_id in released if its_stage is stage]
        assignments_after_merge.refollow(write, stage, work_ids)
        decisions.refresh(write, stage, work_ids)  # works of a pilot need one person less


def take_back(desk: Desk, person_id: int) -> None:
    """Take somebody back who left the team, as what they were.

    Raises:
        Invalid: they never were in it, or are in it now.
    """
    with desk.writing(Role.OWNER if desk.store.private else Role.EDITOR) as w:
        names = {
            each.person_id: each.name
            for each in team.members(w.connection, w.review_id, former=True)
            if each.left_at is not None
        }
        if person_id not in names:
            raise Invalid("They are in the team, or never were; please reload the page.")
        team.add(w, person_id)
        if desk.store.private:
            _audit(w, AuditKind.ACCESS_GIVEN, f"{names[person_id]}, back")


def refuse_without_owner(write: Write, person_id: int) -> None:
    """Refuse an act after which nobody would own the review.

    Raises:
        NotAllowed: this person is its only owner.
    """
    if access.owners(write.connection, write.review_id) == {person_id}:
        raise NotAllowed(LAST_OWNER)


def _audit(write: Write, kind: AuditKind, subject: str) -> None:
    actor = Actor(person_id=write.person_id)
    audit.note(write.connection, kind, actor, write.at, subject=subject, review_id=write.review_id)
