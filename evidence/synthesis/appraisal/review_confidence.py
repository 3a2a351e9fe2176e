"""The overall confidence in the results of a review, by the published rule of AMSTAR 2.

Shea and others 2017, doi:10.1136/bmj.j4008: weaknesses in critical items decide, others count
together; items are never added up. "Partial yes", and an item that does not apply because no
meta-analysis was done, are no weaknesses.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from evidence.synthesis.appraisal.judgements import (
    CRITICAL_NOTE,
    NOT_JUDGED,
    Domain,
    JudgedRow,
    Judgement,
    Level,
    Unit,
)


class ReviewConfidence(StrEnum):
    """How far the results of a review can be relied on, the best first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    CRITICALLY_LOW = "critically low"


CONFIDENCE_LEVELS = {
    ReviewConfidence.HIGH: Level.FAVOURABLE,
    ReviewConfidence.MODERATE: Level.MIDDLING,
    ReviewConfidence.LOW: Level.UNFAVOURABLE,
    ReviewConfidence.CRITICALLY_LOW: Level.CRITICAL,
}
RULE = (
    "By the published rule (AMSTAR 2, Shea and others 2017, doi:10.1136/bmj.j4008) confidence is "
    "high with at most one weakness in an item that is not critical, moderate with more, low with "
    "one critical weakness, critically low with more; “partial yes” is no weakness."
)
_WEAK = frozenset({Level.UNFAVOURABLE, Level.CRITICAL})
_OPEN = frozenset({Level.NOT_JUDGED, Level.NO_INFORMATION, Level.UNRANKED})


def review_confidence(
    domains: Sequence[Domain], judgements: Sequence[Judgement]
) -> ReviewConfidence | None:
    """What follows from the items.

    Args:
        domains: the items.
        judgements: of each, in their order.

    Returns:
        None where no item is critical, or one is not judged.
    """
    if not any(domain.is_critical for domain in domains):
        return None
    if any(judgement.level in _OPEN for judgement in judgements):
        return None
    weak = [
        domain.is_critical
        for domain, judgement in zip(domains, judgements, strict=True)
        if judgement.level in _WEAK
    ]
    critical, others = sum(weak), len(weak) - sum(weak)
    if critical:
        return ReviewConfidence.LOW if critical == 1 else ReviewConfidence.CRITICALLY_LOW
    return ReviewConfidence.HIGH if others <= 1 else ReviewConfidence.MODERATE


def confidence_judgement(confidence: ReviewConfidence) -> Judgement:
    """It as a judgement that can be drawn."""
    return Judgement(level=CONFIDENCE_LEVELS[confidence], words=confidence.capitalize())


def on_published_rule(rows: Sequence[JudgedRow]) -> Iterator[str]:
    """What marks mean, the rule with its source, and how often people judged otherwise."""
    yield CRITICAL_NOTE
    yield RULE
    judged = [(row.overall, row.by_rule) for row in rows if row.by_rule and row.overall]
    unlike = sum(
        people != NOT_JUDGED and people.level is not follows.level for people, follows in judged
    )
    if unlike:
        yield f"People judged {Unit.REVIEW.counted(unlike)} otherwise than the rule."
