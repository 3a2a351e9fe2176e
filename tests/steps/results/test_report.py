"""The report of a review that has hardly begun, and of one whose studies change."""

from datetime import date

from evidence.report.statements import Statement
from evidence.steps.desk import Desk
from evidence.steps.results import report
from evidence.steps.results.report import ReportFormat
from evidence.steps.review import reviews
from evidence.store.review.reviews import Draft
from evidence.store.review.terms import Terms

TODAY = date(2026, 1, 2)


def test_a_review_without_anything_has_a_report(desk: Desk) -> None:
    made = report.filled(desk, TODAY)
    assert made.report.faults == ()
    for form in ReportFormat:
        assert report.file_of(made, form) or form is ReportFormat.RIS


def test_a_change_of_the_question_is_told_with_its_day(desk: Desk) -> None:
    before = reviews.get(desk)
    draft = Draft(title=before.title, question="Does it still work?", criteria=("Adults",))
    reviews.change(desk, draft, [], Terms())
    made = report.filled(desk, TODAY)
    assert made.report.live["question"] == Statement(text="Does it still work?")
    (history,) = made.facts.history
    assert "Title, question or criteria were changed on 20" in history
