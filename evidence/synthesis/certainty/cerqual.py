"""Confidence in findings of views and process studies, by the four components of GRADE-CERQual.

Lewin and others 2018, doi:10.1186/s13012-017-0688-3 and doi:10.1186/s13012-017-0689-2: a review
finding begins with high confidence, and concerns lower it. No sum of concerns gives the confidence;
people judge it and say why.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from evidence.synthesis.certainty.grade import Certainty


class Component(StrEnum):
    """What confidence in a review finding rests on."""

    LIMITATIONS = "methodological limitations"
    COHERENCE = "coherence"
    ADEQUACY = "adequacy"
    RELEVANCE = "relevance"


class ConcernLevel(StrEnum):
    """How much there is to worry about in a component."""

    OPEN = "not judged"
    NONE = "no or very minor concerns"
    MINOR = "minor concerns"
    MODERATE = "moderate concerns"
    SERIOUS = "serious concerns"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentConcern:
    """What was judged of one component, and why."""

    level: ConcernLevel = ConcernLevel.OPEN
    reason: str = ""


def _all_open() -> dict[Component, ComponentConcern]:
    return {component: ComponentConcern() for component in Component}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFinding:
    """What a review found, in words, and how far people rely on it.

    Attributes:
        uid: by which it stays the same finding when its words change.
        statement: what was found.
        study_ids: the studies that it rests on.
        confidence: as people judged it over all components; None while nobody did.
        reason: why it is so high or low.
    """

    uid: str
    statement: str
    study_ids: tuple[int, ...] = ()
    components: Mapping[Component, ComponentConcern] = field(default_factory=_all_open)
    confidence: Certainty | None = None
    reason: str = ""


def missing_of(finding: ReviewFinding) -> Iterator[str]:
    """What a complete review finding lacks; a sentence each."""
    if not finding.study_ids:
        yield "No study is chosen."
    for component in Component:
        concern = finding.components[component]
        if concern.level is ConcernLevel.OPEN:
            yield f"{component.capitalize()}: not judged."
        elif not concern.reason.strip():
            yield f"{component.capitalize()}: {concern.level}, without a reason."
    if finding.confidence is None:
        yield "Confidence is not judged."
    elif not finding.reason.strip():
        yield f"Why confidence is {finding.confidence} is missing."


def confidence_of(finding: ReviewFinding) -> Certainty | None:
    """The confidence as it counts; None while something is missing."""
    return None if any(missing_of(finding)) else finding.confidence


def is_open(finding: ReviewFinding) -> bool:
    """Whether nobody judged anything of it yet."""
    levels = {concern.level for concern in finding.components.values()}
    return finding.confidence is None and levels == {ConcernLevel.OPEN}


def reasons_of(finding: ReviewFinding) -> Sequence[str]:
    """The reasons as readers see them: of the confidence, then of components with concerns."""
    concerns = [
        f"{component.capitalize()}, {concern.level}: {concern.reason}"
        for component in Component
        if (concern := finding.components[component]).level
        not in {ConcernLevel.OPEN, ConcernLevel.NONE}
    ]
    return [*([finding.reason] if finding.reason else []), *concerns]


def confidence_words(finding: ReviewFinding) -> str:
    """The confidence, or that nobody judged it, or that the judgement is not complete."""
    confidence = confidence_of(finding)
    if confidence:
        return confidence.capitalize()
    return "Not judged" if is_open(finding) else "Not complete"


def why_of(finding: ReviewFinding) -> tuple[str, ...]:
    """Reasons of a complete judgement; else what it lacks."""
    if confidence_of(finding):
        return tuple(reasons_of(finding))
    return () if is_open(finding) else tuple(missing_of(finding))


def named_studies(
    finding: ReviewFinding, labels: Mapping[int, str], most: int | None = None
) -> str:
    """The studies that a finding rests on; of those that may not be named, how many there are.

    Args:
        finding: of the review.
        labels: of the studies that may be named, by id.
        most: so many are named; None for all.
    """
    named = [labels[study] for study in finding.study_ids if study in labels]
    listed = "; ".join(named[:most])
    more = len(named) - len(named[:most])
    if more:
        listed += f" and {more:,} more"
    others = len(finding.study_ids) - len(named)
    if not others:
        return listed
    said = f"{others:,} not in this report"
    return f"{listed}, and {said}" if listed else said


def judgement_json(finding: ReviewFinding) -> dict[str, Any]:
    """What was judged, as it is stored; statement and studies stand beside it."""
    return {
        "components": {
            component.value: {
                "level": finding.components[component].level.value,
                "reason": finding.components[component].reason,
            }
            for component in Component
        },
        "confidence": finding.confidence.value if finding.confidence else "",
        "reason": finding.reason,
    }


def finding_from(
    uid: str, statement: str, study_ids: Sequence[int], stored: Mapping[str, Any]
) -> ReviewFinding:
    """A review finding as it was stored."""
    return ReviewFinding(
        uid=uid,
        statement=statement,
        study_ids=tuple(study_ids),
        components={
            component: ComponentConcern(
                level=ConcernLevel(stored["components"][component.value]["level"]),
                reason=stored["components"][component.value]["reason"],
            )
            for component in Component
        },
        confidence=Certainty(stored["confidence"]) if stored["confidence"] else None,
        reason=stored["reason"],
    )
