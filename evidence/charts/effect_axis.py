"""An axis of effects: what part is shown, where ticks stand, and how values are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log, log10

from evidence.synthesis.pooling.measures import PooledMeasure
from evidence.synthesis.pooling.results import Limits

_SIDE = 0.7
"""Beyond the outermost estimates at least so much of their distance is shown."""
_MAY_REACH_FURTHER = 4
"""On either side one in so many intervals may be cut, and ends in an arrow; others are whole."""
_MOST_TICKS = 7
_STEPS = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectAxis:
    """From values on the scale of analysis to pixels.

    Attributes:
        shown: what part is shown.
        ticks: values on the scale of analysis, with what is written below each.
        left, wide: where it begins, and how many pixels it has.
    """

    shown: Limits
    ticks: tuple[tuple[float, str], ...]
    left: float
    wide: float

    def x(self, value: float) -> float:
        """Where a value stands; one that is not shown stands at the end."""
        part = (value - self.shown.low) / (self.shown.width or 1)
        return self.left + self.wide * min(1.0, max(0.0, part))

    def is_shown(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return self.shown.low <= value <= self.shown.high


def effect_axis(
    estimates: Sequence[float],
    intervals: Iterable[Limits],
    measure: PooledMeasure | None,
    place: tuple[float, float],
) -> EffectAxis:
    """An axis that shows all estimates, no effect, and as much of the intervals as can be read.

    Args:
        estimates: of studies and of the whole.
        intervals: of the same.
        measure: ratios have ticks at round ratios.
        place: where it begins and how wide it is, in pixels.
    """
    low, high = min(0.0, *estimates), max(0.0, *estimates)
    ends = list(intervals)
    side = _SIDE * (high - low) or max((each.width for each in ends), default=1.0) or 1.0
    lows = sorted([*(each.low for each in ends), low])
    highs = sorted([*(each.high for each in ends), high], reverse=True)
    cut = len(ends) // _MAY_REACH_FURTHER
    low = max(lows[0], min(low - side, lows[cut]))
    high = min(highs[0], max(high + side, highs[cut]))
    edge = 0.04 * (high - low)
    shown = Limits(low=low - edge, high=high + edge)
    ticks = _ratio_ticks(shown) if measure and measure.is_ratio else ()
    return EffectAxis(
        shown=shown,
        ticks=ticks if len(ticks) > 1 else _even_ticks(shown, measure),
        left=place[0],
        wide=place[1],
    )


def _ratio_ticks(shown: Limits) -> tuple[tuple[float, str], ...]:
    """At 1, 2, 5, 10 … as far as there is room, else at powers of 10."""
    powers = range(floor(shown.low / log(10)), ceil(shown.high / log(10)) + 1)
    for steps in (_STEPS, (1.0,)):
        values = [step * 10.0**power for power in powers for step in steps]
        ticks = [value for value in values if shown.low <= log(value) <= shown.high]
        if len(ticks) <= _MOST_TICKS:
            break
    every = max(1, ceil(len(ticks) / _MOST_TICKS))
    return tuple((log(value), f"{value:g}") for value in ticks[::every])


def _even_ticks(shown: Limits, measure: PooledMeasure | None) -> tuple[tuple[float, str], ...]:
    least = shown.width / _MOST_TICKS
    power = 10.0 ** floor(log10(least))
    step = next(step * power for step in (*_STEPS, 10.0) if step * power >= least)
    first = ceil(shown.low / step)
    values = (number * step for number in range(first, floor(shown.high / step) + 1))
    return tuple((value, _written(value, measure)) for value in values)


def _written(value: float, measure: PooledMeasure | None) -> str:
    natural = measure.natural(value) if measure else value
    return f"{natural:.3g}".replace("-", "−") if natural else "0"
