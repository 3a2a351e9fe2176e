"""Pilots: all read the same sample, and see how far they agree before the real screening."""

import secrets
from collections.abc import Collection

from evidence.errors import Invalid
from evidence.screening import pilot_sample
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.store import Role, events
from evidence.store.area_versions import Area
from evidence.store.events import EventKind
from evidence.store.review import team
from evidence.store.screening import decisions, pilots
from evidence.store.screening.pilots import OwnPart, Pilot

FEWEST_PEOPLE = 2
MOST = 1000  # works in a pilot
SEEDS = 2**31


def listing(desk: Desk, stage: Stage) -> list[Pilot]:
    """The pilots of a stage, newest first."""
    with desk.reading() as c:
        return pilots.listing(c, desk.review_id, stage)


def own(desk: Desk, stage: Stage) -> list[OwnPart]:
    """The pilots in which the person at the desk reads or has read, oldest first."""
    with desk.reading() as c:
        return pilots.of_person(c, desk.review_id, stage, desk.person_id)


def begin(
    desk: Desk,
    stage: Stage,
    person_ids: Collection[int],
    size: int,
    *,
    name: str = "",
    seed: int | None = None,
) -> Pilot:
    """Draw a sample of open works that nobody decided on, for all these people to read.

    Raises:
        Invalid: fewer than two people, somebody who is not in the team, a name that is taken, or
            too few works.
    """
    people = sorted(set(person_ids))
    if len(people) < FEWEST_PEOPLE:
        raise Invalid("A pilot needs at least two people, or there is nothing to compare.")
    if not 1 <= size <= MOST:
        raise Invalid(f"A pilot has 1 to {MOST:,} works.")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        team_ids = {member.person_id for member in team.members(w.connection, desk.review_id)}
        if not set(people) <= team_ids:
            raise Invalid("Somebody you chose is not in the team any more; please reload the page.")
        earlier = pilots.listing(w.connection, desk.review_id, stage)
        name = " ".join(name.split()) or f"Pilot {len(earlier) + 1}"
        if name in {pilot.name for pilot in earlier}:
            raise Invalid(f"There is a pilot called “{name}” already; choose another name.")
        candidates = pilots.candidates(w, stage, people)
        if len(candidates) < size:
            raise Invalid(
                f"Only {len(candidates):,} open works are left that nobody decided on, that are in "
                "no pilot, and that nobody else has; choose fewer."
            )
        sample = pilot_sample.draw(candidates, size, seed)
        pilot_id = pilots.begin(w, stage, name, sample, people)
        after = {"seed": seed, "works": sample, "people": people}
        events.note(w, EventKind.PILOT_BEGUN, name, after=after)
    return next(pilot for pilot in listing(desk, stage) if pilot.id == pilot_id)


def end(desk: Desk, stage: Stage, pilot_id: int) -> None:
    """End a pilot before all have read it: what was decided counts, the rest goes back.

    Raises:
        Invalid: it is over already.
    """
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        listed = pilots.listing(w.connection, desk.review_id, stage)
        pilot = next((pilot for pilot in listed if pilot.id == pilot_id), None)
        if pilot is None or pilot.over:
            raise Invalid("This pilot is over already.")
        decisions.refresh(w, stage, pilots.end(w, stage, pilot_id))
        events.note(w, EventKind.PILOT_ENDED, pilot.name)
