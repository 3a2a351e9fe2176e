"""The effect of a single 2x2 table, for pooling, with the zero-cell rule of `escalc`."""

from collections.abc import Iterable

from evidence.coding.effects.counts import Table
from evidence.synthesis.pooling.measures import PooledMeasure

ADDED = 0.5
"""Added to each cell of a table with a cell of 0, and to no other."""


def zero_cell_rule(added: float = ADDED) -> str:
    """The rule in a sentence, to be printed under figures."""
    leaves = (
        "studies without events in both groups, or with events in everybody, say nothing about "
        "odds ratios, and those without events nothing about risk ratios, so they are left out "
        "there; risk differences keep them."
    )
    if not added:
        return f"Nothing is added to cells of 0, and such tables give no effect; {leaves}"
    return f"{added:g} is added to each cell of tables with a cell of 0; {leaves}"


def says_nothing(table: Table, measure: PooledMeasure) -> str:
    """Why a table says nothing of a measure; empty where it says something."""
    if measure is PooledMeasure.RD:
        return ""
    if not (table.a or table.c):
        return f"No events in both groups say nothing about the {measure.natural_name}."
    if measure is not PooledMeasure.RR and not (table.b or table.d):
        return f"Events in everybody say nothing about the {measure.natural_name}."
    return ""


def silent_remarks(studies: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Remarks that list studies that are not pooled, by the reason.

    Args:
        studies: name and reason of each; the reason is empty for those that are pooled.
    """
    reasons: dict[str, list[str]] = {}
    for study, reason in studies:
        if reason:
            reasons.setdefault(reason, []).append(study)
    return tuple(f"{reason} Not pooled: {', '.join(names)}." for reason, names in reasons.items())


def table_effect(table: Table, measure: PooledMeasure, added: float) -> tuple[float, float]:
    """Estimate and variance of a table, on the scale of analysis.

    As `escalc` of metafor computes them (Viechtbauer 2010, doi:10.18637/jss.v036.i03): what is
    added to a table with a cell of 0 counts for all measures, risk differences among them, although
    only ratios need it. So a pooled risk difference is metafor's to the last digit, and that of a
    single finding (`coding.effects.counts`), where nothing is added, may differ from it.

    Args:
        table: that says something of the measure (`says_nothing`).
        measure: OR, RR, RD or PETO.
        added: to each cell of a table with a cell of 0; above 0 where it has one.
    """
    whole = table.with_added(added) if table.has_zero else table
    if measure is PooledMeasure.RR:
        return whole.log_risk_ratio, whole.log_risk_ratio_variance
    if measure is PooledMeasure.RD:
        return whole.risk_difference, whole.risk_difference_variance
    if measure is PooledMeasure.PETO:
        return _peto(whole)
    return whole.log_odds_ratio, whole.log_odds_ratio_variance


def _peto(table: Table) -> tuple[float, float]:
    """(a − E) / V and 1 / V (Yusuf and colleagues 1985, doi:10.1016/S0033-0620(85)80003-7)."""
    first, second = table.a + table.b, table.c + table.d
    events, others = table.a + table.c, table.b + table.d
    people = first + second
    v = first / people * (second / people) * events * others / (people - 1)
    return (table.a - first * events / people) / v, 1 / v
