"""Asking for a name once, and saying at the side who is here and at which review."""

from typing import NoReturn

import streamlit as st

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.review import people
from evidence.store import Store
from evidence.store.review.people import Person
from evidence.store.review.reviews import Review
from evidence.ui.shell import identity
from evidence.ui.shell.alike_names import meant_name
from evidence.ui.shell.wording import plain, plain_lines

KNOWN_SHOWN = 20  # names as buttons


def signed_in(store: Store) -> Person:
    """Who is here; where that is not known, asks for a name and stops."""
    person = _person(store)
    if person is None and store.private:
        signed_out()
    if person is None:
        ask(store)
        st.stop()
    return person


def signed_out() -> NoReturn:
    """What somebody sees whose session ended while a page was open."""
    st.title("You are signed out")
    st.write("What you did up to now is kept. Sign in again to go on; this page opens then.")
    st.link_button("Sign in", f"{base_path()}/account/", type="primary")
    st.stop()


def base_path() -> str:
    """What stands before every address of this server; empty for nothing."""
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{base}" if base else ""


def is_still(desk: Desk) -> bool:
    """Whether the person at the desk is who uses this browser now; another tab may have changed
    that since the page was drawn.
    """
    person = _person(desk.store)
    return person is not None and person.id == desk.person_id


def _person(store: Store) -> Person | None:
    person: Person | None = identity.person_of(store, {identity.COOKIE: token()})
    if (
        person is None and not token() and not store.private
    ):  # a browser without cookies is known while it stays
        person = st.session_state.get("person")
    return person


def token() -> str:
    """The cookie by which this browser is recognised; the server sets it with the first page."""
    value = st.context.cookies.get(identity.COOKIE, "")
    return value if isinstance(value, str) else ""  # without a server there are no cookies


def ask(store: Store) -> None:
    """The first page anybody sees: it asks for a name."""
    st.title("Waymark")
    st.write(
        "Systematic maps and knowledge reviews in one program. "
        "What is your name? It stands beside your decisions; there is no login on this machine."
    )
    with st.form("name", width=420):
        name = st.text_input("Your name", max_chars=people.LONGEST_NAME, autocomplete="name")
        sent = st.form_submit_button("Start", type="primary")
    meant = meant_name(store, name if sent else None, "welcome", "is that you?")
    if meant is None:
        meant = _known_name(store)
    if meant is None:
        return
    try:
        st.session_state.person = people.sign_in(store, meant, token())
    except Invalid as error:
        st.error(plain_lines(str(error)))
    else:
        st.rerun()


def _known_name(store: Store) -> str | None:
    """The names that are known as buttons; gives the one that was pressed."""
    known = people.everybody(store)
    if not known:
        return None
    st.caption("Known here; press your name, or write it above:")
    with st.container(horizontal=True):
        pressed = [
            person.name
            for person in known[:KNOWN_SHOWN]
            if st.button(plain(person.name), key=f"known-{person.id}")
        ]
    if len(known) > KNOWN_SHOWN:
        st.caption(f"And {len(known) - KNOWN_SHOWN:,} more.")
    return pressed[0] if pressed else None


def sidebar(store: Store, person: Person, review: Review | None) -> None:
    """Which review is open, who is here, and a way for somebody else to take over."""
    with st.sidebar:
        if review is not None:
            st.markdown("**Review**")
            st.text(review.title)
        st.caption("Signed in as" if store.private else "Signed in on this machine as")
        name, button = st.columns([3, 2], vertical_alignment="center")
        name.text(person.name)
        if store.private:
            button.link_button("Account", f"{base_path()}/account/", type="tertiary")
        elif button.button("Not you?", key="leave", help="Asks for a name again", type="tertiary"):
            people.sign_out(store, token())
            st.session_state.clear()
            st.rerun()
