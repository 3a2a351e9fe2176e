"""An effect with its variance, on the scale of analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from evidence.coding.effects.distributions import p_of_z, z_for
from evidence.coding.effects.measures import Measure
from evidence.coding.effects.refusals import Fault, Refusal
from evidence.coding.effects.reported import Clusters

_COMPUTED_WITH = (1e-100, 1e100)
"""Sizes of numbers whose squares a computer still holds; no report comes near either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NaturalEffect:
    """An effect as readers know it.

    Attributes:
        name: `odds ratio`, `correlation`, `mean difference`.
        low, high: the confidence interval, transformed as a whole.
    """

    name: str
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """An effect and how sure it is.

    Attributes:
        measure: what it is, and on which scale.
        estimate: above 0 where the intervention group has more of the outcome, unless the sign
            was turned.
        variance: of the estimate, above 0.
        steps: what was done to the printed numbers, a sentence each; to be shown beside it.
        sign_turned: whether above 0 means better although less of the outcome is better.
    """

    measure: Measure
    estimate: float
    variance: float
    steps: tuple[str, ...] = ()
    sign_turned: bool = False

    @property
    def standard_error(self) -> float:
        """Of the estimate."""
        return sqrt(self.variance)

    @property
    def p(self) -> float:
        """Two-sided, with the normal distribution."""
        return p_of_z(self.estimate / self.standard_error)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """The confidence interval, with the normal distribution: estimate ± z · SE."""
        reach = z_for(level) * self.standard_error
        return self.estimate - reach, self.estimate + reach

    def natural(self, level: float = 0.95) -> NaturalEffect:
        """Estimate and interval on the natural scale; a limit beyond all numbers is infinite."""
        low, high = self.interval(level)
        return NaturalEffect(
            name=self.measure.natural_name,
            estimate=self.measure.natural(self.estimate),
            low=self.measure.natural(low),
            high=self.measure.natural(high),
        )


def effect_or_refusal(
    measure: Measure,
    estimate: float,
    variance: float,
    *,
    clusters: Clusters | None = None,
    steps: Sequence[str] = (),
) -> Effect | Refusal:
    """An effect, its variance inflated for clusters; refused where the numbers are beyond use.

    Args:
        measure: of the effect.
        estimate: on the scale of analysis.
        variance: as if people were not in clusters.
        clusters: multiply the variance by the design effect.
        steps: what was done before.
    """
    if clusters:
        variance *= clusters.design_effect
        steps = [*steps, _clusters_step(clusters)]
    smallest, largest = _COMPUTED_WITH
    if not (abs(estimate) <= largest and smallest <= variance <= largest):
        too_far = "The numbers are too large or too small to compute with; check their units."
        return Refusal(measure=measure, faults=(Fault(place="", sentence=too_far),))
    return Effect(measure=measure, estimate=estimate, variance=variance, steps=tuple(steps))


def _clusters_step(clusters: Clusters) -> str:
    return (
        f"The variance was multiplied by {clusters.design_effect:.4g}, the design effect of "
        f"clusters of {clusters.size} with an ICC of {clusters.icc} ({clusters.icc_from.strip()})."
    )
