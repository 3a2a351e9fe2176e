"""Principles of a way of working in a report, with the grades of their source and their links."""

from collections.abc import Iterator, Mapping

from evidence.report.facts import ReportedPrinciples, ReviewFacts
from evidence.report.live_content import LiveContent, PartKind, ReportRow, ReportTable
from evidence.report.live_part import LivePart, live_part
from evidence.synthesis.principles.principle_set import PrincipleName

NOT_GIVEN = "–"


def _principles(facts: ReviewFacts, _token: object) -> LiveContent:
    there = {study.id for study in facts.studies}
    rows = tuple(row for given in facts.principles for row in _rows(given, there))
    return ReportTable(
        caption="Principles and the strength of evidence that their sources give",
        head=("Version", "Principle", "Strength of evidence", "Corresponds to", "Linked to"),
        rows=rows,
        note=_note(facts) if rows else "",
    )


def _rows(given: ReportedPrinciples, there: set[int]) -> Iterator[ReportRow]:
    for version in given.principles.versions:
        for each in version.principles:
            name = PrincipleName(version=version.name, number=each.number)
            others = given.principles.corresponding(name)
            yield ReportRow(
                cells=(
                    version.name,
                    f"{each.number}. {each.text}",
                    each.grade_words.capitalize(),
                    ", ".join(other.line for other in others) or NOT_GIVEN,
                    "; ".join(given.links.get(name, ())) or NOT_GIVEN,
                ),
                studies=tuple(s for s in given.studies.get(name, ()) if s in there),
            )


def _note(facts: ReviewFacts) -> str:
    sources = (
        f"{given.principles.title}, {version.name}: {version.where}."
        for given in facts.principles
        for version in given.principles.versions
        if version.where
    )
    return " ".join([*sources, "Grades are those of the source; links were made by people."])


PRINCIPLE_PARTS: Mapping[str, LivePart] = {
    "principles": live_part("Principles with their grades and links", PartKind.TABLE, _principles),
}
