import pytest

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.questions import questions
from evidence.coding.effects.reported import (
    Correlation,
    Counts,
    Estimate,
    EventGroup,
    MeanGroup,
    Means,
    Reported,
    Scores,
    TTest,
)
from tests.coding.effects.entries import clusters, counts, group, interval, means, number, sd, se

GOOD = group(20, "5.1", sd("1.2"))


@pytest.mark.parametrize(
    "reported",
    [
        means(GOOD, GOOD),
        means(group(20, "5.1", interval("4.6", "5.7")), GOOD),
        counts(1, 10, 2, 10),
        Correlation(r=number("0.3"), n=20),
        Estimate(
            measure=Measure.MEAN_DIFFERENCE, value=number("9"), spread=se("1"), adjusted=False
        ),
        means(group(1, "90", sd("0.1")), GOOD),
    ],
)
def test_nothing_is_asked_about_ordinary_numbers(reported: Reported) -> None:
    assert questions(reported) == ()


@pytest.mark.parametrize(
    ("reported", "words"),
    [
        (means(group(20, "8.1", sd("1.2")), GOOD), "2.45, which is very large. Was a standard"),
        (
            TTest(t=number("9"), n_intervention=20, n_comparison=20),
            "2.79, which is very large. Are the numbers in the right fields?",
        ),
        (
            Estimate(
                measure=Measure.STANDARDISED_MEAN_DIFFERENCE,
                value=number("-2.4"),
                spread=se("0.3"),
                adjusted=False,
            ),
            "-2.40, which is very large",
        ),
        (
            means(group(20, "5.1", interval("4.9", "6.3")), GOOD),
            "intervention group's mean of 5.1 is not in the middle",
        ),
        (
            Means(
                intervention=MeanGroup(n=20, mean=number("5"), spread=sd("1"), randomised=18),
                comparison=GOOD,
            ),
            "analysed (20) than were randomised (18)",
        ),
        (
            Counts(
                intervention=EventGroup(events=1, total=10, randomised=10),
                comparison=EventGroup(events=1, total=10, randomised=9),
            ),
            "comparison group are analysed (10)",
        ),
        (Means(intervention=GOOD, comparison=GOOD, scores=Scores.CHANGE), "change scores"),
        (
            Estimate(measure=Measure.MEAN_DIFFERENCE, value=number("9"), spread=se("1")),
            "adjusted for covariates",
        ),
        (
            Estimate(
                measure=Measure.MEAN_DIFFERENCE,
                value=number("9"),
                spread=se("1"),
                adjusted=True,
                clusters=clusters("20", "0.05"),
            ),
            "take the clusters into account",
        ),
    ],
)
def test_what_is_asked(reported: Reported, words: str) -> None:
    (asked,) = questions(reported)
    assert words in asked
