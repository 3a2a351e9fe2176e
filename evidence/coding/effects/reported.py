"""What reports print of one outcome of one contrast, before anything is computed.

These are the fields of a finding's numbers. They hold whatever was entered, also what is missing
(None) or cannot be right; `faults.faults_in` says so, and nothing is computed before it is content.
Results of one group before and after are none of these: formulas for two groups would be wrong.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.printed import PrintedNumber, PrintedP

People = int | Fraction
"""People in a group; a fraction only where a shared group was split."""


class Side(StrEnum):
    """One of the two groups of a contrast."""

    INTERVENTION = "intervention"
    COMPARISON = "comparison"


class Scores(StrEnum):
    """What the means are of. The two are never pooled as standardised mean differences."""

    FINAL = "final scores"
    CHANGE = "change scores"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardDeviation:
    """How far people differ."""

    value: PrintedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardError:
    """How sure a mean or an effect is: of the logarithm for ratios, of z for correlations."""

    value: PrintedNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A confidence interval.

    Attributes:
        level: between 0 and 1; 0.95 is 95 %.
    """

    low: PrintedNumber
    high: PrintedNumber
    level: float = 0.95


Spread = StandardDeviation | StandardError | Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Clusters:
    """People who came in clusters (classes, wards), where the report's numbers ignore that.

    Attributes:
        size: people per cluster, on average.
        icc: intracluster correlation coefficient, 0 to 1.
        icc_from: whose it is: the report's own, another study's, an assumption; always said.
    """

    size: PrintedNumber
    icc: PrintedNumber
    icc_from: str

    @property
    def design_effect(self) -> float:
        """By how much clusters inflate the variance: 1 + (size − 1) · ICC.

        Killip, Mahfoud and Pearce 2004, doi:10.1370/afm.141.
        """
        return 1 + (self.size.value - 1) * self.icc.value

    def effective(self, people: People) -> float:
        """To how many people without clusters so many in clusters amount."""
        return float(people) / self.design_effect


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanGroup:
    """A group's mean.

    Attributes:
        n: people analysed, not randomised.
        spread: the SD, or the SE or interval of this mean; None where the report gives none.
        randomised: to the group, where the report says so.
    """

    n: People | None
    mean: PrintedNumber
    spread: Spread | None = None
    randomised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventGroup:
    """A group's events.

    Attributes:
        events: people with the event.
        total: people analysed, with and without it.
        randomised: to the group, where the report says so.
    """

    events: People
    total: People | None
    randomised: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """Means of two groups; gives a mean difference and a standardised one."""

    intervention: MeanGroup
    comparison: MeanGroup
    scores: Scores = Scores.FINAL
    clusters: Clusters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A 2x2 table; gives a log odds ratio, a log risk ratio and a risk difference."""

    intervention: EventGroup
    comparison: EventGroup
    clusters: Clusters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An effect that the report computed itself; gives the same measure.

    Attributes:
        measure: of the effect. A ratio is printed as such, unless `transformed`.
        value: with its interval on the same scale.
        spread: SE (of the logarithm for ratios, of z for correlations) or interval.
        transformed: whether the logarithm of a ratio, or z of a correlation, is printed.
        degrees_of_freedom: where the interval was made with t instead of 1.96.
        adjusted: for covariates; None where nobody has said yet.
    """

    measure: Measure
    value: PrintedNumber
    spread: StandardError | Interval | None = None
    transformed: bool = False
    degrees_of_freedom: int | None = None
    adjusted: bool | None = None
    clusters: Clusters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TTest:
    """A t of two independent groups; gives a standardised mean difference.

    Attributes:
        t: above 0 where the intervention group has the higher mean.
    """

    t: PrintedNumber
    n_intervention: People | None
    n_comparison: People | None
    clusters: Clusters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PTest:
    """The exact p of a t-test of two independent groups; gives a standardised mean difference.

    Attributes:
        higher: the group with the higher mean; p alone does not tell.
        two_sided: how p was computed; a one-sided p must be of the side where the estimate lies.
    """

    p: PrintedP
    higher: Side
    n_intervention: People | None
    n_comparison: People | None
    two_sided: bool = True
    clusters: Clusters | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correlation:
    """A correlation of people's exposure and outcome; gives Fisher's z."""

    r: PrintedNumber
    n: People | None
    clusters: Clusters | None = None


Reported = Means | Counts | Estimate | TTest | PTest | Correlation


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedResult:
    """What the report prints beside the numbers that it follows from; only ever checked.

    Attributes:
        measure: of the estimate and interval, which are printed as a ratio or correlation unless
            `transformed`.
        p: two-sided.
        adjusted: for covariates; such a result need not follow from the raw numbers.
    """

    measure: Measure
    estimate: PrintedNumber | None = None
    interval: Interval | None = None
    p: PrintedP | None = None
    transformed: bool = False
    adjusted: bool | None = None
