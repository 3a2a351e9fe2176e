"""The pilots of the person who screens: how much is left, and when one is done."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.screening import pilots, screening
from evidence.ui.shell.wording import number, plain


def own_pilots(desk: Desk, stage: screening.Stage) -> None:
    """Where the person at the desk is in a pilot, so that nobody leaves it unnoticed."""
    found = pilots.own(desk, stage)
    place = f"pilots-{desk.review_id}-{desk.person_id}-{stage}"
    begun: set[int] = st.session_state.setdefault(place, set())
    more = any(one.waiting for one in found)
    for one in found:
        if one.waiting:
            begun.add(one.id)
            st.info(left_words(one), icon=":material/science:")
        elif one.id in begun or one.waiting_for_others:
            st.success(done_words(one, more=more), icon=":material/science:")
            told = f"{place}-{one.id}-told"
            if one.id in begun and told not in st.session_state:
                st.session_state[told] = True
                st.toast(f"Pilot “{plain(one.name)}” is done for you.", icon=":material/science:")


def left_words(one: pilots.OwnPart) -> str:
    """How much of a pilot waits for somebody, and whether it comes now."""
    first = "" if one.next else " Before them come works that are no part of it."
    return f"Pilot “{plain(one.name)}”: {one.waiting:,} of {one.works:,} left for you.{first}"


def done_words(one: pilots.OwnPart, *, more: bool) -> str:
    """That a pilot is done for somebody, and what comes next.

    Args:
        one: their part in the pilot.
        more: whether another pilot waits for them.
    """
    others = (
        f"The others have {number(one.waiting_for_others, 'decision')} to make; how far you agree "
        "is shown when all are through, on the page Team under “Pilots”."
        if one.waiting_for_others
        else "All are through: see how far you agree on the page Team under “Pilots”."
    )
    now = "" if more else " What comes now is the real screening; talk about the pilot first."
    return f"Pilot “{plain(one.name)}” is done for you. {others}{now}"
