"""Studies counted on the page, by what is coded of them."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from evidence.charts.counts.code_matrix import code_matrix_picture
from evidence.charts.counts.country_map import country_map_picture
from evidence.charts.counts.crosstab_heat import heat_picture
from evidence.charts.counts.frequency_bars import frequency_picture
from evidence.charts.counts.study_outcomes import study_outcomes, study_outcomes_picture
from evidence.charts.counts.year_bars import year_picture
from evidence.charts.picture import Picture
from evidence.steps.desk import Desk
from evidence.steps.results import directions, schemes_of_map, study_counts
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.dimensions import Dimension
from evidence.ui.coding.coded_studies import (
    say_what_it_rests_on,
    stop_without_codings,
    stop_without_studies,
    wants_drafts,
)
from evidence.ui.results.kept_studies import kept_directions, show_kept
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached_whole

MAP, BARS = "Map", "Bars"
NOT_GROUPED = "(all studies in one row)"
View = Callable[[DirectionStudies], Picture]


def studies_view(desk: Desk) -> None:
    """Studies by questions, by year, and study by study."""
    found = kept_directions(desk, _studies_or_stop(desk))
    views = _views(found)
    view = st.segmented_control(
        "Count studies by", list(views), default=next(iter(views)), key="count-by", required=True
    )
    show_kept(views[view](found), found.coded.kept, "studies")
    st.markdown(
        "The evidence map counts the same under filters, and opens the studies of each number, "
        "under **Frequencies** and **Crosstab**."
    )
    menu.link("evidence_map", "Evidence map")


def _studies_or_stop(desk: Desk) -> DirectionStudies:
    """The coded studies, with a sentence on what they are; without any, the page stops."""
    unheard_of = schemes_of_map.unheard(desk)
    if wants_drafts():
        found = cached_whole(directions.with_drafts, desk, desk.person_id, unheard_of)
    else:
        found = cached_whole(directions.of_complete_codings, desk, unheard_of)
    if found is None or not found.coded.all_labels:
        stop_without_studies()
    say_what_it_rests_on(found.coded.sentence)
    if not found.studies:
        stop_without_codings(found.coded.nothing_to_show)
    return found


def _views(found: DirectionStudies) -> Mapping[str, View]:
    """What this review can show."""
    views: dict[str, View] = {}
    if found.dimensions:
        views["Question"] = _by_question
    views["Year"] = _by_year
    if len(found.dimensions) > 1:
        views["Two questions"] = _by_two_questions
    outcomes = study_counts.outcomes(found)
    if outcomes is not None:
        views["Outcome"] = partial(_by_outcome, outcomes)
    if study_counts.code_questions(found):
        views["Study"] = _by_study
    return views


def _by_question(found: DirectionStudies) -> Picture:
    titles = study_counts.questions(found)
    question_box, kind_box = st.columns([2, 1], vertical_alignment="bottom")
    question = question_box.selectbox(
        "Question", list(titles), format_func=titles.__getitem__, key="count-question"
    )
    countries = study_counts.countries(found, question)
    if countries is not None:
        kind = kind_box.segmented_control(
            "Show as", [MAP, BARS], default=MAP, key="count-as", required=True
        )
        if kind == MAP:
            return country_map_picture(countries, found.coded.sentence)
    return frequency_picture(study_counts.frequencies(found, question), found.coded.sentence)


def _by_year(found: DirectionStudies) -> Picture:
    titles = {"": NOT_GROUPED} | study_counts.questions(found)
    question = st.selectbox(
        "A row for each", list(titles), format_func=titles.__getitem__, key="years-by"
    )
    groups = study_counts.years(found, question)
    return year_picture(groups, titles[question] if question else "", found.coded.sentence)


def _by_two_questions(found: DirectionStudies) -> Picture:
    titles = study_counts.questions(found)
    rows_box, columns_box = st.columns(2)
    rows = rows_box.selectbox(
        "A row for each", list(titles), format_func=titles.__getitem__, key="crosstab-rows"
    )
    columns = columns_box.selectbox(
        "A column for each",
        [each for each in titles if each != rows],
        format_func=titles.__getitem__,
        key="crosstab-columns",
    )
    return heat_picture(study_counts.crosstab(found, rows, columns), found.coded.sentence)


def _by_outcome(outcomes: Dimension, found: DirectionStudies) -> Picture:
    reporting = study_counts.reporting(found, outcomes)
    return study_outcomes_picture(
        study_outcomes(found.studies, outcomes, reporting, found.coded.sentence)
    )


def _by_study(found: DirectionStudies) -> Picture:
    titles = study_counts.code_questions(found)
    question = st.selectbox(
        "Codes of each study", list(titles), format_func=titles.__getitem__, key="codes-of"
    )
    return code_matrix_picture(study_counts.codes(found, question), found.coded.sentence)
