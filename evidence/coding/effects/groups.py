"""Arms of one trial, combined or split between comparisons, so that nobody counts twice."""

from fractions import Fraction
from math import isfinite, sqrt

from evidence.coding.effects.faults import faults_in, group_faults
from evidence.coding.effects.means import sample_of
from evidence.coding.effects.printed import as_printed
from evidence.coding.effects.refusals import Fault
from evidence.coding.effects.reported import (
    Counts,
    EventGroup,
    MeanGroup,
    Means,
    People,
    Side,
    StandardDeviation,
)
from evidence.errors import Invalid


def combined_means(first: MeanGroup, second: MeanGroup) -> MeanGroup | tuple[Fault, ...]:
    """Two arms as if they had been one group, or what is wrong with them.

    n = n1 + n2, m = (n1 m1 + n2 m2) / n, and
    SD² = ((n1 − 1) SD1² + (n2 − 1) SD2² + n1 n2 / n · (m1 − m2)²) / (n − 1): exactly the SD of all
    people together. The places of faults say `intervention` for the first arm.
    """
    faults = faults_in(Means(intervention=first, comparison=second))
    if faults:
        return faults
    one, other = sample_of(first), sample_of(second)
    n = one.n + other.n
    apart = one.mean - other.mean
    within = (one.n - 1) * one.sd * one.sd + (other.n - 1) * other.sd * other.sd
    mean = (one.n * one.mean + other.n * other.mean) / n
    sd = sqrt((within + one.n * other.n / n * apart * apart) / (n - 1))
    if not (isfinite(mean) and isfinite(sd)):
        return (Fault(place="", sentence="The means or SDs are too large to combine."),)
    return MeanGroup(
        n=(first.n or 0) + (second.n or 0),
        mean=as_printed(mean),
        spread=StandardDeviation(value=as_printed(sd)),
        randomised=_sum(first.randomised, second.randomised),
    )


def combined_events(first: EventGroup, second: EventGroup) -> EventGroup | tuple[Fault, ...]:
    """Two arms as if they had been one group, or what is wrong with them."""
    faults = faults_in(Counts(intervention=first, comparison=second))
    if faults:
        return faults
    return EventGroup(
        events=first.events + second.events,
        total=(first.total or 0) + (second.total or 0),
        randomised=_sum(first.randomised, second.randomised),
    )


def split_means(group: MeanGroup, parts: int) -> MeanGroup | tuple[Fault, ...]:
    """The share of a group that each of so many comparisons gets, or what is wrong with the group.

    n / parts, with the same mean and SD. The SD is spelt out where SE or interval was printed,
    because these belong to the whole group.

    Raises:
        Invalid: for fewer than 2 parts.
    """
    faults = group_faults(group, Side.COMPARISON)
    if faults:
        return faults
    spread = group.spread
    if not isinstance(spread, StandardDeviation):
        spread = StandardDeviation(value=as_printed(sample_of(group).sd))
    return MeanGroup(n=_share(group.n or 0, parts), mean=group.mean, spread=spread)


def split_events(group: EventGroup, parts: int) -> EventGroup | tuple[Fault, ...]:
    """The share of a group that each of so many comparisons gets, or what is wrong with the group.

    Events and total, each divided by the number of parts.

    Raises:
        Invalid: for fewer than 2 parts.
    """
    faults = group_faults(group, Side.COMPARISON)
    if faults:
        return faults
    return EventGroup(events=_share(group.events, parts), total=_share(group.total or 0, parts))


def _share(people: People, parts: int) -> People:
    fewest = 2
    if parts < fewest:
        raise Invalid(f"A group is split into {fewest} parts or more.")
    return Fraction(people) / parts


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second
