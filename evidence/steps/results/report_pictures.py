"""The figures of a report, drawn from the same counts as its sentences."""

from collections.abc import Callable, Mapping
from typing import cast

from evidence.charts.counts.frequency_bars import frequency_picture
from evidence.charts.counts.prisma_flow import flow_picture
from evidence.charts.counts.year_bars import year_picture
from evidence.charts.picture import Picture
from evidence.report.asked_studies import asked_dimension, asked_studies
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import ReportFigure
from evidence.report.live_tokens import LiveToken, live_token
from evidence.report.report import Report
from evidence.report.statements import StudyGroup
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.study_counts import by_option, study_years


def pictures(facts: ReviewFacts, report: Report) -> dict[str, Picture]:
    """The picture of each figure, by the id of its token."""
    drawn = {}
    for token_id, content in report.live.items():
        if isinstance(content, ReportFigure):
            drawn[token_id] = picture(facts, live_token(token_id))
    return drawn


def picture(facts: ReviewFacts, token: LiveToken) -> Picture:
    """The picture of a live part that came to a figure."""
    return _DRAWN[token.name](facts, token)


def _flow(facts: ReviewFacts, _token: LiveToken) -> Picture:
    return flow_picture(facts.flow)


def _years(facts: ReviewFacts, token: LiveToken) -> Picture:
    return year_picture(study_years(_group(facts, token).studies), rests_on=_rests_on(facts, token))


def _counts(facts: ReviewFacts, token: LiveToken) -> Picture:
    dimension = cast("Dimension", asked_dimension(facts, token))  # live_content has asked for it
    counts = by_option(_group(facts, token).studies, dimension)
    return frequency_picture(counts, _rests_on(facts, token))


def _group(facts: ReviewFacts, token: LiveToken) -> StudyGroup:
    return cast("StudyGroup", asked_studies(facts, token))


def _rests_on(facts: ReviewFacts, token: LiveToken) -> str:
    group = _group(facts, token)
    rests = f"Rests on {group.total:,} {group.named(group.total)}"
    return f"{rests} of {facts.all_studies:,}." if group.total != facts.all_studies else f"{rests}."


_DRAWN: Mapping[str, Callable[[ReviewFacts, LiveToken], Picture]] = {
    "flow-figure": _flow,
    "years-figure": _years,
    "counts-figure": _counts,
}
