"""Giving works to people: divided at random, or chosen by hand; and taking them back."""

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
    """What was given to whom.

    Attributes:
        given: how many works each person got, by name.
        short: works that lack people still, because too few were chosen.
        seed: of the draw; the same works, people and seed give the same result.
    """

    given: Mapping[str, int]
    short: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignOutcome:
    """What came of works given by hand.

    Attributes:
        given: works that the person has before them now.
        left_out: works that are not open, that have all the people they need, or that the person
            has or decided already.
    """

    given: int
    left_out: int


def shortage(desk: Desk, stage: Stage) -> Shortage:
    """What is still to be given out."""
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        found = queue.vacancies(c, desk.review_id, stage, settings, datetime.now(UTC))
    return Shortage(works=len(found), readings=sum(one.people for one in found.values()))


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
        seed: of the draw; drawn here where none is given.

    Raises:
        Invalid: nobody to divide them among, somebody who is not in the team, or no work.
    """
    if not any(share > 0 for share in shares.values()):
        raise Invalid("Choose at least one person, with a share above 0.")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    with desk.writing(Role.EDITOR) as w:
        names = _names(w, shares)
        settings = stage_settings.current(w.connection, desk.review_id, stage)
        found = queue.vacancies(w.connection, desk.review_id, stage, settings, w.at)
        if not found:
            raise Invalid("No open work lacks people, so there is nothing to divide.")
        drawn = split(found, shares, seed, most)
        assignments.assign(w, stage, drawn.pairs, How.ASSIGNED)
        counted = Counter(names[person_id] for _, person_id in drawn.pairs)
        given = {names[person_id]: counted[names[person_id]] for person_id in shares}
        told = {"seed": seed, "given": given, "shares": {names[i]: n for i, n in shares.items()}}
        events.note(w, EventKind.WORKS_DIVIDED, stage.value, after=told | {"short": drawn.short})
    return Division(given=given, short=drawn.short, seed=seed)


def past_divisions(desk: Desk, stage: Stage) -> list[Event]:
    """Earlier draws at a stage with their seeds, newest first."""
    with desk.reading() as c:
        found = events.of_kind(c, desk.review_id, EventKind.WORKS_DIVIDED)
    return [one for one in found if one.subject == stage.value]


def search(desk: Desk, stage: Stage, words: str, limit: int) -> tuple[int, list[WorkLine]]:
    """Open works with these words: how many, and the first of them."""
    chosen = Filter(words=words, stage=stage.value, state=State.OPEN.value)
    with desk.reading() as c:
        total = works.count(c, desk.review_id, chosen)
        return total, works.page(c, desk.review_id, chosen, limit=limit)


def assign(
    desk: Desk, stage: Stage, person_id: int, *, ids: Sequence[int] = (), words: str = ""
) -> AssignOutcome:
    """Give works to somebody: these, or without any named all open ones with these words.

    Raises:
        Invalid: the person is not in the team, or no work was chosen.
    """
    with desk.writing(Role.EDITOR) as w:
        names = _names(w, [person_id])
        chosen = list(ids) or _with_words(w, stage, words)
        if not chosen:
            raise Invalid("No open work has these words.")
        settings = stage_settings.current(w.connection, desk.review_id, stage)
        wanting = queue.vacancies(w.connection, desk.review_id, stage, settings, w.at)
        given = [
            (one, person_id)
            for one in dict.fromkeys(chosen)
            if one in wanting and person_id not in wanting[one].readers
        ]
        assignments.assign(w, stage, given, How.ASSIGNED)
        count = {"works": len(given)}
        name = names[person_id]
        events.note(w, EventKind.WORKS_GIVEN, name, to_person=person_id, after=count)
    return AssignOutcome(given=len(given), left_out=len(set(chosen)) - len(given))


def unassign(desk: Desk, stage: Stage, person_ids: Collection[int]) -> int:
    """Take back what these people did not decide, pilots apart; gives how much that was."""
    with desk.writing(Role.EDITOR) as w:
        freed = assignments.unassign(w, stage, person_ids)
        assignments_after_merge.refollow(w, stage, set(freed))
        events.note(w, EventKind.WORKS_TAKEN_BACK, stage.value, after={"works": len(freed)})
    return len(freed)


def _with_words(write: Write, stage: Stage, words: str) -> list[int]:
    chosen = Filter(words=words, stage=stage.value, state=State.OPEN.value)
    return works.ids(write.connection, write.review_id, chosen)


def _names(write: Write, person_ids: Collection[int]) -> dict[int, str]:
    """The names of these people, all of whom must be in the team."""
    known = {one.person_id: one.name for one in team.members(write.connection, write.review_id)}
    if not set(person_ids) <= set(known):
        raise Invalid("Somebody you chose is not in the team any more; please reload the page.")
    return {person_id: known[person_id] for person_id in person_ids}
