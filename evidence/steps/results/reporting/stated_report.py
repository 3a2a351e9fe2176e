"""The knowledge review that is stated beside the example as a report of its own."""

from dataclasses import replace
from datetime import date

from evidence.errors import Invalid
from evidence.exports.report_docx import report_docx
from evidence.exports.report_html import report_html
from evidence.report.facts import ReviewFacts
from evidence.report.practice.stated_sections import stated_sections
from evidence.report.report import Report, report
from evidence.steps.desk import Desk
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.report_facts import facts

TITLE = "A knowledge review, as its digest states it"
LABEL = (
    "In our own words, from what documents say of it and no more; the knowledge review itself "
    "was not read. Behind each sentence stands the document with the place."
)


def stated_report(known: ReviewFacts) -> Report:
    """A report without anything of the review beside which it stands."""
    alone = replace(known, title=TITLE, label=LABEL, studies=())
    return report(alone, stated_sections(alone))


def file_of(desk: Desk, form: ReportFormat, today: date | None = None) -> bytes:
    """The same as a file.

    Args:
        desk: of the person who looks.
        form: a document or a page.
        today: the day that stands on it; None for this one, in UTC.

    Raises:
        Invalid: no knowledge review is stated beside this review, or it has no references.
    """
    known = facts(desk, today)
    if known.stated is None or form is ReportFormat.RIS:
        raise Invalid("No knowledge review is stated beside this review.")
    made = stated_report(known)
    return report_docx(made, {}) if form is ReportFormat.DOCX else report_html(made, {})
