"""Short ways to write down what a report prints."""

from fractions import Fraction

from evidence.coding.effects.effect import Effect
from evidence.coding.effects.printed import PrintedNumber, as_printed
from evidence.coding.effects.refusals import Refusal
from evidence.coding.effects.reported import (
    Clusters,
    Counts,
    EventGroup,
    Interval,
    MeanGroup,
    Means,
    Spread,
    StandardDeviation,
    StandardError,
)


def number(printed: str | float) -> PrintedNumber:
    return PrintedNumber(printed) if isinstance(printed, str) else as_printed(printed)


def sd(printed: str | float) -> StandardDeviation:
    return StandardDeviation(value=number(printed))


def se(printed: str | float) -> StandardError:
    return StandardError(value=number(printed))


def interval(low: str | float, high: str | float, level: float = 0.95) -> Interval:
    return Interval(low=number(low), high=number(high), level=level)


def group(n: int | Fraction | None, mean: str | float, spread: Spread | None) -> MeanGroup:
    return MeanGroup(n=n, mean=number(mean), spread=spread)


def means(first: MeanGroup, second: MeanGroup, clusters: Clusters | None = None) -> Means:
    return Means(intervention=first, comparison=second, clusters=clusters)


def counts(a: int, n1: int, c: int, n2: int, clusters: Clusters | None = None) -> Counts:
    return Counts(
        intervention=EventGroup(events=a, total=n1),
        comparison=EventGroup(events=c, total=n2),
        clusters=clusters,
    )


def clusters(size: str, icc: str) -> Clusters:
    return Clusters(size=number(size), icc=number(icc), icc_from="the report")


def effect(result: Effect | Refusal) -> Effect:
    assert isinstance(result, Effect), result
    return result


def refusal(result: Effect | Refusal) -> Refusal:
    assert isinstance(result, Refusal), result
    return result
