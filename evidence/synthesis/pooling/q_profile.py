"""The confidence interval of tau² by the Q-profile method."""

from evidence.synthesis.pooling.chances import chi2_for
from evidence.synthesis.pooling.results import Limits
from evidence.synthesis.pooling.study_effects import Observed
from evidence.synthesis.pooling.tau2 import falling_to, q_at


def q_profile(seen: Observed, level: float) -> Limits:
    """The values of tau² at which Q(tau²) is no surprise.

    Q(tau²) has a chi-squared distribution where tau² is true, and falls as tau² grows, so the ends
    are where it meets the quantiles; they are never below 0 (Viechtbauer 2007,
    doi:10.1002/sim.2514). Where even Q(0) lies below the lower quantile, the interval is empty and
    both ends are 0, as metafor prints it.

    Args:
        seen: with at least one degree of freedom.
        level: of the interval, such as 0.95.

    Raises:
        NotConverged: the search for an end came to none.
    """
    outside = (1 - level) / 2
    lower, upper = (chi2_for(share, seen.free) for share in (outside, 1 - outside))
    if q_at(seen, 0.0) < lower:
        return Limits(low=0.0, high=0.0)
    ends = [falling_to(lambda tau2: q_at(seen, tau2), quantile) for quantile in (upper, lower)]
    unit = seen.scale * seen.scale
    return Limits(low=ends[0] * unit, high=ends[1] * unit)
