"""Measures that can be pooled, by the names that metafor gives."""

from enum import StrEnum
from math import exp, inf, tanh

_MOST = 709.0  # the logarithm of about the largest number that a computer holds


class PooledMeasure(StrEnum):
    """A measure of effect, always pooled on its scale of analysis.

    ROM and PETO stand beside the measures of findings (`coding.effects.measures`), which cannot be
    chosen for a single finding.
    """

    MD = "MD"
    SMD = "SMD"
    ROM = "ROM"
    OR = "OR"
    RR = "RR"
    RD = "RD"
    PETO = "PETO"
    ZCOR = "ZCOR"

    @property
    def is_ratio(self) -> bool:
        """Whether it is pooled as a logarithm."""
        return self in _RATIOS

    @property
    def analysed_name(self) -> str:
        """What is pooled: `log odds ratio`."""
        name = _NATURAL_NAMES[self]
        if self is PooledMeasure.ZCOR:
            return "Fisher's z"
        return f"log {name}" if self.is_ratio else name

    @property
    def natural_name(self) -> str:
        """What readers know it as: `odds ratio`, `correlation`."""
        return _NATURAL_NAMES[self]

    def natural(self, value: float) -> float:
        """A value of the scale of analysis as readers know it: exp of a log ratio, tanh of z."""
        if self.is_ratio:
            return exp(value) if value < _MOST else inf
        return tanh(value) if self is PooledMeasure.ZCOR else value


_NATURAL_NAMES = {
    PooledMeasure.MD: "mean difference",
    PooledMeasure.SMD: "standardised mean difference",
    PooledMeasure.ROM: "ratio of means",
    PooledMeasure.OR: "odds ratio",
    PooledMeasure.RR: "risk ratio",
    PooledMeasure.RD: "risk difference",
    PooledMeasure.PETO: "odds ratio by Peto",
    PooledMeasure.ZCOR: "correlation",
}
_RATIOS = frozenset({PooledMeasure.ROM, PooledMeasure.OR, PooledMeasure.RR, PooledMeasure.PETO})
TABLE_MEASURES = (PooledMeasure.OR, PooledMeasure.RR, PooledMeasure.RD, PooledMeasure.PETO)
MEAN_MEASURES = (PooledMeasure.MD, PooledMeasure.SMD, PooledMeasure.ROM)


def effect_text(value: float, measure: PooledMeasure | None, digits: int = 2) -> str:
    """A value as readers know it: with so many digits after the point, where these say anything."""
    natural = measure.natural(value) if measure else value
    least_said, whole_from, too_long_from = 0.005, 10_000, 1e8
    if natural and not least_said <= abs(natural) < too_long_from:
        return f"{natural:.2g}".replace("-", "−")
    return f"{natural:,.{0 if abs(natural) >= whole_from else digits}f}".replace("-", "−")
