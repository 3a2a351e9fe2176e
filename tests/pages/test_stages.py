"""The in-depth review on its page: a rule is written, studies are told apart, one is overruled."""

import pytest

from evidence.errors import Invalid
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import live_token
from evidence.report.statements import Statement
from evidence.steps.desk import Desk
from evidence.steps.results import flow_records, map_document, prisma_flow, report_facts
from evidence.steps.results.stages import stage_rules, study_stages
from evidence.synthesis.flow.flow_boxes import BoxId, Opens, box_numbers
from evidence.synthesis.flow.flow_notes import flow_boxes
from evidence.synthesis.stages.stage_rule import NO_RULE, Outcome, StageCondition, StageRule
from evidence.synthesis.stages.study_stages import ReviewStage, StudyStages
from tests.pages.conftest import Open, texts
from tests.pages.test_kept_studies import appraise

IN_DEPTH, SOUND = ReviewStage.IN_DEPTH, ReviewStage.SOUND
OUTCOMES = StageRule(
    alternatives=((StageCondition(question="question:stream", codes=("outcome-evaluation",)),),),
    reason="effects only",
)


def stages_of(desk: Desk) -> StudyStages:
    stages = study_stages.of_person(desk)
    assert stages is not None
    return stages


def test_a_rule_sorts_all_studies_and_each_number_of_the_flow_opens_its_own(
    example_app: Open, desk: Desk
) -> None:
    at = example_app("stages")
    assert "No rule is set" in texts(at)
    appraise(desk)
    stage_rules.change(desk, IN_DEPTH, OUTCOMES, NO_RULE)
    gate = StageRule(
        alternatives=(
            (
                StageCondition(
                    question="judged:weight-of-evidence/D: Overall weight",
                    codes=("High", "Medium"),
                ),
            ),
        )
    )
    stage_rules.change(desk, SOUND, gate, NO_RULE)
    flow = prisma_flow.with_uses(desk, prisma_flow.flow(desk))
    counts = flow.stages
    assert counts.in_depth is not None
    assert counts.sound is not None
    assert counts.in_depth.passed + counts.in_depth.not_passed == flow.included_studies == 19
    assert ("Stream not coded", 1) in counts.in_depth.untold
    assert counts.sound.passed + counts.sound.not_passed == counts.in_depth.passed
    assert prisma_flow.faults(flow) == ()
    boxes = flow_boxes(flow)
    assert "Included in the map" in [box.title for box in boxes]
    opened = [each for each in box_numbers(boxes) if each.box in {
        BoxId.IN_DEPTH, BoxId.NOT_IN_DEPTH, BoxId.SOUND, BoxId.NOT_SOUND}]  # fmt: skip
    assert {each.opens for each in opened} >= {Opens.BOX, Opens.REASON, Opens.NOT_TOLD}
    for each in opened:
        found = flow_records.behind(desk, each)
        assert len(set(found.ids)) == each.number, each
        assert len(flow_records.lines(desk, found, 0, 100)) == each.number
    at = example_app("stages")
    said = texts(at)
    assert "**Which streams" in said or "Stream is Outcome evaluation" in said
    assert "effects only" in said


def test_a_person_overrules_one_study_and_results_are_told_for_a_stage(
    example_app: Open, desk: Desk
) -> None:
    example_app("reviews")
    stage_rules.change(desk, IN_DEPTH, OUTCOMES, NO_RULE)
    with pytest.raises(Invalid, match="Somebody changed the rule"):
        stage_rules.change(desk, IN_DEPTH, StageRule(reason="none"), NO_RULE)
    going = stages_of(desk).at(IN_DEPTH, Outcome.GOES_ON)
    first = going[0]
    with pytest.raises(Invalid, match="Say why"):
        stage_rules.overrule(desk, first.study_id, IN_DEPTH, Outcome.STAYS, " ")
    stage_rules.overrule(desk, first.study_id, IN_DEPTH, Outcome.STAYS, "another population")
    with pytest.raises(Invalid, match="Somebody changed"):
        stage_rules.overrule(desk, first.study_id, IN_DEPTH, Outcome.GOES_ON, "seen nothing")
    assert len(stages_of(desk).at(IN_DEPTH, Outcome.GOES_ON)) == len(going) - 1
    at = example_app("stages")
    frame = at.dataframe[0].value
    row = frame[frame["Study"] == first.label].iloc[0]
    assert row["In-depth review"] == "Stays in the map"
    assert row["Decided by a person"].startswith("another population (")
    at = example_app("counts")
    at.session_state["counts-tab"] = "Studies"
    at.session_state["kept-studies-1"] = "stage:in-depth"
    at.run()
    assert not at.exception
    assert f"Goes on ({len(going) - 1} of 18)" in texts(at)
    seen = stages_of(desk).rules.overrulings[0]
    stage_rules.follow_rule(desk, first.study_id, IN_DEPTH, seen)
    assert len(stages_of(desk).at(IN_DEPTH, Outcome.GOES_ON)) == len(going)


def test_a_rule_is_written_on_the_page(example_app: Open, desk: Desk) -> None:
    example_app("reviews")
    at = example_app("stages")
    at.session_state["rule-in-depth"] = True
    at.run()
    at.button("stage-rule-1-in-depth-0-or").click().run()
    at.selectbox("stage-rule-1-in-depth-0-question-1").set_value("question:stream").run()
    at.multiselect("stage-rule-1-in-depth-0-codes-1-question:stream").set_value(
        ["outcome-evaluation"]
    ).run()
    at.text_input("stage-rule-1-in-depth-0-reason").set_value("effects only").run()
    at.button("stage-rule-1-in-depth-0-keep").click().run()
    assert not at.exception
    assert stage_rules.current(desk).in_depth == OUTCOMES


def test_map_and_report_can_be_told_for_a_stage(example_app: Open, desk: Desk) -> None:
    example_app("reviews")
    stage_rules.change(desk, IN_DEPTH, OUTCOMES, NO_RULE)
    going = {study.study_id for study in stages_of(desk).at(IN_DEPTH, Outcome.GOES_ON)}
    content = map_document.content(desk, map_document.wanted(desk))
    assert content is not None
    (dimension,) = (each for each in content.dimensions if each.id == "question:review-stage")
    in_depth = dimension.headings[0].covers
    assert {study.id for study in content.studies if dimension.codes(study) & in_depth} == going
    facts = report_facts.facts(desk)
    number = live_content(facts, live_token("number of review-stage=in-depth"))
    assert isinstance(number, Statement)
    assert (number.text, set(number.studies)) == (str(len(going)), going)
    assert f"{len(going)} go on to the in-depth review" in str(
        live_content(facts, live_token("stages"))
    )
