"""Where a visitor is: which store, which person, which review.

The frame sets it for one run of a page; a page begins with `desk()` or `current()`, which refuse to
go on without the frame.
"""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import NoReturn

import streamlit as st

from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.store.review.reviews import Review
from evidence.ui.shell import menu


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who looks at a page."""

    store: Store
    settings: Settings
    person: Person
    review: Review | None = None


_visitor: ContextVar[Visitor | None] = ContextVar("visitor", default=None)


def store(settings: Settings) -> Store:
    """The one store of this process."""
    return _store(settings.database, private=settings.is_private)


@st.cache_resource(show_spinner="Opening the reviews …")
def _store(address: str, *, private: bool) -> Store:
    return Store.open(address, private=private)


def set_visitor(visitor: Visitor) -> None:
    """Say who looks; the frame does so before it runs a page."""
    _visitor.set(visitor)


def current() -> Visitor:
    """Who is here; a page that was reached around the frame stops."""
    visitor = _visitor.get()
    if visitor is None:
        st.error("Please open Waymark at its front page.")
        st.stop()
    return visitor


def desk() -> Desk:
    """The desk at the chosen review; a page that needs one and has none says so and stops."""
    visitor = current()
    if visitor.review is None:
        st.info("Choose a review first.", icon=":material/folder_open:")
        menu.link("reviews", "Go to the reviews")
        st.stop()
    return Desk(store=visitor.store, review_id=visitor.review.id, person_id=visitor.person.id)


def go_to(review_id: int) -> NoReturn:
    """Open a review and draw the page anew."""
    st.session_state.review_id = review_id
    st.query_params["review"] = str(review_id)
    st.rerun()
