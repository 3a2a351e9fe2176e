"""Probabilities of the distributions that pooling uses; exact far out in the tails, too.

scipy.special loads in a third of a second, so only where it is needed.
"""

from math import erfc, sqrt
from statistics import NormalDist

from evidence.coding.effects.distributions import t_for

_NORMAL = NormalDist()


def p_of_z(z: float) -> float:
    """The two-sided p of a standard normal z."""
    return erfc(abs(z) / sqrt(2))


def p_of_t(t: float, degrees_of_freedom: float) -> float:
    """The two-sided p of t."""
    from scipy.special import stdtr  # noqa: PLC0415

    return 2 * float(stdtr(degrees_of_freedom, -abs(t)))


def quantile_for(level: float, degrees_of_freedom: float | None) -> float:
    """How many standard errors an interval of this level reaches; with z where none are named."""
    if degrees_of_freedom is None:
        return -_NORMAL.inv_cdf((1 - level) / 2)
    return t_for(level, degrees_of_freedom)


def p_of_chi2(value: float, degrees_of_freedom: float) -> float:
    """How often chi-squared is at least so large."""
    from scipy.special import chdtrc  # noqa: PLC0415

    return float(chdtrc(degrees_of_freedom, value))


def chi2_for(share: float, degrees_of_freedom: float) -> float:
    """Below which value chi-squared lies with this probability."""
    from scipy.special import gammaincinv  # noqa: PLC0415

    return 2 * float(gammaincinv(degrees_of_freedom / 2, share))


def p_of_f(value: float, first: float, second: float) -> float:
    """How often F is at least so large."""
    from scipy.special import fdtrc  # noqa: PLC0415

    return float(fdtrc(first, second, value))
