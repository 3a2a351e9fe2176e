"""The report of a review: filled now, and written as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evidence.charts.picture import Picture
from evidence.citations.formats import ris_writer
from evidence.citations.record import Reference
from evidence.exports.report_docx import report_docx
from evidence.exports.report_html import report_html
from evidence.report.facts import ReviewFacts
from evidence.report.report import Report, report
from evidence.steps.desk import Desk
from evidence.steps.results.report_facts import facts
from evidence.steps.results.report_pictures import pictures
from evidence.steps.results.reporting import report_text


class ReportFormat(StrEnum):
    """As what a report is taken along; RIS has the references of the included studies."""

    DOCX = "docx"
    HTML = "html"
    RIS = "ris"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledReport:
    """A report with what it was filled from.

    Attributes:
        pictures: of its figures, by the id of their tokens.
    """

    facts: ReviewFacts
    report: Report
    pictures: dict[str, Picture]


def filled(desk: Desk, today: date | None = None, known: ReviewFacts | None = None) -> FilledReport:
    """The report as it stands now, its live parts all from one moment.

    Args:
        desk: of the person who looks.
        today: the day that stands on it; None for this one, in UTC.
        known: what `facts` gives for this person and day; None to ask for it here.
    """
    with desk.at_one_moment() as still:
        known = known or facts(still, today)
        known = known.with_sections(report_text.standing(still, known))
    made = report(known, known.sections)
    return FilledReport(facts=known, report=made, pictures=pictures(known, made))


def file_of(made: FilledReport, form: ReportFormat) -> bytes:
    """The report as a file.

    Raises:
        Invalid: a figure is too large to be drawn.
    """
    match form:
        case ReportFormat.DOCX:
            return report_docx(made.report, made.pictures)
        case ReportFormat.HTML:
            return report_html(made.report, made.pictures)
        case ReportFormat.RIS:
            return b"".join(ris_writer.write(_references(made.facts)))


def _references(known: ReviewFacts) -> Iterator[tuple[str, Reference]]:
    """Each report of each study with a key that names the study."""
    for study in known.studies:
        for number, reference in enumerate(known.reports.get(study.id, ()), start=1):
            yield f"s{study.id}-{number}", reference
