"""What must hold for any numbers, tried on many."""

from math import log, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evidence.coding.effects.compute import effect_of, effects_of, measures_of
from evidence.coding.effects.counts import log_odds_ratio, log_risk_ratio, risk_difference
from evidence.coding.effects.distributions import p_of_t, t_for, t_of_p
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.estimates import printed_effect
from evidence.coding.effects.groups import combined_means, split_events, split_means
from evidence.coding.effects.means import (
    mean_difference,
    sample_of,
    sd_from_interval,
    small_sample_correction,
    standardised_mean_difference,
)
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Clusters,
    Counts,
    Estimate,
    EventGroup,
    Interval,
    MeanGroup,
    Means,
    Spread,
    StandardError,
)
from tests.coding.effects.entries import clusters, counts, effect, interval, means, number, sd, se

PEOPLE = st.integers(min_value=2, max_value=5000)
MEAN = st.floats(min_value=-1000, max_value=1000)
ABOVE_0 = st.floats(min_value=0.01, max_value=500)


@st.composite
def mean_groups(draw: st.DrawFn) -> MeanGroup:
    mean, width = draw(MEAN), draw(ABOVE_0)
    spreads: list[Spread] = [sd(width), se(width), interval(mean - width, mean + width)]
    spread = draw(st.sampled_from(spreads))
    return MeanGroup(n=draw(PEOPLE), mean=number(mean), spread=spread)


@st.composite
def event_groups(draw: st.DrawFn) -> EventGroup:
    total = draw(PEOPLE)
    return EventGroup(events=draw(st.integers(min_value=0, max_value=total)), total=total)


def without_event(group: EventGroup) -> EventGroup:
    assert group.total
    return EventGroup(events=group.total - group.events, total=group.total)


@given(mean_groups(), mean_groups())
def test_exchanged_groups_of_means_turn_the_sign_and_nothing_else(
    first: MeanGroup, second: MeanGroup
) -> None:
    for measure in (Measure.MEAN_DIFFERENCE, Measure.STANDARDISED_MEAN_DIFFERENCE):
        one = effect(effect_of(means(first, second), measure))
        other = effect(effect_of(means(second, first), measure))
        assert one.estimate == pytest.approx(-other.estimate)
        assert one.variance == pytest.approx(other.variance)


@given(event_groups(), event_groups())
def test_exchanged_groups_of_events_turn_the_sign_and_nothing_else(
    first: EventGroup, second: EventGroup
) -> None:
    one = effects_of(Counts(intervention=first, comparison=second))
    other = effects_of(Counts(intervention=second, comparison=first))
    for here, there in zip(one, other, strict=True):
        if isinstance(here, Refusal):
            assert here == there
            continue
        assert here.estimate == pytest.approx(-effect(there).estimate, abs=1e-12)
        assert here.variance == pytest.approx(effect(there).variance)


@given(event_groups(), event_groups())
def test_the_odds_ratio_of_no_event_is_one_over_that_of_the_event(
    first: EventGroup, second: EventGroup
) -> None:
    with_event = log_odds_ratio(Counts(intervention=first, comparison=second))
    without = log_odds_ratio(
        Counts(intervention=without_event(first), comparison=without_event(second))
    )
    if isinstance(with_event, Refusal):
        assert isinstance(without, Refusal)
        return
    assert with_event.estimate == pytest.approx(-effect(without).estimate, abs=1e-12)
    assert with_event.natural().estimate * effect(without).natural().estimate == pytest.approx(1)


@given(
    st.tuples(MEAN, MEAN),
    st.tuples(ABOVE_0, ABOVE_0),
    st.tuples(PEOPLE, PEOPLE),
    st.floats(min_value=0.01, max_value=100),
    MEAN,
)
def test_other_units_change_the_mean_difference_and_not_the_standardised_one(
    mean: tuple[float, float],
    width: tuple[float, float],
    n: tuple[int, int],
    factor: float,
    shift: float,
) -> None:
    def both(scale: float, zero: float) -> Means:
        one, other = (
            MeanGroup(n=n[i], mean=number(scale * mean[i] + zero), spread=sd(scale * width[i]))
            for i in (0, 1)
        )
        return means(one, other)

    plain, scaled = both(1, 0), both(factor, shift)
    g = effect(standardised_mean_difference(plain))
    other = effect(standardised_mean_difference(scaled))
    assert other.estimate == pytest.approx(g.estimate, rel=1e-6, abs=1e-6)
    assert other.variance == pytest.approx(g.variance, rel=1e-6)
    difference = effect(mean_difference(plain)), effect(mean_difference(scaled))
    assert difference[1].estimate == pytest.approx(
        factor * difference[0].estimate, rel=1e-6, abs=1e-6
    )
    assert difference[1].standard_error == pytest.approx(factor * difference[0].standard_error)


@given(
    st.sampled_from(list(Measure)),
    st.floats(min_value=-0.9, max_value=0.9),
    st.floats(min_value=0.01, max_value=3),
    st.floats(min_value=0.5, max_value=0.999),
)
def test_from_a_standard_error_to_an_interval_and_back(
    measure: Measure, value: float, standard_error: float, level: float
) -> None:
    def estimate(spread: StandardError | Interval) -> Estimate:
        return Estimate(measure=measure, value=number(value), spread=spread, transformed=True)

    there = effect(printed_effect(estimate(se(standard_error))))
    back = effect(printed_effect(estimate(interval(*there.interval(level), level))))
    assert back.estimate == value
    assert back.standard_error == pytest.approx(standard_error)


@given(
    st.sampled_from([Measure.LOG_ODDS_RATIO, Measure.LOG_RISK_RATIO, Measure.FISHER_Z]),
    st.floats(min_value=-0.9, max_value=0.9),
    st.floats(min_value=0.01, max_value=1),
)
def test_to_the_natural_scale_and_back(
    measure: Measure, value: float, standard_error: float
) -> None:
    there = effect(
        printed_effect(
            Estimate(
                measure=measure, value=number(value), spread=se(standard_error), transformed=True
            )
        )
    ).natural()
    printed = Estimate(
        measure=measure, value=number(there.estimate), spread=interval(there.low, there.high)
    )
    back = effect(printed_effect(printed))
    assert back.estimate == pytest.approx(value, abs=1e-9)
    assert back.standard_error == pytest.approx(standard_error, rel=1e-6)


@given(MEAN, ABOVE_0, PEOPLE, st.floats(min_value=0.5, max_value=0.999))
def test_the_interval_of_a_mean_gives_its_sd_back(
    mean: float, width: float, n: int, level: float
) -> None:
    reach = t_for(level, n - 1) * width / sqrt(n)
    assert sd_from_interval(mean - reach, mean + reach, level, n) == pytest.approx(width)


@given(event_groups(), event_groups(), st.integers(1, 40), st.floats(0, 1))
def test_clusters_never_make_a_result_surer_and_leave_the_estimate(
    first: EventGroup, second: EventGroup, size: int, icc: float
) -> None:
    together = Clusters(size=number(float(size)), icc=number(icc), icc_from="an assumption")
    plain = effects_of(Counts(intervention=first, comparison=second))
    clustered = effects_of(Counts(intervention=first, comparison=second, clusters=together))
    for without, within in zip(plain, clustered, strict=True):
        if isinstance(without, Refusal):
            assert within == without
            continue
        assert effect(within).estimate == without.estimate
        inflated = without.variance * (1 + (size - 1) * icc)
        assert effect(within).variance == pytest.approx(inflated)


@given(st.lists(st.integers(-50, 50), min_size=4, max_size=30), st.integers(2, 28))
def test_combined_arms_are_as_if_they_had_been_one_group(people: list[int], cut: int) -> None:
    assume(2 <= cut <= len(people) - 2)
    parts = people[:cut], people[cut:]
    assume(all(len(set(part)) > 1 for part in parts))
    groups = [MeanGroup(n=n, mean=number(m), spread=sd(s)) for n, m, s in map(described, parts)]
    whole = combined_means(*groups)
    assert isinstance(whole, MeanGroup)
    n, mean, width = described(people)
    assert whole.n == n
    assert whole.mean.value == pytest.approx(mean, abs=1e-9)
    assert sample_of(whole).sd == pytest.approx(width, rel=1e-9)


def described(people: list[int]) -> tuple[int, float, float]:
    n, mean = len(people), sum(people) / len(people)
    return n, mean, sqrt(sum((one - mean) ** 2 for one in people) / (n - 1))


@given(mean_groups(), event_groups(), st.integers(2, 5))
def test_the_parts_of_a_shared_group_add_up_to_it(
    of_means: MeanGroup, of_events: EventGroup, parts: int
) -> None:
    share = split_means(of_means, parts)
    assert isinstance(share, MeanGroup)
    assert (share.n or 0) * parts == of_means.n
    assert sample_of(share).sd == pytest.approx(sample_of(of_means).sd)
    events = split_events(of_events, parts)
    assert isinstance(events, EventGroup)
    assert events.events * parts == of_events.events
    assert (events.total or 0) * parts == of_events.total


@given(st.floats(min_value=1e-12, max_value=1), st.integers(2, 5000))
def test_p_gives_t_and_t_gives_p(p: float, degrees_of_freedom: int) -> None:
    assert p_of_t(t_of_p(p, degrees_of_freedom), degrees_of_freedom) == pytest.approx(p, rel=1e-6)


@given(st.integers(2, 10**8))
def test_the_correction_shrinks_less_the_more_people(degrees_of_freedom: int) -> None:
    here = small_sample_correction(degrees_of_freedom)
    assert here < small_sample_correction(degrees_of_freedom + 100) < 1
    assert here == pytest.approx(1 - 3 / (4 * degrees_of_freedom - 1), abs=0.014)


@given(mean_groups(), mean_groups(), event_groups(), event_groups())
def test_each_measure_is_itself_and_finite(
    one: MeanGroup, other: MeanGroup, first: EventGroup, second: EventGroup
) -> None:
    for reported in (means(one, other), Counts(intervention=first, comparison=second)):
        found = effects_of(reported)
        assert tuple(item.measure for item in found) == measures_of(reported)
        for item in found:
            if isinstance(item, Effect):
                assert item.variance > 0
                assert item.interval()[0] < item.estimate < item.interval()[1]


def test_ratios_of_a_table_by_hand() -> None:
    # 10 of 50 against 20 of 50: risks .2 and .4, odds 1/4 and 2/3
    table = counts(10, 50, 20, 50)
    assert effect(log_odds_ratio(table)).estimate == pytest.approx(log(0.375))
    assert effect(log_odds_ratio(table)).variance == pytest.approx(0.1 + 0.025 + 0.05 + 1 / 30)
    assert effect(log_risk_ratio(table)).estimate == pytest.approx(log(0.5))
    assert effect(log_risk_ratio(table)).variance == pytest.approx(0.1 - 0.02 + 0.05 - 0.02)
    assert effect(risk_difference(table)).estimate == pytest.approx(-0.2)
    assert effect(risk_difference(table)).variance == pytest.approx(0.16 / 50 + 0.24 / 50)


def test_three_hundred_people_in_clusters_of_thirty() -> None:
    together = clusters("30", "0.05")
    assert together.design_effect == pytest.approx(2.45)
    assert together.effective(300) == pytest.approx(122.4, abs=0.05)


def test_two_arms_combined_by_hand() -> None:
    whole = combined_means(
        MeanGroup(n=20, mean=number("10"), spread=sd("2")),
        MeanGroup(n=30, mean=number("12"), spread=sd("3")),
    )
    assert isinstance(whole, MeanGroup)
    assert whole.n == 50
    assert whole.mean.value == pytest.approx(11.2)
    assert sample_of(whole).sd == pytest.approx(2.80, abs=0.005)


def test_limits_beyond_all_numbers_are_infinite() -> None:
    wide = Estimate(
        measure=Measure.LOG_ODDS_RATIO, value=number("1"), spread=se("900"), transformed=True
    )
    assert effect(printed_effect(wide)).natural().high == float("inf")


def test_the_interval_of_an_effect_can_be_made_with_t() -> None:
    spread = Interval(low=number("0.9"), high=number("3.1"))
    estimate = Estimate(
        measure=Measure.MEAN_DIFFERENCE, value=number("2"), spread=spread, degrees_of_freedom=10
    )
    # 2.2281 is the t of 10 degrees of freedom that 95 % lie within
    assert effect(printed_effect(estimate)).standard_error == pytest.approx(1.1 / 2.2281, rel=1e-4)
