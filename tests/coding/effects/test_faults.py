"""What cannot be right is refused in plain words, and never computed in silence."""

import re
from dataclasses import replace

import pytest

from evidence.coding.effects.compute import effect_of, effects_of
from evidence.coding.effects.counts import (
    ZeroCells,
    log_odds_ratio,
    log_risk_ratio,
    risk_difference,
)
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.groups import combined_events, combined_means, split_means
from evidence.coding.effects.means import mean_difference
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import (
    PrintedNumber,
    PrintedP,
    Relation,
    as_printed,
    read_number,
    read_p,
    read_people,
)
from evidence.coding.effects.refusals import Fault
from evidence.coding.effects.reported import (
    Clusters,
    Correlation,
    Estimate,
    MeanGroup,
    PTest,
    Reported,
    Side,
    Spread,
    TTest,
)
from evidence.errors import Invalid
from tests.coding.effects.entries import (
    clusters,
    counts,
    effect,
    group,
    interval,
    means,
    number,
    refusal,
    sd,
    se,
)

GOOD = group(20, "5.1", sd("1.2"))


def first(n: int | None = 20, spread: Spread | None = None, mean: str = "5.1") -> Reported:
    return means(group(n, mean, spread), GOOD)


def ratio(value: str, low: str, high: str, level: float = 0.95) -> Estimate:
    spread = interval(low, high, level)
    return Estimate(measure=Measure.LOG_ODDS_RATIO, value=number(value), spread=spread)


def p_test(p: str, relation: Relation = Relation.EQUAL, *, two_sided: bool = True) -> PTest:
    printed = PrintedP(number=number(p), relation=relation)
    return PTest(
        p=printed,
        higher=Side.INTERVENTION,
        n_intervention=9,
        n_comparison=9,
        two_sided=two_sided,
    )


@pytest.mark.parametrize(
    ("reported", "place", "words"),
    [
        (first(spread=sd("0")), "intervention.spread", "SD of the intervention group is 0;"),
        (first(spread=se("-1.2")), "intervention.spread", "is -1.2; it is always above 0"),
        (first(), "intervention.spread", "neither SD nor SE nor interval"),
        (first(1, sd("2")), "intervention.n", "1 people in the intervention group are too few"),
        (first(None, sd("2")), "intervention.n", "is missing"),
        (first(10**400, sd("2")), "intervention.n", "more people than there are in the world"),
        (first(spread=interval("6", "4")), "intervention.spread", "wrong order"),
        (first(spread=interval("5.1", "5.1")), "intervention.spread", "or the same"),
        (first(spread=interval("5.3", "6")), "intervention.spread", "does not hold 5.1 itself"),
        (first(spread=interval("4", "6", 95)), "intervention.spread.level", "95 % is 0.95"),
        (first(spread=interval("4", "6", float("nan"))), "intervention.spread.level", "0.95"),
        (counts(12, 11, 3, 10), "intervention.events", "12 events among 11 people"),
        (counts(3, 10, -1, 10), "comparison.events", "less than none"),
        (counts(0, 0, 1, 10), "intervention.total", "too few"),
        (ratio("0", "0.5", "2"), "value", "0 is no odds ratio, which is always above 0"),
        (ratio("0.7", "0.0", "2"), "spread.low", "0.0 is no odds ratio"),
        (ratio("0.7", "1.2", "0.5"), "spread", "wrong order"),
        (ratio("0.70", "0.80", "1.20"), "spread", "does not hold 0.70"),
        (replace(ratio("1", "0.5", "2"), spread=None), "spread", "neither SE nor interval"),
        (replace(ratio("1", "0.5", "2"), spread=se("0.00")), "spread", "always above 0"),
        (
            replace(ratio("1", "0.5", "2"), degrees_of_freedom=0),
            "degrees_of_freedom",
            "1 or more",
        ),
        (
            Estimate(measure=Measure.RISK_DIFFERENCE, value=number("12"), spread=se("0.2")),
            "value",
            "12 per cent is 0.12",
        ),
        (p_test("1.2"), "p", "between 0 and 1; 1.2 does not"),
        (p_test("-0.1"), "p", "between 0 and 1"),
        (p_test("0.000"), "p", "never 0"),
        (p_test("0.05", Relation.BELOW), "p", "is a bound"),
        (p_test("0.8", two_sided=False), "p", "the other side"),
        (TTest(t=number("2"), n_intervention=1, n_comparison=9), "n_intervention", "too few"),
        (Correlation(r=number("1"), n=30), "r", "A correlation lies between"),
        (Correlation(r=number("0.3"), n=3), "n", "needs 4"),
        (Correlation(r=number("0.3"), n=1), "n", "too few"),
        (Correlation(r=number("0.3"), n=None), "n", "is missing"),
        (counts(1, 10, 2, 10, clusters("20", "1.05")), "clusters.icc", "between 0 and 1; 1.05"),
        (counts(1, 10, 2, 10, clusters("20", "-0.01")), "clusters.icc", "between 0 and 1"),
        (counts(1, 10, 2, 10, clusters("0.5", "0.01")), "clusters.size", "too small"),
        (
            counts(1, 9, 2, 9, Clusters(size=number("5"), icc=number("0.1"), icc_from=" ")),
            "clusters.icc_from",
            "whose ICC",
        ),
    ],
)
def test_what_cannot_be_right_is_refused(reported: Reported, place: str, words: str) -> None:
    faults = faults_in(reported)
    assert [fault.place for fault in faults] == [place]
    assert words in faults[0].sentence
    for result in effects_of(reported):
        assert refusal(result).sentence == faults[0].sentence


def test_the_rounding_of_an_estimate_may_put_it_beside_its_interval() -> None:
    assert not faults_in(ratio("0.5", "0.52", "0.9"))
    assert faults_in(ratio("0.50", "0.52", "0.90"))


@pytest.mark.parametrize("measure", [log_odds_ratio, log_risk_ratio])
def test_without_events_in_both_groups_there_is_no_ratio(measure: object) -> None:
    assert callable(measure)
    assert "Neither group has an event" in refusal(measure(counts(0, 12, 0, 15))).sentence


def test_with_events_in_everybody_there_is_no_odds_ratio() -> None:
    assert (
        "Everybody in both groups has the event"
        in refusal(log_odds_ratio(counts(9, 9, 8, 8))).sentence
    )


def test_the_risk_difference_of_no_events_is_nought_and_its_variance_says_how_it_came() -> None:
    found = effect(risk_difference(counts(0, 12, 0, 15)))
    assert found.estimate == 0
    assert found.variance == pytest.approx(0.5 * 12.5 / 13**3 + 0.5 * 15.5 / 16**3)
    assert found.steps == (
        "For the variance alone, 0.5 was added to each cell; else it would be 0.",
    )


def test_a_protocol_that_adds_nothing() -> None:
    none = ZeroCells(added=0)
    for measure in (log_odds_ratio, log_risk_ratio):
        assert "protocol adds nothing" in refusal(measure(counts(0, 12, 4, 15), none)).sentence
        assert effect(measure(counts(1, 12, 4, 15), none)).steps == ()
    assert effect(risk_difference(counts(0, 12, 4, 15), none)).steps == ()
    assert "would be 0" in refusal(risk_difference(counts(0, 12, 0, 15), none)).sentence
    assert "give no odds ratio" in none.rule
    assert "0.5 is added" in ZeroCells().rule


@pytest.mark.parametrize("added", [-0.5, float("nan"), float("inf"), 2])
def test_what_cannot_be_added(added: float) -> None:
    with pytest.raises(Invalid, match="cannot be added"):
        ZeroCells(added=added)


def test_an_addition_that_turns_the_direction_is_said() -> None:
    found = effect(log_odds_ratio(counts(0, 10, 1, 1000)))
    assert found.estimate > 0
    assert "turned the direction" in found.steps[-1]
    assert len(effect(log_odds_ratio(counts(0, 1000, 1, 1000))).steps) == 1


def test_numbers_beyond_all_computing_are_refused() -> None:
    groups = means(group(5, "1e300", sd("1e200")), group(5, "0", sd("1e200")))
    assert all("too large or too small" in refusal(found).sentence for found in effects_of(groups))
    for tiny in ("1e-60", "1e-200", "1e-320"):
        found = mean_difference(means(group(5, "1", sd(tiny)), group(5, "0", sd(tiny))))
        assert "too large or too small" in refusal(found).sentence
    combined = combined_means(group(5, "1e300", sd("1")), group(5, "0", sd("1")))
    assert isinstance(combined, tuple)
    assert "too large to combine" in combined[0].sentence


def test_numbers_that_can_never_give_a_measure_are_the_callers_mistake() -> None:
    with pytest.raises(Invalid, match="no correlation"):
        effect_of(counts(1, 2, 3, 4), Measure.FISHER_Z)


def test_arms_with_faults_are_not_combined_or_split() -> None:
    bad = MeanGroup(n=20, mean=number("3"), spread=sd("0"))
    assert isinstance(combined_means(bad, GOOD), tuple)
    assert isinstance(split_means(bad, 2), tuple)
    table = counts(12, 11, 3, 10)
    assert isinstance(combined_events(table.intervention, table.comparison), tuple)
    with pytest.raises(Invalid, match="2 parts or more"):
        split_means(GOOD, 1)


@pytest.mark.parametrize(
    ("typed", "value", "half_unit"),
    [
        ("2.50", 2.5, 0.005),
        (" 2.5 ", 2.5, 0.05),
        ("−0.3", -0.3, 0.05),
        ("12", 12, 0.5),
        (".05", 0.05, 0.005),
        ("0·7", 0.7, 0.05),
        ("1.5e-3", 0.0015, 0.00005),
        ("+4.", 4, 0.5),
    ],
)
def test_numbers_keep_their_decimals(typed: str, value: float, half_unit: float) -> None:
    read = read_number(typed, "value")
    assert isinstance(read, PrintedNumber)
    assert read.value == value
    assert read.half_unit == pytest.approx(half_unit)


def test_two_and_a_half_printed_to_other_decimals_is_another_entry() -> None:
    assert number("2.5") != number("2.50")


@pytest.mark.parametrize(
    "typed", ["", "nan", "inf", "1e999", "1,234", "ten", "1..2", "٣", "9" * 41]
)
def test_what_is_no_number_is_said(typed: str) -> None:
    read = read_number(typed, "intervention.mean")
    assert isinstance(read, Fault)
    assert read.place == "intervention.mean"


@pytest.mark.parametrize(("typed", "people"), [("12", 12), (" 0 ", 0), ("−3", -3), ("14.0", 14)])
def test_people_are_counted(typed: str, people: int) -> None:
    assert read_people(typed, "n") == people


@pytest.mark.parametrize("typed", ["12.5", "1,234", "", "ten", "inf"])
def test_what_is_no_number_of_people_is_said(typed: str) -> None:
    read = read_people(typed, "intervention.n")
    assert isinstance(read, Fault)
    assert read.place == "intervention.n"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_programs_cannot_bring_what_is_no_number(value: float) -> None:
    with pytest.raises(Invalid):
        as_printed(value)


@pytest.mark.parametrize(
    ("typed", "relation", "low", "high"),
    [
        ("0.03", Relation.EQUAL, 0.025, 0.035),
        ("p = .030", Relation.EQUAL, 0.0295, 0.0305),
        ("<0.001", Relation.BELOW, 0, 0.001),
        ("P ≤ 0.05", Relation.BELOW, 0, 0.05),
        ("> .05", Relation.ABOVE, 0.05, 1),
        ("0.000", Relation.EQUAL, 0, 0.0005),
        ("1.0", Relation.EQUAL, 0.95, 1),
    ],
)
def test_p_values(typed: str, relation: Relation, low: float, high: float) -> None:
    read = read_p(typed)
    assert isinstance(read, PrintedP)
    assert read.relation is relation
    assert (read.low, read.high) == pytest.approx((low, high))


@pytest.mark.parametrize("typed", ["ns", "1.2", "-0.01", "< ", "p", "0,03"])
def test_what_is_no_p_value_is_said(typed: str) -> None:
    read = read_p(typed)
    assert isinstance(read, Fault)
    assert re.search(r"p-value", read.sentence)
