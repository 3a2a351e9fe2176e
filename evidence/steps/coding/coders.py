"""Who codes what: how many people a study is coded by, who they are, and pilots."""

import secrets
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from evidence.coding.which_counts import CodersOfStudy, CodingStage, Moves, moves
from evidence.errors import Invalid
from evidence.screening import pilot_sample
from evidence.screening.allocation import Vacancy, split
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Write, events
from evidence.store.area_versions import Area
from evidence.store.coding import coders, coding_assignments, codings, studies
from evidence.store.coding.coders import ShareChange
from evidence.store.coding.coding_assignments import Coder, CodingPilot
from evidence.store.events import Event, EventKind
from evidence.store.review import team

FEWEST_PEOPLE = 2
MOST = 1000  # studies in a pilot
LONGEST_NAME = 200  # characters of a pilot's name
SEEDS = 2**31
_AREAS = Area.CODING | Area.RESULTS
NOT_IN_TEAM = "Somebody you chose is not in the team any more; please reload the page."


@dataclass(frozen=True, slots=True, kw_only=True)
class CodersPage:
    """How a scheme is coded.

    Attributes:
        share: of the studies that two people code, in percent.
        history: all shares that were set, the newest first.
        stages: how many studies are how far.
        waiting: studies of which somebody has a complete coding and others are still asked for.
        lacking: studies that are given to fewer people than are asked to code them.
        coders: to whom studies are given, with how far they are.
        pilots: the newest first.
    """

    share: int
    history: tuple[ShareChange, ...]
    stages: Mapping[CodingStage, int]
    waiting: int
    lacking: int
    coders: tuple[Coder, ...]
    pilots: tuple[CodingPilot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Which studies were given to whom at random.

    Attributes:
        counts: how many each person got, by name.
        short: studies that still lack people, because too few took part.
        seed: of the draw; the same studies, people and seed give the same result.
    """

    counts: Mapping[str, int]
    short: int
    seed: int


def page(desk: Desk, scheme_id: int) -> CodersPage:
    """How a scheme is coded, by whom, and how far they are."""
    taken = schemes.get(desk, scheme_id)
    with desk.reading() as c:
        standing = coders.of_studies(c, desk.review_id, taken.id)
        return CodersPage(
            share=coders.share(c, taken.id),
            history=tuple(coders.history(c, taken.id)),
            stages=Counter(study.stage for study in standing.values()),
            waiting=sum(
                study.stage is CodingStage.TO_CODE and study.complete > 0
                for study in standing.values()
            ),
            lacking=len(_vacancies(c, desk.review_id, taken.id)),
            coders=coding_assignments.coders(c, taken.id),
            pilots=tuple(coding_assignments.pilots(c, taken.id)),
        )


def preview(desk: Desk, scheme_id: int, share: int) -> Moves:
    """What another share of double coding would change for studies; nothing is kept."""
    with desk.reading() as c:
        return _moves(c, desk.review_id, schemes.get(desk, scheme_id).id, share)


def opened_by_share(desk: Desk, scheme_id: int, share: int) -> tuple[str, ...]:
    """The labels of the studies whose complete codings everybody could read with another share, but
    for who codes the study or is still to, and that only their coders can read now.
    """
    with desk.reading() as c:
        taken = schemes.get(desk, scheme_id)
        then = coders.of_studies(c, desk.review_id, taken.id, percent=share)
        return _opened(c, desk.review_id, taken.id, then)


def opened_by_taking_back(
    desk: Desk, scheme_id: int, person_ids: Collection[int]
) -> tuple[str, ...]:
    """The same for asking these people no more for what they have not coded completely."""
    with desk.reading() as c:
        taken = schemes.get(desk, scheme_id)
        without = coding_assignments.open_to(person_ids)
        then = coders.of_studies(c, desk.review_id, taken.id, without=without)
        return _opened(c, desk.review_id, taken.id, then)


def opened_by_ending(desk: Desk, scheme_id: int, pilot_id: int) -> tuple[str, ...]:
    """The same for ending a pilot."""
    with desk.reading() as c:
        taken = schemes.get(desk, scheme_id)
        without = coding_assignments.in_pilot(pilot_id)
        then = coders.of_studies(c, desk.review_id, taken.id, without=without)
        return _opened(c, desk.review_id, taken.id, then)


def _opened(
    c: Connection, review_id: int, scheme_id: int, then: Mapping[int, CodersOfStudy]
) -> tuple[str, ...]:
    now = coders.of_studies(c, review_id, scheme_id)
    labels = studies.labels(c, review_id)
    return tuple(
        label
        for study_id, label in labels.items()
        if now[study_id].hides_codings and not then[study_id].hides_codings
    )


def change(desk: Desk, scheme_id: int, share: int, before: int) -> Moves:
    """Let two people code this share of the studies from now on; gives what that changed.

    No coding changes, and nobody's answers are shown to somebody who is still to code the study.
    Which studies belong to the share was drawn when they were made, so a larger share only adds.

    Args:
        desk: whose change it is.
        scheme_id: of the scheme.
        share: in percent; 0 for one coder, 100 for two.
        before: the share that the person saw when they chose.

    Raises:
        Invalid: somebody else changed it meanwhile, or it is no share.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        now = coders.share(w.connection, taken.id)
        if now != before:
            person = coders.history(w.connection, taken.id)[0].person
            raise Invalid(
                f"{person} changed how many people code a study meanwhile, so nothing was kept. "
                "Reload the page to see it, then choose again."
            )
        changed = _moves(w.connection, desk.review_id, taken.id, share)
        coders.set_share(w, taken.id, share)
        events.note(w, EventKind.CODERS_CHANGED, taken.scheme.title, before=now, after=share)
    return changed


def preview_give(desk: Desk, scheme_id: int, person_id: int, study_ids: Collection[int]) -> Moves:
    """What giving these studies to a person would change for them; nothing is kept."""
    with desk.reading() as c:
        taken = schemes.get(desk, scheme_id)
        known = coding_assignments.by_study(c, taken.id)
        now = coders.of_studies(c, desk.review_id, taken.id, study_ids=study_ids)
        left = team.former_ids(c, desk.review_id)
        complete: dict[int, set[int]] = {}
        for (study_id, coder), (state, _) in codings.states(c, desk.review_id, taken.id).items():
            if state == "complete":
                complete.setdefault(study_id, set()).add(coder)
    people = {
        study_id: complete.get(study_id, set()) | (set(known.get(study_id, ())) - left)
        for study_id in now
    }
    then = {
        study_id: replace(study, asked=max(study.asked, len(people[study_id] | {person_id})))
        for study_id, study in now.items()
    }
    return moves(list(now.values()), list(then.values()))


def give(desk: Desk, scheme_id: int, person_id: int, study_ids: Collection[int]) -> int:
    """Let a person code these studies; gives how many are new to them.

    A study that is given to more people than are asked to code it is asked of all of them.

    Raises:
        Invalid: the person is not in the team, or a study is not of this review.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        name = _names(w, [person_id])[person_id]
        _check_studies(w, study_ids)
        given = coding_assignments.give(w, taken.id, [(each, person_id) for each in study_ids])
        if given:
            after = {"person": name, "studies": given}
            events.note(w, EventKind.CODING_GIVEN, taken.scheme.title, after=after)
    return given


def take_back(desk: Desk, scheme_id: int, person_id: int, study_ids: Collection[int]) -> int:
    """Ask these studies of a person no more, where they have not coded them completely; gives how
    many. What they began stays theirs.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        _check_studies(w, study_ids)
        count = coding_assignments.take_back(w, taken.id, person_id, study_ids)
        if count:
            after = {"person_id": person_id, "studies": count}
            events.note(w, EventKind.CODING_TAKEN_BACK, taken.scheme.title, after=after)
    return count


def take_back_open(desk: Desk, scheme_id: int, person_ids: Collection[int]) -> int:
    """Ask these people no more for all that they have not coded completely; gives how many studies.

    Studies of pilots stay with them; a pilot is ended as a whole.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        count = 0
        for person_id in sorted(set(person_ids)):
            ids = coding_assignments.outside_pilots(w.connection, taken.id, person_id)
            freed = coding_assignments.take_back(w, taken.id, person_id, ids)
            if freed:
                after = {"person_id": person_id, "studies": freed}
                events.note(w, EventKind.CODING_TAKEN_BACK, taken.scheme.title, after=after)
            count += freed
    return count


def divide(
    desk: Desk,
    scheme_id: int,
    shares: Mapping[int, float],
    *,
    seed: int | None = None,
    most: int | None = None,
) -> Given:
    """Give the studies that lack coders to these people at random; the seed goes to the trail.

    Args:
        desk: whose doing it is.
        scheme_id: of the scheme.
        shares: how much of the whole each person takes on, by person.
        seed: of the draw; drawn here where it is None.
        most: so many studies are given and no more; None for all that lack coders.

    Raises:
        Invalid: nobody to divide them among, somebody who is not in the team, or no study.
    """
    if not any(share > 0 for share in shares.values()):
        raise Invalid("Choose at least one person, with a share above 0.")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        names = _names(w, shares)
        vacancies = _vacancies(w.connection, desk.review_id, taken.id)
        if not vacancies:
            raise Invalid("No study lacks coders, so there is nothing to give.")
        draw = split(vacancies, shares, seed, most)
        coding_assignments.give(w, taken.id, draw.pairs)
        by_name = Counter(names[person_id] for _, person_id in draw.pairs)
        counts = {names[person_id]: by_name[names[person_id]] for person_id in shares}
        after = {"seed": seed, "given": counts, "short": draw.short}
        events.note(w, EventKind.CODING_GIVEN, taken.scheme.title, after=after)
    return Given(counts=counts, short=draw.short, seed=seed)


def past_draws(desk: Desk, scheme_id: int) -> list[Event]:
    """Earlier draws with their seeds, the newest first."""
    title = schemes.get(desk, scheme_id).scheme.title
    with desk.reading() as c:
        given = events.of_kind(c, desk.review_id, EventKind.CODING_GIVEN)
    return [each for each in given if each.subject == title and "seed" in (each.after or {})]


def begin_pilot(
    desk: Desk,
    scheme_id: int,
    person_ids: Collection[int],
    size: int,
    *,
    name: str = "",
    seed: int | None = None,
) -> CodingPilot:
    """Draw studies that nobody codes yet, for all these people to code.

    Raises:
        Invalid: fewer than two people, somebody who is not in the team, a name that is taken or
            too long, or too few studies.
    """
    people = sorted(set(person_ids))
    if len(people) < FEWEST_PEOPLE:
        raise Invalid("A pilot needs at least two people, or there is nothing to compare.")
    if not 1 <= size <= MOST:
        raise Invalid(f"A pilot has 1 to {MOST:,} studies.")
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Invalid(f"The name of a pilot has at most {LONGEST_NAME} characters.")
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        _names(w, people)
        earlier = coding_assignments.pilots(w.connection, taken.id)
        name = name or f"Pilot {len(earlier) + 1}"
        if name in {pilot.name for pilot in earlier}:
            raise Invalid(f"There is a pilot called “{name}” already; choose another name.")
        candidates = coding_assignments.uncoded(w.connection, desk.review_id, taken.id)
        if len(candidates) < size:
            raise Invalid(
                f"Only {len(candidates):,} studies are left that nobody codes yet; choose fewer."
            )
        sample = pilot_sample.draw(candidates, size, seed)
        pilot_id = coding_assignments.begin_pilot(w, taken.id, name, sample, people)
        after = {"seed": seed, "studies": sample, "people": people}
        events.note(w, EventKind.CODING_PILOT_BEGUN, name, after=after)
    with desk.reading() as c:
        begun = coding_assignments.pilots(c, taken.id)
    return next(pilot for pilot in begun if pilot.id == pilot_id)


def end_pilot(desk: Desk, scheme_id: int, pilot_id: int) -> None:
    """End a pilot before all have coded it: what is complete counts, the rest is asked of nobody.

    Raises:
        Invalid: it is over already.
    """
    taken = schemes.get(desk, scheme_id)
    with desk.writing(Role.EDITOR, areas=_AREAS) as w:
        listed = coding_assignments.pilots(w.connection, taken.id)
        pilot = next((pilot for pilot in listed if pilot.id == pilot_id), None)
        if pilot is None or pilot.is_over:
            raise Invalid("This pilot is over already.")
        coding_assignments.end_pilot(w, taken.id, pilot_id)
        events.note(w, EventKind.CODING_PILOT_ENDED, pilot.name)


def _moves(c: Connection, review_id: int, scheme_id: int, share: int) -> Moves:
    now = coders.of_studies(c, review_id, scheme_id)
    then = coders.of_studies(c, review_id, scheme_id, percent=share)
    return moves([now[study_id] for study_id in then], list(then.values()))


def _vacancies(c: Connection, review_id: int, scheme_id: int) -> dict[int, Vacancy]:
    """The studies that fewer people code, have coded or are to code than are asked to."""
    standing = coders.of_studies(c, review_id, scheme_id)
    left = team.former_ids(c, review_id)
    people: dict[int, set[int]] = {
        study_id: set(given) - left
        for study_id, given in coding_assignments.by_study(c, scheme_id).items()
    }
    for (study_id, person_id), (state, _) in codings.states(c, review_id, scheme_id).items():
        if state == "complete" or person_id not in left:
            people.setdefault(study_id, set()).add(person_id)
    lacking = {
        study_id: (study.asked - len(people.get(study_id, ())), people.get(study_id, set()))
        for study_id, study in standing.items()
        if study.stage is CodingStage.TO_CODE
    }
    return {
        study_id: Vacancy(people=missing, readers=frozenset(known))
        for study_id, (missing, known) in lacking.items()
        if missing > 0
    }


def standing_of(desk: Desk, scheme_id: int, study_id: int) -> CodersOfStudy:
    """How a study stands, whoever codes it."""
    with desk.reading() as c:
        studies.get(c, desk.review_id, study_id)
        found = coders.of_studies(c, desk.review_id, scheme_id, study_ids=[study_id])
    return found[study_id]


def _names(write: Write, person_ids: Collection[int]) -> dict[int, str]:
    """What these people of the team are called.

    Raises:
        Invalid: somebody is not in the team.
    """
    names = {m.person_id: m.name for m in team.members(write.connection, write.review_id)}
    if not set(person_ids) <= set(names):
        raise Invalid(NOT_IN_TEAM)
    return {person_id: names[person_id] for person_id in person_ids}


def _check_studies(write: Write, study_ids: Collection[int]) -> None:
    known = set(studies.ids(write.connection, write.review_id))
    if not set(study_ids) <= known:
        raise Invalid("A study that you chose is not there any more; please reload the page.")
