"""The numbers of the flow diagram of a review, as far as it has come."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from evidence.coding.scheme import Purpose
from evidence.coding.which_counts import CodingStage
from evidence.screening.verdicts import Stage, State
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.results.stages import study_stages
from evidence.store.area_versions import Area, made_from
from evidence.store.coding import coders, studies
from evidence.store.results import flow_settings, prisma_counts
from evidence.store.results.prisma_counts import SourceCount, WorkCount
from evidence.synthesis.flow import prisma_flow
from evidence.synthesis.flow.flow_settings import FlowSettings, Template, proposed
from evidence.synthesis.flow.prisma_flow import (
    SEARCHED,
    Arm,
    Flow,
    FlowSource,
    Reasons,
    SourceKind,
    StudyUses,
)

DECIDED = frozenset({State.INCLUDE, State.EXCLUDE, State.NOT_RETRIEVED})
CODED = frozenset({CodingStage.COUNTED, CodingStage.TO_RECONCILE})
_INCLUDED, _EXCLUDED = frozenset({State.INCLUDE}), frozenset({State.EXCLUDE})


@made_from(Area.RECORDS | Area.SCREENING | Area.RESULTS)
def flow(desk: Desk, template: Template | None = None) -> Flow:
    """The numbers of the flow diagram as far as the review has come.

    A work counts with the databases as soon as one of its records came from there. Works that only
    other sources gave are screened here like all others; those that did not pass are set aside
    before they are sought, because PRISMA has no box for them. In ROSES all sources are one stream.

    Args:
        desk: of a person in the review.
        template: None for the one that the team chose, or that follows from what there is.
    """
    with desk.reading() as c:
        settings = flow_settings.current(c, desk.review_id)
        sources = prisma_counts.sources(c, desk.review_id)
        chosen = template or template_of(settings, sources)
        kinds = kinds_of(chosen)
        works = prisma_counts.works(c, desk.review_id, kinds)
        stages = Stage if settings.screening_reasons else [Stage.FULL_TEXT]
        reasons = {s: prisma_counts.reasons(c, desk.review_id, s, kinds) for s in stages}
        shown = None if chosen.has_other else kinds
        included = prisma_counts.included_studies(c, desk.review_id, shown)
    identified = sum(s.records for s in sources if s.kind in kinds)
    others = sum(s.records for s in sources if s.kind not in kinds)
    searched, other = _counter(works, searched=True), _counter(works, searched=False)
    arms = (searched, other) if chosen.has_other else (searched,)
    full_text = reasons[Stage.FULL_TEXT]
    set_aside = others - other() + other(first=_EXCLUDED)
    return Flow(
        template=chosen,
        sources=tuple(
            FlowSource(id=s.id, name=s.name, kind=SourceKind(s.kind), records=s.records)
            for s in sources
            if chosen.has_other or s.kind in kinds
        ),
        duplicates=identified - searched(),
        screened=searched(first=DECIDED),
        excluded=searched(first=_EXCLUDED),
        excluded_reasons=_sorted(reasons[Stage.TITLE_ABSTRACT][True])
        if Stage.TITLE_ABSTRACT in reasons
        else (),
        searched=_arm(searched, full_text[True]),
        other=_arm(other, full_text[False], set_aside) if chosen.has_other else None,
        included_reports=sum(count(first=_INCLUDED, second=_INCLUDED) for count in arms),
        included_studies=included,
        previous_reports=settings.previous_reports if chosen.is_update else None,
        previous_studies=settings.previous_studies if chosen.is_update else None,
        previous_version=settings.previous_version,
        outside=0 if chosen.has_other else others,
    )


def with_uses(desk: Desk, numbers: Flow) -> Flow:
    """The flow with what was done with the studies, where the team wants to show it, and with the
    stages behind the map, where there are any.
    """
    behind_map = study_stages.of_person(desk)
    if behind_map is not None:
        numbers = replace(numbers, stages=behind_map.counts)
    with desk.reading() as c:
        settings = flow_settings.current(c, desk.review_id)
    pooled = (settings.pooled_studies, settings.pooled_reports)
    if not settings.synthesis_boxes and pooled == (None, None):
        return numbers
    known = uses(desk) if settings.synthesis_boxes else StudyUses()
    return replace(numbers, uses=replace(known, pooled=pooled[0], pooled_reports=pooled[1]))


def uses(desk: Desk) -> StudyUses:
    """How many of the included studies were appraised, coded, and are on the map."""
    appraised, coded, mapped = used_studies(desk)
    return StudyUses(
        appraised=None if appraised is None else len(appraised),
        coded=None if coded is None else len(coded),
        mapped=None if mapped is None else len(mapped),
    )


UsedStudies = tuple[set[int] | None, set[int] | None, set[int] | None]
"""Ids of the studies that were appraised, coded, and count; None without such a scheme."""


def used_studies(desk: Desk) -> UsedStudies:
    """Which of the included studies were appraised, coded, and are on the map."""
    taken = schemes.of_studies(desk)
    first = schemes.first_for_coding(taken)
    of_appraisal = [each.id for each in taken if each.scheme.purpose is Purpose.APPRAISAL]
    with desk.reading() as c:
        listed = studies.listing(c, desk.review_id)
        included = {s.id for s in listed if any(report.included for report in s.reports)}
        stages = {
            scheme_id: {
                study: standing.stage
                for study, standing in coders.of_studies(c, desk.review_id, scheme_id).items()
                if study in included
            }
            for scheme_id in [*of_appraisal, *([first.id] if first else [])]
        }
    appraised = {
        study
        for scheme_id in of_appraisal
        for study, stage in stages[scheme_id].items()
        if stage in CODED
    }
    if first is None:
        return (appraised if of_appraisal else None), None, None
    of_first = stages[first.id].items()
    coded = {study for study, stage in of_first if stage in CODED}
    mapped = {study for study, stage in of_first if stage is CodingStage.COUNTED}
    return (appraised if of_appraisal else None), coded, mapped


def template_of(settings: FlowSettings, sources: list[SourceCount]) -> Template:
    """The template that the team chose, or that leaves nothing out."""
    has_other = any(each.records and each.kind not in SEARCHED for each in sources)
    is_update = settings.is_update
    return settings.template or proposed(is_update=is_update, has_other=has_other)


def kinds_of(template: Template) -> list[str]:
    """The kinds of source of the first arm: of PRISMA databases and registers, of ROSES all."""
    kinds = SourceKind if template is Template.ROSES_MAP else SEARCHED
    return [kind.value for kind in kinds]


def still_open(numbers: Flow) -> list[str]:
    """What waits at each step, in words."""
    return list(prisma_flow.still_open(numbers))


def faults(numbers: Flow) -> tuple[str, ...]:
    """Numbers that cannot be right, in words."""
    return prisma_flow.faults(numbers)


def _arm(count: Callable[..., int], reasons: Mapping[str, int], set_aside: int = 0) -> Arm:
    return Arm(
        set_aside=set_aside,
        sought=count(first=_INCLUDED),
        not_retrieved=count(first=_INCLUDED, second={State.NOT_RETRIEVED}),
        assessed=count(first=_INCLUDED, second={State.INCLUDE, State.EXCLUDE}),
        excluded=_sorted(reasons),
    )


def _sorted(reasons: Mapping[str, int]) -> Reasons:
    """The most frequent reason first."""
    return tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _counter(works: list[WorkCount], *, searched: bool) -> Callable[..., int]:
    """A function that counts the works of one arm by what their decisions come to."""

    def count(first: frozenset[State] | None = None, second: frozenset[State] | None = None) -> int:
        return sum(
            line.works
            for line in works
            if line.searched is searched
            and (first is None or line.title_abstract in first)
            and (second is None or line.full_text in second)
        )

    return count
