"""What the findings of studies come to, as a report asks for it.

The steps answer with the calls of the pages (steps/results/reporting/finding_results.py), so that
a sentence, the figure beside it and the page say the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from evidence.coding.effects.measures import Measure
from evidence.synthesis.direction_groups import DirectionGroups
from evidence.synthesis.direction_words import DirectionWord
from evidence.synthesis.pooling.forest import Forest


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChoice:
    """Which findings a result is about: ids of options on the axes of findings.

    Attributes:
        measure: None for the one that most studies give.
    """

    contrast: str
    intervention: str
    outcome: str
    measure: Measure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledOutcome:
    """What findings come to when they are pooled.

    Attributes:
        forest: None where nothing could be pooled.
        why_not: then, in words.
    """

    forest: Forest | None
    why_not: str = ""


class FindingResults(Protocol):
    """The results of one moment, by contrast: unlike contrasts are never counted together."""

    @property
    def contrasts(self) -> Mapping[str, str]:
        """Labels of the types of contrast of which there is a finding, by id."""

    @property
    def interventions(self) -> Mapping[str, str]:
        """Labels of all interventions of the scheme, by id."""

    @property
    def outcomes(self) -> Mapping[str, str]:
        """Labels of all outcomes of the scheme, by id."""

    @property
    def main_codes(self) -> frozenset[str]:
        """Ids of interventions and outcomes that lie below no other: together they count once."""

    def studies(self, contrast: str) -> int:
        """How many studies have a finding of a contrast."""

    def words(self, contrast: str) -> tuple[DirectionWord, ...]:
        """What studies say of each intervention and outcome that they report on."""

    def groups(self, contrast: str, intervention: str) -> DirectionGroups:
        """Each study's directions, by design; all interventions where the id is empty."""

    def poolable(self, contrast: str) -> tuple[tuple[str, str], ...]:
        """Ids of interventions and outcomes of which findings have numbers."""

    def pooled(self, choice: FindingChoice) -> PooledOutcome:
        """The pooled effect with its forest plot."""


class NoFindings:
    """The results of a review that has no finding."""

    contrasts: Mapping[str, str] = {}
    interventions: Mapping[str, str] = {}
    outcomes: Mapping[str, str] = {}
    main_codes: frozenset[str] = frozenset()

    def studies(self, contrast: str) -> int:
        """None."""
        del contrast
        return 0

    def words(self, contrast: str) -> tuple[DirectionWord, ...]:
        """None."""
        del contrast
        return ()

    def groups(self, contrast: str, intervention: str) -> DirectionGroups:
        """Nothing to draw."""
        del contrast, intervention
        return DirectionGroups(
            outcomes=(),
            groups=(),
            in_several=(),
            without=0,
            other_contrasts={},
            unlisted=frozenset(),
            rule="",
        )

    def poolable(self, contrast: str) -> tuple[tuple[str, str], ...]:
        """None."""
        del contrast
        return ()

    def pooled(self, choice: FindingChoice) -> PooledOutcome:
        """Nothing."""
        del choice
        return PooledOutcome(forest=None, why_not="No finding is coded.")
