"""Several findings of one study, so that the study counts once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from evidence.errors import Invalid
from evidence.synthesis.pooling.study_effects import StudyEffect


class Findings(StrEnum):
    """What is done where a study has several findings."""

    FIRST = "first"
    MOST_PRECISE = "most-precise"
    COMBINED = "combined"


@dataclass(frozen=True, slots=True, kw_only=True)
class OncePerStudy:
    """Each study once.

    Attributes:
        effects: in the order in which studies first appear.
        places: where the chosen finding of each stood; the first one where they were combined.
        remarks: what was done, with the studies named.
    """

    effects: tuple[StudyEffect, ...]
    places: tuple[int, ...]
    remarks: tuple[str, ...]


def once_per_study(
    findings: Sequence[StudyEffect], rule: Findings, correlation: float | None = None
) -> OncePerStudy:
    """Findings with each study once; those with the same `study` are of one.

    Args:
        findings: of studies, in the order of their table.
        rule: the first, the one with the smallest variance, or all of them combined.
        correlation: between findings of one study, 0 to 1; needed where a study has several
            to combine, and to be stated with the result.

    Raises:
        Invalid: the correlation is missing or none.
    """
    has_several = len({finding.study for finding in findings}) < len(findings)
    if has_several and rule is Findings.COMBINED and correlation is None:
        raise Invalid("To combine findings of one study, state their correlation, 0 to 1.")
    if correlation is not None and not 0 <= correlation <= 1:
        raise Invalid(f"A correlation of findings lies between 0 and 1; {correlation:g} does not.")
    places: dict[str, list[int]] = {}
    for at, finding in enumerate(findings):
        places.setdefault(finding.study, []).append(at)
    picked = {study: _chosen(findings, of_study, rule) for study, of_study in places.items()}
    effects = tuple(
        _combined([findings[at] for at in of_study], correlation)
        if rule is Findings.COMBINED and correlation is not None
        else findings[picked[study]]
        for study, of_study in places.items()
    )
    return OncePerStudy(
        effects=effects, places=tuple(picked.values()), remarks=_remarks(places, rule, correlation)
    )


def _chosen(findings: Sequence[StudyEffect], places: Sequence[int], rule: Findings) -> int:
    if rule is Findings.MOST_PRECISE:
        return min(places, key=lambda at: findings[at].variance)
    return places[0]


def _combined(findings: Sequence[StudyEffect], correlation: float) -> StudyEffect:
    """Their mean, with variance ((1 − r) Σv + r (Σ√v)²) / m² for m findings that correlate by r.

    Borenstein and colleagues 2009, chapter 24, doi:10.1002/9780470743386.ch24.
    """
    many = len(findings)
    if many == 1:
        return findings[0]
    variances = sum(finding.variance for finding in findings)
    errors = sum(sqrt(finding.variance) for finding in findings)
    return StudyEffect(
        study=findings[0].study,
        estimate=sum(finding.estimate for finding in findings) / many,
        variance=((1 - correlation) * variances + correlation * errors * errors) / many**2,
    )


def _remarks(
    places: Mapping[str, Sequence[int]], rule: Findings, correlation: float | None
) -> tuple[str, ...]:
    several = [f"{study} ({len(at)})" for study, at in places.items() if len(at) > 1]
    if not several:
        return ()
    done = {
        Findings.FIRST: "the first in the table is taken",
        Findings.MOST_PRECISE: "the one with the smallest variance is taken",
        Findings.COMBINED: f"they are combined, with a correlation of {correlation} between them",
    }
    return (f"Several findings of one study count once; {done[rule]}: {', '.join(several)}.",)
