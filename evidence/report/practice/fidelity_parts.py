"""Fidelity of services in a report: the last assessments of each, with what a total lacks."""

from collections.abc import Mapping

from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    PartKind,
    ReportFigure,
    ReportRow,
    ReportTable,
)
from evidence.report.live_part import LivePart, live_part
from evidence.report.live_tokens import Choice, LiveToken
from evidence.report.practice.asked_services import asked_occasions
from evidence.report.statements import Statement
from evidence.synthesis.practice.fidelity import FidelityScale
from evidence.synthesis.practice.fidelity_over_time import FidelityOccasion, newest


def _fidelity(facts: ReviewFacts, _token: object) -> LiveContent:
    last = newest(facts.fidelity)
    scales = {each.first.scale.scheme_id: each.first.scale for each in last}
    return ReportTable(
        caption="Fidelity of services",
        head=("Scale", "Service", "When", "Total", "Band", "Sections"),
        rows=tuple(ReportRow(cells=_cells(each)) for each in last),
        note=" ".join([*map(_range, scales.values()), _APART]) if last else "",
    )


_APART = (
    "The last time that each service was assessed. Each scale stands alone; assessors who differ "
    "are not averaged, and an item without a score leaves the total unclassified."
)


def _cells(each: FidelityOccasion) -> tuple[str, ...]:
    first = each.first
    sections = [
        f"{title}: {'; '.join(dict.fromkeys(a.sections[at].words for a in each.assessments))}"
        for at, title in enumerate(first.scale.sections)
    ]
    return (
        first.scale.title,
        first.service_name,
        each.occasion or "–",
        _totals(each),
        each.band_words,
        ". ".join(sections),
    )


def _totals(each: FidelityOccasion) -> str:
    """The total, or that of each assessor; who they are stays within the review."""
    if len(each.assessments) == 1 or each.total is not None:
        return each.total_words
    return "; ".join(
        f"assessor {number}: {'no total' if one.total is None else one.total}"
        for number, one in enumerate(each.assessments, start=1)
    )


def _range(scale: FidelityScale) -> str:
    bands = ", ".join(f"{band.name} from {band.lowest}" for band in reversed(scale.bands))
    known = bands or "no bands are known"
    return f"{scale.title}: totals of {scale.lowest} to {scale.highest}; {known}."


def _figure(facts: ReviewFacts, token: LiveToken) -> LiveContent:
    if not facts.fidelity:
        return Statement(text="No finished assessment of a service is there yet.")
    asked = asked_occasions(facts, token)
    return asked if isinstance(asked, NotLive) else ReportFigure(name=token.name)


FIDELITY_PARTS: Mapping[str, LivePart] = {
    "fidelity": live_part("How closely services follow a model", PartKind.TABLE, _fidelity),
    "fidelity-figure": live_part(
        "Fidelity of a service over time",
        PartKind.FIGURE,
        _figure,
        chooses=frozenset({Choice.SERVICE, Choice.SCHEME}),
    ),
}
