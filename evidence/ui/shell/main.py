"""The frame: who is here, which review, which pages; and the one place that shows errors.

Streamlit runs this script for every visitor and every rerun.
"""

from pathlib import Path

import streamlit as st

from evidence.errors import NotFound
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.review import reviews
from evidence.store.review.reviews import Review
from evidence.ui.review.take_part import way_in
from evidence.ui.screening.stage_settings import ask_about_unsaved
from evidence.ui.shell import access, errors, menu, reconnect, visitor, welcome
from evidence.ui.shell.visitor import Visitor

LONGEST_ID = 9  # digits; more would not fit a database's whole number


def open_review(desk: Desk | None) -> Review | None:
    """The review at the desk; a review that does not exist any more is forgotten."""
    if desk is None:
        return None
    try:
        return reviews.get(desk)
    except NotFound:
        st.session_state.pop("review_id", None)
        return None


def review_id() -> int | None:
    """Which review is open: the address comes first, so that a link opens what it names."""
    in_address = st.query_params.get("review", "")
    if in_address.isdecimal() and len(in_address) <= LONGEST_ID:
        st.session_state.review_id = int(in_address)
    return st.session_state.get("review_id")


def frame() -> None:
    """Everything around a page."""
    st.set_page_config(page_title="Waymark", page_icon="🧭", layout="wide")
    st.logo(str(Path(__file__).parent / "logo.svg"), size="large")
    st.html(Path(__file__).parent / "style.css")
    settings = Settings.from_environment()
    store = visitor.store(settings)
    navigation = st.navigation(menu.pages(), expanded=True)
    person = welcome.signed_in(store)
    open_id = review_id()
    desk = Desk(store=store, review_id=open_id, person_id=person.id) if open_id else None
    review = open_review(desk)
    if review is not None:
        st.query_params["review"] = str(review.id)
    about = [navigation.title, *([review.title] if review else []), "Waymark"]
    st.set_page_config(page_title=" · ".join(about))
    welcome.sidebar(store, person, review)
    reconnect.watch()
    access.by_key(menu.name_of(navigation))
    visitor.set_visitor(Visitor(store=store, settings=settings, person=person, review=review))
    if review is not None and review.label:
        st.warning(review.label, icon=":material/science:")
    if desk is not None and review is not None:
        way_in(desk)
        if navigation.url_path != "team":
            ask_about_unsaved(desk)
    navigation.run()


if __name__ == "__main__":  # processes for heavy work load this file, too, and are no visitors
    with errors.until_it_is_over(), errors.show_errors():
        frame()
