"""How somebody begins on an empty page of practice: with one click, and with what is known."""

import streamlit as st

from evidence.settings import ROOT
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.practice import named_services, services
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.practice.service import Service
from evidence.ui.shell import menu
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import number, plain

SCHEMES = ROOT / "coding_schemes"
NAMED = "Named in the source documents"
NAMED_ABOUT = (
    "The documents behind this example name these services, so they can be looked at; they are in "
    "no number of the review. What they answer, report or score the documents do not say, so no "
    "form comes with them. Their published figures stand on Monitoring."
)
NO_EDITOR = "Editors of the review begin here."


def begin_with(desk: Desk, file: str, title: str) -> None:
    """A button that takes a scheme that comes with the program, so that its page can be used.

    Args:
        desk: of the person who looks.
        file: of the scheme.
        title: what it is called on the button.
    """
    if membership.standing(desk).role < Role.EDITOR:
        st.caption(NO_EDITOR)
    elif st.button(f"Begin with “{title}”", type="primary", key=f"begin-{file}"):
        yaml = (SCHEMES / file).read_text(encoding="utf-8")
        if attempt(schemes.add, desk, yaml, file):
            rerun()
    menu.link("schemes", "Another one, on Schemes")
    if named_services.not_added(desk):
        menu.link("services", "Services that the documents name")


def named_in_documents(desk: Desk) -> None:
    """Beside the example: services that its documents name, to be added with one click."""
    named = named_services.not_added(desk)
    if not named:
        return
    st.header(NAMED)
    st.caption(NAMED_ABOUT)
    st.markdown("\n".join(map(_line, named)))
    if membership.standing(desk).role < Role.EDITOR:
        st.caption(NO_EDITOR)
        return
    added = st.button(f"Add {number(len(named), 'service')} to the review", key="services-named")
    if added and attempt(services.add, desk, *named):
        rerun()
    menu.link("monitoring", "Their published figures")


def _line(each: Service) -> str:
    where = " · ".join(filter(None, (each.area, each.provider)))
    return f"- **{plain(each.name)}** · {plain(where)}: {plain(each.note)}"
