"""The ways in which a report may rightly have computed a result from a 2x2 table."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from evidence.coding.effects.counts import STANDARD_ZERO_CELLS, Table
from evidence.coding.effects.distributions import p_of_z, z_for
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.ways import Ways

Numbers = NDArray[np.float64]

_MOST_FOR_FISHER = 20_000
"""Events, at most, for the exact test; beyond that it does not differ from the others."""


def ways_from_counts(table: Table, measure: Measure, level: float, design_effect: float) -> Ways:
    """Ways from a table in which something happened to some and not to all of each kind."""
    estimates: dict[str, float] = {}
    intervals: dict[str, tuple[float, float]] = {}
    ps = _tests(table)
    inflations = tuple(dict.fromkeys((1.0, design_effect)))
    for name, (analysed, variance) in _effects(table, measure).items():
        estimates[name] = measure.natural(analysed)
        for inflation in inflations if variance > 0 else ():
            reach = z_for(level) * sqrt(variance * inflation)
            low, high = measure.natural(analysed - reach), measure.natural(analysed + reach)
            intervals[f"{name}, {inflation}"] = low, high
            ps[f"{name}, {inflation}"] = p_of_z(analysed / sqrt(variance * inflation))
    if measure is Measure.RISK_DIFFERENCE:
        intervals["Newcombe"] = _newcombe(table, level)
    apart = table.risk_difference
    return Ways(apart=apart, estimates=estimates, intervals=intervals, ps=ps)


def _effects(table: Table, measure: Measure) -> dict[str, tuple[float, float]]:
    """Effect and variance on the scale of analysis, our own first.

    Programs differ in whether they add to tables with a cell of 0 where they need not.
    """
    added = table.with_added(STANDARD_ZERO_CELLS.added)
    if measure is Measure.RISK_DIFFERENCE:
        variance = table.risk_difference_variance or added.risk_difference_variance
        found = {"as counted": (table.risk_difference, variance)}
        if table.has_zero:
            found["with an addition"] = added.risk_difference, added.risk_difference_variance
        return found
    if measure is Measure.LOG_ODDS_RATIO:
        name, whole = ("with an addition", added) if table.has_zero else ("as counted", table)
        return {name: (whole.log_odds_ratio, whole.log_odds_ratio_variance)}
    found = {}
    if table.has_zero:
        found["with an addition"] = added.log_risk_ratio, added.log_risk_ratio_variance
    if table.a and table.c:
        found["as counted"] = table.log_risk_ratio, table.log_risk_ratio_variance
    return found


def _tests(table: Table) -> dict[str, float]:
    """Pearson's chi-squared with and without Yates' correction, and Fisher's exact test."""
    people = table.a + table.b + table.c + table.d
    margins = (table.a + table.b) * (table.c + table.d) * (table.a + table.c) * (table.b + table.d)
    if margins == 0:
        return {}
    apart = abs(table.a * table.d - table.b * table.c)
    tests = {
        "chi-squared": p_of_z(apart * sqrt(people / margins)),
        "Yates": p_of_z(max(apart - people / 2, 0) * sqrt(people / margins)),
    }
    cells = (table.a, table.b, table.c, table.d)
    if all(cell.is_integer() for cell in cells) and table.a + table.c <= _MOST_FOR_FISHER:
        tests["Fisher"] = _fisher(table)
    return tests


def _fisher(table: Table) -> float:
    """Two-sided: all tables with the same margins that are no likelier than this one."""
    first, second, events = table.a + table.b, table.c + table.d, table.a + table.c
    cells = np.arange(max(0.0, events - second), min(first, events) + 1)
    logs = _log_choose(first, cells) + _log_choose(second, events - cells)
    likelihoods = np.exp(logs - _log_choose(first + second, np.array([events])))
    here = likelihoods[int(table.a - cells[0])] * (1 + 1e-7)
    return min(1.0, float(likelihoods[likelihoods <= here].sum()))


def _log_choose(people: float, chosen: Numbers) -> Numbers:
    from scipy.special import gammaln  # noqa: PLC0415 - loads slowly, and seldom needed

    logs: Numbers = gammaln(people + 1) - gammaln(chosen + 1) - gammaln(people - chosen + 1)
    return logs


def _newcombe(table: Table, level: float) -> tuple[float, float]:
    """The interval of a risk difference from Wilson's of each risk (Newcombe 1998, method 10)."""
    one, low_one, high_one = _wilson(table.a, table.a + table.b, level)
    other, low_other, high_other = _wilson(table.c, table.c + table.d, level)
    apart = one - other
    low = apart - sqrt((one - low_one) ** 2 + (high_other - other) ** 2)
    high = apart + sqrt((high_one - one) ** 2 + (other - low_other) ** 2)
    return low, high


def _wilson(events: float, people: float, level: float) -> tuple[float, float, float]:
    z, risk = z_for(level), events / people
    middle = risk + z * z / (2 * people)
    reach = z * sqrt(risk * (1 - risk) / people + z * z / (4 * people * people))
    scale = 1 + z * z / people
    return risk, (middle - reach) / scale, (middle + reach) / scale
