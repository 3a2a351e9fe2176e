"""Who reads which works: divided at random, or assigned by hand; and taken back."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.screening.allocation import split
from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.store import Role, Write, events
from evidence.store.area_versions import Area
from evidence.store.events import Event, EventKind
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.records.works import WorkLine
from evidence.store.review import team
from evidence.store.screening import (
    assignments,
    assignments_after_merge,
    queue,
    stage_settings,
)
from evidence.store.screening.assignments import How

SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortage:
    """What is still to be given out at a stage.

    Attributes:
        works: open works that lack people.
        readings: how many people they lack together.
    """

    works: int
    readings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Which works went to whom at random.

    Attributes:
        counts: how many works each person got, by name.
        short: works that lack people still, because too few took part.
        seed: of the draw; the same works, people and seed give the same result.
    """

    counts: Mapping[str, int]
    short: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignOutcome:
    """What came of works assigned by hand.

    Attributes:
        assigned: works that the person has before them now.
        left_out: works that are not open, that have all the people they need, or that the person
            has or decided already.
    """

    assigned: int
    left_out: int


def shortage(desk: Desk, stage: Stage) -> Shortage:
    """What is still to be given out."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        vacancies = queue.vacancies(c, desk.review_id, stage, settings, datetime.now(UTC))
    readings = sum(vacancy.people for vacancy in vacancies.values())
    return Shortage(works=len(vacancies), readings=readings)


def divide(
    desk: Desk,
    stage: Stage,
    shares: Mapping[int, float],
    *,
    most: int | None = None,
    seed: int | None = None,
) -> Division:
    """Divide the works that lack people among these people; the seed goes to the event trail.

    Args:
        desk: whose doing it is.
        stage: at which stage.
        shares: how much of the whole each person takes on, by person.
        most: so many works are divided and no more.
        seed: of the draw; drawn here where it is None.

    Raises:
        Invalid: nobody to divide them among, somebody who is not in the team, or no work.
    """
    if not any(share > 0 for share in shares.values()):
        raise Invalid("Choose at least one person, with a share above 0.")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        names = _names(w, shares)
        settings = stage_settings.current(w.connection, desk.review_id, stage)
        vacancies = queue.vacancies(w.connection, desk.review_id, stage, settings, w.at)
        if not vacancies:
            raise Invalid("No open work lacks people, so there is nothing to divide.")
        draw = split(vacancies, shares, seed, most)
        assignments.assign(w, stage, draw.pairs, How.ASSIGNED)
        by_name = Counter(names[person_id] for _, person_id in draw.pairs)
        counts = {names[person_id]: by_name[names[person_id]] for person_id in shares}
        shares_by_name = {names[person_id]: share for person_id, share in shares.items()}
        after = {"seed": seed, "given": counts, "shares": shares_by_name, "short": draw.short}
        events.note(w, EventKind.WORKS_DIVIDED, stage.value, after=after)
    return Division(counts=counts, short=draw.short, seed=seed)


def past_divisions(desk: Desk, stage: Stage) -> list[Event]:
    """Earlier draws at a stage with their seeds, newest first."""
    with desk.reading() as c:
        divisions = events.of_kind(c, desk.review_id, EventKind.WORKS_DIVIDED)
    return [division for division in divisions if division.subject == stage.value]


def search(desk: Desk, stage: Stage, words: str, limit: int) -> tuple[int, list[WorkLine]]:
    """Open works with these words: how many, and the first of them."""
    filter_ = _open_with(stage, words)
    with desk.reading() as c:
        total = works.count(c, desk.review_id, filter_)
        return total, works.page(c, desk.review_id, filter_, limit=limit)


def assign(
    desk: Desk, stage: Stage, person_id: int, *, ids: Sequence[int] = (), words: str = ""
) -> AssignOutcome:
    """Assign works to somebody: these, or without any named all open ones with these words.

    Raises:
        Invalid: the person is not in the team, or no work has the words.
    """
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        names = _names(w, [person_id])
        work_ids = list(ids) or works.ids(w.connection, w.review_id, _open_with(stage, words))
        if not work_ids:
            raise Invalid("No open work has these words.")
        settings = stage_settings.current(w.connection, desk.review_id, stage)
        vacancies = queue.vacancies(w.connection, desk.review_id, stage, settings, w.at)
        pairs = [
            (work_id, person_id)
            for work_id in dict.fromkeys(work_ids)
            if work_id in vacancies and person_id not in vacancies[work_id].readers
        ]
        assignments.assign(w, stage, pairs, How.ASSIGNED)
        name, count = names[person_id], {"works": len(pairs)}
        events.note(w, EventKind.WORKS_GIVEN, name, to_person=person_id, after=count)
    return AssignOutcome(assigned=len(pairs), left_out=len(set(work_ids)) - len(pairs))


def unassign(desk: Desk, stage: Stage, person_ids: Collection[int]) -> int:
    """Take back what these people did not decide, pilots apart; gives how much that was."""
    with desk.writing(Role.EDITOR, areas=Area.SCREENING) as w:
        freed = assignments.unassign(w, stage, person_ids)
        assignments_after_merge.refollow(w, stage, set(freed))
        events.note(w, EventKind.WORKS_TAKEN_BACK, stage.value, after={"works": len(freed)})
    return len(freed)


def _open_with(stage: Stage, words: str) -> Filter:
    return Filter(words=words, stage=stage.value, state=State.OPEN.value)


def _names(write: Write, person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people, all of whom must be in the team."""
    members = team.members(write.connection, write.review_id)
    names = {member.person_id: member.name for member in members}
    if not set(person_ids) <= set(names):
        raise Invalid("Somebody you chose is not in the team any more; please reload the page.")
    return {person_id: names[person_id] for person_id in person_ids}
