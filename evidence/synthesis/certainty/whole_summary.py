"""All that a review found on outcomes and in words, with how certain people are of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.synthesis.certainty.cerqual import ReviewFinding
from evidence.synthesis.certainty.outcome_rows import OutcomeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPart:
    """The outcomes of one intervention, by one type of contrast.

    Attributes:
        contrast, intervention: as people read them.
        rows: all outcomes with a finding, judged or not.
    """

    contrast: str
    intervention: str
    rows: tuple[OutcomeRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeSummary:
    """What a review found, and how certain people are of it.

    Attributes:
        parts: of interventions and contrasts of which people judged an outcome.
        review_findings: of views and process studies.
        labels: of the studies that these rest on, by id; without those that do not count.
        notes: on which codings and rules the outcomes rest; sentences.
    """

    parts: tuple[SummaryPart, ...]
    review_findings: tuple[ReviewFinding, ...]
    labels: Mapping[int, str]
    notes: tuple[str, ...]
