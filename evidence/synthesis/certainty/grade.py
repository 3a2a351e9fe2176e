"""Certainty of evidence on one outcome, by the five domains of GRADE.

Guyatt and others 2008, doi:10.1136/bmj.39489.470347.AD: evidence of randomised trials begins as
high, of other studies as low; each domain can lower it by one level or two; large effects and the
like can raise it. People judge; what follows is proposed, and another certainty needs a reason.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Certainty(StrEnum):
    """How certain, the best first."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


LEVELS = tuple(Certainty)


class GradeDomain(StrEnum):
    """What can lower certainty."""

    RISK_OF_BIAS = "risk of bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication bias"


class Concern(StrEnum):
    """How far a domain lowers certainty."""

    OPEN = "not judged"
    NONE = "not serious"
    SERIOUS = "serious"
    VERY_SERIOUS = "very serious"


LOWERS = {Concern.NONE: 0, Concern.SERIOUS: 1, Concern.VERY_SERIOUS: 2}
MOST_RAISED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DomainConcern:
    """What was judged of one domain, and why."""

    concern: Concern = Concern.OPEN
    reason: str = ""


def _all_open() -> dict[GradeDomain, DomainConcern]:
    return {domain: DomainConcern() for domain in GradeDomain}


@dataclass(frozen=True, slots=True, kw_only=True)
class CertaintyJudgement:
    """What people say of the certainty on one outcome.

    Attributes:
        start: HIGH for randomised trials, LOW for other studies.
        raised: by how many levels, as for a large effect.
        overall: where people differ from what follows; None where they do not.
        reason: why they differ.
    """

    start: Certainty = Certainty.HIGH
    domains: Mapping[GradeDomain, DomainConcern] = field(default_factory=_all_open)
    raised: int = 0
    raised_reason: str = ""
    overall: Certainty | None = None
    reason: str = ""


OPEN = CertaintyJudgement()
"""Before anybody judged."""


def proposed_certainty(judgement: CertaintyJudgement) -> Certainty | None:
    """What follows from the domains; None while one of them is not judged."""
    concerns = [judgement.domains[domain].concern for domain in GradeDomain]
    if Concern.OPEN in concerns:
        return None
    level = LEVELS.index(judgement.start) + sum(LOWERS[concern] for concern in concerns)
    return LEVELS[max(0, min(level - judgement.raised, len(LEVELS) - 1))]


def certainty_of(judgement: CertaintyJudgement) -> Certainty | None:
    """The certainty as it counts; None while something is missing."""
    if any(missing_of(judgement)):
        return None
    return judgement.overall or proposed_certainty(judgement)


def missing_of(judgement: CertaintyJudgement) -> Iterator[str]:
    """What a complete judgement lacks; a sentence each."""
    for domain in GradeDomain:
        concern = judgement.domains[domain]
        if concern.concern is Concern.OPEN:
            yield f"{domain.capitalize()} is not judged."
        elif not concern.reason.strip():
            yield f"{domain.capitalize()}, {concern.concern}, lacks its reason."
    if judgement.raised and not judgement.raised_reason.strip():
        yield "Why certainty was raised is missing."
    follows = proposed_certainty(judgement)
    if judgement.overall and judgement.overall is not follows and not judgement.reason.strip():
        yield f"Why certainty is {judgement.overall} is missing; by the domains it would be " + (
            f"{follows}." if follows else "open."
        )


def reasons_of(judgement: CertaintyJudgement) -> Sequence[str]:
    """The reasons as readers see them: domains that lower certainty, then what raises it."""
    lowering = [
        f"{domain.capitalize()}, {concern.concern}: {concern.reason}"
        for domain in GradeDomain
        if LOWERS.get((concern := judgement.domains[domain]).concern)
    ]
    raising = [f"Raised by {judgement.raised}: {judgement.raised_reason}"]
    differing = [f"Judged otherwise: {judgement.reason}"]
    is_other = judgement.overall and judgement.overall is not proposed_certainty(judgement)
    return [
        f"Begins as {judgement.start}",
        *lowering,
        *(raising if judgement.raised else []),
        *(differing if is_other else []),
    ]


def judgement_json(judgement: CertaintyJudgement) -> dict[str, Any]:
    """A judgement as it is stored."""
    return asdict(judgement) | {
        "domains": {domain.value: asdict(judgement.domains[domain]) for domain in GradeDomain}
    }


def judgement_from(stored: Mapping[str, Any]) -> CertaintyJudgement:
    """A judgement as it was stored."""
    return CertaintyJudgement(
        start=Certainty(stored["start"]),
        domains={
            domain: DomainConcern(
                concern=Concern(stored["domains"][domain.value]["concern"]),
                reason=stored["domains"][domain.value]["reason"],
            )
            for domain in GradeDomain
        },
        raised=stored["raised"],
        raised_reason=stored["raised_reason"],
        overall=Certainty(stored["overall"]) if stored["overall"] else None,
        reason=stored["reason"],
    )
