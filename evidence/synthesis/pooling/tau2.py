"""Estimators of tau², the variance of true effects between studies."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from evidence.synthesis.pooling.brent import brent
from evidence.synthesis.pooling.methods import Method
from evidence.synthesis.pooling.study_effects import Observed
from evidence.synthesis.pooling.weighted_fit import fit, fits

_PER_DECADE = 8
"""Values of tau² at which the slope of the likelihood is looked at, so that no peak is missed."""
_MOST_WIDENINGS = 700
_MOST_STEPS = 500
_SMALL_STEP = 1e-6
_SMALL_SHARE = 0.02
"""Of the median sampling variance, above which metafor's tolerance is no small one."""
_METAFORS_HIGHEST = 100.0
_MAD = 1.4826  # makes the median distance from the median a standard deviation


@dataclass(frozen=True, slots=True, kw_only=True)
class Tau2:
    """An estimate of tau², never below 0.

    Attributes:
        value: on the scale of the observed effects.
        remarks: what people should know of it, a sentence each.
    """

    value: float
    remarks: tuple[str, ...] = ()


class NotConverged(ArithmeticError):
    """No end was reached; the caller says so in words."""


def tau2_of(seen: Observed, method: Method, *, exact: bool = False) -> Tau2:
    """The estimate by a method; 0 for methods with one common effect and without spare studies.

    PM and REML have no formula. They are searched as metafor does it, to its tolerance (tol and
    threshold of `rma.uni`), so that both programs print the same; on a scale on which that
    tolerance is not small beside the sampling variances, or where it is asked for, to the end.

    Args:
        seen: what was observed.
        method: of estimation.
        exact: whether PM and REML are searched to the end.

    | method | estimator | source |
    |---|---|---|
    | DL | moments, weights 1/v | DerSimonian and Laird 1986, doi:10.1016/0197-2456(86)90046-2 |
    | HE | moments, equal weights | Hedges 1983, doi:10.1037/0033-2909.93.2.388 |
    | PM | Q(tau²) = degrees of freedom | Paule and Mandel 1982, doi:10.6028/jres.087.022 |
    | SJ | from a first guess | Sidik and Jonkman 2005, doi:10.1111/j.1467-9876.2005.00489.x |
    | REML | restricted likelihood | Viechtbauer 2005, doi:10.3102/10769986030003261 |

    Raises:
        NotConverged: PM or REML came to no end.
    """
    if seen.free < 1 or not method.is_random:
        return Tau2(value=0.0)
    found = _ESTIMATORS[method](seen)
    if exact or found.value == 0 or method not in _SEARCHED_AS_METAFOR:
        return found
    search, tolerance = _SEARCHED_AS_METAFOR[method]
    unit = seen.scale * seen.scale
    if tolerance > _SMALL_SHARE * unit * float(np.median(seen.v)):
        return found
    return replace(found, value=search(seen, tolerance / unit))


def falling_to(value: Callable[[float], float], target: float) -> float:
    """Where a function of tau² that only falls comes down to a target; 0 where it begins below.

    Raises:
        NotConverged: it comes down nowhere.
    """
    if value(0.0) <= target:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_MOST_WIDENINGS):
        if value(high) <= target:
            return _root(lambda tau2: value(tau2) - target, low, high)
        low, high = high, 4 * high
    raise NotConverged


def q_at(seen: Observed, tau2: float) -> float:
    """The sum of squares around the model, weighted by 1 / (v + tau²)."""
    return float(fit(seen, tau2).rest[0])


def _dersimonian_laird(seen: Observed) -> Tau2:
    common = fit(seen, 0.0)
    return Tau2(value=max(0.0, float((common.rest[0] - seen.free) / common.trace[0])))


def _hedges(seen: Observed) -> Tau2:
    q, _ = np.linalg.qr(seen.design)
    expected = float(np.sum(seen.v * (1 - np.sum(q * q, axis=1))))
    return Tau2(value=max(0.0, (_rest_with_equal_weights(seen) - expected) / seen.free))


def _rest_with_equal_weights(seen: Observed) -> float:
    return q_at(replace(seen, v=np.ones(seen.k)), 0.0)


def _paule_mandel(seen: Observed) -> Tau2:
    return Tau2(value=falling_to(lambda tau2: q_at(seen, tau2), seen.free))


def _sidik_jonkman(seen: Observed) -> Tau2:
    """The first guess is the variance of the estimates with k as divisor."""
    first = float(np.var(seen.y))
    return Tau2(value=first * q_at(seen, first) / seen.free)


def _restricted_likelihood(seen: Observed) -> Tau2:
    """The peak of the likelihood that Fisher scoring reaches from Hedges' estimate, exactly.

    So it is the one that metafor reports, also where another peak is higher; a remark says so then.
    Where 0 is a peak and higher than the one reached, it is 0, as there.
    """
    peaks = np.array(_peaks(seen))
    heights = fits(seen, peaks).log_likelihood
    reached = int(np.argmin(abs(peaks - _climbed(seen)))) if len(peaks) > 1 else 0
    if peaks[0] == 0 and heights[0] > heights[reached]:
        reached = 0
    value, highest = float(peaks[reached]), int(np.argmax(heights))
    if highest == reached:
        return Tau2(value=value)
    unit = seen.scale * seen.scale
    remark = (
        f"The likelihood of tau² has {len(peaks)} peaks. {value * unit:.4g} is reached from "
        f"Hedges' estimate, as in metafor; that at {peaks[highest] * unit:.4g} is higher."
    )
    return Tau2(value=value, remarks=(remark,))


def _climbed(seen: Observed, smallest_step: float | None = None) -> float:
    """Where Fisher scoring comes to from Hedges' estimate; steps below 0 are halved.

    Args:
        seen: what was observed.
        smallest_step: at which it ends; None for one that is small beside tau².
    """
    tau2 = _hedges(seen).value
    for _ in range(_MOST_STEPS):
        here = fit(seen, tau2)
        if here.trace_of_square[0] <= 0:  # by rounding, where precision differs without measure
            break
        step = float(here.score[0] / here.trace_of_square[0])
        if tau2 == 0 and step < 0:
            break
        while tau2 + step < 0:
            step /= 2
        tau2 += step
        if abs(step) <= (smallest_step or _SMALL_STEP * (1 + tau2)):
            break
    return tau2


def _crossed(seen: Observed, tolerance: float) -> float:
    """Where Q comes down to its degrees of freedom, to a tolerance, by Brent's method."""
    middle = float(np.median(seen.y))
    spread = _MAD * float(np.median(abs(seen.y - middle)))
    high = max(_METAFORS_HIGHEST / (seen.scale * seen.scale), 10 * spread * spread)
    return brent(lambda tau2: q_at(seen, tau2) - seen.free, (0.0, high), tolerance)


def _peaks(seen: Observed) -> list[float]:
    """Where the restricted likelihood has a maximum: 0 or a root of its slope."""

    def slope(tau2: float) -> float:
        return float(fit(seen, tau2).score[0])

    equal = _rest_with_equal_weights(seen) / seen.free  # about the last root, where tau² is large
    low, high = 1e-4, max(float(seen.v.max()), 4 * equal)  # the smallest variance is about 1
    for _ in range(_MOST_WIDENINGS):
        if slope(high) < 0:
            break
        high *= 4
    else:
        raise NotConverged
    points = round(_PER_DECADE * np.log10(high / low)) + 1
    grid = np.concatenate([[0.0], np.geomspace(low, high, points)])
    rises = fits(seen, grid).score > 0
    tops = np.flatnonzero(rises[:-1] & ~rises[1:])
    roots = [_root(slope, float(grid[at]), float(grid[at + 1])) for at in tops]
    return roots if rises[0] else [0.0, *roots]


def _root(value: Callable[[float], float], low: float, high: float) -> float:
    """Where a function changes its sign, to the last digits that a computer has."""
    from scipy.optimize import brentq  # noqa: PLC0415 - loads slowly, and seldom needed

    try:
        return brentq(value, low, high, xtol=1e-300, rtol=1e-15, maxiter=_MOST_STEPS)
    except RuntimeError as error:
        raise NotConverged from error


_ESTIMATORS: dict[Method, Callable[[Observed], Tau2]] = {
    Method.DL: _dersimonian_laird,
    Method.HE: _hedges,
    Method.PM: _paule_mandel,
    Method.SJ: _sidik_jonkman,
    Method.REML: _restricted_likelihood,
}

_SEARCHED_AS_METAFOR: dict[Method, tuple[Callable[[Observed, float], float], float]] = {
    Method.PM: (_crossed, float(np.finfo(float).eps) ** 0.25),
    Method.REML: (_climbed, 1e-5),
}
"""How metafor searches, and at which change of tau² it ends, on the scale of the effects."""
