"""Brent's search for a root, to a tolerance that is wanted (Brent 1973, Algorithms for Minimization
without Derivatives, chapter 4).

scipy's brentq, with the same tolerance, takes other last steps. Where the tolerance is large beside
the root, as metafor's is for tau², that shows in what is printed.
"""

from collections.abc import Callable

import numpy as np

MOST_STEPS = 1000
_PRECISION = float(np.finfo(float).eps)


def brent(value: Callable[[float], float], between: tuple[float, float], tolerance: float) -> float:
    """Where a function is 0, within a tolerance.

    Args:
        value: the function; of one sign at one end, of the other at the other.
        between: both ends.
        tolerance: how far the root may be off; what a computer cannot tell apart is added.
    """
    before, best = between
    at_before, at_best = value(before), value(best)
    other, at_other = before, at_before
    for _ in range(MOST_STEPS):
        last_step = best - before
        if abs(at_other) < abs(at_best):
            before, best, other = best, other, best
            at_before, at_best, at_other = at_best, at_other, at_best
        smallest = 2 * _PRECISION * abs(best) + tolerance / 2
        step = (other - best) / 2
        if abs(step) <= smallest or at_best == 0:
            return best
        if abs(last_step) >= smallest and abs(at_before) > abs(at_best):
            over, under = _interpolated(
                (before, at_before), (best, at_best), (other, at_other), other - best
            )
            nearer = 0.75 * (other - best) * under - abs(smallest * under) / 2
            if over < nearer and over < abs(last_step * under / 2):
                step = over / under
        if abs(step) < smallest:
            step = smallest if step > 0 else -smallest
        before, at_before = best, at_best
        best += step
        at_best = value(best)
        if (at_best > 0) == (at_other > 0):
            other, at_other = before, at_before
    return best


_Point = tuple[float, float]


def _interpolated(before: _Point, best: _Point, other: _Point, room: float) -> tuple[float, float]:
    """The next step as a fraction with a positive upper part: a line through two points, or an
    inverse parabola through three.
    """
    share = best[1] / before[1]
    if before[0] == other[0]:
        over, under = room * share, 1 - share
    else:
        first, second = before[1] / other[1], best[1] / other[1]
        bent = room * first * (first - second) - (best[0] - before[0]) * (second - 1)
        over, under = share * bent, (first - 1) * (second - 1) * (share - 1)
    return (over, -under) if over > 0 else (-over, under)
