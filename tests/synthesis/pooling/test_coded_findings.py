"""Coded findings are pooled with each study once, and nothing is left out in silence."""

from dataclasses import replace

import pytest

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.reported import (
    Clusters,
    Counts,
    EventGroup,
    MeanGroup,
    Means,
    Reported,
    Scores,
    StandardDeviation,
)
from evidence.coding.findings import Benefit, Direction, Finding
from evidence.errors import Invalid
from evidence.synthesis.pooling.coded_findings import (
    FindingWish,
    available_measures,
    coded_effects,
)
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.several_findings import Findings
from evidence.synthesis.pooling.table_effects import table_effect
from evidence.synthesis.pooling.two_by_two import StudyTable, mantel_haenszel
from evidence.synthesis.studies import CodedStudy
from tests.synthesis.pooling.made_effects import pooled

SMD, ODDS = Measure.STANDARDISED_MEAN_DIFFERENCE, Measure.LOG_ODDS_RATIO
WISH = FindingWish(contrast="arms", outcomes=frozenset({"mood"}), interventions=None, measure=SMD)


def means(mean: str = "12", n: int = 30, scores: Scores = Scores.FINAL) -> Means:
    def group(value: str) -> MeanGroup:
        spread = StandardDeviation(value=PrintedNumber("4"))
        return MeanGroup(n=n, mean=PrintedNumber(value), spread=spread)

    return Means(intervention=group(mean), comparison=group("10"), scores=scores)


def counts(events: int = 10) -> Counts:
    return Counts(
        intervention=EventGroup(events=events, total=50),
        comparison=EventGroup(events=20, total=50),
    )


def finding(
    reported: Reported | None,
    benefit: Benefit | None = Benefit.HIGHER,
    *,
    intervention: str = "ips",
    outcome: str = "mood",
    contrast: str = "arms",
) -> Finding:
    return Finding(
        intervention=intervention,
        outcome=outcome,
        contrast=contrast,
        direction=Direction.BETTER,
        reported=reported,
        benefit=benefit,
    )


def study(number: int, *findings: Finding) -> CodedStudy:
    return CodedStudy(
        id=number, label=f"Study {number}", year=2000, codes={}, findings=tuple(findings)
    )


def test_a_study_counts_once_whatever_the_rule() -> None:
    one = study(1, finding(means("12", 30)), finding(means("13", 90)))
    for rule, correlation in (
        (Findings.FIRST, None), (Findings.MOST_PRECISE, None), (Findings.COMBINED, 0.5)
    ):  # fmt: skip
        made = coded_effects([one], replace(WISH, rule=rule, correlation=correlation), {})
        assert len(made.effects) == len(made.rows) == 1
        assert "Study 1 (2)" in " ".join(made.remarks)
    precise = coded_effects([one], WISH, {}).effects[0]
    first = coded_effects([one], replace(WISH, rule=Findings.FIRST), {}).effects[0]
    assert precise.variance < first.variance
    assert precise.estimate > first.estimate


def test_findings_are_combined_only_with_a_stated_correlation() -> None:
    one = study(1, finding(means()), finding(means("13")))
    with pytest.raises(Invalid, match="state their correlation"):
        coded_effects([one], replace(WISH, rule=Findings.COMBINED), {})


def test_two_studies_of_one_name_stay_two() -> None:
    same = [replace(study(n, finding(means())), label="Smith 2001") for n in (1, 2)]
    made = coded_effects(same, WISH, {})
    assert [effect.study for effect in made.effects] == ["Smith 2001"] * 2


def test_where_less_is_better_the_sign_is_turned_and_said() -> None:
    lower = study(1, finding(means(), Benefit.LOWER))
    made = coded_effects([lower, study(2, finding(means()))], WISH, {})
    first, second = made.effects
    assert first.estimate == -second.estimate
    assert made.is_turned
    assert "the sign was turned: Study 1." in " ".join(made.remarks)


def test_where_nobody_said_what_is_better_nothing_is_turned_and_no_side_is_named() -> None:
    made = coded_effects([study(1, finding(means(), None))], WISH, {})
    assert not made.is_turned
    assert "nothing was turned: Study 1." in " ".join(made.remarks)


def test_change_scores_are_not_pooled_with_final_scores_as_smd() -> None:
    studies = [study(1, finding(means())), study(2, finding(means(scores=Scores.CHANGE)))]
    made = coded_effects(studies, WISH, {})
    assert [effect.study for effect in made.effects] == ["Study 1"]
    assert "Change scores are not pooled with final scores. Not pooled: Study 2." in made.remarks
    other = coded_effects(studies, replace(WISH, scores=Scores.CHANGE), {})
    assert [effect.study for effect in other.effects] == ["Study 2"]
    plain = coded_effects(studies, replace(WISH, measure=Measure.MEAN_DIFFERENCE), {})
    assert len(plain.effects) == 2


def test_other_contrasts_outcomes_and_interventions_are_left_aside() -> None:
    studies = [
        study(1, finding(means(), contrast="status")),
        study(2, finding(means(), outcome="hope")),
        study(3, finding(means(), intervention="training")),
    ]
    made = coded_effects(studies, replace(WISH, interventions=frozenset({"ips"})), {})
    assert made.effects == ()
    assert made.remarks == ()


def test_findings_without_numbers_are_named() -> None:
    made = coded_effects([study(1, finding(None))], WISH, {})
    assert made.effects == ()
    assert made.remarks == ("No numbers that give an effect were coded. Not pooled: Study 1.",)


def test_raw_numbers_stand_only_where_all_studies_have_them_unturned() -> None:
    wish = replace(WISH, measure=ODDS)
    both = [study(1, finding(counts())), study(2, finding(counts(5)))]
    made = coded_effects(both, wish, {})
    assert all(row.table for row in made.rows)
    for row in made.rows:
        assert row.table is not None
        assert row.effect is not None
        expected = table_effect(row.table, PooledMeasure.OR, 0.5)
        assert (row.effect.estimate, row.effect.variance) == pytest.approx(expected, abs=1e-12)
    turned = [both[0], study(2, finding(counts(5), Benefit.LOWER))]
    assert not any(row.table for row in coded_effects(turned, wish, {}).rows)


def test_a_large_smd_asks_for_its_sd() -> None:
    made = coded_effects([study(1, finding(means("30")))], WISH, {})
    assert "was a standard error entered as the SD?" in made.remarks[-1]


def test_measures_are_offered_with_how_many_studies_can_give_them() -> None:
    studies = [study(1, finding(means())), study(2, finding(counts())), study(3, finding(None))]
    offered = available_measures(studies)
    assert offered[SMD] == offered[ODDS] == 1
    assert available_measures(studies, replace(WISH, contrast="status")) == {}


def test_people_in_clusters_count_less_and_whose_icc_it_is_is_said() -> None:
    thirty = Clusters(size=PrintedNumber("30"), icc=PrintedNumber("0.05"), icc_from="the report")
    whole = Counts(
        intervention=EventGroup(events=49, total=300), comparison=EventGroup(events=98, total=300)
    )
    wish = replace(WISH, measure=ODDS)
    alone = coded_effects([study(1, finding(whole))], wish, {})
    found = coded_effects([study(1, finding(replace(whole, clusters=thirty)))], wish, {})
    assert found.effects[0].variance == pytest.approx(2.45 * alone.effects[0].variance)
    table = found.rows[0].table
    assert table is not None
    assert (table.a, table.a + table.b) == pytest.approx((20, 300 / 2.45))
    (said,) = (remark for remark in found.remarks if "clusters" in remark)
    assert "Study 1 (design effect 2.45; ICC 0.05: the report)" in said
    assert not any("clusters" in remark for remark in alone.remarks)


def test_mantel_haenszel_knows_of_clusters_as_other_methods_do() -> None:
    thirty = Clusters(size=PrintedNumber("30"), icc=PrintedNumber("0.05"), icc_from="the report")
    rows = coded_effects(
        [study(n, finding(replace(counts(5 * n), clusters=thirty))) for n in (1, 2, 3)],
        replace(WISH, measure=ODDS),
        {},
    ).rows
    alone = coded_effects(
        [study(n, finding(counts(5 * n))) for n in (1, 2, 3)], replace(WISH, measure=ODDS), {}
    ).rows
    wide, narrow = (
        pooled(
            mantel_haenszel(
                [StudyTable(study=r.study, table=r.table) for r in made if r.table],
                PooledMeasure.OR,
            )
        )
        for made in (rows, alone)
    )
    assert wide.estimate == pytest.approx(narrow.estimate)
    assert wide.se == pytest.approx(narrow.se * 2.45**0.5)
