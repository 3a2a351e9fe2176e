"""How far people agree at a stage, pair by pair and over all."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from evidence.agreement_formulas import PairAgreement, krippendorff, pair_agreement
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.store.area_versions import Area, made_from
from evidence.store.review import people
from evidence.store.screening import decisions, pilots, stage_settings, work_states

ALL, MAIN = 0, -1  # besides the numbers of pilots
PAIR = 2


class Maybes(StrEnum):
    """What a maybe is compared as."""

    OWN = "own"  # an answer of its own
    INCLUDE = "include"  # an include, because the work goes on
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two people, and how far they agree."""

    first: str
    second: str
    figures: PairAgreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far people agree.

    Attributes:
        works: works with the verdicts of at least two people; all figures rest on these.
        categories: what could be said, the same for every pair; PABAK depends on how many they are.
        alpha: Krippendorff's, over all people; None where it has no value.
        disputed: works on which not all have the same verdict, in the order of the import.
        verdicts: of these works, by name.
    """

    works: int
    categories: Sequence[Verdict]
    people: Sequence[str]
    pairs: Sequence[Pair]
    alpha: float | None
    disputed: Sequence[int]
    verdicts: Mapping[int, Mapping[str, Verdict]]


@made_from(Area.RECORDS | Area.SCREENING)
def measure(desk: Desk, stage: Stage, part: int = ALL, maybes: Maybes = Maybes.OWN) -> Agreement:
    """How far people agree, in all works of a stage, in one pilot, or outside of pilots.

    Compared are the verdicts that people gave before they could see those of others. Works that are
    open are left out, so that no figure tells somebody what a colleague decided. People who have no
    work in common make no pair.

    Args:
        desk: at which review.
        stage: at which stage.
        part: the number of a pilot, ALL or MAIN.
        maybes: what a maybe is compared as.
    """
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        independent = work_states.independent_verdicts(c, desk.review_id, stage, settings)
        pilot_by_work = pilots.pilot_by_work(c, desk.review_id, stage)
        names = {person.id: person.name for person in people.everybody(c)}
    by_work = {
        work_id: comparable
        for work_id, verdicts in independent.items()
        if part == ALL or pilot_by_work.get(work_id, MAIN) == part
        if len(comparable := _comparable(verdicts, maybes)) >= PAIR
    }
    by_person: dict[int, dict[int, Verdict]] = {}
    for work_id, verdicts in by_work.items():
        for person_id, verdict in verdicts.items():
            by_person.setdefault(person_id, {})[work_id] = verdict
    readers = sorted(by_person, key=lambda person_id: names[person_id])
    categories = _categories(maybes, {v for said in by_person.values() for v in said.values()})
    disputed = [work_id for work_id, v in by_work.items() if len(set(v.values())) > 1]
    return Agreement(
        works=len(by_work),
        categories=categories,
        people=[names[person_id] for person_id in readers],
        pairs=_pairs(readers, by_person, names, categories),
        alpha=krippendorff(Counter(tuple(said.values()) for said in by_work.values())),
        disputed=disputed,
        verdicts={
            work_id: {names[person_id]: verdict for person_id, verdict in by_work[work_id].items()}
            for work_id in disputed
        },
    )


def titles(desk: Desk, work_ids: Sequence[int]) -> dict[int, str]:
    """The titles of these works."""
    with desk.reading() as c:
        works = decisions.works_by_id(c, desk.review_id, work_ids)
    return {work_id: work.reference.title for work_id, work in works.items()}


def _pairs(
    readers: Sequence[int],
    by_person: Mapping[int, Mapping[int, Verdict]],
    names: Mapping[int, str],
    categories: Sequence[Verdict],
) -> list[Pair]:
    pairs = []
    for first, second in combinations(readers, PAIR):
        figures = pair_agreement(by_person[first], by_person[second], categories)
        if figures.both:
            pairs.append(Pair(first=names[first], second=names[second], figures=figures))
    return pairs


def _categories(maybes: Maybes, said: Collection[Verdict]) -> tuple[Verdict, ...]:
    """What could be said: include, exclude, and maybe where it is an answer of its own; and what
    else anybody said. Whether a pair used all of them does not matter.
    """
    possible = [Verdict.INCLUDE, Verdict.EXCLUDE]
    if maybes is Maybes.OWN:
        possible.append(Verdict.MAYBE)
    return (*possible, *sorted(set(said) - set(possible)))


def _comparable(verdicts: Mapping[int, Verdict], maybes: Maybes) -> dict[int, Verdict]:
    if maybes is Maybes.LEFT_OUT:
        return {person_id: v for person_id, v in verdicts.items() if v is not Verdict.MAYBE}
    if maybes is Maybes.INCLUDE:
        return {
            person_id: Verdict.INCLUDE if verdict is Verdict.MAYBE else verdict
            for person_id, verdict in verdicts.items()
        }
    return dict(verdicts)
