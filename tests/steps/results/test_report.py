"""The report of a review that has hardly begun, and of one whose studies change."""

from datetime import date

import pytest

from evidence.errors import Invalid
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import ReportTable
from evidence.report.live_tokens import live_token
from evidence.report.statements import Statement
from evidence.report.usual_sections import Section
from evidence.steps.desk import Desk
from evidence.steps.results import report
from evidence.steps.results.report import ReportFormat
from evidence.steps.results.reporting import checklists
from evidence.steps.results.reporting.report_parts import FilledParts
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


def test_a_checklist_reads_the_report_as_people_left_it(desk: Desk) -> None:
    table = checklists.filled(desk, "prisma-2020", TODAY)
    written = checklists.as_csv(table).decode("utf-8-sig").splitlines()
    assert written[0] == "Item,What is asked,State,Where,What is missing"
    assert len(written) == 43
    with pytest.raises(Invalid, match="there are prisma-2020"):
        checklists.filled(desk, "prisma-1999", TODAY)


def test_a_checklist_on_the_page_follows_the_sections() -> None:
    parts = FilledParts(facts=ReviewFacts(title="A review"))
    token = live_token("checklist-swim")
    before = parts.content(token)
    parts.look_through([Section(key="discussion", title="Discussion", text="It has limits.")])
    after = parts.content(token)
    assert isinstance(before, ReportTable)
    assert isinstance(after, ReportTable)
    assert (before.rows[-1].cells[2], after.rows[-1].cells[2]) == ("Not answered", "Own words")
    assert parts.content(token) is after
