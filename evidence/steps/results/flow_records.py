"""What is listed behind each number of a flow diagram: records, reports or studies, one by one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.screening.verdicts import Stage, State
from evidence.steps.desk import Desk
from evidence.steps.results import prisma_flow
from evidence.steps.results.prisma_flow import DECIDED, kinds_of, template_of
from evidence.steps.results.stages import study_stages
from evidence.store import Connection
from evidence.store.coding import studies
from evidence.store.results import flow_settings, flow_works, prisma_counts
from evidence.store.results.flow_works import FlowLine, FlowRecord, FlowWork
from evidence.store.screening.decision_queries import reason_by_work
from evidence.synthesis.flow.flow_boxes import BoxId, BoxNumber, Opens
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_flow import SEARCHED
from evidence.synthesis.stages.stage_rule import Outcome
from evidence.synthesis.stages.study_stages import ReviewStage

_INCLUDED, _EXCLUDED = frozenset({State.INCLUDE}), frozenset({State.EXCLUDE})
_ANY = frozenset(State)
_READ = frozenset({State.INCLUDE, State.EXCLUDE})


class Unit(StrEnum):
    """What a list is of; records and works are different things."""

    RECORDS = "records"
    REPORTS = "reports"
    STUDIES = "studies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """What stands behind a number.

    Attributes:
        ids: as many as the number says; of records, works or studies.
    """

    unit: Unit
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What all numbers of a diagram are counted from."""

    template: Template
    kinds: frozenset[str]
    works: list[FlowWork]
    records: list[FlowRecord]
    reports: list[tuple[int, int]]

    def arm(
        self,
        searched: bool,  # noqa: FBT001 - which arm
        first: Collection[State] = _ANY,
        second: Collection[State] = _ANY,
    ) -> list[int]:
        """Works of an arm whose decisions come to one of these states at each stage."""
        return [
            w.id
            for w in self.works
            if w.searched is searched and w.title_abstract in first and w.full_text in second
        ]

    @property
    def included(self) -> list[int]:
        """The included reports of the arms that the diagram has."""
        arms = (True, False) if self.template.has_other else (True,)
        return [work for arm in arms for work in self.arm(arm, _INCLUDED, _INCLUDED)]


_States = tuple[bool, Collection[State], Collection[State]]
_WORKS_OF_BOX: dict[BoxId, _States] = {
    BoxId.SCREENED: (True, DECIDED, _ANY),
    BoxId.EXCLUDED: (True, _EXCLUDED, _ANY),
    BoxId.SOUGHT: (True, _INCLUDED, _ANY),
    BoxId.NOT_RETRIEVED: (True, _INCLUDED, {State.NOT_RETRIEVED}),
    BoxId.ASSESSED: (True, _INCLUDED, _READ),
    BoxId.INELIGIBLE: (True, _INCLUDED, _EXCLUDED),
    BoxId.ELIGIBLE: (True, _INCLUDED, _INCLUDED),
    BoxId.DEDUPLICATED: (True, _ANY, _ANY),
    BoxId.OTHER_SOUGHT: (False, _INCLUDED, _ANY),
    BoxId.OTHER_NOT_RETRIEVED: (False, _INCLUDED, {State.NOT_RETRIEVED}),
    BoxId.OTHER_ASSESSED: (False, _INCLUDED, _READ),
    BoxId.OTHER_INELIGIBLE: (False, _INCLUDED, _EXCLUDED),
}
"""The arm, and the states at either stage, of the works that a box counts."""


def behind(desk: Desk, number: BoxNumber, template: Template | None = None) -> Behind:
    """What stands behind a number of the diagram, now.

    Args:
        desk: of a person in the review.
        number: of a box of this diagram.
        template: that the diagram was drawn with; None for the review's own.
    """
    if number.box in _STAGE_BOXES:
        return Behind(unit=Unit.STUDIES, ids=_at_stage(desk, number))
    use = _USES.get(number.opens, _USES.get(number.box))
    if use is not None:
        used = prisma_flow.used_studies(desk)[use]
        return Behind(unit=Unit.STUDIES, ids=tuple(sorted(used or ())))
    with desk.reading() as c:
        counted = _counted(c, desk.review_id, template)
        reasons = _reasons(c, desk.review_id, number)
    return _found(counted, number, reasons)


_STAGE_BOXES: Mapping[BoxId, tuple[ReviewStage, frozenset[Outcome]]] = {
    BoxId.IN_DEPTH: (ReviewStage.IN_DEPTH, frozenset({Outcome.GOES_ON})),
    BoxId.NOT_IN_DEPTH: (ReviewStage.IN_DEPTH, frozenset({Outcome.STAYS, Outcome.UNTOLD})),
    BoxId.SOUND: (ReviewStage.SOUND, frozenset({Outcome.GOES_ON})),
    BoxId.NOT_SOUND: (ReviewStage.SOUND, frozenset({Outcome.STAYS, Outcome.UNTOLD})),
}
"""The stage behind the map, and what studies came to there, that a box counts."""
_LINES_OF_STAGES = {Opens.REASON: Outcome.STAYS, Opens.NOT_TOLD: Outcome.UNTOLD}


def _at_stage(desk: Desk, number: BoxNumber) -> tuple[int, ...]:
    """The studies behind a number of a stage, as far as the person may see them."""
    stages = study_stages.of_person(desk)
    if stages is None:
        return ()
    stage, outcomes = _STAGE_BOXES[number.box]
    of_line = _LINES_OF_STAGES.get(number.opens)
    wanted = frozenset({of_line}) if of_line else outcomes
    found = (study.study_id for outcome in wanted for study in stages.at(stage, outcome, number.of))
    return tuple(sorted(found))


_USES: dict[str, int] = {
    Opens.APPRAISED: 0,
    Opens.CODED: 1,
    Opens.MAPPED: 2,
    BoxId.APPRAISED: 0,
    BoxId.CODED: 1,
    BoxId.MAPPED: 2,
}
"""Which of the used studies stand behind a line or a box."""
_BOXES_OF_RECORDS = {BoxId.IDENTIFIED, BoxId.OTHER_IDENTIFIED, BoxId.REMOVED}
_LINES_OF_RECORDS = {Opens.KIND, Opens.SOURCE, Opens.DUPLICATES}


def _found(counted: _Counted, number: BoxNumber, reasons: Mapping[int, str]) -> Behind:
    if number.opens is Opens.STUDIES:
        ids = set(counted.included)
        found = {study for study, report in counted.reports if report in ids}
        return Behind(unit=Unit.STUDIES, ids=tuple(sorted(found)))
    if number.opens in _LINES_OF_RECORDS or number.box in _BOXES_OF_RECORDS:
        return Behind(unit=Unit.RECORDS, ids=tuple(_listed_records(counted, number)))
    if number.opens is Opens.REPORTS:
        works = sorted(counted.included)
    else:
        works = _works_of(counted, number.box)
    if number.opens is Opens.REASON:
        works = [work for work in works if reasons[work] == number.of]
    return Behind(unit=Unit.REPORTS, ids=tuple(works))


def lines(desk: Desk, found: Behind, offset: int, limit: int) -> list[FlowLine] | list[str]:
    """A page of what stands behind a number; of studies their labels."""
    ids = found.ids[offset : offset + limit]
    with desk.reading() as c:
        if found.unit is Unit.RECORDS:
            return flow_works.record_lines(c, desk.review_id, ids)
        if found.unit is Unit.REPORTS:
            return flow_works.work_lines(c, desk.review_id, ids)
        labels = {study.id: study.label for study in studies.listing(c, desk.review_id)}
    return [labels[study] for study in ids if study in labels]


def _counted(c: Connection, review_id: int, template: Template | None) -> _Counted:
    settings = flow_settings.current(c, review_id)
    chosen = template or template_of(settings, prisma_counts.sources(c, review_id))
    kinds = kinds_of(chosen)
    return _Counted(
        template=chosen,
        kinds=frozenset(kinds),
        works=flow_works.works(c, review_id, kinds),
        records=flow_works.records(c, review_id),
        reports=flow_works.reports_of_studies(c, review_id),
    )


def _reasons(c: Connection, review_id: int, number: BoxNumber) -> dict[int, str]:
    if number.opens is not Opens.REASON:
        return {}
    stage = Stage.TITLE_ABSTRACT if number.box is BoxId.EXCLUDED else Stage.FULL_TEXT
    return reason_by_work(c, review_id, stage)


def _works_of(counted: _Counted, box: BoxId) -> list[int]:
    searched, first, second = _WORKS_OF_BOX[box]
    return counted.arm(searched, first, second)


def _listed_records(counted: _Counted, number: BoxNumber) -> list[int]:
    """Records of a source, of a kind of source, of an arm, or those removed as duplicates."""
    if number.opens is Opens.SOURCE:
        return [r.id for r in counted.records if str(r.source_id) == number.of]
    if number.opens is Opens.KIND:
        return [r.id for r in counted.records if r.kind == number.of]
    if number.box is BoxId.OTHER_IDENTIFIED:
        return [r.id for r in counted.records if r.kind not in SEARCHED]
    if number.box is BoxId.IDENTIFIED:
        return [r.id for r in counted.records if r.kind in SEARCHED]
    return _duplicates([r for r in counted.records if r.kind in counted.kinds])


def _duplicates(records: Sequence[FlowRecord]) -> list[int]:
    """All records of a work but the first."""
    seen: set[int] = set()
    removed = []
    for each in records:
        if each.work_id in seen:
            removed.append(each.id)
        seen.add(each.work_id)
    return removed
