"""The page of the evidence map around its viewer: what it rests on, and what is not on it."""

import streamlit as st

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.results.map_document import REVIEWS_UNTOLD, ReviewMap
from evidence.ui.coding.coded_studies import (
    say_what_it_rests_on,
    stop_without_codings,
    stop_without_studies,
    wants_drafts,
)
from evidence.ui.practice.services_alone import services_alone
from evidence.ui.results.map_routes import WantedMap, review_map
from evidence.ui.results.map_versions import earlier_versions
from evidence.ui.shell import menu
from evidence.ui.shell.wording import number, plain

ROLE = "On Schemes, open the code that means a review and choose “review” as what it says to maps."


def map_or_stop(desk: Desk, which: WantedMap) -> ReviewMap:
    """The map, with a sentence on what it rests on; where there is none to show, the page stops,
    with its earlier versions.
    """
    try:
        shown = review_map(desk, drafts=wants_drafts())
    except Invalid:
        earlier_versions(desk, which)
        raise
    if shown is None or not shown.all_studies:
        earlier_versions(desk, which)
        services_alone(desk)
        stop_without_studies()
    say_what_it_rests_on(shown.sentence)
    if not shown.studies:
        earlier_versions(desk, which)
        services_alone(desk)
        stop_without_codings(shown.nothing_to_show)
    if not shown.tells_reviews:
        st.info(f"{REVIEWS_UNTOLD} {ROLE}", icon=":material/menu_book:")
        menu.link("schemes", "Go to the schemes")
    return shown


def not_coded(shown: ReviewMap) -> None:
    """The studies that are not coded completely yet."""
    if shown.open:
        with st.expander(f"Not coded completely: {number(len(shown.open), 'study', 'studies')}"):
            for label in shown.open:
                st.markdown(f"- {plain(label)}")
