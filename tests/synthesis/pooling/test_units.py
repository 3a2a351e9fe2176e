"""Several findings of one study, clusters, and questions asked of a table."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import Invalid
from evidence.synthesis.pooling.choices import Choices, Questions
from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.methods import EffectTest, Method
from evidence.synthesis.pooling.pool_table import TablePooled, pool_table
from evidence.synthesis.pooling.several_findings import Findings, once_per_study
from evidence.synthesis.pooling.study_effects import StudyEffect
from evidence.synthesis.pooling.unit_of_analysis import Unit

FOUR = "trial,yi,vi\nA,0.2,0.04\nA,0.4,0.01\nB,0.5,0.09\nA,0.3,0.02\n"
FE = Choices(method=Method.FE)
TEN = "year,group,yi,vi\n" + "".join(
    f"{1990 + at},{'ab'[at % 2]},{at / 10},{0.05 + at / 100}\n" for at in range(10)
)


def finding(study: str, estimate: float, variance: float) -> StudyEffect:
    return StudyEffect(study=study, estimate=estimate, variance=variance)


A = [finding("A", 0.2, 0.04), finding("A", 0.4, 0.01)]


def result(
    text: str,
    choices: Choices = FE,
    unit: Unit | None = None,
    questions: Questions | None = None,
) -> TablePooled:
    return pool_table(text.encode(), "f.csv", choices, unit, questions)


@pytest.mark.parametrize(
    ("rule", "estimate", "variance"),
    [
        (Findings.FIRST, 0.2, 0.04),
        (Findings.MOST_PRECISE, 0.4, 0.01),
        # (0.04 + 0.01 + 2 · 0.5 · 0.2 · 0.1) / 4
        (Findings.COMBINED, 0.3, 0.0175),
    ],
)
def test_findings_of_a_study_become_one(rule: Findings, estimate: float, variance: float) -> None:
    once = once_per_study([*A, finding("B", 0.5, 0.09)], rule, 0.5)
    assert [each.study for each in once.effects] == ["A", "B"]
    assert once.effects[0].estimate == pytest.approx(estimate)
    assert once.effects[0].variance == pytest.approx(variance)
    assert once.effects[1] == finding("B", 0.5, 0.09)
    [remark] = once.remarks
    assert "A (2)" in remark


@pytest.mark.parametrize(
    ("correlation", "variance"), [(0.0, 0.05 / 4), (1.0, (0.2 + 0.1) ** 2 / 4)]
)
def test_findings_that_are_independent_or_the_same(correlation: float, variance: float) -> None:
    once = once_per_study(A, Findings.COMBINED, correlation)
    assert once.effects[0].variance == pytest.approx(variance)


@given(st.integers(1, 6), st.floats(0, 1), st.integers(1, 100))
def test_repeating_a_finding_that_is_the_same_adds_nothing(
    times: int, correlation: float, hundredths: int
) -> None:
    same = [finding("A", 0.3, hundredths / 100)] * times
    whole = once_per_study(same, Findings.COMBINED, 1.0).effects[0]
    assert whole.variance == pytest.approx(hundredths / 100)
    part = once_per_study(same, Findings.COMBINED, correlation).effects[0]
    assert part.variance <= whole.variance * (1 + 1e-12)


def test_a_correlation_must_be_stated_and_possible() -> None:
    with pytest.raises(Invalid, match="state their correlation"):
        once_per_study(A, Findings.COMBINED)
    with pytest.raises(Invalid, match="between 0 and 1"):
        once_per_study(A, Findings.COMBINED, 1.2)


def test_studies_with_one_finding_each_need_no_correlation() -> None:
    apart = [finding("A", 0.3, 0.1), finding("B", 0.2, 0.1)]
    assert once_per_study(apart, Findings.COMBINED).effects == tuple(apart)


def test_rows_of_one_study_are_told_unless_they_are_joined() -> None:
    apart = result(FOUR)
    assert apart.result.k == 4
    assert any("Several rows have the same name (A)" in remark for remark in apart.remarks)
    joined = result(FOUR, unit=Unit(study="trial", correlation=0.5))
    assert (joined.result.k, joined.studies) == (2, ("A", "B"))
    assert not any("same name" in remark for remark in joined.remarks)
    errors = [0.2, 0.1, sqrt(0.02)]
    variance = (0.5 * 0.07 + 0.5 * sum(errors) ** 2) / 9
    alone = StudyEffect(study="A", estimate=0.3, variance=variance)
    weight = 1 / alone.variance
    mean = (0.3 * weight + 0.5 / 0.09) / (weight + 1 / 0.09)
    assert joined.result.estimate == pytest.approx(mean)


def test_tables_of_one_study_can_be_chosen_but_not_combined() -> None:
    text = "trial,ai,bi,ci,di\nA,7,23,11,17\nA,0,30,0,28\nB,2,38,5,33\n"
    choices = Choices(measure=PooledMeasure.OR, method=Method.MH)
    found = result(text, choices, Unit(study="trial", findings=Findings.FIRST))
    assert (found.result.k, found.studies) == (2, ("A", "B"))
    both = text.replace("A,0,30,0,28", "A,3,27,9,19")
    with pytest.raises(Invalid, match="cannot be combined"):
        result(both, choices, Unit(study="trial", correlation=0.5))


def test_clusters_inflate_the_variance() -> None:
    text = "yi,vi,size\n0.2,0.04,30\n0.5,0.09,\n"
    unit = Unit(cluster_size="size", icc=0.05, icc_from="a national survey")
    found = result(text, unit=unit)
    weights = [1 / (0.04 * 2.45), 1 / 0.09]
    mean = (0.2 * weights[0] + 0.5 * weights[1]) / sum(weights)
    assert found.result.estimate == pytest.approx(mean)
    assert any("2.45" in remark and "a national survey" in remark for remark in found.remarks)


def test_clusters_divide_people_in_tables() -> None:
    text = "ai,bi,ci,di,size\n70,230,110,170,30\n2,38,5,33,\n"
    unit = Unit(cluster_size="size", icc=0.05, icc_from="assumed")
    choices = Choices(measure=PooledMeasure.OR, method=Method.MH)
    by_hand = "ai,bi,ci,di\n" + ",".join(str(n / 2.45) for n in (70, 230, 110, 170))
    wanted = result(f"{by_hand}\n2,38,5,33\n", choices)
    assert result(text, choices, unit).result.estimate == pytest.approx(wanted.result.estimate)
    assert result(text, choices, unit).result.se == pytest.approx(wanted.result.se)


def test_clusters_need_an_icc_and_its_source() -> None:
    for icc, source in ((None, "x"), (0.05, " ")):
        with pytest.raises(Invalid, match="whose it is"):
            Unit(cluster_size="size", icc=icc, icc_from=source)
    with pytest.raises(Invalid, match="between 0 and 1"):
        Unit(cluster_size="size", icc=2, icc_from="x")


def test_a_cluster_size_that_is_none_leaves_the_row_out() -> None:
    text = "yi,vi,size\n0.2,0.04,0.5\n0.5,0.09,abc\n0.1,0.1,20\n"
    found = result(text, unit=Unit(cluster_size="size", icc=0.05, icc_from="x"))
    assert [(each.line, each.column) for each in found.left_out] == [(2, "size"), (3, "size")]


@pytest.mark.parametrize(
    ("unit", "questions"),
    [
        (Unit(study="none", correlation=0.5), None),
        (Unit(cluster_size="none", icc=0.1, icc_from="x"), None),
        (None, Questions(subgroup="none")),
        (None, Questions(moderator="none")),
    ],
)
def test_a_column_that_is_missing_is_named(unit: Unit | None, questions: Questions | None) -> None:
    with pytest.raises(Invalid, match=r"f\.csv has no column none\. Its columns are: year"):
        result(TEN, FE, unit, questions)


def test_questions_are_answered_from_columns() -> None:
    choices = Choices(test=EffectTest.Z)
    asked = Questions(subgroup="Group", moderator="YEAR", egger=True)
    answers = result(TEN, choices, questions=asked).answers
    assert answers.subgroups
    assert list(answers.subgroups.pooled) == ["a", "b"]
    assert answers.common_tau2
    assert answers.regression
    assert answers.regression.k == 10
    assert answers.egger
    assert result(TEN, FE, questions=Questions(subgroup="group")).answers.common_tau2 is None


def test_what_is_not_offered_is_said() -> None:
    asked = Questions(moderator="year", egger=True)
    nine = TEN.rsplit("1999", 1)[0]
    found = result(nine, questions=asked)
    assert found.answers.regression is None
    assert found.answers.egger is None
    assert any("meta-regression needs 10 studies" in remark for remark in found.remarks)
    assert any("Egger's test needs 10 studies" in remark for remark in found.remarks)
    odds = result(TEN, Choices(measure=PooledMeasure.OR), questions=Questions(egger=True))
    assert any("not for odds ratios" in remark for remark in odds.remarks)
    smd = result(TEN, Choices(measure=PooledMeasure.SMD), questions=Questions(egger=True))
    assert smd.answers.egger
    assert any("with caution" in remark for remark in smd.remarks)


def test_studies_without_a_moderator_are_named_and_those_without_a_group_are_one() -> None:
    text = TEN + ",,0.5,0.1\nlate,a,0.6,0.1\n"
    asked = Questions(subgroup="group", moderator="year")
    found = result(text, Choices(test=EffectTest.Z), questions=asked)
    assert found.answers.regression
    assert found.answers.regression.k == 10
    assert any("in line 12; line 13 in line 13" in remark for remark in found.remarks)
    assert found.answers.subgroups
    assert list(found.answers.subgroups.pooled) == ["a", "b", "not stated"]


def test_tables_are_compared_by_groups_and_asked_nothing_else() -> None:
    text = "g,ai,bi,ci,di\nx,7,23,11,17\nx,2,38,5,33\ny,4,26,9,19\n"
    choices = Choices(measure=PooledMeasure.OR, method=Method.MH)
    found = result(text, choices, questions=Questions(subgroup="g"))
    assert found.answers.subgroups
    assert list(found.answers.subgroups.pooled) == ["x", "y"]
    with pytest.raises(Invalid, match="need effects with variances"):
        result(text, choices, questions=Questions(egger=True))
