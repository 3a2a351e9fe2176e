"""What the numbers on one outcome come to: a pooled effect with its words."""

from dataclasses import dataclass

from evidence.coding.effects.measures import Measure
from evidence.coding.effects.reported import Scores
from evidence.synthesis.pooling.coded_findings import POOLED
from evidence.synthesis.pooling.measures import effect_text
from evidence.synthesis.pooling.results import Limits, Pooled

USUAL_CHOICES = (
    "Pooled effects are those of the page Meta-analysis with its usual choices: random effects "
    "(REML), Knapp and Hartung's interval from 3 studies on, the most precise finding of each "
    "study, and the measure that most studies give; of standardised mean differences those of "
    "final scores or of changes, whichever more studies give."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEffect:
    """The effect of an outcome, by one measure and one type of contrast.

    Attributes:
        pooled: on the scale of analysis; of a single study it is that study's own effect.
        is_turned: whether above no effect is better in all studies.
        scores: which means a standardised mean difference rests on.
        remarks: of pooling, a sentence each.
    """

    measure: Measure
    pooled: Pooled
    is_turned: bool
    scores: Scores = Scores.FINAL
    remarks: tuple[str, ...] = ()

    @property
    def estimate(self) -> float:
        """As readers know it: a ratio, a difference or a correlation."""
        return self.measure.natural(self.pooled.estimate)

    @property
    def limits(self) -> Limits:
        """The confidence interval of `estimate`."""
        return self._natural(self.pooled.limits)

    @property
    def prediction(self) -> Limits | None:
        """Where the true effect of a new study lies; None below 3 studies."""
        limits = self.pooled.printed_prediction
        return self._natural(limits) if limits else None

    @property
    def words(self) -> tuple[str, ...]:
        """The effect, what stands behind it, and how far studies differ; a sentence each."""
        return tuple(filter(None, (self._effect, self._base, self._differing)))

    @property
    def _effect(self) -> str:
        interval = f"{self.pooled.level:.0%} {self._between(self.pooled.limits)}"
        estimate = effect_text(self.pooled.estimate, POOLED[self.measure])
        return f"{self.measure.short_name} {estimate} ({interval})."

    @property
    def _base(self) -> str:
        zero = f"{self.measure.no_effect:g}"
        side = f"above {zero} is better" if self.is_turned else "which side is better is not coded"
        one = "1 study, not pooled" if self.pooled.k == 1 else f"{self.pooled.k:,} studies"
        is_change = self.scores is Scores.CHANGE
        return f"{one}{', changes' if is_change else ''}; {side}."

    @property
    def _differing(self) -> str:
        if self.pooled.k == 1:
            return ""
        said = f"I² {self.pooled.heterogeneity.i2:.0f}% ({self.pooled.method})."
        prediction = self.pooled.printed_prediction
        if prediction is None:
            return said
        both = ", on both sides of no effect" if prediction.low < 0 < prediction.high else ""
        return f"{said} A new study: {self._between(prediction)}{both}."

    def _between(self, limits: Limits) -> str:
        measure = POOLED[self.measure]
        return f"{effect_text(limits.low, measure)} to {effect_text(limits.high, measure)}"

    def _natural(self, limits: Limits) -> Limits:
        return Limits(low=self.measure.natural(limits.low), high=self.measure.natural(limits.high))
