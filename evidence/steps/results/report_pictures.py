"""The figures of a report, drawn from the same counts as its sentences."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from math import inf
from typing import TypeVar

from evidence.charts.counts.code_matrix import code_matrix_picture
from evidence.charts.counts.country_map import country_map_picture, country_map_svg
from evidence.charts.counts.crosstab_heat import heat_picture
from evidence.charts.counts.frequency_bars import frequency_picture, frequency_svgs
from evidence.charts.counts.source_overlap import source_overlap_picture
from evidence.charts.counts.study_outcomes import study_outcomes, study_outcomes_picture
from evidence.charts.counts.year_bars import year_picture, year_svgs
from evidence.charts.flow.flow_picture import flow_picture
from evidence.charts.page_parts import Paper
from evidence.charts.picture import Picture
from evidence.charts.review_overlap import inclusion_matrix_picture, overlap_pairs_picture
from evidence.coding.scheme import Axis
from evidence.report.asked_studies import asked_dimension, asked_studies
from evidence.report.coded_parts import asked_codes, asked_countries, asked_crosstab
from evidence.report.facts import MapFacts, ReviewFacts
from evidence.report.live_content import NotLive, ReportFigure
from evidence.report.live_tokens import LiveToken, live_token
from evidence.report.report import Report
from evidence.report.statements import StudyGroup
from evidence.steps.results.reporting.practice_pictures import PRACTICE_PICTURES
from evidence.steps.results.reporting.result_pictures import RESULT_PICTURES
from evidence.synthesis.review_overlap.covered_area import InclusionTable
from evidence.synthesis.source_overlap import SourceOverlap
from evidence.synthesis.study_counts import by_option, outcome_reporting, study_years
from evidence.synthesis.whole_crosstab import whole_crosstab

T = TypeVar("T")
COLUMN = Paper(wide=720, high=inf)
"""A page upright, with letters that can be read; low drawings share it with text."""


def pictures(facts: ReviewFacts, report: Report) -> dict[str, Picture]:
    """The picture of each figure, by the id of its token."""
    drawn = {}
    for token_id, content in report.live.items():
        if isinstance(content, ReportFigure):
            drawn[token_id] = picture(facts, live_token(token_id))
    return drawn


def picture(facts: ReviewFacts, token: LiveToken) -> Picture:
    """The picture of a live part that came to a figure."""
    return DRAWN[token.name](facts, token)


def _flow(facts: ReviewFacts, _token: LiveToken) -> Picture:
    return flow_picture(facts.flow)


def _years(facts: ReviewFacts, token: LiveToken) -> Picture:
    years, rests_on = study_years(_group(facts, token).studies), _rests_on(facts, token)
    drawn = year_picture(years, rests_on=rests_on)
    return replace(
        drawn,
        draw=lambda theme: year_svgs(years, drawn.title, rests_on, theme=theme, paper=COLUMN),
    )


def _counts(facts: ReviewFacts, token: LiveToken) -> Picture:
    counts = by_option(_group(facts, token).studies, _filled(asked_dimension(facts, token)))
    rests_on = _rests_on(facts, token)
    drawn = frequency_picture(counts, rests_on)
    return replace(
        drawn, draw=lambda theme: frequency_svgs(counts, rests_on, theme=theme, paper=COLUMN)
    )


def _countries(facts: ReviewFacts, token: LiveToken) -> Picture:
    counts, rests_on = _filled(asked_countries(facts, token)), _rests_on(facts, token)
    drawn = country_map_picture(counts, rests_on)
    return replace(
        drawn, draw=lambda theme: (country_map_svg(counts, rests_on, theme=theme, paper=COLUMN),)
    )


def _crosstab(facts: ReviewFacts, token: LiveToken) -> Picture:
    return heat_picture(_filled(asked_crosstab(facts, token)), _rests_on(facts, token))


def _codes(facts: ReviewFacts, token: LiveToken) -> Picture:
    _, matrix = _filled(asked_codes(facts, token))
    return code_matrix_picture(matrix, _rests_on(facts, token))


def _reported(facts: ReviewFacts, token: LiveToken) -> Picture:
    outcomes = _there(facts.dimension(f"axis:{Axis.OUTCOME}"))
    studies = _group(facts, token).studies
    reporting = outcome_reporting(studies, outcomes)
    return study_outcomes_picture(
        study_outcomes(studies, outcomes, reporting, _rests_on(facts, token))
    )


def _map(facts: ReviewFacts, token: LiveToken) -> Picture:
    shown: MapFacts = _there(facts.map)
    tab = whole_crosstab(facts.studies, shown.rows.to_depth(1), shown.columns.to_depth(1))
    drawn = heat_picture(tab, _rests_on(facts, token))
    return replace(drawn, title=f"The map: {drawn.title.lower()}, main codes")


def _sources(facts: ReviewFacts, _token: LiveToken) -> Picture:
    found: SourceOverlap = _there(facts.sources)
    return source_overlap_picture(found, included=True)


def _inclusions(facts: ReviewFacts, _token: LiveToken) -> Picture:
    table: InclusionTable = _there(facts.inclusions)
    return inclusion_matrix_picture(table)


def _review_pairs(facts: ReviewFacts, _token: LiveToken) -> Picture:
    table: InclusionTable = _there(facts.inclusions)
    return overlap_pairs_picture(table)


def _group(facts: ReviewFacts, token: LiveToken) -> StudyGroup:
    return _filled(asked_studies(facts, token))


def _filled(asked: T | NotLive) -> T:
    """What a live part is about; a figure is drawn only where it could be filled."""
    if isinstance(asked, NotLive):
        raise TypeError(asked.why)
    return asked


def _there(fact: T | None) -> T:
    """A fact without which there is no figure."""
    if fact is None:
        raise TypeError("a figure of something that the review does not have")
    return fact


def _rests_on(facts: ReviewFacts, token: LiveToken) -> str:
    group = _group(facts, token)
    rests = f"Rests on {group.total:,} {group.named(group.total)}"
    return f"{rests} of {facts.all_studies:,}." if group.total != facts.all_studies else f"{rests}."


DRAWN: Mapping[str, Callable[[ReviewFacts, LiveToken], Picture]] = {
    "flow-figure": _flow,
    "years-figure": _years,
    "counts-figure": _counts,
    "countries-figure": _countries,
    "crosstab-figure": _crosstab,
    "codes-figure": _codes,
    "reported-figure": _reported,
    "map-figure": _map,
    "sources-figure": _sources,
    "review-overlap-figure": _inclusions,
    "review-pairs-figure": _review_pairs,
    **RESULT_PICTURES,
    **PRACTICE_PICTURES,
}
