"""Themes stand in the report with the studies, and where asked the quotations, behind them."""

from dataclasses import replace

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.usual_sections import usual_sections
from tests.report.made_facts import OUTCOME, WITH_RESULTS

INTERVENTION = replace(OUTCOME, id="axis:intervention", title="Intervention")


def test_themes_stand_as_a_tree_with_their_studies_and_without_quotations() -> None:
    table = live_content(WITH_RESULTS, live_token("themes"))
    assert isinstance(table, ReportTable)
    assert [row.cells[:4] for row in table.rows] == [
        ("What people want", "Descriptive theme", "1", "Study 3"),
        ("\u2003To choose", "Code", "1", "Study 3"),
    ]
    assert table.studies == (3,)
    assert "Invented" not in repr(table)


def test_quotations_are_told_with_their_study() -> None:
    told = live_content(WITH_RESULTS, live_token("theme-quotations"))
    assert isinstance(told, ReportList)
    (line,) = told.lines
    assert (line.text, line.studies) == ("To choose: “Invented words” (Study 3)", (3,))


def test_the_matrix_begins_with_what_was_evaluated() -> None:
    facts = replace(WITH_RESULTS, dimensions=(*WITH_RESULTS.dimensions, INTERVENTION))
    table = live_content(facts, live_token("theme-matrix"))
    assert isinstance(table, ReportTable)
    assert [row.cells[0] for row in table.rows] == [
        "Evaluated", "What people want", "\u2003To choose",
    ]  # fmt: skip
    assert table.rows[1].cells[-1] == "1"
    without = live_content(WITH_RESULTS, live_token("theme-matrix"))
    assert isinstance(without, ReportTable)
    assert without.head == ("Theme", "No intervention")


def test_a_review_without_themes_has_no_section_of_them() -> None:
    keys = [each.key for each in usual_sections(ReviewFacts(title="A review"))]
    assert "themes" not in keys
    assert "themes" in [each.key for each in usual_sections(WITH_RESULTS)]
