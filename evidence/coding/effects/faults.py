"""What cannot be right in printed numbers, in plain words. Nothing is computed before it is none.

The numbers themselves are finite: `printed.PrintedNumber` takes no others.
"""

from collections.abc import Iterator

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber, Relation
from evidence.coding.effects.refusals import Fault
from evidence.coding.effects.reported import (
    Clusters,
    Correlation,
    Counts,
    Estimate,
    EventGroup,
    Interval,
    MeanGroup,
    Means,
    People,
    PTest,
    Reported,
    Side,
    Spread,
    StandardDeviation,
    TTest,
)

FEWEST = 2
"""People in a group, at least; one person does not vary."""

MOST = 10**10
"""More people than there are."""

LEVELS = (0.5, 0.9999)
"""Of confidence intervals that somebody prints."""

FEWEST_FOR_Z = 4
"""People, at least, for Fisher's z: its variance is 1 / (n − 3)."""


def faults_in(reported: Reported) -> tuple[Fault, ...]:
    """What is missing or cannot be right, field by field; empty where effects can be computed."""
    return (*_own_faults(reported), *_clusters(reported.clusters))


def group_faults(group: MeanGroup | EventGroup, side: Side) -> tuple[Fault, ...]:
    """What is missing or cannot be right in one group."""
    if isinstance(group, MeanGroup):
        return tuple(_mean_group(group, side))
    return tuple(_event_group(group, side))


def interval_faults(
    interval: Interval, value: PrintedNumber | None, place: str, of: str
) -> Iterator[Fault]:
    """What is wrong with a confidence interval by itself, and with the value that it is of."""
    lowest, highest = LEVELS
    if not lowest <= interval.level <= highest:
        yield Fault(
            place=f"{place}.level",
            sentence=f"The level of the interval of {of} lies between {lowest} and {highest}; 95 % "
            "is 0.95.",
        )
    limits = f"{interval.low} to {interval.high}"
    if interval.low.value >= interval.high.value:
        yield Fault(
            place=place,
            sentence=f"The limits of the interval of {of}, {limits}, are in the wrong order or the "
            "same; the lower one comes first.",
        )
    elif value and not (interval.low.low <= value.high and value.low <= interval.high.high):
        yield Fault(
            place=place,
            sentence=f"The interval of {of}, {limits}, does not hold {value} itself; one of the "
            "three is wrong, or they are on different scales.",
        )


def _own_faults(reported: Reported) -> Iterator[Fault]:
    match reported:
        case Means():
            yield from _mean_group(reported.intervention, Side.INTERVENTION)
            yield from _mean_group(reported.comparison, Side.COMPARISON)
        case Counts():
            yield from _event_group(reported.intervention, Side.INTERVENTION)
            yield from _event_group(reported.comparison, Side.COMPARISON)
        case Estimate():
            yield from _estimate(reported)
        case TTest() | PTest():
            yield from _people(reported.n_intervention, "n_intervention", "intervention group")
            yield from _people(reported.n_comparison, "n_comparison", "comparison group")
            if isinstance(reported, PTest):
                yield from _p(reported)
        case Correlation():
            yield from _correlation(reported)


def _people(n: People | None, place: str, of: str) -> Iterator[Fault]:
    if n is None:
        yield Fault(place=place, sentence=f"The number of people in the {of} is missing.")
    elif n < FEWEST:
        yield Fault(
            place=place,
            sentence=f"{_count(n)} people in the {of} are too few; an effect needs {FEWEST}.",
        )
    elif n > MOST:
        yield Fault(place=place, sentence=f"The {of} has more people than there are in the world.")


def _count(people: People) -> str:
    """For people to read; numbers that no computer holds are cut short."""
    return f"{float(max(-MOST, min(people, MOST))):.10g}"


def _mean_group(group: MeanGroup, side: Side) -> Iterator[Fault]:
    yield from _people(group.n, f"{side}.n", f"{side} group")
    place = f"{side}.spread"
    if group.spread is None:
        yield Fault(
            place=place,
            sentence=f"The {side} group has neither SD nor SE nor interval, so its mean has no "
            "known precision and no variance can be computed.",
        )
    elif isinstance(group.spread, Interval):
        yield from interval_faults(group.spread, group.mean, place, f"the {side} group's mean")
    else:
        yield from _above_zero(group.spread, place, f"the {side} group")


def _above_zero(spread: Spread, place: str, of: str) -> Iterator[Fault]:
    if isinstance(spread, Interval) or spread.value.value > 0:
        return
    name = "SD" if isinstance(spread, StandardDeviation) else "SE"
    yield Fault(
        place=place,
        sentence=f"The {name} of {of} is {spread.value}; it is always above 0. Where the report "
        "gives none, leave it empty; where it was rounded to 0, more decimals are needed.",
    )


def _event_group(group: EventGroup, side: Side) -> Iterator[Fault]:
    yield from _people(group.total, f"{side}.total", f"{side} group")
    if group.events < 0:
        yield Fault(
            place=f"{side}.events",
            sentence=f"{_count(group.events)} events in the {side} group are less than none.",
        )
    if group.total is not None and group.events > group.total:
        yield Fault(
            place=f"{side}.events",
            sentence=f"{_count(group.events)} events among {_count(group.total)} people of the "
            f"{side} group are too many. Count people with an event, each once, and check that the "
            "total is not the number without it.",
        )


def _estimate(estimate: Estimate) -> Iterator[Fault]:
    name = estimate.measure.value if estimate.transformed else estimate.measure.natural_name
    spread = estimate.spread
    numbers = {"value": estimate.value}
    if isinstance(spread, Interval):
        numbers |= {"spread.low": spread.low, "spread.high": spread.high}
        yield from interval_faults(spread, estimate.value, "spread", f"the {name}")
    elif spread is None:
        yield Fault(
            place="spread",
            sentence=f"The {name} has neither SE nor interval, so its variance is not known.",
        )
    else:
        yield from _above_zero(spread, "spread", f"the {name}")
    if not estimate.transformed:
        for place, number in numbers.items():
            yield from natural_faults(estimate.measure, number, place)
    if estimate.degrees_of_freedom is not None and estimate.degrees_of_freedom < 1:
        yield Fault(
            place="degrees_of_freedom",
            sentence="Degrees of freedom are 1 or more; leave them empty where not known.",
        )


def natural_faults(measure: Measure, number: PrintedNumber, place: str) -> Iterator[Fault]:
    """What is wrong with a number as a value of the measure's natural scale."""
    name = measure.natural_name
    if measure.is_ratio and number.value <= 0:
        yield Fault(
            place=place,
            sentence=f"{number} is no {name}, which is always above 0. If it is the logarithm, say "
            "so; if it was rounded to 0, more decimals are needed.",
        )
    elif measure is Measure.RISK_DIFFERENCE and abs(number.value) > 1:
        yield Fault(
            place=place,
            sentence=f"A risk difference lies between −1 and 1; {number} does not. 12 per cent is "
            "0.12.",
        )
    elif measure is Measure.FISHER_Z and abs(number.value) >= 1:
        yield Fault(
            place=place,
            sentence=f"A correlation lies between −1 and 1; {number} does not, or has no z.",
        )


def _p(test: PTest) -> Iterator[Fault]:
    if test.p.relation is not Relation.EQUAL:
        yield Fault(
            place="p",
            sentence=f"“p {test.p}” is a bound; an effect needs the exact p. Keep it as reported "
            "significance.",
        )
    elif not 0 <= test.p.number.value <= 1:
        yield Fault(
            place="p", sentence=f"A p-value lies between 0 and 1; {test.p.number} does not."
        )
    elif test.p.number.value == 0:
        yield Fault(
            place="p",
            sentence="p is never 0; it was rounded. An effect needs the exact p.",
        )
    elif not test.two_sided and test.p.number.value > 1 / 2:
        yield Fault(
            place="p",
            sentence=f"A one-sided p of {test.p.number} says that the estimate lies on the other "
            "side; check which group has the higher mean.",
        )


def _correlation(correlation: Correlation) -> Iterator[Fault]:
    yield from natural_faults(Measure.FISHER_Z, correlation.r, "r")
    if correlation.n is None or not FEWEST <= correlation.n < FEWEST_FOR_Z:
        yield from _people(correlation.n, "n", "study")
    else:
        yield Fault(
            place="n",
            sentence=f"{_count(correlation.n)} people are too few; the variance of a correlation "
            f"needs {FEWEST_FOR_Z}.",
        )


def _clusters(clusters: Clusters | None) -> Iterator[Fault]:
    if clusters is None:
        return
    if clusters.size.value < 1:
        yield Fault(
            place="clusters.size",
            sentence=f"Clusters of {clusters.size} people are too small; it is the mean number of "
            "people per cluster, 1 or more.",
        )
    if not 0 <= clusters.icc.value <= 1:
        yield Fault(
            place="clusters.icc",
            sentence=f"An ICC lies between 0 and 1; {clusters.icc} does not.",
        )
    if not clusters.icc_from.strip():
        yield Fault(
            place="clusters.icc_from",
            sentence="Say whose ICC it is: the report's own, another study's, or an assumption.",
        )
