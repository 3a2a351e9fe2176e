"""The measures of effect, on the scale on which they are analysed, and the way back."""

from enum import StrEnum
from math import atanh, exp, inf, log, tanh


class Measure(StrEnum):
    """A measure of effect, named by the scale on which it is analysed.

    Differences are intervention minus comparison, ratios intervention over comparison.
    """

    MEAN_DIFFERENCE = "mean difference"
    STANDARDISED_MEAN_DIFFERENCE = "standardised mean difference"
    LOG_ODDS_RATIO = "log odds ratio"
    LOG_RISK_RATIO = "log risk ratio"
    LOG_HAZARD_RATIO = "log hazard ratio"
    RISK_DIFFERENCE = "risk difference"
    FISHER_Z = "Fisher's z"

    @property
    def is_ratio(self) -> bool:
        """Whether it is the logarithm of a ratio."""
        return self in _RATIOS

    @property
    def natural_name(self) -> str:
        """What readers know it as: `odds ratio`, `correlation`, `mean difference`."""
        return _NATURAL_NAMES.get(self, self.value)

    @property
    def short_name(self) -> str:
        """On the natural scale, as tables of results have it: `SMD`, `OR`, `r`."""
        return _SHORT_NAMES[self]

    @property
    def no_effect(self) -> float:
        """The value on the natural scale that means no effect: 1 for ratios, else 0."""
        return 1.0 if self.is_ratio else 0.0

    def natural(self, value: float) -> float:
        """A value of the scale of analysis as readers know it: exp of a log ratio, tanh of z.

        A ratio beyond all numbers is infinite.
        """
        if self.is_ratio:
            return exp(value) if value < _MOST else inf
        return tanh(value) if self is Measure.FISHER_Z else value

    def analysed(self, value: float) -> float:
        """A natural value on the scale of analysis; ratios must be above 0, |r| below 1."""
        if self.is_ratio:
            return log(value)
        return atanh(value) if self is Measure.FISHER_Z else value


_MOST = 709.0  # the logarithm of about the largest number that a computer holds
_NATURAL_NAMES = {
    Measure.LOG_ODDS_RATIO: "odds ratio",
    Measure.LOG_RISK_RATIO: "risk ratio",
    Measure.LOG_HAZARD_RATIO: "hazard ratio",
    Measure.FISHER_Z: "correlation",
}
_SHORT_NAMES = {
    Measure.MEAN_DIFFERENCE: "MD",
    Measure.STANDARDISED_MEAN_DIFFERENCE: "SMD",
    Measure.LOG_ODDS_RATIO: "OR",
    Measure.LOG_RISK_RATIO: "RR",
    Measure.LOG_HAZARD_RATIO: "HR",
    Measure.RISK_DIFFERENCE: "RD",
    Measure.FISHER_Z: "r",
}
_RATIOS = frozenset(_NATURAL_NAMES) - {Measure.FISHER_Z}
