"""What somebody must know who sees a flow diagram alone, and which boxes it has."""

from collections.abc import Iterator

from evidence.synthesis.flow.flow_boxes import Box
from evidence.synthesis.flow.flow_settings import Template
from evidence.synthesis.flow.prisma_boxes import prisma_boxes
from evidence.synthesis.flow.prisma_flow import Flow, faults, still_open
from evidence.synthesis.flow.roses_boxes import roses_boxes


def flow_title(flow: Flow) -> str:
    """What the diagram is called."""
    if flow.drawn_as is Template.ROSES_MAP:
        return "ROSES flow diagram of the systematic map"
    return "PRISMA 2020 flow diagram" + (" of the updated review" * flow.drawn_as.is_update)


def flow_boxes(flow: Flow) -> tuple[Box, ...]:
    """The boxes of its template, in reading order."""
    return roses_boxes(flow) if flow.drawn_as is Template.ROSES_MAP else prisma_boxes(flow)


def flow_rows(flow: Flow) -> list[tuple[str, str, int | None]]:
    """The numbers of the boxes as a table: title of the box, the part of it, and the number.

    The part is empty for the number of the box itself; a number that nobody can know is None.
    """
    return [
        (box.title, part, number)
        for box in flow_boxes(flow)
        for part, number in [
            *([("", box.number)] if box.number is not None else []),
            *((line.label, line.number) for line in box.lines),
        ]
    ]


def flow_notes(flow: Flow) -> Iterator[str]:
    """Faults, what waits, what is left out, and where the boxes come from, in sentences."""
    for fault in faults(flow):
        yield f"These numbers cannot be right: {fault}"
    waiting = "; ".join(still_open(flow))
    if waiting:
        yield f"Not finished: {waiting}."
    if flow.outside:
        yield (
            f"Left out: {flow.outside:,} records of sources that are neither databases nor "
            "registers, and what came of them."
        )
    if flow.other is not None and flow.other.set_aside:
        yield (
            f"Of the records from other methods, {flow.other.set_aside:,} were not sought: they "
            "repeat other records, or their title and abstract ruled them out."
        )
    if flow.stages.in_depth is not None or flow.stages.sound is not None:
        yield (
            "The in-depth review and the quality gate are stages of this review; the template has "
            "no boxes for them. Each study is counted there by one reason."
        )
    if flow.drawn_as.is_update and flow.previous_version:
        yield f"Earlier version: {flow.previous_version.rstrip('.')}."
    if flow.drawn_as is Template.ROSES_MAP:
        yield "Boxes after ROSES, doi:10.1186/s13750-018-0121-7."
    else:
        yield "Boxes after the PRISMA 2020 statement, doi:10.1136/bmj.n71."
