"""What the page of meta-analysis pools is what pooling the same effects gives."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Scores
from evidence.coding.scheme import Of
from evidence.report.finding_results import FindingChoice
from evidence.steps.coding import schemes
from evidence.steps.results import appraisal_weights, pooling
from evidence.steps.results.coded_studies import CodedStudies
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.pooling import PoolingWish
from evidence.steps.results.reporting.finding_results import ReportResults
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_rules import USUAL
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.raw_numbers import RAW_TABLE
from evidence.synthesis.pooling.results import Pooled
from evidence.synthesis.studies import CodedStudy
from tests.steps.coding.test_coding import SCHEME
from tests.synthesis.appraisal.test_weights import HIGH, table
from tests.synthesis.pooling.test_coded_findings import counts, finding, means, study

WISH = PoolingWish(contrast="arms", outcome="mood", measure=Measure.STANDARDISED_MEAN_DIFFERENCE)


def dimension(name: str, *codes: str, of: Of = Of.FINDING) -> Dimension:
    headings = tuple(Heading(id=c, label=c.title(), covers=frozenset({c})) for c in codes)
    return Dimension(id=name, title=name, of=of, headings=headings)


def found(*studies: CodedStudy) -> DirectionStudies:
    return DirectionStudies(
        coded=CodedStudies(scheme=schemes.read(SCHEME, "small.yaml"), studies=studies, open=()),
        studies=studies,
        dimensions=(
            dimension("axis:outcome", "mood", "hope"),
            dimension("axis:intervention", "ips", "training"),
            dimension("axis:contrast", "arms"),
            dimension("question:design", "trial", "cohort", of=Of.STUDY),
        ),
    )


THREE = [study(n, finding(means(str(10 + n), 20 * n))) for n in (1, 2, 3)]


def test_each_study_is_pooled_with_what_comes_without_it() -> None:
    result = pooling.pooled(found(*THREE), WISH)
    assert result.forest is not None
    assert result.forest.pooled.k == 3
    assert result.forest.pooled.method is Method.REML
    assert result.forest.favours == pooling.FAVOURS
    alone = pooling.pooled(found(*THREE[1:]), WISH)
    assert alone.forest is not None
    name, without = result.without[0]
    assert name == "Study 1"
    assert isinstance(without, Pooled)
    assert without.estimate == pytest.approx(alone.forest.pooled.estimate, abs=1e-12)
    assert "ten" in str(result.small_studies) or "10" in str(result.small_studies)


def test_two_by_two_tables_are_pooled_by_mantel_and_haenszel() -> None:
    studies = found(*(study(n, finding(counts(5 * n))) for n in (1, 2, 3)))
    wish = replace(WISH, measure=Measure.LOG_ODDS_RATIO)
    assert pooling.has_tables(studies, wish)
    assert not pooling.has_tables(studies, WISH)
    result = pooling.pooled(studies, replace(wish, method=Method.MH))
    assert result.forest is not None
    assert result.forest.raw_heads == RAW_TABLE
    assert result.forest.pooled.method is Method.MH
    by_peto = pooling.pooled(studies, replace(wish, method=Method.PETO))
    assert by_peto.forest is not None
    assert by_peto.forest.pooled.method is Method.PETO


def test_groups_are_pooled_for_themselves_and_studies_without_one_are_named() -> None:
    designs: tuple[set[str], ...] = ({"trial"}, {"trial"}, set())
    grouped = [
        replace(one, codes={"design": frozenset(design)})
        for one, design in zip(THREE, designs, strict=True)
    ]
    result = pooling.pooled(found(*grouped), replace(WISH, groups="question:design"))
    assert result.forest is not None
    titles = {group.title: len(group.studies) for group in result.forest.groups}
    assert titles == {"Trial": 2, "question:design: not coded": 1}
    assert result.forest.between is not None
    assert result.forest.common_tau2 is not None


def test_nothing_to_pool_is_said_with_the_reasons() -> None:
    result = pooling.pooled(found(study(1, finding(None))), WISH)
    assert result.forest is None
    assert result.why_not
    assert result.remarks == ("No numbers that give an effect were coded. Not pooled: Study 1.",)


def test_only_outcomes_and_measures_with_numbers_are_offered() -> None:
    studies = found(*THREE, study(9, finding(None, outcome="hope")))
    assert pooling.outcomes(studies, "arms") == {"mood": "Mood"}
    assert pooling.outcomes(studies, "status") == {}
    offered = pooling.measures(studies, WISH)
    assert offered[Measure.STANDARDISED_MEAN_DIFFERENCE] == 3


def test_the_effect_of_a_summary_is_that_of_the_page() -> None:
    studies = found(*THREE)
    effect = pooling.outcome_effect(studies, "arms", "ips", "mood")
    page = pooling.pooled(studies, replace(WISH, interventions=("ips",)))
    assert effect is not None
    assert page.forest is not None
    assert effect.pooled == page.forest.pooled
    assert pooling.outcome_effect(studies, "arms", "ips", "hope") is None


def test_page_report_summary_and_weights_pool_the_same_and_never_mix_scores() -> None:
    changes = [study(n, finding(means(str(10 + n), 20, Scores.CHANGE))) for n in (4, 5, 6, 7)]
    studies = found(*THREE, *changes, study(8, finding(counts())))
    usual = pooling.usual_wish(studies, WISH)
    assert usual == replace(WISH, scores=Scores.CHANGE)
    page = pooling.pooled(studies, usual).forest
    choice = FindingChoice(contrast="arms", intervention="ips", outcome="mood")
    report = ReportResults(found=studies, rules=USUAL).pooled(choice).forest
    row = pooling.outcome_effect(studies, "arms", "ips", "mood")
    weighed = appraisal_weights.weighted(
        table(*((n, HIGH) for n in range(1, 9))), studies, ("arms", "mood")
    )
    assert page is not None
    assert page.pooled.k == 4
    assert report == page
    assert row is not None
    assert (row.measure, row.scores, row.pooled) == (usual.measure, Scores.CHANGE, page.pooled)
    assert row.words[1] == "4 studies, changes; above 0 is better."
    assert [each.weight for each in weighed.rows] == [each.weight for each in page.studies]


def test_the_page_begins_with_the_usual_scores() -> None:
    changes = [study(n, finding(means(str(10 + n), 20, Scores.CHANGE))) for n in (4, 5, 6, 7)]
    as_many = found(*THREE, *changes[:3])
    assert pooling.usual_wish(as_many, WISH) == WISH
    page = AppTest.from_function(_page, args=(found(*THREE, *changes),)).run()
    assert not page.exception
    shown = {box.label: box.value for box in page.selectbox}
    assert shown["Measure"] is Measure.STANDARDISED_MEAN_DIFFERENCE
    assert shown["Means are of"] is Scores.CHANGE


def _page(studies: object) -> None:
    from typing import cast  # noqa: PLC0415  # all of this runs as a script of its own

    from evidence.steps.results.directions import DirectionStudies  # noqa: PLC0415
    from evidence.ui.results.pooling import pooling_page  # noqa: PLC0415

    pooling_page(cast(DirectionStudies, studies))


def test_several_findings_of_a_study_are_one_in_a_summary() -> None:
    twice = study(1, finding(means("12")), finding(means("13")))
    effect = pooling.outcome_effect(found(twice, *THREE[1:]), "arms", "ips", "mood")
    assert effect is not None
    assert effect.pooled.k == 3
    assert any(said.startswith("Several findings of one study") for said in effect.remarks)


def test_an_outcome_of_a_summary_is_pooled_without_those_below_it() -> None:
    axis = Dimension(
        id="axis:outcome",
        title="Outcome",
        of=Of.FINDING,
        headings=(
            Heading(id="mood", label="Mood", covers=frozenset({"mood", "hope"})),
            Heading(id="hope", label="Hope", depth=1, covers=frozenset({"hope"})),
        ),
    )
    studies = found(*THREE, study(4, finding(means(), outcome="hope")))
    studies = replace(studies, dimensions=(axis, *studies.dimensions[1:]))
    effect = pooling.outcome_effect(studies, "arms", "ips", "mood")
    assert effect is not None
    assert effect.pooled.k == 3
