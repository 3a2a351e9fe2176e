"""The normal and the t distribution, for intervals and p-values.

scipy.special loads in half a second, so only with the first t; scipy.stats would take several.
"""

from statistics import NormalDist

_NORMAL = NormalDist()


def z_for(level: float) -> float:
    """How many standard errors an interval of this level reaches: 1.96 for 0.95."""
    return _NORMAL.inv_cdf((1 + level) / 2)


def t_for(level: float, degrees_of_freedom: float) -> float:
    """The same with the t distribution."""
    from scipy.special import stdtrit  # noqa: PLC0415

    return float(stdtrit(degrees_of_freedom, (1 + level) / 2))


def p_of_z(z: float) -> float:
    """The two-sided p of a standard normal z."""
    return 2 * _NORMAL.cdf(-abs(z))


def p_of_t(t: float, degrees_of_freedom: float) -> float:
    """The two-sided p of t."""
    from scipy.special import stdtr  # noqa: PLC0415

    return 2 * float(stdtr(degrees_of_freedom, -abs(t)))


def t_of_p(p: float, degrees_of_freedom: float) -> float:
    """The t, not below 0, that has this two-sided p."""
    from scipy.special import stdtrit  # noqa: PLC0415

    return -float(stdtrit(degrees_of_freedom, p / 2))
