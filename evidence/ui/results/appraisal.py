"""Appraisals on the page: which scheme, and its judgements as a traffic light or as bars."""

import streamlit as st

from evidence.charts.judgement_bars import judgement_bars_picture
from evidence.charts.traffic_light import traffic_light_picture
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.results import appraisal_weights, appraisals, directions, schemes_of_map
from evidence.steps.results.appraisals import Appraisal
from evidence.synthesis.appraisal.judgements import JudgementTable, Unit
from evidence.ui.coding.coded_studies import (
    say_what_it_rests_on,
    stop_without_codings,
    stop_without_studies,
    wants_drafts,
)
from evidence.ui.shell import menu
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.errors import fragment, show_errors
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.wording import plain

TRAFFIC_LIGHT, BARS = "Traffic light", "Summary bars"


def chosen_scheme(desk: Desk) -> TakenScheme | None:
    """The scheme whose judgements are shown; None where there is none, which the page says."""
    each = {taken.id: taken for taken in appraisals.appraisal_schemes(desk)}
    if not each:
        st.info(
            "This review has no scheme for appraisal yet. Take one on the page Schemes, such as "
            "RoB 2, weight of evidence or AMSTAR 2; judgements are made on the page Coding.",
            icon=":material/edit_note:",
        )
        menu.link("schemes", "Go to schemes")
        return None
    chosen = st.selectbox(
        "Appraisal scheme",
        list(each),
        format_func=lambda scheme_id: each[scheme_id].scheme.title,
        key="appraisal-scheme",
    )
    return each[chosen]


def appraisal_or_stop(desk: Desk, taken: TakenScheme) -> Appraisal:
    """The judgements, with a sentence on what they rest on; without any the page stops."""
    unheard_of = appraisals.unheard(desk, taken.id)
    if wants_drafts():
        appraisal = cached_whole(appraisals.with_drafts, desk, desk.person_id, taken.id, unheard_of)
    else:
        appraisal = cached_whole(appraisals.of_complete_codings, desk, taken.id, unheard_of)
    if not appraisal.coded.all_labels:
        stop_without_studies()
    say_what_it_rests_on(appraisal.coded.sentence)
    if not appraisal.coded.studies:
        stop_without_codings(appraisal.coded.nothing_to_show)
    if not appraisal.table.domains:
        st.info(
            "No option of this scheme says how good a study is. Give options a role, such as high "
            "quality, on the page Schemes.",
            icon=":material/edit_note:",
        )
        menu.link("schemes", "Go to schemes")
        st.stop()
    return appraisal


@fragment
def appraisal_page(desk: Desk, appraisal: Appraisal) -> None:
    """The judgements as somebody wants to see them."""
    view = st.segmented_control(
        "Show as",
        [TRAFFIC_LIGHT, BARS],
        default=TRAFFIC_LIGHT,
        key="appraisal-view",
        required=True,
    )
    if view == TRAFFIC_LIGHT:
        _notes(appraisal.table)
        show_picture(traffic_light_picture(appraisal.table), "traffic-light")
        return
    table, weighted = _weighted(desk, appraisal.table)
    _notes(table)
    show_picture(judgement_bars_picture(table, weighted=weighted), "appraisal-bars")


def _notes(table: JudgementTable) -> None:
    for note in table.notes:
        st.caption(plain(note))


def _weighted(desk: Desk, table: JudgementTable) -> tuple[JudgementTable, bool]:
    """The judgements with the weights that somebody wants, and whether there are any."""
    if table.unit is Unit.REVIEW:
        return table, False
    found = cached_whole(directions.of_complete_codings, desk, schemes_of_map.unheard(desk))
    offered = appraisal_weights.choices(found) if found else {}
    if not offered:
        return table, False
    choice = st.selectbox(
        "Weights",
        [None, *offered],
        format_func=lambda each: offered[each] if each else "None: every row counts the same",
        help="By weights, bars are about the studies that have one; the picture says which.",
        key="appraisal-weights",
    )
    if choice is None or found is None:
        return table, False
    with show_errors():
        return appraisal_weights.weighted(table, found, choice), True
    return table, False  # show_errors() lets none through
