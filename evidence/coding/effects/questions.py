"""What deserves a second look although nothing is wrong by itself."""

from collections.abc import Iterator

from evidence.coding.effects.compute import effect_of
from evidence.coding.effects.effect import Effect
from evidence.coding.effects.faults import faults_in
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import (
    Counts,
    Estimate,
    Interval,
    MeanGroup,
    Means,
    PTest,
    Reported,
    Scores,
    Side,
    StandardDeviation,
    TTest,
)
from evidence.coding.effects.ways import Reach

LARGE = 2.0
"""A standardised mean difference beyond this is rarer than an SE entered as SD."""


def questions(reported: Reported) -> tuple[str, ...]:
    """Questions to the person who entered the numbers, a sentence each."""
    return tuple(_questions(reported))


def _questions(reported: Reported) -> Iterator[str]:
    yield from _large(reported)
    match reported:
        case Means():
            for side, mean_group in (
                (Side.INTERVENTION, reported.intervention),
                (Side.COMPARISON, reported.comparison),
            ):
                yield from _more_than_randomised(side, mean_group.n, mean_group.randomised)
                yield from _uneven(side, mean_group)
            if reported.scores is Scores.CHANGE:
                yield (
                    "These are change scores: does the SD belong to the changes, not to the final "
                    "scores? They are not pooled with final scores as standardised differences."
                )
        case Counts():
            first, second = reported.intervention, reported.comparison
            yield from _more_than_randomised(Side.INTERVENTION, first.total, first.randomised)
            yield from _more_than_randomised(Side.COMPARISON, second.total, second.randomised)
        case Estimate():
            if reported.adjusted is None:
                yield "Is this effect adjusted for covariates, or not?"
            if reported.clusters:
                yield (
                    "Does the report's own analysis take the clusters into account? Then leave "
                    "cluster size and ICC empty."
                )
        case _:
            return


def _large(reported: Reported) -> Iterator[str]:
    if not isinstance(reported, Means | TTest | PTest | Estimate) or faults_in(reported):
        return
    measure = Measure.STANDARDISED_MEAN_DIFFERENCE
    if isinstance(reported, Estimate) and reported.measure is not measure:
        return
    effect = effect_of(reported, measure)
    if not isinstance(effect, Effect) or abs(effect.estimate) <= LARGE:
        return
    said = f"The standardised mean difference is {effect.estimate:.2f}, which is very large"
    if isinstance(reported, Means) and any(
        isinstance(group.spread, StandardDeviation)
        for group in (reported.intervention, reported.comparison)
    ):
        yield f"{said}. Was a standard error entered as SD?"
    else:
        yield f"{said}. Are the numbers in the right fields?"


def _more_than_randomised(side: Side, analysed: object, randomised: int | None) -> Iterator[str]:
    if randomised is not None and isinstance(analysed, int) and analysed > randomised:
        yield (
            f"More people of the {side} group are analysed ({analysed}) than were randomised "
            f"({randomised}); are the two exchanged?"
        )


def _uneven(side: Side, group: MeanGroup) -> Iterator[str]:
    spread = group.spread
    if not isinstance(spread, Interval):
        return
    middle = Reach(
        low=(spread.low.low + spread.high.low) / 2, high=(spread.low.high + spread.high.high) / 2
    )
    if not middle.meets(Reach(low=group.mean.low, high=group.mean.high)):
        yield (
            f"The {side} group's mean of {group.mean} is not in the middle of its interval; is it "
            "a median, or was the interval computed on another scale? Then the SD from it is wrong."
        )
