"""The boxes of a PRISMA 2020 flow diagram in words and numbers, for drawing and for tables.

What each box counts follows the PRISMA 2020 statement (doi:10.1136/bmj.n71).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.prisma_flow import SEARCHED, Arm, Flow, SourceKind

KIND_TITLES = {
    SourceKind.DATABASE: "Databases",
    SourceKind.REGISTER: "Registers",
    SourceKind.WEBSITE: "Websites",
    SourceKind.ORGANISATION: "Organisations",
    SourceKind.CITATIONS: "Citation searching",
    SourceKind.OTHER: "Other",
}


class BoxId(StrEnum):
    """The ids of the boxes; they never change."""

    PREVIOUS = "previous"
    IDENTIFIED = "identified"
    REMOVED = "removed"
    SCREENED = "screened"
    EXCLUDED = "excluded"
    SOUGHT = "sought"
    NOT_RETRIEVED = "not-retrieved"
    ASSESSED = "assessed"
    INELIGIBLE = "ineligible"
    OTHER_IDENTIFIED = "other-identified"
    OTHER_SOUGHT = "other-sought"
    OTHER_NOT_RETRIEVED = "other-not-retrieved"
    OTHER_ASSESSED = "other-assessed"
    OTHER_INELIGIBLE = "other-ineligible"
    INCLUDED = "included"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Line:
    """One line inside a box; depth 1 is a part of the line above it."""

    label: str
    number: int
    depth: int = 0

    def __str__(self) -> str:
        return f"{self.label} {_n(self.number)}"


@dataclass(frozen=True, slots=True)
class Box:
    """One box: a title with its number, or a title with lines below it."""

    id: BoxId
    title: str
    number: int | None = None
    lines: tuple[Line, ...] = ()

    @property
    def heading(self) -> str:
        """The first line of the box."""
        if self.number is None:
            return f"{self.title}:"
        return f"{self.title} {_n(self.number)}" + (":" if self.lines else "")


def boxes(flow: Flow) -> tuple[Box, ...]:
    """The boxes that this review has, in reading order."""
    flow_boxes = [*_previous(flow), *_searched(flow)]
    if flow.other is not None:
        flow_boxes.extend(_other(flow, flow.other))
    flow_boxes.append(
        _reports_and_studies(
            BoxId.INCLUDED, "Included in the review", flow.included_studies, flow.included_reports
        )
    )
    if flow.is_update:
        title = "Total included, with the earlier version"
        total = (flow.total_studies, flow.total_reports)
        flow_boxes.append(_reports_and_studies(BoxId.TOTAL, title, *total))
    return tuple(flow_boxes)


def _n(number: int) -> str:
    """The number as PRISMA writes it, with no-break spaces."""
    return f"(n\u00a0=\u00a0{number:,})"


def _previous(flow: Flow) -> Iterator[Box]:
    if flow.is_update:
        title = "Included in the earlier version"
        numbers = {"Studies": flow.previous_studies, "Reports": flow.previous_reports}
        lines = tuple(Line(what, number) for what, number in numbers.items() if number is not None)
        yield Box(BoxId.PREVIOUS, title, lines=lines)


def _searched(flow: Flow) -> Iterator[Box]:
    yield _identified(BoxId.IDENTIFIED, flow, [k for k in SourceKind if k in SEARCHED])
    removed = (
        Line("Duplicates", flow.duplicates),
        Line("Marked as ineligible by automation tools", flow.automation),
        Line("Other reasons", flow.removed_otherwise),
    )
    always, *optional = removed
    lines = (always, *(line for line in optional if line.number))
    yield Box(BoxId.REMOVED, "Records removed before screening", lines=lines)
    yield Box(BoxId.SCREENED, "Records screened", flow.screened)
    yield Box(BoxId.EXCLUDED, "Records excluded", flow.excluded)
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
        sources = [source for source in flow.sources if source.kind is kind]
        if sources:
            lines.append(Line(KIND_TITLES[kind], flow.identified(kind)))
            lines.extend(Line(source.name, source.records, depth=1) for source in sources)
    if not lines:
        return Box(box_id, "Records identified", 0)
    return Box(box_id, "Records identified from", lines=tuple(lines))


def _arm(arm: Arm, ids: tuple[BoxId, BoxId, BoxId, BoxId]) -> Iterator[Box]:
    sought, not_retrieved, assessed, ineligible = ids
    yield Box(sought, "Reports sought for retrieval", arm.sought)
    yield Box(not_retrieved, "Reports not retrieved", arm.not_retrieved)
    yield Box(assessed, "Reports assessed for eligibility", arm.assessed)
    reasons = tuple(Line(reason, number) for reason, number in arm.excluded)
    yield Box(ineligible, "Reports excluded", arm.assessed - arm.eligible, reasons)


def _reports_and_studies(box_id: BoxId, title: str, studies: int, reports: int) -> Box:
    return Box(box_id, title, lines=(Line("Studies", studies), Line("Reports", reports)))
