"""Counts on the page: the flow of the review, and studies by what is coded of them."""

import streamlit as st

from evidence.charts.frequency_bars import frequency_picture
from evidence.charts.prisma_flow import flow_picture
from evidence.charts.year_bars import year_picture
from evidence.steps.desk import Desk
from evidence.steps.results import prisma_flow, study_counts
from evidence.ui.coding.coded_studies import coded_or_stop
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.wording import plain

YEARS = "years"
ALL_TOGETHER = ""


def flow_view(desk: Desk) -> None:
    """The PRISMA diagram as far as the review has come."""
    st.header("PRISMA 2020 so far")
    numbers = cached(prisma_flow.flow, desk)
    for fault in prisma_flow.faults(numbers):
        st.warning(plain(fault), icon=":material/calculate:")
    waiting = prisma_flow.still_open(numbers)
    if waiting:
        st.caption("Still open: " + plain("; ".join(waiting)) + ".")
    show_picture(flow_picture(numbers), "flow")


def studies_view(desk: Desk) -> None:
    """Studies by one question, or by year."""
    coded = coded_or_stop(desk)
    titles = study_counts.questions(coded)
    question_box, group_box = st.columns(2)
    chosen = question_box.selectbox(
        "Count studies by",
        [YEARS, *titles],
        index=min(1, len(titles)),
        format_func=lambda key: "Year" if key == YEARS else titles[key],
        key="count-by",
    )
    if chosen == YEARS:
        grouped = group_box.selectbox(
            "A row for each",
            [ALL_TOGETHER, *titles],
            format_func=lambda key: titles[key] if key else "(all studies in one row)",
            key="years-by",
        )
        groups = study_counts.years(coded, grouped)
        picture = year_picture(groups, titles.get(grouped, ""), coded.sentence)
    else:
        picture = frequency_picture(study_counts.frequencies(coded, chosen), coded.sentence)
    show_picture(picture, "studies")
    st.markdown(
        "To count under filters, and to see which studies they are, open **Frequencies** of"
    )
    menu.link("evidence_map", "Evidence map")
