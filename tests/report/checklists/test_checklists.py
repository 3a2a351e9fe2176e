"""Checklists claim an answer only where the report gives it, and say what the review lacks."""

import re
from dataclasses import replace

import pytest

from evidence.report.checklists.catalogue import CHECKLISTS
from evidence.report.checklists.fill import LOOK, NOTHING
from evidence.report.facts import ReviewFacts, Search
from evidence.report.live_content import ReportTable
from evidence.report.live_parts import LIVE_PARTS, filled_checklist, live_content
from evidence.report.live_tokens import live_token
from evidence.report.report import report
from evidence.report.usual_sections import Section, usual_sections
from tests.report.made_facts import FACTS, WITH_RESULTS


def rows(facts: ReviewFacts, name: str = "prisma-2020") -> dict[str, tuple[str, ...]]:
    """State, where and what is missing, by the number of the item."""
    return {row.cells[0]: row.cells[2:] for row in filled_checklist(facts, name).rows}


@pytest.mark.parametrize(
    ("name", "last", "number"),
    [
        ("prisma-2020", "27", 42),
        ("prisma-scr", "22", 22),
        ("prisma-s", "16", 16),
        ("swim", "9", 10),
        ("roses-maps", "32", 32),
        ("roses-reviews", "39", 39),
    ],
)
def test_each_guideline_has_all_its_items_in_order(name: str, last: str, number: int) -> None:
    numbers = [item.number for item in CHECKLISTS[name].items]
    assert len(numbers) == len(set(numbers)) == number
    whole = [int(re.sub(r"\D", "", each)) for each in numbers]
    assert sorted(whole) == whole
    assert set(whole) == set(range(1, int(last) + 1))


def test_every_part_and_section_of_an_item_exists() -> None:
    keys = {section.key for section in usual_sections(WITH_RESULTS)} | {"title"}
    for checklist in CHECKLISTS.values():
        for item in checklist.items:
            assert item.parts <= LIVE_PARTS.keys(), item
            assert item.own | item.within <= keys, item
            assert item.parts or item.own, item


def test_an_item_is_answered_by_a_live_part_that_says_something() -> None:
    found = rows(FACTS)
    assert found["4"][:2] == (
        "Answered",
        "Summary (the question); Question and criteria (the question)",
    )
    assert found["11"][0] == "Not answered"
    assert "No study is appraised" in found["11"][2]
    assert rows(WITH_RESULTS)["18"][0] == "Answered"
    # the same part in a section that a report does not have answers nothing
    without = tuple(each for each in usual_sections(FACTS) if each.key == "background")
    assert rows(replace(FACTS, sections=without))["4"] == ("Not answered", "–", NOTHING)
    silent = replace(
        FACTS, question="", sections=(Section(key="a", title="A", text="{{question}}"),)
    )
    assert rows(silent)["4"] == ("Not answered", "–", "No question is recorded.")


def test_what_facts_lack_makes_an_answer_a_partial_one() -> None:
    assert rows(FACTS)["6"][0] == "Answered"
    undated = (*FACTS.searches, Search(name="Web", kind="website"))
    state, _, missing = rows(replace(FACTS, searches=undated))["6"]
    assert (state, missing) == ("Partly", "The day is not recorded for “Web”.")
    none = rows(replace(FACTS, searches=()), "prisma-s")
    assert none["1"][2] == "No search is recorded."
    assert "“register”" in none["3"][2]


def test_words_of_authors_are_pointed_at_and_usual_words_are_not() -> None:
    assert rows(FACTS)["3"] == ("Not answered", "–", "Write it in “Background”.")
    assert rows(FACTS)["25"][0] == "Not answered"
    edited = tuple(
        replace(each, text=f"{each.text}\n\nThe council paid.") if each.key == "about" else each
        for each in usual_sections(FACTS)
    )
    assert rows(replace(FACTS, sections=edited))["25"] == (
        "Own words",
        "About this review (own words)",
        LOOK,
    )


def test_a_checklist_is_a_live_part_of_the_report_that_it_looks_through() -> None:
    sections = (
        Section(key="a", title="Mine", text="{{criteria}}\n\n{{checklist-prisma-2020}}"),
        Section(key="b", title="Two", text="{{checklist-prisma-2020}} {{checklist-swim}}"),
    )
    made = report(FACTS, sections)
    table = made.live["checklist-prisma-2020"]
    assert made.faults == ()
    assert isinstance(table, ReportTable)
    assert next(row.cells for row in table.rows if row.cells[0] == "5")[3] == "Mine (the criteria)"
    assert table.note.startswith("Of 42 items: 2 answered, ")


def test_a_review_without_anything_claims_nothing() -> None:
    empty = ReviewFacts(title="Nothing")
    for name in CHECKLISTS:
        table = live_content(empty, live_token(f"checklist-{name}"))
        assert isinstance(table, ReportTable)
        states = {row.cells[0]: row.cells[2] for row in table.rows}
        answered = {number for number, state in states.items() if state == "Answered"}
        # how the report was made, and that no study counts, is known of any review
        assert not answered - {"17", "26", "3", "2"}, (name, answered)
