"""Monitoring on the page: quarters as table and lines, what does not fit, and published figures."""

from collections.abc import Sequence

import streamlit as st

from evidence.charts.picture import Cell, PictureTable
from evidence.charts.practice.monitoring_beside_published import beside_published_picture
from evidence.charts.practice.monitoring_over_time import (
    OVERLAP_NOTE,
    monitoring_picture,
    monitoring_table,
)
from evidence.charts.practice.users_took_part import TITLE as TOOK_PART_TITLE
from evidence.charts.practice.users_took_part import took_part_picture
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.practice import monitoring as steps
from evidence.synthesis.practice.beside_published import (
    published_beside,
    published_outcomes,
    reported_beside,
)
from evidence.synthesis.practice.monitoring import QuarterReport, shown, warnings
from evidence.synthesis.practice.published_figures import PublishedFigure
from evidence.ui.practice.beginning import begin_with
from evidence.ui.practice.survey import forms_view
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.pictures import show_picture, table_with_csv
from evidence.ui.shell.wording import number, plain

ABOUT = (
    "What services report each quarter: clients, outcomes, retention, and service users who took "
    "part. Every share has its base; categories that can hold the same people are never added up."
)
NO_SCHEME = (
    "This review does not monitor services yet. Begin with the scheme Vocational outcomes of a "
    "quarter; then services report, a form for each quarter. Below stands what documents print."
)
PUBLISHED_ABOUT = (
    "Figures that documents print of other services. They are not reported to this review and are "
    "in none of its numbers; years and bases differ, so they are a background and no target."
)
PEOPLE, PERCENT = "People", "Per cent of the clients"
EVERY = "Every figure"


def chosen_monitoring(desk: Desk) -> TakenScheme | None:
    """The scheme by which services report; None where there is none, which the page says."""
    st.caption(ABOUT)
    each = {taken.id: taken for taken in steps.monitoring_schemes(desk)}
    if not each:
        st.info(NO_SCHEME, icon=":material/monitoring:")
        begin_with(desk, "vocational-monitoring.yaml", "Vocational outcomes of a quarter")
        return None
    if len(each) == 1:
        return next(iter(each.values()))
    chosen = st.selectbox(
        "Scheme", list(each), format_func=lambda i: each[i].scheme.title, key="monitoring-scheme"
    )
    return each[chosen]


@fragment
def monitoring_view(desk: Desk, taken: TakenScheme) -> None:
    """All quarters, and the lines of one service."""
    found = steps.reported(desk, taken)
    if not found.reports:
        st.info("No quarter is reported yet. Fill one in under Forms.", icon=":material/event:")
        return
    for warning in warnings(found.reports):
        st.warning(plain(warning))
    counted = shown(found.reports)
    unfinished = sum(not each.is_complete for each in found.reports)
    if unfinished:
        st.caption(f"{number(unfinished, 'form is', 'forms are')} not complete, and not shown.")
    if not counted:
        return
    st.header("Quarters")
    table_with_csv(monitoring_table(counted, found.categories), "Quarters", "monitoring-quarters")
    st.caption(plain(OVERLAP_NOTE))
    st.header("Over time")
    service_box, unit_box = st.columns(2)
    names = {each.service: each.service_name for each in counted}
    service = service_box.selectbox(
        "Service", list(names), format_func=names.__getitem__, key="monitoring-service"
    )
    unit = unit_box.segmented_control(
        "Show as", [PEOPLE, PERCENT], default=PEOPLE, key="monitoring-unit", required=True
    )
    own = [each for each in counted if each.service == service]
    show_picture(
        monitoring_picture(own, found.categories, as_percent=unit == PERCENT), "monitoring-lines"
    )
    _retention(own)
    _took_part(counted)


def _took_part(counted: Sequence[QuarterReport]) -> None:
    st.header(TOOK_PART_TITLE)
    picture = took_part_picture(counted)
    if picture is None:
        st.caption("No quarter says how many service users took part.")
    else:
        show_picture(picture, "monitoring-took-part")


def quarter_forms(desk: Desk, taken: TakenScheme) -> None:
    """The forms, above them what of kept ones does not fit, also of those not finished."""
    forms_view(desk, taken, _say_what_does_not_fit)


def _say_what_does_not_fit(desk: Desk, taken: TakenScheme) -> None:
    for warning in warnings(steps.reported(desk, taken).reports):
        st.warning(plain(warning))


def _retention(own: Sequence[QuarterReport]) -> None:
    told = [f"{each.quarter} {each.retention.words}" for each in own if each.retention]
    if told:
        st.caption(plain(f"Kept paid employment, of those in it at the start: {'; '.join(told)}."))


@fragment
def published_view(desk: Desk, taken: TakenScheme | None) -> None:
    """Published figures by outcome, each with year, source, place and base, and quarters of a
    service on the same outcome in one picture with them.
    """
    st.caption(PUBLISHED_ABOUT)
    figures = steps.published()
    found = steps.reported(desk, taken) if taken else None
    counted = shown(found.reports) if found else ()
    names = published_outcomes(figures, found.categories if found else ())
    outcomes = list(names)
    reported = (each for each in outcomes if reported_beside(counted, each))
    chosen = st.selectbox(
        "Published figures on",
        [EVERY, *outcomes],
        [EVERY, *outcomes].index(next(reported, EVERY)),
        format_func=lambda each: names.get(each, each),
        key="monitoring-published",
    )
    some = [f for f in figures if chosen == EVERY or chosen in f.outcome.split()]
    if chosen == EVERY:
        st.caption(
            "Choose an outcome to see a figure of it, with quarters reported to this review."
        )
    else:
        _beside(counted, some, chosen, names[chosen])
    table_with_csv(published_table(some), "Published figures", "published-figures")


def _beside(
    counted: Sequence[QuarterReport], figures: Sequence[PublishedFigure], outcome: str, name: str
) -> None:
    """Quarters of one service beside published figures on the same outcome."""
    names = {e.service: e.service_name for e in counted if reported_beside([e], outcome)}
    service = ""
    if names:
        service = st.selectbox(
            "Quarters of", list(names), format_func=names.__getitem__, key="monitoring-beside"
        )
    else:
        st.caption("No quarter reported to this review has a figure on it.")
    own = [each for each in counted if each.service == service]
    picture = beside_published_picture(
        name,
        reported_beside(own, outcome),
        published_beside(figures, outcome),
    )
    show_picture(picture, "monitoring-beside-published")


def published_table(figures: Sequence[PublishedFigure]) -> PictureTable:
    """Published figures, a row each."""
    rows: list[tuple[Cell, ...]] = [
        (
            each.words,
            each.figure,
            each.year or "not stated",
            each.service,
            "" if each.printed_percent is None else f"{each.printed_percent:f}%",
            each.total,
            each.source,
            each.place,
            each.note,
        )
        for each in figures
    ]
    head = (
        "Value and base",
        "Figure",
        "Year",
        "Service",
        "Percentage as printed",
        "Part of",
        "Source",
        "Place",
        "Note",
    )
    return PictureTable(head=head, rows=tuple(rows))
