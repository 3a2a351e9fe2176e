"""The whole summary of findings of a review, as a report takes it."""

from evidence.steps.desk import Desk
from evidence.steps.results import direction_rules, directions, review_findings
from evidence.steps.results import summary_of_findings as summary
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.certainty.whole_summary import SummaryPart, WholeSummary


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
    findings = tuple(change.finding for change in review_findings.current(desk).values())
    named = {study for finding in findings for study in finding.study_ids}
    return WholeSummary(
        parts=tuple(parts),
        review_findings=findings,
        labels={s.id: s.label for s in found.studies if s.id in named} if found else {},
        notes=(found.coded.sentence, rules.of_words) if found and parts else (),
    )
