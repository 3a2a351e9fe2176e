"""How far people agree at a stage, pair by pair and over all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from evidence.agreement import PairAgreement, krippendorff, pair_agreement
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.store.review import people
from evidence.store.screening import consensus, decisions, pilots, stage_settings

ALL, MAIN = 0, -1  # besides the numbers of rounds
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
        alpha: Krippendorff's, over all people; None where it has no value.
        differ: works on which not all said the same, in the order of the import.
        said: for these works, what each person said, by name.
    """

    works: int
    people: Sequence[str]
    pairs: Sequence[Pair]
    alpha: float | None
    differ: Sequence[int]
    said: Mapping[int, Mapping[str, Verdict]]


def measure(desk: Desk, stage: Stage, part: int = ALL, maybes: Maybes = Maybes.OWN) -> Agreement:
    """How far people agree, in all records of a stage, in one round, or outside of rounds.

    Compared is what people said before they could see what the others said. Works that are open
    are left out, so that no figure tells somebody what a colleague said. People who have no work in
    common make no pair.

    Args:
        desk: at which review.
        stage: at which stage.
        part: the number of a round, ALL or MAIN.
        maybes: what a maybe is compared as.
    """
    with desk.reading() as c:
        settings = stage_settings.current(c, desk.review_id, stage)
        found = consensus.independent_verdicts(c, desk.review_id, stage, settings)
        in_round = pilots.pilot_by_work(c, desk.review_id, stage)
        names = {one.id: one.name for one in people.everybody(c)}
    said = {
        work_id: told
        for work_id, verdicts in found.items()
        if part == ALL or in_round.get(work_id, MAIN) == part
        if len(told := _compared(verdicts, maybes)) >= PAIR
    }
    of_person: dict[int, dict[int, Verdict]] = {}
    for work_id, verdicts in said.items():
        for person_id, verdict in verdicts.items():
            of_person.setdefault(person_id, {})[work_id] = verdict
    readers = sorted(of_person, key=lambda one: names[one])
    differ = [work_id for work_id, told in said.items() if len(set(told.values())) > 1]
    return Agreement(
        works=len(said),
        people=[names[one] for one in readers],
        pairs=_pairs(readers, of_person, names),
        alpha=krippendorff([tuple(told.values()) for told in said.values()]),
        differ=differ,
        said={
            work_id: {names[one]: verdict for one, verdict in said[work_id].items()}
            for work_id in differ
        },
    )


def titles(desk: Desk, work_ids: Sequence[int]) -> dict[int, str]:
    """The titles of these works."""
    with desk.reading() as c:
        shown = decisions.works_by_id(c, desk.review_id, work_ids)
    return {work_id: one.reference.title for work_id, one in shown.items()}


def _pairs(
    readers: Sequence[int],
    of_person: Mapping[int, Mapping[int, Verdict]],
    names: Mapping[int, str],
) -> list[Pair]:
    pairs = []
    for first, second in combinations(readers, PAIR):
        codes = (Verdict.INCLUDE, Verdict.EXCLUDE)
        figures = pair_agreement(of_person[first], of_person[second], codes)
        if figures.both:
            pair = Pair(first=names[first], second=names[second], figures=figures)
            pairs.append(pair)
    return pairs


def _compared(verdicts: Mapping[int, Verdict], maybes: Maybes) -> dict[int, Verdict]:
    if maybes is Maybes.LEFT_OUT:
        return {one: said for one, said in verdicts.items() if said is not Verdict.MAYBE}
    if maybes is Maybes.INCLUDE:
        return {
            one: Verdict.INCLUDE if said is Verdict.MAYBE else said
            for one, said in verdicts.items()
        }
    return dict(verdicts)
