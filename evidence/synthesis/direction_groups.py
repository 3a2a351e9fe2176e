"""Effect directions as they are printed: studies by design, each with its size and appraisal.

Designs have their own counts and intervals, because a trial and a comparison of those who found
work with those who did not are not the same answer (Boon and Thomson 2021,
doi:10.1002/jrsm.1458).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from evidence.synthesis.appraisal.judgements import Level
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.directions import EffectDirections, StudyEffect, effect_directions
from evidence.synthesis.group_people import (
    People,
    PeopleFrom,
    first_said,
    read_people,
    sizes_sentence,
)
from evidence.synthesis.map_cells import Roles
from evidence.synthesis.studies import CodedStudy

NOT_GROUPED = "Studies"
NOT_CODED = "not coded"


class Appraisal(StrEnum):
    """How a study was judged as a whole, in words for readers."""

    HIGH = "high quality"
    SOME = "some concerns"
    LOW = "low quality"
    NO_INFORMATION = "no information"
    NOT_JUDGED = "not judged"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedStudy:
    """One study as it stands in the plot.

    Attributes:
        people: in the largest intervention group behind its directions; None where none is known.
    """

    id: int
    label: str
    appraisal: Appraisal
    people: People | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionGroup:
    """Studies of one design, with counts of their own.

    Attributes:
        title: of the design.
        result: their directions; its outcomes are those that these studies report on.
    """

    title: str
    studies: tuple[GroupedStudy, ...]
    result: EffectDirections


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionGroups:
    """All that a plot of directions shows.

    Attributes:
        outcomes: that any study reports on, with those they lie under, in the scheme's order.
        groups: those that have a study.
        in_several: labels of studies with several designs; each stands under its first one.
        without: how many studies have no finding here.
        other_contrasts: how many findings of each other type were not used.
        unlisted: codes of outcomes that the scheme does not list; their findings are not used.
    """

    outcomes: tuple[Heading, ...]
    groups: tuple[DirectionGroup, ...]
    in_several: tuple[str, ...]
    without: int
    other_contrasts: Mapping[str, int]
    unlisted: frozenset[str]
    rule: str

    @property
    def studies(self) -> int:
        """How many studies stand in the plot."""
        return sum(len(group.studies) for group in self.groups)

    @property
    def effects(self) -> tuple[StudyEffect, ...]:
        """All directions in the plot, group by group."""
        return tuple(effect for group in self.groups for effect in group.result.effects)

    @property
    def sizes(self) -> str:
        """Where the numbers of people come from by which directions are sized; sentences."""
        labels = {study.id: study.label for group in self.groups for study in group.studies}
        unread = [(labels[effect.study], text) for effect in self.effects for text in effect.unread]
        return sizes_sentence([effect.people for effect in self.effects], unread)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """How studies are grouped, judged and measured.

    Attributes:
        designs: the question by whose top options they are grouped; None for one group.
        appraisals: by study; NOT_JUDGED where it is missing.
        people: by study, as typed, where neither a finding nor its arm says how many there were.
    """

    designs: Dimension | None = None
    appraisals: Mapping[int, Appraisal] = field(default_factory=dict)
    people: Mapping[int, str] = field(default_factory=dict)


def appraisal_of(roles: Roles) -> Appraisal:
    """What a study's codes say of its quality; the lowest judgement speaks for it."""
    for role, appraisal in (
        (Roles.LOW_QUALITY | Roles.LOW_WEIGHT, Appraisal.LOW),
        (Roles.SOME_CONCERNS, Appraisal.SOME),
        (Roles.HIGH_QUALITY, Appraisal.HIGH),
        (Roles.NO_INFORMATION, Appraisal.NO_INFORMATION),
    ):
        if roles & role:
            return appraisal
    return Appraisal.NOT_JUDGED


def appraisal_of_level(level: Level) -> Appraisal:
    """What an overall judgement says of a study, by the level that its scheme gives it."""
    words = {
        Level.FAVOURABLE: Appraisal.HIGH,
        Level.MIDDLING: Appraisal.SOME,
        Level.UNFAVOURABLE: Appraisal.LOW,
        Level.CRITICAL: Appraisal.LOW,
        Level.NO_INFORMATION: Appraisal.NO_INFORMATION,
    }
    return words.get(level, Appraisal.NOT_JUDGED)


def direction_groups(
    studies: Sequence[CodedStudy],
    outcomes: Dimension,
    contrast: str,
    how: Grouping,
    *,
    interventions: Collection[str] | None = None,
    rules: DirectionRules = USUAL,
) -> DirectionGroups:
    """Each study's direction on each outcome, by design.

    Args:
        studies: one per study.
        outcomes: each is a column; what lies below those listed counts in them.
        contrast: one type; unlike contrasts answer different questions.
        how: how studies are grouped, judged and measured.
        interventions: whose findings count; None for all.
        rules: how directions are read.
    """
    columns = own_columns(outcomes)

    def directions(some: Sequence[CodedStudy]) -> EffectDirections:
        return effect_directions(
            some,
            columns,
            [contrast],
            interventions=interventions,
            rules=rules,
        )

    whole = directions(studies)
    in_plot = [study for study in studies if study.id in whole.studies]
    parts = list(_parts(in_plot, how.designs))
    return DirectionGroups(
        outcomes=whole.outcomes,
        groups=tuple(_group(title, directions(some), how) for title, some in parts if some),
        in_several=tuple(s.label for s in in_plot if len(_designs(s, how.designs)) > 1),
        without=len(whole.without),
        other_contrasts=whole.other_contrasts,
        unlisted=whole.unlisted,
        rule=whole.rule,
    )


def own_columns(outcomes: Dimension) -> Dimension:
    """Outcomes that share no finding: what stands in a heading below is not in the one above.

    In a tree a finding stands in its outcome and in all above it; side by side these would look
    like several findings.
    """
    own = []
    for at, heading in enumerate(outcomes.headings):
        below = [h.covers for h in outcomes.headings[at + 1 :] if h.id in heading.covers]
        own.append(replace(heading, covers=heading.covers.difference(*below)))
    return replace(outcomes, headings=tuple(own))


def _parts(
    studies: Sequence[CodedStudy], designs: Dimension | None
) -> Iterator[tuple[str, list[CodedStudy]]]:
    """Each design with its studies, every study once, and at last those without one."""
    if designs is None:
        yield NOT_GROUPED, list(studies)
        return
    first = {study.id: next(iter(_designs(study, designs)), None) for study in studies}
    for heading in designs.segments().headings:
        yield heading.label, [study for study in studies if first[study.id] == heading.id]
    rest = [study for study in studies if first[study.id] is None]
    yield f"{designs.title}: {NOT_CODED}", rest


def _designs(study: CodedStudy, designs: Dimension | None) -> list[str]:
    """Ids of the designs that a study has, in the order of the scheme."""
    if designs is None:
        return []
    ticked = designs.codes(study)
    return [h.id for h in designs.segments().headings if h.covers & ticked]


def _group(title: str, result: EffectDirections, how: Grouping) -> DirectionGroup:
    effects = tuple(_sized(effect, how.people.get(effect.study, "")) for effect in result.effects)
    return DirectionGroup(
        title=title,
        studies=tuple(
            GroupedStudy(
                id=study,
                label=label,
                appraisal=how.appraisals.get(study, Appraisal.NOT_JUDGED),
                people=first_said([effect.people for effect in effects if effect.study == study]),
            )
            for study, label in result.studies.items()
        ),
        result=replace(result, effects=effects),
    )


def _sized(effect: StudyEffect, of_study: str) -> StudyEffect:
    """A direction with the people of the whole study, where its findings say none."""
    if effect.people is not None or not of_study.strip():
        return effect
    number = read_people(of_study)
    if number is None:
        return replace(effect, unread=(*effect.unread, of_study.strip()))
    return replace(effect, people=People(number=number, source=PeopleFrom.STUDY))
