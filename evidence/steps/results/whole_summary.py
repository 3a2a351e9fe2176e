"""The whole summary of findings of a review, as a report takes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules, directions, review_findings
from evidence.steps.results import summary_of_findings as summary
from evidence.steps.results.directions import DirectionStudies
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
        labels: of the studies that these rest on, by id.
        notes: on which codings and rules the outcomes rest; sentences.
    """

    parts: tuple[SummaryPart, ...]
    review_findings: tuple[ReviewFinding, ...]
    labels: Mapping[int, str]
    notes: tuple[str, ...]


def whole_summary(desk: Desk, found: DirectionStudies | None) -> WholeSummary:
    """All that people judged, with what the studies say.

    Args:
        desk: of anybody who reads the review.
        found: the coded studies; None where the review has no scheme yet.
    """
    rules = direction_rules.current(desk)
    judged = summary.judgements(desk)
    pairs = dict.fromkeys((key.contrast, key.intervention) for key in judged)
    parts: list[SummaryPart] = []
    if found is not None:
        contrasts, interventions = (
            directions.contrast_labels(found),
            directions.interventions(found),
        )
        for contrast, intervention in pairs:
            if contrast in contrasts and intervention in interventions:
                part = SummaryPart(
                    contrast=contrasts[contrast],
                    intervention=interventions[intervention],
                    rows=summary.rows(desk, found, contrast, intervention, rules),
                )
                parts += [part] if part.rows else []
    labels = review_findings.labels(desk)
    findings = tuple(change.finding for change in review_findings.current(desk).values())
    named = {study for finding in findings for study in finding.study_ids}
    return WholeSummary(
        parts=tuple(parts),
        review_findings=findings,
        labels={study: label for study, label in labels.items() if study in named},
        notes=(found.coded.sentence, rules.of_words) if found and parts else (),
    )
