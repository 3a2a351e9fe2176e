"""Statements stand in the report by whom they are for, and lead to their studies."""

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.usual_sections import usual_sections
from tests.report.made_facts import WITH_RESULTS


def conclusions_section(facts: ReviewFacts) -> str:
    return next(each.text for each in usual_sections(facts) if each.key == "conclusions")


def test_recommendations_stand_by_audience_with_their_rule_and_what_is_to_look_at() -> None:
    table = live_content(WITH_RESULTS, live_token("recommendations"))
    assert isinstance(table, ReportTable)
    assert [row.cells for row in table.rows] == [
        ("Policy and practice", "Offer support.", "Tentative: few studies", "Study 1"),
        ("Further research", "Ask who was left out.", "Tentative: few studies", "Study 1"),
    ]
    assert table.studies == (1,)
    assert WITH_RESULTS.strength_rule.sentence in table.note
    assert "What 1 of 2 recommendations rest on is to be looked at again." in table.note


def test_lists_say_each_statement_with_its_studies() -> None:
    listed = live_content(WITH_RESULTS, live_token("conclusions-list"))
    assert isinstance(listed, ReportList)
    assert [line.text for line in listed.lines] == ["Policy and practice: Support helps."]
    empty = live_content(ReviewFacts(title="A review"), live_token("conclusions-list"))
    assert isinstance(empty, ReportList)
    assert (empty.lines, empty.empty) == ((), "No conclusion is written yet.")


def test_a_report_begins_with_the_statements_that_there_are() -> None:
    assert conclusions_section(WITH_RESULTS) == "{{conclusions}}\n\n{{recommendations}}"
    assert conclusions_section(ReviewFacts(title="A review")) == ""
