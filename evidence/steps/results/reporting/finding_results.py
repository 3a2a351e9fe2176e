"""What findings come to for a report: the calls of the pages, asked when a live part needs them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence.coding.effects.measures import Measure
from evidence.coding.scheme import Axis
from evidence.report.finding_results import FindingChoice, PooledOutcome
from evidence.report.once import Once
from evidence.steps.results import directions, pooling
from evidence.steps.results.directions import DirectionStudies
from evidence.steps.results.pooling import PoolingWish
from evidence.synthesis.direction_groups import DirectionGroups
from evidence.synthesis.direction_rules import DirectionRules
from evidence.synthesis.direction_words import DirectionWord


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportResults:
    """The results of the studies that count at one moment.

    Attributes:
        rules: by which directions are read.
        once: what was counted already.
    """

    found: DirectionStudies
    rules: DirectionRules
    once: Once = field(default_factory=Once, init=False, compare=False, repr=False)

    @property
    def contrasts(self) -> Mapping[str, str]:
        """Labels of the types of contrast of which there is a finding, by id."""
        labels = directions.contrast_labels(self.found)
        return {each: labels[each] for each in directions.contrasts(self.found)}

    @property
    def interventions(self) -> Mapping[str, str]:
        """Labels of all interventions of the scheme, by id."""
        return self._labels(Axis.INTERVENTION)

    @property
    def outcomes(self) -> Mapping[str, str]:
        """Labels of all outcomes of the scheme, by id."""
        return self._labels(Axis.OUTCOME)

    @property
    def main_codes(self) -> frozenset[str]:
        """Ids of interventions and outcomes that lie below no other."""
        dimensions = (self.found.axis(axis) for axis in (Axis.INTERVENTION, Axis.OUTCOME))
        return frozenset(h.id for d in dimensions if d for h in d.headings if h.depth == 0)

    def studies(self, contrast: str) -> int:
        """How many studies have a finding of a contrast."""
        return sum(any(f.contrast == contrast for f in s.findings) for s in self.found.studies)

    def words(self, contrast: str) -> tuple[DirectionWord, ...]:
        """What studies say of each intervention and outcome that they report on."""
        return self.once.of(
            ("words", contrast),
            lambda: directions.words(self.found, contrast, rules=self.rules),
        )

    def groups(self, contrast: str, intervention: str) -> DirectionGroups:
        """Each study's directions, by design; all interventions where the id is empty."""
        designs = directions.designs(self.found)
        return self.once.of(
            ("groups", contrast, intervention),
            lambda: directions.groups(
                self.found,
                contrast,
                chosen=(intervention,) if intervention else (),
                designs_id=next(iter(designs), ""),
                rules=self.rules,
            ),
        )

    def poolable(self, contrast: str) -> tuple[tuple[str, str], ...]:
        """Ids of interventions and outcomes of which findings have numbers."""
        with_numbers = {
            (finding.intervention, finding.outcome)
            for study in self.found.studies
            for finding in study.findings
            if finding.contrast == contrast and finding.reported is not None
        }
        interventions = self.found.axis(Axis.INTERVENTION)
        outcomes = self.found.axis(Axis.OUTCOME)
        if interventions is None or outcomes is None:
            return ()
        return tuple(
            (i.id, o.id)
            for i in interventions.headings
            for o in outcomes.headings
            if any(a in i.covers and b in o.covers for a, b in with_numbers)
        )

    def pooled(self, choice: FindingChoice) -> PooledOutcome:
        """The pooled effect by the usual choices, or by the measure that is named."""
        return self.once.of(choice, lambda: self._pooled(choice))

    def _pooled(self, choice: FindingChoice) -> PooledOutcome:
        wish = PoolingWish(
            contrast=choice.contrast,
            outcome=choice.outcome,
            measure=choice.measure or Measure.STANDARDISED_MEAN_DIFFERENCE,
            interventions=(choice.intervention,),
        )
        if choice.measure is None:
            wish = pooling.usual_wish(self.found, wish) or wish
        else:
            wish = pooling.with_usual_scores(self.found, wish)
        result = pooling.pooled(self.found, wish)
        return PooledOutcome(forest=result.forest, why_not=result.why_not)

    def _labels(self, axis: Axis) -> Mapping[str, str]:
        dimension = self.found.axis(axis)
        return dimension.labels() if dimension else {}
