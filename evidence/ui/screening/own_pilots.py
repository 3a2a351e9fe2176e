"""The pilots of the person who screens: how much is left, and when one is done."""

import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.screening import pilots
from evidence.store.screening.pilots import OwnPart
from evidence.ui.shell.wording import number, plain


def own_pilots(desk: Desk, stage: Stage) -> None:
    """Where the person at the desk is in a pilot, so that nobody leaves it unnoticed."""
    parts = pilots.own(desk, stage)
    state_key = f"pilots-{desk.review_id}-{desk.person_id}-{stage}"
    begun: set[int] = st.session_state.setdefault(state_key, set())
    more = any(pilot.waiting for pilot in parts)
    for pilot in parts:
        if pilot.waiting:
            begun.add(pilot.id)
            st.info(waiting_words(pilot), icon=":material/science:")
        elif pilot.id in begun or pilot.waiting_for_others:
            st.success(done_words(pilot, more=more), icon=":material/science:")
            toast_key = f"{state_key}-{pilot.id}-told"
            if pilot.id in begun and toast_key not in st.session_state:
                st.session_state[toast_key] = True
                st.toast(f"Pilot “{plain(pilot.name)}” is done for you.", icon=":material/science:")


def waiting_words(pilot: OwnPart) -> str:
    """How much of a pilot waits for somebody; nothing comes before it."""
    left = number(pilot.waiting, "work")
    return f"Pilot “{plain(pilot.name)}” comes first: {left} of it left for you."


def done_words(pilot: OwnPart, *, more: bool) -> str:
    """That a pilot is done for somebody, and what comes next.

    Args:
        pilot: their part in it.
        more: whether another pilot waits for them.
    """
    others = (
        f"The others have {number(pilot.waiting_for_others, 'decision')} to make; how far you "
        "agree is shown when all are through, on the page Team under “Pilots”."
        if pilot.waiting_for_others
        else "All are through: see how far you agree on the page Team under “Pilots”."
    )
    now = "" if more else " What comes now is the real screening; talk about the pilot first."
    return f"Pilot “{plain(pilot.name)}” is done for you. {others}{now}"
