"""What was planned is printed: definitions, versions, waves, and how many studies go on."""

from dataclasses import replace

from evidence.report.live_content import ReportList, ReportTable
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.planned.planned_facts import FrozenProtocol, PlannedFacts
from evidence.report.report import report
from evidence.report.statements import Statement
from evidence.report.usual_sections import usual_sections
from evidence.synthesis.protocol.protocol import PartDifference
from evidence.synthesis.protocol.search_waves import SearchWave
from evidence.synthesis.review_about import ReviewAbout
from evidence.synthesis.stages.study_stages import GateCount, StageCounts
from tests.report.made_facts import FACTS, dimension

PLANNED = PlannedFacts(
    versions=(
        FrozenProtocol(number=1, dated="2006-05-01", note="Before the searches"),
        FrozenProtocol(
            number=2,
            dated="2007-02",
            note="Work is wider",
            changed=(PartDifference(part="Definitions", gone=("Work: paid",), new=("Work: any",)),),
        ),
    ),
    since=("Criteria",),
    waves=(
        SearchWave(number=1, searches=(1, 2), records=30, new_works=20, without_records=("Trove",)),
    ),
    stage_rules=("In the in-depth review are studies where Country is UK.",),
    stages=StageCounts(
        in_depth=GateCount(
            passed=3, stopped=(("Country: not UK", 1),), untold=(("Country not coded", 2),)
        )
    ),
)
WHOLE = replace(
    FACTS,
    planned=PLANNED,
    about=ReviewAbout(background="Work matters.", definitions="Work: any\n\nGarden: a plot"),
)


def test_versions_waves_and_definitions_are_printed() -> None:
    changes = live_content(WHOLE, live_token("protocol-changes"))
    assert isinstance(changes, ReportTable)
    assert [row.cells for row in changes.rows] == [("2", "Definitions", "Work: paid", "Work: any")]
    versions = live_content(WHOLE, live_token("protocol-versions"))
    assert isinstance(versions, ReportTable)
    assert versions.note == "Changed since the last version: Criteria."
    waves = live_content(WHOLE, live_token("search-waves"))
    assert isinstance(waves, ReportTable)
    assert waves.rows[0].cells[:4] == ("First searches", "–", "2", "30")
    definitions = live_content(WHOLE, live_token("definitions"))
    assert isinstance(definitions, ReportList)
    assert [line.text for line in definitions.lines] == ["Work: any", "Garden: a plot"]


def test_who_goes_on_has_its_base_and_says_what_cannot_be_told() -> None:
    assert live_content(WHOLE, live_token("stages")) == Statement(
        text="Of 6 studies in the map, 3 go on to the in-depth review; the others do not: "
        "Country: not UK (1); of 2 it cannot be told yet."
    )


def test_a_report_has_them_where_there_are_any() -> None:
    text = "\n".join(section.text for section in usual_sections(WHOLE))
    for name in ("background", "definitions", "stages", "protocol-versions", "search-waves"):
        assert f"{{{{{name}}}}}" in text
    assert report(WHOLE, usual_sections(WHOLE)).faults == ()
    before = "\n".join(section.text for section in usual_sections(FACTS))
    assert "{{protocol-versions}}" not in before
    assert "{{search-waves}}" not in before


def test_streams_of_the_in_depth_review_have_tables_and_figures_of_their_own() -> None:
    stage = dimension("review-stage", **{"in-depth": "In the in-depth review"})
    going = frozenset({"in-depth"})
    studies = tuple(
        replace(each, codes={**each.codes, "review-stage": going}) if each.id in (1, 3) else each
        for each in FACTS.studies
    )
    facts = replace(WHOLE, studies=studies, dimensions=(*FACTS.dimensions, stage))
    (text,) = (each.text for each in usual_sections(facts) if each.key == "in-depth")
    assert "## Outcome evaluation" in text
    assert "{{characteristics of review-stage=in-depth}}" not in text
    of = "of review-stage=in-depth, stream=process"
    for name in ("years-figure", "characteristics"):
        assert f"{{{{{name} {of}}}}}" in text
    table = live_content(facts, live_token(f"characteristics {of}"))
    assert isinstance(table, ReportTable)
    assert [row.studies for row in table.rows] == [(3,)]
    assert report(facts, usual_sections(facts)).faults == ()
