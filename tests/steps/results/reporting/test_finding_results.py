"""What a report says of findings is what the pages show of them, and changes with a study."""

from dataclasses import replace

import pytest

from evidence.report.facts import ReviewFacts
from evidence.report.finding_results import FindingChoice
from evidence.report.live_content import NotLive, ReportFigure, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.statements import Statement
from evidence.report.usual_sections import usual_sections
from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from evidence.steps.results import directions, pooling, report_pictures
from evidence.steps.results.report_facts import facts
from evidence.steps.results.reporting.finding_results import ReportResults
from evidence.synthesis.direction_rules import USUAL
from evidence.synthesis.studies import CodedStudy
from tests.steps.coding.test_coding import study_id
from tests.steps.results.test_appraisals import weigh, weight
from tests.steps.results.test_pooling import THREE, WISH, found
from tests.synthesis.pooling.test_coded_findings import finding, means, study

__all__ = ["study_id", "weight"]
IPS = " for intervention=ips, outcome=mood"
CHOICE = FindingChoice(contrast="arms", intervention="ips", outcome="mood")


def facts_of(*studies: CodedStudy) -> ReviewFacts:
    coded = found(*studies)
    return ReviewFacts(
        title="Made up",
        studies=studies,
        dimensions=coded.dimensions,
        results=ReportResults(found=coded, rules=USUAL),
    )


def test_a_pooled_effect_is_that_of_the_page() -> None:
    page = pooling.pooled(found(*THREE), WISH)
    results = ReportResults(found=found(*THREE), rules=USUAL)
    assert results.pooled(CHOICE).forest == page.forest
    assert results.words("arms") == directions.words(found(*THREE), "arms", rules=USUAL)
    assert results.poolable("arms") == (("ips", "mood"),)
    assert results.studies("arms") == 3
    assert results.studies("status") == 0
    nothing = ReportResults(found=found(study(1, finding(None))), rules=USUAL)
    assert nothing.pooled(CHOICE).forest is None
    assert nothing.pooled(CHOICE).why_not


@pytest.mark.parametrize("number", [2, 3])
def test_one_study_more_changes_sentence_table_and_figure_alike(number: int) -> None:
    known = facts_of(*THREE[:number])
    ids = tuple(each.id for each in THREE[:number])
    said = live_content(known, live_token(f"pooled{IPS}"))
    table = live_content(known, live_token("pooled-table"))
    token = live_token(f"forest{IPS}")
    drawn = live_content(known, token)
    assert isinstance(said, Statement)
    assert isinstance(table, ReportTable)
    assert isinstance(drawn, ReportFigure)
    assert said.studies == table.studies == drawn.studies == ids
    assert f"of {['', '', 'two', 'three'][number]} studies is" in said.text
    assert table.rows[0].cells[2] == str(number)
    shown = {cell for row in report_pictures.picture(known, token).table.rows for cell in row}
    assert [each.id for each in THREE if each.label in shown] == list(ids)


def test_a_study_of_the_same_name_that_was_not_pooled_stands_behind_no_effect() -> None:
    namesake = replace(study(9, finding(None)), label=THREE[0].label)
    known = facts_of(*THREE, namesake)
    for part in (f"pooled{IPS}", f"forest{IPS}", "pooled-table"):
        told = live_content(known, live_token(part))
        assert not isinstance(told, NotLive)
        assert told.studies == (1, 2, 3)


def test_two_pooled_studies_of_one_name_both_stand_behind_the_effect() -> None:
    told = live_content(
        facts_of(*(replace(each, label="Drake 1996") for each in THREE)),
        live_token(f"pooled{IPS}"),
    )
    assert isinstance(told, Statement)
    assert told.studies == (1, 2, 3)


def test_a_report_has_a_plot_of_what_several_studies_give_and_none_of_one() -> None:
    def pooled_section(*studies: CodedStudy) -> str:
        sections = {each.key: each.text for each in usual_sections(facts_of(*studies))}
        return sections.get("pooled", "")

    assert "{{forest for intervention=ips, outcome=mood, contrast=arms}}" in pooled_section(*THREE)
    assert "forest" not in pooled_section(THREE[0])
    assert "{{pooled-table for contrast=arms}}" in pooled_section(THREE[0])
    assert not pooled_section(study(1, finding(None)))


def test_findings_of_another_contrast_are_in_no_number() -> None:
    other = study(9, finding(means("15"), contrast="status"))
    known = facts_of(*THREE, other)
    told = live_content(known, live_token("directions-in-all for contrast=arms"))
    assert isinstance(told, Statement)
    assert other.id not in told.studies


def test_an_appraisal_is_told_as_the_page_shows_it(desk: Desk, study_id: int, weight: int) -> None:
    assert facts(desk).appraisals == {}
    weigh(desk, study_id, weight, a="high", b="medium", c="high", d="medium")
    coding.complete(desk, study_id, weight)
    known = facts(desk)
    assert list(known.appraisals) == ["weight-of-evidence"]
    told = live_content(known, live_token("appraisal"))
    assert isinstance(told, Statement)
    assert "the one study is judged “Medium” overall." in told.text
    keys = [section.key for section in usual_sections(known)]
    assert "appraisal" in keys
