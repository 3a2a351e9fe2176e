"""Where a printed effect, interval or p does not follow from the numbers printed with it.

A disagreement is pointed out, not refused: the report may have a misprint, the coder may have taken
a number from the wrong line, or the result may be adjusted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evidence.coding.effects.comparison import Part, fits, following
from evidence.coding.effects.compute import effect_of, measures_of
from evidence.coding.effects.explanations import explanation
from evidence.coding.effects.faults import faults_in, interval_faults, natural_faults
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber
from evidence.coding.effects.refusals import Fault, Refusal
from evidence.coding.effects.reported import Estimate, Interval, Means, PrintedResult, Reported
from evidence.coding.effects.ways import Reach, ReachedWays


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """One printed number that does not follow from the others.

    Attributes:
        part: of the printed result.
        printed: as the report has it.
        follows: what follows instead, as our own way has it, on the natural scale; a range where
            the others are rounded.
        hint: what would explain it; empty where nothing usual does.
        sentence: all of it in plain words; it quotes nothing but numbers.
    """

    part: Part
    printed: str
    follows: str
    hint: str
    sentence: str


def printed_faults(printed: PrintedResult) -> tuple[Fault, ...]:
    """What cannot be right in a printed result by itself."""
    faults: list[Fault] = []
    numbers = {"estimate": printed.estimate}
    if printed.interval:
        low, high = printed.interval.low, printed.interval.high
        of = f"the {_name(printed)}"
        faults.extend(interval_faults(printed.interval, printed.estimate, "interval", of))
        if not printed.measure.is_ratio:  # the lower limit of a ratio may be rounded to 0
            numbers |= {"interval.low": low, "interval.high": high}
    if not printed.transformed:
        for place, number in numbers.items():
            if number:
                faults.extend(natural_faults(printed.measure, number, place))
    return tuple(faults)


def disagreements(reported: Reported, printed: PrintedResult) -> tuple[Disagreement, ...]:
    """Each part of a printed result that no usual way of computing brings out of the numbers.

    A printed part stands for all numbers that are rounded to it, and so do the numbers that it is
    computed from: only where the two have nothing in common is there a disagreement. The usual ways
    (`ways`) are separate and pooled SDs, t and z, standardised differences with and without
    correction, the usual tests of a 2x2 table, and clusters taken into account or not.

    An adjusted result is held against nothing but itself (`inner_disagreements`). A reported
    `Estimate` is held against its own interval, and `printed` against it: its p, and its interval
    where the estimate has an SE. Where `printed` has faults, or `reported` gives no effect of the
    measure of `printed`, nothing follows and the answer is empty.
    """
    if printed_faults(printed) or printed.measure not in measures_of(reported):
        return ()
    needed = {printed.measure, *((Measure.MEAN_DIFFERENCE,) if isinstance(reported, Means) else ())}
    if any(isinstance(effect_of(reported, measure), Refusal) for measure in needed):
        return ()
    if isinstance(reported, Estimate):
        return tuple(_of_an_estimate(reported, printed))
    if printed.adjusted:
        return inner_disagreements(printed)
    return tuple(_held_against(reported, printed))


def inner_disagreements(printed: PrintedResult) -> tuple[Disagreement, ...]:
    """Parts of a printed result that do not fit each other.

    The estimate lies in the middle of the interval on the scale of analysis, and p follows from the
    two with the normal distribution (Altman and Bland 2011, doi:10.1136/bmj.d2304). For mean
    differences, which small studies compare with t, p may be anything between that and what t of 4
    degrees of freedom gives.
    """
    if not (printed.estimate and printed.interval):
        return ()
    estimate = Estimate(
        measure=printed.measure,
        value=printed.estimate,
        spread=printed.interval,
        transformed=printed.transformed,
    )
    if faults_in(estimate):
        return ()
    return tuple(_of_an_estimate(estimate, printed))


def _of_an_estimate(estimate: Estimate, printed: PrintedResult) -> Iterator[Disagreement]:
    interval = printed.interval
    if isinstance(estimate.spread, Interval):
        yield from _beside_the_middle(estimate, estimate.spread)
        interval = None
    yield from _held_against(estimate, replace(printed, estimate=None, interval=interval))


def _held_against(reported: Reported, printed: PrintedResult) -> Iterator[Disagreement]:
    ways = following(reported, printed)
    for part in Part:
        if fits(part, printed, ways):
            continue
        hint = explanation(part, reported, printed)
        said, follows = _said(part, printed), _follows(part, ways)
        sentence = f"The report prints {said}; from its other numbers follows {follows}. {hint}"
        if printed.adjusted is None and part is not Part.P:
            sentence = f"{sentence.strip()} If it is adjusted, say so."
        yield Disagreement(
            part=part,
            printed=_number(part, printed),
            follows=follows,
            hint=hint,
            sentence=sentence.strip(),
        )


def _beside_the_middle(estimate: Estimate, interval: Interval) -> Iterator[Disagreement]:
    """Intervals of bootstraps and of exact methods are uneven, too; so this only asks."""
    ends = [_analysed(estimate, n) for n in (interval.low, interval.high, estimate.value)]
    low, high, value = ends
    if not (low and high and value):
        return
    middle = Reach(low=(low.low + high.low) / 2, high=(low.high + high.high) / 2)
    if value.meets(middle):
        return
    natural = float if estimate.transformed else estimate.measure.natural
    follows = Reach(low=natural(middle.low), high=natural(middle.high)).text
    name = estimate.measure.value if estimate.transformed else estimate.measure.natural_name
    hint = "One of the three may be misread, or the interval is of an uneven kind."
    yield Disagreement(
        part=Part.ESTIMATE,
        printed=str(estimate.value),
        follows=follows,
        hint=hint,
        sentence=f"The {name} of {estimate.value} does not lie in the middle of its interval from "
        f"{interval.low} to {interval.high}, which is {follows}. {hint}",
    )


def _analysed(estimate: Estimate, number: PrintedNumber) -> Reach | None:
    """What a printed number can be on the scale of analysis; None where it reaches beyond it."""
    if estimate.transformed:
        return Reach(low=number.low, high=number.high)
    try:
        analysed = estimate.measure.analysed
        return Reach(low=analysed(number.low), high=analysed(number.high))
    except ValueError:
        return None


def _said(part: Part, printed: PrintedResult) -> str:
    number, name = _number(part, printed), _name(printed)
    if part is Part.P:
        return f"p {number}" if number[0] in "<>" else f"p = {number}"
    if part is Part.ESTIMATE:
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name} of {number}"
    level = printed.interval.level if printed.interval else 0
    return f"the {100 * level:.4g} % interval {number} of the {name}"


def _number(part: Part, printed: PrintedResult) -> str:
    if part is Part.INTERVAL and printed.interval:
        return f"{printed.interval.low} to {printed.interval.high}"
    return str(printed.estimate if part is Part.ESTIMATE else printed.p)


def _follows(part: Part, ways: ReachedWays) -> str:
    if part is Part.INTERVAL:
        low, high = next(iter(ways.intervals.values()))
        return f"about {(low.low + low.high) / 2:.3g} to {(high.low + high.high) / 2:.3g}"
    results = ways.estimates if part is Part.ESTIMATE else ways.ps
    return next(iter(results.values())).text


def _name(printed: PrintedResult) -> str:
    return printed.measure.value if printed.transformed else printed.measure.natural_name
