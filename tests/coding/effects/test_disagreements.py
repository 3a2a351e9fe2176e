"""What does not follow is pointed out, unless rounding or another usual way explains it."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from evidence.coding.effects.comparison import Part
from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.counts import table_of
from evidence.coding.effects.disagreements import (
    Disagreement,
    disagreements,
    inner_disagreements,
    printed_faults,
)
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedP, Relation, read_p
from evidence.coding.effects.reported import (
    Correlation,
    Estimate,
    Means,
    PrintedResult,
    PTest,
    Reported,
    Side,
    TTest,
)
from evidence.coding.effects.ways_from_counts import ways_from_counts
from tests.coding.effects.entries import clusters, counts, group, interval, means, number, sd, se

MD, SMD = Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE
OR, RR, RD = Measure.LOG_ODDS_RATIO, Measure.LOG_RISK_RATIO, Measure.RISK_DIFFERENCE
GROUPS = means(group(14, "12.4", sd("3.2")), group(17, "10.1", sd("4.1")))
TABLE = counts(10, 50, 20, 50)


def p_of(text: str) -> PrintedP:
    read = read_p(text)
    assert isinstance(read, PrintedP)
    return read


def result(
    measure: Measure,
    estimate: str = "",
    limits: tuple[str, str] | None = None,
    p: str = "",
    *,
    transformed: bool = False,
    adjusted: bool | None = False,
) -> PrintedResult:
    return PrintedResult(
        measure=measure,
        estimate=number(estimate) if estimate else None,
        interval=interval(*limits) if limits else None,
        p=p_of(p) if p else None,
        transformed=transformed,
        adjusted=adjusted,
    )


def only(found: tuple[Disagreement, ...], part: Part) -> Disagreement:
    assert [disagreement.part for disagreement in found] == [part]
    return found[0]


@pytest.mark.parametrize(
    ("reported", "printed"),
    [
        # t.test of R 4.2.2 on 31 people with exactly these means and SDs: p .0901 and -0.383 to
        # 4.983 with separate SDs, p .0977 and -0.448 to 5.048 with a pooled one
        (GROUPS, result(MD, "2.3", ("-0.383", "4.983"), "0.0901")),
        (GROUPS, result(MD, "2.3", ("-0.448", "5.048"), "0.0977")),
        (GROUPS, result(MD, "2.3", ("-0.3", "4.9"))),
        (GROUPS, result(SMD, "0.60", ("-0.12", "1.33"))),
        (GROUPS, result(SMD, "0.62")),
        (GROUPS, result(SMD, "0.56")),
        (GROUPS, result(MD, p="> 0.05")),
        (TABLE, result(OR, "0.38", ("0.15", "0.92"), "0.03")),
        (TABLE, result(OR, "-0.98", ("-1.88", "-0.09"), transformed=True)),
        (TABLE, result(RR, "0.5", ("0.26", "0.96"), "0.050")),
        (TABLE, result(RD, "-0.20", ("-0.38", "-0.02"), "< 0.05")),
        (TABLE, result(RD, "-0.2", ("-0.364", "-0.020"))),
        (counts(0, 22, 3, 25), result(RD, "-0.12", p="0.24")),
        (counts(0, 22, 3, 25), result(OR, "0.14", ("0.01", "2.93"))),
        (
            TTest(t=number("2.31"), n_intervention=18, n_comparison=15),
            result(SMD, "0.79", ("0.08", "1.50"), "0.028"),
        ),
        (
            PTest(p=p_of("0.013"), higher=Side.COMPARISON, n_intervention=18, n_comparison=15),
            result(SMD, "-0.90"),
        ),
        (
            Correlation(r=number("0.42"), n=33),
            result(Measure.FISHER_Z, "0.42", ("0.09", "0.67"), "0.015"),
        ),
        (
            Estimate(measure=OR, value=number("0.70"), spread=interval("0.45", "1.09")),
            result(OR, p="0.11"),
        ),
        (
            Estimate(measure=MD, value=number("2.0"), spread=se("0.8")),
            result(MD, limits=("0.4", "3.6"), p="0.03"),
        ),
    ],
)
def test_what_follows_in_any_usual_way_is_not_pointed_out(
    reported: Reported, printed: PrintedResult
) -> None:
    assert not printed_faults(printed)
    assert disagreements(reported, printed) == ()


@pytest.mark.parametrize(
    ("reported", "printed", "part", "follows", "hint"),
    [
        (GROUPS, result(MD, "2.5"), Part.ESTIMATE, "2.2 to 2.4", ""),
        (GROUPS, result(MD, "-2.3"), Part.ESTIMATE, "2.2 to 2.4", "groups exchanged"),
        (
            GROUPS,
            result(SMD, "0.16"),
            Part.ESTIMATE,
            "0.5678 to 0.6362",
            "SDs are standard errors",
        ),
        (
            means(group(14, "12.4", se("3.2")), group(17, "10.1", se("4.1"))),
            result(SMD, "0.60"),
            Part.ESTIMATE,
            "0.1419 to 0.159",
            "standard errors are SDs",
        ),
        (GROUPS, result(MD, limits=("0.1", "4.5")), Part.INTERVAL, "about", "interval of 90%"),
        (GROUPS, result(MD, limits=("1.0", "3.6")), Part.INTERVAL, "about", ""),
        (GROUPS, result(MD, limits=("-0.3", "6.9")), Part.INTERVAL, "about", ""),
        (GROUPS, result(MD, limits=("-2.3", "4.9")), Part.INTERVAL, "about", ""),
        (GROUPS, result(MD, p="< 0.05"), Part.P, "", ""),
        (GROUPS, result(MD, p="0.060"), Part.P, "", ""),
        (GROUPS, result(MD, p="0.045"), Part.P, "", "one-sided"),
        (TABLE, result(OR, "2.67"), Part.ESTIMATE, "0.375", "groups exchanged"),
        (counts(20, 50, 10, 50), result(OR, "0.98"), Part.ESTIMATE, "2.667", "logarithm"),
        (TABLE, result(OR, "0.38", transformed=True), Part.ESTIMATE, "0.375", "ratio itself"),
        (
            counts(25, 2000, 20, 2000),
            result(RD, "0.25"),
            Part.ESTIMATE,
            "0.0025",
            "per cent",
        ),
        (TABLE, result(RR, p="0.40"), Part.P, "", ""),
        (
            Correlation(r=number("0.42"), n=33),
            result(Measure.FISHER_Z, p="0.15"),
            Part.P,
            "",
            "",
        ),
        (
            TTest(t=number("2.31"), n_intervention=18, n_comparison=15),
            result(SMD, p="0.28"),
            Part.P,
            "",
            "",
        ),
        (
            Estimate(measure=OR, value=number("0.70"), spread=interval("0.45", "1.09")),
            result(OR, p="0.01"),
            Part.P,
            "0.1008 to 0.1281",
            "",
        ),
        (
            Estimate(measure=OR, value=number("0.90"), spread=interval("0.45", "1.09")),
            result(OR),
            Part.ESTIMATE,
            "0.6949 to 0.7059",
            "misread",
        ),
        (
            Estimate(measure=MD, value=number("2.0"), spread=se("0.8")),
            result(MD, limits=("1.2", "2.8")),
            Part.INTERVAL,
            "about",
            "",
        ),
    ],
)
def test_what_does_not_follow_is_pointed_out(
    reported: Reported, printed: PrintedResult, part: Part, follows: str, hint: str
) -> None:
    found = only(disagreements(reported, printed), part)
    assert follows in found.follows
    assert hint in found.hint if hint else not found.hint
    assert found.sentence.count(found.printed) == 1
    assert found.follows in found.sentence


def test_the_sentence_says_it_all() -> None:
    (found,) = disagreements(GROUPS, result(MD, "-2.3", adjusted=None))
    assert found.sentence == (
        "The report prints a mean difference of -2.3; from its other numbers follows 2.2 to 2.4. "
        "It would fit with the groups exchanged. If it is adjusted, say so."
    )
    (found,) = disagreements(TABLE, result(OR, limits=("0.50", "0.60")))
    assert "the 95 % interval 0.50 to 0.60 of the odds ratio; from" in found.sentence


def test_more_decimals_leave_less_room() -> None:
    assert disagreements(GROUPS, result(MD, "2.39")) == ()
    finer = means(group(14, "12.40", sd("3.2")), group(17, "10.10", sd("4.1")))
    assert only(disagreements(finer, result(MD, "2.39")), Part.ESTIMATE).follows == "2.29 to 2.31"


def test_clusters_may_be_in_the_printed_interval_or_not() -> None:
    clustered = counts(10, 50, 20, 50, clusters("11", "0.1"))
    plain, wide = ("0.15", "0.92"), ("0.11", "1.33")
    assert disagreements(clustered, result(OR, "0.38", plain)) == ()
    assert disagreements(clustered, result(OR, "0.38", wide)) == ()
    assert disagreements(TABLE, result(OR, limits=wide))


def test_an_adjusted_result_is_held_against_itself_alone() -> None:
    adjusted = result(OR, "0.70", ("0.45", "1.09"), "0.11", adjusted=True)
    assert disagreements(TABLE, adjusted) == ()
    off = result(OR, "0.70", ("0.45", "1.09"), "0.001", adjusted=True)
    assert only(disagreements(TABLE, off), Part.P) == only(inner_disagreements(off), Part.P)
    assert inner_disagreements(result(OR, "0.70", p="0.001")) == ()


def test_the_p_of_a_small_study_may_be_that_of_t() -> None:
    # 2.0 with a 95 % interval by t of 10 degrees of freedom: 2.0 ± 2.228 * 0.8, p .032; as if by z
    # it would be .028; p .2 fits neither
    limits = ("0.22", "3.78")
    assert inner_disagreements(result(MD, "2.00", limits, "0.032")) == ()
    assert inner_disagreements(result(MD, "2.00", limits, "0.028")) == ()
    assert only(inner_disagreements(result(MD, "2.00", limits, "0.2")), Part.P)


def test_nothing_follows_from_faulty_numbers_or_to_another_measure() -> None:
    assert disagreements(counts(60, 50, 20, 50), result(OR, "3")) == ()
    assert disagreements(counts(0, 50, 0, 50), result(OR, "3")) == ()
    assert disagreements(TABLE, result(MD, "3")) == ()
    assert disagreements(GROUPS, result(MD, "9", ("4", "1"))) == ()
    huge = means(group(14, "1e120", sd("1e90")), group(17, "0", sd("1e90")))
    assert disagreements(huge, result(SMD, "3")) == ()


def test_faults_of_a_printed_result() -> None:
    assert [f.place for f in printed_faults(result(OR, "0.7", ("0.0", "2.1")))] == []
    assert [f.place for f in printed_faults(result(OR, "-0.7"))] == ["estimate"]
    assert [f.place for f in printed_faults(result(RD, "12", ("10", "14")))] == [
        "estimate",
        "interval.low",
        "interval.high",
    ]
    assert [f.place for f in printed_faults(result(MD, "9", ("4", "1")))] == ["interval"]


DECIMALS = st.integers(0, 3)
SAMPLES = st.tuples(
    st.integers(2, 400), st.floats(-50, 50), st.floats(1, 30), DECIMALS.map(lambda d: d + 1)
)


def rounded(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


@given(SAMPLES, SAMPLES, DECIMALS, st.sampled_from(["pooled SD", "separate SDs"]))
def test_an_honest_report_of_means_is_never_blamed(
    one: tuple[int, float, float, int],
    other: tuple[int, float, float, int],
    decimals: int,
    way: str,
) -> None:
    """Computed from unrounded numbers by scipy, then everything is printed rounded."""
    (n1, m1, s1, d1), (n2, m2, s2, d2) = one, other
    pooled = way == "pooled SD"
    test = stats.ttest_ind_from_stats(m1, s1, n1, m2, s2, n2, equal_var=pooled)
    separate = s1**2 / n1 + s2**2 / n2
    shared = ((n1 - 1) * s1**2 + (n2 - 1) * s2**2) / (n1 + n2 - 2) * (1 / n1 + 1 / n2)
    error = sqrt(shared if pooled else separate)
    freedom = (
        n1 + n2 - 2
        if pooled
        else separate**2 / (s1**4 / n1**2 / (n1 - 1) + s2**4 / n2**2 / (n2 - 1))
    )
    reach = float(stats.t.ppf(0.975, freedom)) * error
    printed = PrintedResult(
        measure=MD,
        estimate=number(rounded(m1 - m2, decimals)),
        interval=interval(rounded(m1 - m2 - reach, decimals), rounded(m1 - m2 + reach, decimals)),
        p=p_of(rounded(float(test.pvalue), decimals + 1)),
    )
    reported = means(
        group(n1, rounded(m1, d1), sd(rounded(s1, d1))),
        group(n2, rounded(m2, d2), sd(rounded(s2, d2))),
    )
    if not printed_faults(printed):  # an interval can be rounded away
        assert disagreements(reported, printed) == ()


@given(st.integers(2, 300), st.integers(2, 300), st.data(), st.sampled_from([OR, RR, RD]))
def test_an_honest_report_of_events_is_never_blamed(
    n1: int, n2: int, data: st.DataObject, measure: Measure
) -> None:
    a, c = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    reported = counts(a, n1, c, n2)
    effect = effect_of(reported, measure)
    if not isinstance(effect, Effect):
        return
    natural = effect.natural()
    printed = PrintedResult(
        measure=measure,
        estimate=number(rounded(natural.estimate, 2)),
        interval=interval(rounded(natural.low, 2), rounded(natural.high, 2)),
        p=p_of(rounded(effect.p, 3)),
    )
    if not printed_faults(printed):
        assert disagreements(reported, printed) == ()


@given(SAMPLES, SAMPLES, st.floats(0.3, 20), st.sampled_from([-1, 1]))
def test_a_difference_beyond_rounding_is_always_pointed_out(
    one: tuple[int, float, float, int],
    other: tuple[int, float, float, int],
    off: float,
    side: int,
) -> None:
    (n1, m1, s1, _), (n2, m2, s2, _) = one, other
    reported = means(
        group(n1, rounded(m1, 1), sd(rounded(s1, 1))), group(n2, rounded(m2, 1), sd(rounded(s2, 1)))
    )
    exact = float(rounded(m1, 1)) - float(rounded(m2, 1))
    printed = result(MD, rounded(exact + side * off, 2))
    assert only(disagreements(reported, printed), Part.ESTIMATE)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_the_tests_of_a_table_are_scipys(n1: int, n2: int, data: st.DataObject) -> None:
    a, c = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    cells = [[a, n1 - a], [c, n2 - c]]
    ps = ways_from_counts(table_of(counts(a, n1, c, n2)), RD, 0.95, 1.0).ps
    if not 0 < a + c < n1 + n2:
        assert "Fisher" not in ps
        return
    assert ps["Fisher"] == pytest.approx(stats.fisher_exact(np.array(cells)).pvalue, rel=1e-6)
    for name, correction in (("chi-squared", False), ("Yates", True)):
        expected = stats.chi2_contingency(cells, correction=correction).pvalue
        assert ps[name] == pytest.approx(expected, rel=1e-6)


def test_bounds_of_p_are_not_called_one_sided() -> None:
    printed = PrintedResult(
        measure=MD, p=PrintedP(number=number("0.05"), relation=Relation.BELOW), adjusted=False
    )
    assert only(disagreements(GROUPS, printed), Part.P).hint == ""


@given(SAMPLES, SAMPLES, DECIMALS)
def test_an_honest_standardised_difference_is_never_blamed(
    one: tuple[int, float, float, int], other: tuple[int, float, float, int], decimals: int
) -> None:
    def reported(places: tuple[int, int]) -> Means:
        first, second = (
            group(n, rounded(m, place), sd(rounded(s, place)))
            for (n, m, s, _), place in zip((one, other), places, strict=True)
        )
        return means(first, second)

    effect = effect_of(reported((12, 12)), SMD)
    assert isinstance(effect, Effect)
    low, high = effect.interval()
    printed = PrintedResult(
        measure=SMD,
        estimate=number(rounded(effect.estimate, decimals)),
        interval=interval(rounded(low, decimals), rounded(high, decimals)),
    )
    if not printed_faults(printed):
        assert disagreements(reported((one[3], other[3])), printed) == ()
