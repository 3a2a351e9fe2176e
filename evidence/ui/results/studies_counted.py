"""Studies counted on the page, by what is coded of them."""

from collections.abc import Callable, Mapping, Sequence
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
from evidence.steps.results import study_counts
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.dimensions import Dimension
from evidence.ui.results.directions import studies_or_stop
from evidence.ui.results.kept_studies import kept_directions, show_kept
from evidence.ui.results.studies_explored import (
    explore_counts,
    explore_crosstab,
    explore_years,
)
from evidence.ui.shell import menu
from evidence.ui.shell.errors import fragment

MAP, PRINT, EXPLORE = "Map", "For print", "Explore"
NOT_GROUPED = "(all studies in one row)"
View = Callable[[Desk, DirectionStudies], Picture | None]


def studies_view(desk: Desk) -> None:
    """Studies by questions, by year, and study by study."""
    _counted(desk, kept_directions(desk, studies_or_stop(desk)))
    st.markdown(
        "The evidence map counts the same under filters, and opens the studies of each number, "
        "under **Frequencies** and **Crosstab**."
    )
    menu.link("evidence_map", "Evidence map")


@fragment
def _counted(desk: Desk, found: DirectionStudies) -> None:
    """What somebody chose: a picture for print, or a chart to explore."""
    views = _views(found)
    view = st.segmented_control(
        "Count studies by", list(views), default=next(iter(views)), key="count-by", required=True
    )
    picture = views[view](desk, found)
    if picture is not None:
        show_kept(picture, found.coded.kept, "studies")


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


def _by_question(desk: Desk, found: DirectionStudies) -> Picture | None:
    titles = study_counts.questions(found)
    question_box, kind_box = st.columns([2, 1], vertical_alignment="bottom")
    question = question_box.selectbox(
        "Question", list(titles), format_func=titles.__getitem__, key="count-question"
    )
    countries = study_counts.countries(found, question)
    with kind_box:
        kind = _kind([MAP, PRINT, EXPLORE] if countries else [PRINT, EXPLORE], "question")
    if countries and kind == MAP:
        return country_map_picture(countries, found.coded.sentence)
    counts = study_counts.frequencies(found, question)
    if kind == EXPLORE:
        explore_counts(desk, found, counts)
        return None
    return frequency_picture(counts, found.coded.sentence)


def _by_year(desk: Desk, found: DirectionStudies) -> Picture | None:
    question_box, kind_box = st.columns([2, 1], vertical_alignment="bottom")
    with kind_box:
        kind = _kind([PRINT, EXPLORE], "year")
    if kind == EXPLORE:
        explore_years(desk, found)
        return None
    titles = {"": NOT_GROUPED} | study_counts.questions(found)
    question = question_box.selectbox(
        "A row for each", list(titles), format_func=titles.__getitem__, key="years-by"
    )
    groups = study_counts.years(found, question)
    return year_picture(groups, titles[question] if question else "", found.coded.sentence)


def _by_two_questions(desk: Desk, found: DirectionStudies) -> Picture | None:
    titles = study_counts.questions(found)
    rows_box, columns_box, kind_box = st.columns([2, 2, 1.4], vertical_alignment="bottom")
    rows = rows_box.selectbox(
        "A row for each", list(titles), format_func=titles.__getitem__, key="crosstab-rows"
    )
    columns = columns_box.selectbox(
        "A column for each",
        [each for each in titles if each != rows],
        format_func=titles.__getitem__,
        key="crosstab-columns",
    )
    tab = study_counts.crosstab(found, rows, columns)
    with kind_box:
        kind = _kind([PRINT, EXPLORE], "crosstab")
    if kind == EXPLORE:
        explore_crosstab(desk, found, tab)
        return None
    return heat_picture(tab, found.coded.sentence)


def _by_outcome(outcomes: Dimension, _: Desk, found: DirectionStudies) -> Picture:
    reporting = study_counts.reporting(found, outcomes)
    return study_outcomes_picture(
        study_outcomes(found.studies, outcomes, reporting, found.coded.sentence)
    )


def _by_study(_: Desk, found: DirectionStudies) -> Picture:
    titles = study_counts.code_questions(found)
    codes_box, beside_box = st.columns(2)
    question = codes_box.selectbox(
        "Codes of each study", list(titles), format_func=titles.__getitem__, key="codes-of"
    )
    yes_no = study_counts.yes_no_questions(found, question)
    named = study_counts.questions(found)
    beside = beside_box.multiselect(
        "Beside them, yes or no",
        list(yes_no),
        [each for each, follows in yes_no.items() if follows],
        format_func=named.__getitem__,
        placeholder="None",
        key=f"beside-{question}",
    )
    return code_matrix_picture(study_counts.codes(found, question, beside), found.coded.sentence)


def _kind(kinds: Sequence[str], of: str) -> str:
    return st.segmented_control(
        "Show as", kinds, default=kinds[0], key=f"count-as-{of}-{len(kinds)}", required=True
    )
