"""Studies counted on the page, by what is coded of them."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from evidence.charts.counts.country_map import country_map_picture
from evidence.charts.counts.frequency_bars import frequency_picture
from evidence.charts.counts.study_outcomes import study_outcomes, study_outcomes_picture
from evidence.charts.counts.year_bars import year_picture
from evidence.charts.picture import Picture
from evidence.steps.desk import Desk
from evidence.steps.results import study_counts
from evidence.steps.results.coded_studies import CodedStudies
from evidence.synthesis.dimensions import Dimension
from evidence.ui.coding.coded_studies import coded_or_stop
from evidence.ui.shell import menu
from evidence.ui.shell.pictures import show_picture

MAP, BARS = "Map", "Bars"
NOT_GROUPED = "(all studies in one row)"


def studies_view(desk: Desk) -> None:
    """Studies by questions, by year, or by outcome."""
    coded = coded_or_stop(desk)
    views = _views(coded)
    view = st.segmented_control(
        "Count studies by", list(views), default=next(iter(views)), key="count-by", required=True
    )
    show_picture(views[view](coded), "studies")
    st.markdown(
        "The evidence map counts the same under filters, and opens the studies of each number, "
        "under **Frequencies**."
    )
    menu.link("evidence_map", "Evidence map")


def _views(coded: CodedStudies) -> Mapping[str, Callable[[CodedStudies], Picture]]:
    """What this review can show."""
    views: dict[str, Callable[[CodedStudies], Picture]] = {
        "Question": _by_question,
        "Year": _by_year,
    }
    outcomes = study_counts.outcomes(coded)
    if outcomes is not None:
        views["Outcome"] = partial(_by_outcome, outcomes)
    return views


def _by_question(coded: CodedStudies) -> Picture:
    titles = study_counts.questions(coded)
    question_box, kind_box = st.columns([2, 1], vertical_alignment="bottom")
    question = question_box.selectbox(
        "Question", list(titles), format_func=titles.__getitem__, key="count-question"
    )
    countries = study_counts.countries(coded, question)
    if countries is not None:
        kind = kind_box.segmented_control(
            "Show as", [MAP, BARS], default=MAP, key="count-as", required=True
        )
        if kind == MAP:
            return country_map_picture(countries, coded.sentence)
    return frequency_picture(study_counts.frequencies(coded, question), coded.sentence)


def _by_year(coded: CodedStudies) -> Picture:
    titles = {"": NOT_GROUPED} | study_counts.questions(coded)
    question = st.selectbox(
        "A row for each", list(titles), format_func=titles.__getitem__, key="years-by"
    )
    groups = study_counts.years(coded, question)
    return year_picture(groups, titles[question] if question else "", coded.sentence)


def _by_outcome(outcomes: Dimension, coded: CodedStudies) -> Picture:
    reporting = study_counts.reporting(coded, outcomes)
    return study_outcomes_picture(
        study_outcomes(coded.studies, outcomes, reporting, coded.sentence)
    )
