"""The boxes of a PRISMA 2020 flow diagram in words and numbers.

What each box counts follows the PRISMA 2020 statement (doi:10.1136/bmj.n71).
"""

from collections.abc import Iterator

from evidence.synthesis.flow.flow_boxes import (
    KIND_TITLES,
    Box,
    BoxId,
    Line,
    Opens,
    reason_lines,
    source_lines,
    stage_boxes,
    studies_and_reports,
)
from evidence.synthesis.flow.prisma_flow import SEARCHED, Arm, Flow, SourceKind, StudyUses
from evidence.synthesis.stages.study_stages import NO_STAGES


def prisma_boxes(flow: Flow) -> tuple[Box, ...]:
    """The boxes that this review has, in reading order."""
    is_update = flow.drawn_as.is_update
    boxes = [*_previous(flow), *_searched(flow)]
    if flow.other is not None:
        boxes.extend(_other(flow, flow.other))
    has_stages = flow.stages != NO_STAGES
    where = "Included in the map" if has_stages else "Included in the review"
    title = "New in this version" if is_update else where
    lines = studies_and_reports(flow.included_studies, flow.included_reports)
    boxes.append(Box(BoxId.INCLUDED, title, lines=lines))
    if is_update:
        title = "Total included, with the earlier version"
        boxes.append(
            Box(BoxId.TOTAL, title, lines=_entered(flow.total_studies, flow.total_reports))
        )
    if flow.uses:
        boxes += _uses(flow.uses)
    boxes += stage_boxes(flow.stages)
    return tuple(boxes)


def _previous(flow: Flow) -> Iterator[Box]:
    if flow.drawn_as.is_update:
        title = "Included in the earlier version"
        lines = _entered(flow.previous_studies, flow.previous_reports)
        yield Box(BoxId.PREVIOUS, title, lines=lines)


def _entered(studies: int | None, reports: int | None) -> tuple[Line, ...]:
    """Numbers that people entered, or that rest on such: nothing is listed behind them."""
    return Line("Studies", studies), Line("Reports", reports)


def _searched(flow: Flow) -> Iterator[Box]:
    yield _identified(BoxId.IDENTIFIED, flow, [k for k in SourceKind if k in SEARCHED])
    always = Line("Duplicates", flow.duplicates, opens=Opens.DUPLICATES)
    optional = (
        Line("Marked as ineligible by automation tools", flow.automation),
        Line("Other reasons", flow.removed_otherwise),
    )
    lines = (always, *(line for line in optional if line.number))
    yield Box(BoxId.REMOVED, "Records removed before screening", lines=lines)
    yield Box(BoxId.SCREENED, "Records screened", flow.screened)
    reasons = reason_lines(flow.excluded_reasons)
    yield Box(BoxId.EXCLUDED, "Records excluded", flow.excluded, reasons)
    ids = (BoxId.SOUGHT, BoxId.NOT_RETRIEVED, BoxId.ASSESSED, BoxId.INELIGIBLE)
    yield from _arm(flow.searched, ids)


def _other(flow: Flow, arm: Arm) -> Iterator[Box]:
    yield _identified(BoxId.OTHER_IDENTIFIED, flow, [k for k in SourceKind if k not in SEARCHED])
    yield from _arm(
        arm,
        (
            BoxId.OTHER_SOUGHT,
            BoxId.OTHER_NOT_RETRIEVED,
            BoxId.OTHER_ASSESSED,
            BoxId.OTHER_INELIGIBLE,
        ),
    )


def _identified(box_id: BoxId, flow: Flow, kinds: list[SourceKind]) -> Box:
    lines: list[Line] = []
    for kind in kinds:
        of_kind = source_lines(flow.sources, [kind], depth=1)
        if of_kind:
            title, number = KIND_TITLES[kind], flow.identified(kind)
            lines += [Line(title, number, opens=Opens.KIND, of=kind), *of_kind]
    if not lines:
        return Box(box_id, "Records identified", 0)
    return Box(box_id, "Records identified from", lines=tuple(lines))


def _arm(arm: Arm, ids: tuple[BoxId, BoxId, BoxId, BoxId]) -> Iterator[Box]:
    sought, not_retrieved, assessed, ineligible = ids
    yield Box(sought, "Reports sought for retrieval", arm.sought)
    yield Box(not_retrieved, "Reports not retrieved", arm.not_retrieved)
    yield Box(assessed, "Reports assessed for eligibility", arm.assessed)
    excluded = arm.assessed - arm.eligible
    yield Box(ineligible, "Reports excluded", excluded, reason_lines(arm.excluded))


def _uses(uses: StudyUses) -> Iterator[Box]:
    """What was done with the studies; PRISMA's diagram has no box for it, but knows the wish."""
    lines = (
        Line("Appraised", uses.appraised, opens=Opens.APPRAISED),
        Line("Coded", uses.coded, opens=Opens.CODED),
        Line("On the evidence map", uses.mapped, opens=Opens.MAPPED),
        Line("In a meta-analysis", uses.pooled),
        Line("Reports of these", uses.pooled_reports, depth=1),
    )
    numbered = tuple(line for line in lines if line.number is not None)
    if numbered:
        yield Box(BoxId.USES, "Of the studies", lines=numbered)
