"""Boxes of a flow diagram in words and numbers, and what is listed behind each number."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.synthesis.flow.prisma_flow import FlowSource, Reasons, SourceKind
from evidence.synthesis.stages.study_stages import StageCounts

KIND_TITLES = {
    SourceKind.DATABASE: "Databases",
    SourceKind.REGISTER: "Registers",
    SourceKind.WEBSITE: "Websites",
    SourceKind.ORGANISATION: "Organisations",
    SourceKind.CITATIONS: "Citation searching",
    SourceKind.OTHER: "Other",
}


class BoxId(StrEnum):
    """The ids of the boxes; they never change. ROSES has some of PRISMA's, and some of its own."""

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
    USES = "uses"
    DEDUPLICATED = "deduplicated"
    ELIGIBLE = "eligible"
    APPRAISED = "appraised"
    CODED = "coded"
    MAPPED = "mapped"
    IN_DEPTH = "in-depth"
    NOT_IN_DEPTH = "not-in-depth"
    SOUND = "sound"
    NOT_SOUND = "not-sound"


class Opens(StrEnum):
    """What is listed behind a number."""

    NOTHING = ""  # people entered it, or it is a sum with such
    BOX = "box"  # all that the box counts
    KIND = "kind"  # records of a kind of source
    SOURCE = "source"  # records of one source
    DUPLICATES = "duplicates"
    REASON = "reason"
    NOT_TOLD = "not-told"  # of a stage: studies of which something is not coded yet
    STUDIES = "studies"
    REPORTS = "reports"
    APPRAISED = "appraised"
    CODED = "coded"
    MAPPED = "mapped"


@dataclass(frozen=True, slots=True)
class Line:
    """One line inside a box.

    Attributes:
        number: None where people have not entered it yet.
        depth: 1 for a part of the line above it.
        opens: what is listed behind the number.
        of: the kind, the id of the source, or the reason that is listed.
    """

    label: str
    number: int | None
    depth: int = 0
    opens: Opens = Opens.NOTHING
    of: str = ""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxNumber:
    """A number of the diagram behind which something is listed.

    Attributes:
        label: the words around the number.
        of: the kind, the id of the source, or the reason.
    """

    box: BoxId
    label: str
    number: int
    opens: Opens
    of: str = ""


def box_numbers(boxes: Iterable[Box]) -> tuple[BoxNumber, ...]:
    """All numbers behind which something is listed, in reading order."""
    numbers: list[BoxNumber] = []
    for box in boxes:
        if box.number is not None:
            numbers.append(
                BoxNumber(box=box.id, label=box.title, number=box.number, opens=Opens.BOX)
            )
        numbers += [
            BoxNumber(
                box=box.id,
                label=f"{box.title}: {line.label}",
                number=line.number,
                opens=line.opens,
                of=line.of,
            )
            for line in box.lines
            if line.number is not None and line.opens is not Opens.NOTHING
        ]
    return tuple(numbers)


def source_lines(
    sources: Iterable[FlowSource], kinds: Collection[SourceKind], depth: int = 0
) -> tuple[Line, ...]:
    """Each source of these kinds with its records."""
    return tuple(
        Line(source.name, source.records, depth, Opens.SOURCE, str(source.id))
        for source in sources
        if source.kind in kinds
    )


def reason_lines(reasons: Reasons) -> tuple[Line, ...]:
    """Each reason with how many were excluded for it."""
    return tuple(Line(label, number, 0, Opens.REASON, label) for label, number in reasons)


def studies_and_reports(studies: int, reports: int) -> tuple[Line, ...]:
    """What is included."""
    return (
        Line("Studies", studies, opens=Opens.STUDIES),
        Line("Reports", reports, opens=Opens.REPORTS),
    )


def stage_boxes(stages: StageCounts) -> Iterator[Box]:
    """The stages behind the map: what goes on, and beside it what does not, with reasons."""
    for count, on, off, titles in (
        (
            stages.in_depth,
            BoxId.IN_DEPTH,
            BoxId.NOT_IN_DEPTH,
            ("Studies in the in-depth review", "Studies that stay in the map"),
        ),
        (
            stages.sound,
            BoxId.SOUND,
            BoxId.NOT_SOUND,
            ("Of these, methodologically sound", "Studies that do not pass the quality gate"),
        ),
    ):
        if count is not None:
            yield Box(on, titles[0], count.passed)
            waiting = tuple(
                Line(f"Cannot be told yet: {reason}", number, 0, Opens.NOT_TOLD, reason)
                for reason, number in count.untold
            )
            lines = (*reason_lines(count.stopped), *waiting)
            yield Box(off, titles[1], count.not_passed, lines)


def _n(number: int | None) -> str:
    """The number as PRISMA writes it, with no-break spaces."""
    return f"(n\u00a0=\u00a0{'?' if number is None else f'{number:,}'})"
