"""What documents report of studies, and a knowledge review as its digest states it, in a report."""

from collections.abc import Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    PartKind,
    ReportList,
    ReportRow,
    ReportTable,
)
from evidence.report.live_part import LivePart, live_part
from evidence.report.statements import Statement
from evidence.synthesis.claims.reported_counts import reported_counts
from evidence.synthesis.practice.knowledge_review import NO_NUMBERS

NOT_OURS = "As documents report it; none of these studies is counted anywhere else in this report."
NOT_STATED = "not stated"
NOTHING = "No knowledge review is stated beside this review."


def _counts(facts: ReviewFacts, _token: object) -> LiveContent:
    rows = tuple(
        ReportRow(
            cells=(
                each.total.measure.capitalize(),
                each.total.value,
                each.parts_in_words,
                each.claim.year or NOT_STATED,
                each.claim.where,
            )
        )
        for each in reported_counts(each.claim for each in facts.claims)
    )
    return ReportTable(
        caption="Counts of studies that documents report",
        head=("Studies", "Number", "Parts", "Published", "Reported in"),
        rows=rows,
        note=NOT_OURS if rows else "",
        numbers=frozenset({1}),
    )


def _matrix(facts: ReviewFacts, _token: object) -> LiveContent:
    caption = "What the digest says of interventions and outcomes"
    if facts.stated is None:
        return ReportTable(caption=caption, head=("Outcome",), rows=())
    matrix = facts.stated.matrix
    return ReportTable(
        caption=caption,
        head=matrix.head,
        rows=tuple(ReportRow(cells=row) for row in matrix.rows()),
        note=" ".join((NO_NUMBERS, *matrix.notes(), f"{matrix.where}.")),
    )


def _findings(facts: ReviewFacts, _token: object) -> LiveContent:
    findings = facts.stated.findings if facts.stated else ()
    return ReportList(
        lines=tuple(
            Statement(text=f"{each.part.capitalize()}: {each.text} ({each.where})")
            for each in findings
        ),
        empty=NOTHING,
    )


REPORTED_PARTS: Mapping[str, LivePart] = {
    "reported-counts": live_part("Counts that documents report", PartKind.TABLE, _counts),
    "reported-matrix": live_part(
        "Outcomes of interventions, as a digest words them", PartKind.TABLE, _matrix
    ),
    "reported-findings": live_part("Findings, as a digest states them", PartKind.LIST, _findings),
}
