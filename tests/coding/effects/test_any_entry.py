"""Whatever is typed, there is an answer: an effect, or a refusal in words; never an exception."""

from math import isfinite

from hypothesis import given
from hypothesis import strategies as st

from evidence.coding.effects.compute import effects_of, measures_of
from evidence.coding.effects.counts import ZeroCells
from evidence.coding.effects.directions import NoChange, contradiction, direction_of
from evidence.coding.effects.disagreements import disagreements
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedP, Relation
from evidence.coding.effects.questions import questions
from evidence.coding.effects.reported import (
    Clusters,
    Correlation,
    Counts,
    Estimate,
    EventGroup,
    Interval,
    MeanGroup,
    Means,
    PrintedResult,
    PTest,
    Reported,
    Scores,
    Side,
    StandardDeviation,
    StandardError,
    TTest,
)
from evidence.coding.findings import Benefit, Direction
from tests.coding.effects.entries import number

PLAIN = ["0", "0.0", "1", "-1", "0.5", "2.50", "-3.2", "12", "100", "0.001", "0.999", "1.0"]
ODD = ["1e-300", "1e300", "-1e300", "1e-90", "1e90", "1e-999", "1e50", "-0.0", "1e5"]
NUMBERS = st.sampled_from([*PLAIN, *PLAIN, *ODD]).map(number) | st.decimals(-50, 50, places=2).map(
    lambda typed: number(f"{typed:f}")
)
PEOPLE = st.none() | st.sampled_from([-(10**400), -1, 0, 1, 2, 3, 4, 10, 50, 10**10, 10**400])
LEVELS = st.sampled_from([0.95, 0.9, 0.5, 0.9999, 95, 0, 1, float("nan"), float("inf")])
INTERVALS = st.builds(Interval, low=NUMBERS, high=NUMBERS, level=LEVELS)
ERRORS = st.builds(StandardError, value=NUMBERS)
SPREADS = st.none() | INTERVALS | ERRORS | st.builds(StandardDeviation, value=NUMBERS)
CLUSTERS = st.none() | st.builds(
    Clusters, size=NUMBERS, icc=NUMBERS, icc_from=st.sampled_from(["the report", ""])
)
RANDOMISED = st.none() | st.integers(0, 60)
P_VALUES = st.builds(PrintedP, number=NUMBERS, relation=st.sampled_from(Relation))
MEAN_GROUPS = st.builds(MeanGroup, n=PEOPLE, mean=NUMBERS, spread=SPREADS, randomised=RANDOMISED)
EVENTS = st.integers(-1, 60) | st.sampled_from([10**400, -(10**400)])
EVENT_GROUPS = st.builds(EventGroup, events=EVENTS, total=PEOPLE, randomised=RANDOMISED)
TRUTH = st.booleans()
MEASURES = st.sampled_from(Measure)
REPORTED: st.SearchStrategy[Reported] = st.one_of(
    st.builds(
        Means,
        intervention=MEAN_GROUPS,
        comparison=MEAN_GROUPS,
        scores=st.sampled_from(Scores),
        clusters=CLUSTERS,
    ),
    st.builds(Counts, intervention=EVENT_GROUPS, comparison=EVENT_GROUPS, clusters=CLUSTERS),
    st.builds(
        Estimate,
        measure=MEASURES,
        value=NUMBERS,
        spread=st.none() | INTERVALS | ERRORS,
        transformed=TRUTH,
        degrees_of_freedom=st.none() | st.integers(-1, 50),
        adjusted=st.none() | TRUTH,
        clusters=CLUSTERS,
    ),
    st.builds(TTest, t=NUMBERS, n_intervention=PEOPLE, n_comparison=PEOPLE, clusters=CLUSTERS),
    st.builds(
        PTest,
        p=P_VALUES,
        higher=st.sampled_from(Side),
        n_intervention=PEOPLE,
        n_comparison=PEOPLE,
        two_sided=TRUTH,
        clusters=CLUSTERS,
    ),
    st.builds(Correlation, r=NUMBERS, n=PEOPLE, clusters=CLUSTERS),
)
PRINTED = st.builds(
    PrintedResult,
    measure=MEASURES,
    estimate=st.none() | NUMBERS,
    interval=st.none() | INTERVALS,
    p=st.none() | P_VALUES,
    transformed=TRUTH,
    adjusted=st.none() | TRUTH,
)


@given(REPORTED, st.sampled_from([0, 0.5, 1]))
def test_every_entry_gives_an_effect_or_a_refusal(reported: Reported, added: float) -> None:
    for result in effects_of(reported, ZeroCells(added=added)):
        if isinstance(result, Effect):
            assert isfinite(result.estimate)
            assert 0 < result.variance < float("inf")
            assert result.natural().low <= result.natural().high
            assert 0 <= result.p <= 1
        else:
            assert result.sentence.endswith(".")


@given(REPORTED, PRINTED, st.data())
def test_every_printed_result_can_be_held_against_every_entry(
    reported: Reported, printed: PrintedResult, data: st.DataObject
) -> None:
    measure = data.draw(st.sampled_from(measures_of(reported)))
    same = PrintedResult(
        measure=measure, estimate=printed.estimate, interval=printed.interval, p=printed.p
    )
    for result in (printed, same):
        for found in disagreements(reported, result):
            assert "nan" not in found.sentence


@given(
    REPORTED,
    st.sampled_from(Benefit),
    st.sampled_from(Direction),
    st.none() | st.builds(NoChange, measure=MEASURES, below=st.floats(0.01, 5)),
)
def test_every_entry_has_a_direction_or_none(
    reported: Reported, benefit: Benefit, coded: Direction, no_change: NoChange | None
) -> None:
    found = direction_of(reported, benefit, no_change)
    fits = contradiction(coded, reported, benefit, no_change) == ""
    assert fits == (found is None or found is coded)


@given(REPORTED)
def test_questions_are_sentences(reported: Reported) -> None:
    assert all(question.endswith((".", "?")) for question in questions(reported))
