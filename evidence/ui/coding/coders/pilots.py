"""The pilots of a scheme on the screen."""

import pandas as pd
import streamlit as st

from evidence.coding.agreement.while_blind import FEWEST
from evidence.steps.coding import agreement, coders
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.store import Role
from evidence.store.coding.coding_assignments import CodingPilot
from evidence.ui.coding.coders.agreement import (
    CODES,
    QUESTIONS,
    figures,
    figures_table,
    is_shown,
)
from evidence.ui.coding.coders.how_many import LOOK_ON, opened_words
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain

BLIND = (
    "Figures only: on what they differ is shown to all when the pilot is over. Studies that you "
    "are still to code yourself are left out, and codings come in by threes, so that no change of "
    "a figure tells what one person said. Where nobody differs, the other figures are not given."
)
USUAL = 10  # studies in a pilot


@fragment
def pilots_tab(desk: Desk, taken: TakenScheme) -> None:
    """The pilots of a scheme with everybody's progress, and a way to begin one."""
    listing = coders.page(desk, taken.id).pilots
    may_edit = membership.standing(desk).role >= Role.EDITOR
    if not listing:
        st.info(
            "In a pilot all code the same studies before the real coding, and you see how far they "
            "agree. Talk about what they differ on, and sharpen the scheme.",
            icon=":material/science:",
        )
    for pilot in listing:
        with st.container(border=True, key=f"coding-round-{pilot.id}"):
            _pilot(desk, taken, pilot, may_edit=may_edit)
    if not may_edit:
        st.caption(LOOK_ON)
        return
    with st.expander("New pilot", icon=":material/add:", expanded=not listing):
        _begin(desk, taken)


def _pilot(desk: Desk, taken: TakenScheme, pilot: CodingPilot, *, may_edit: bool) -> None:
    st.markdown(f"**{plain(pilot.name)}**")
    ended = f" · ended on {pilot.ended_at:%Y-%m-%d}" if pilot.ended_at else ""
    st.caption(
        f"{number(len(pilot.studies), 'study', 'studies')} · begun by {plain(pilot.by)} on "
        f"{pilot.at:%Y-%m-%d}{ended}"
    )
    rows = [[one.name, one.complete, one.given - one.complete] for one in pilot.coders]
    table = pd.DataFrame(rows, columns=["Name", "Complete", "Left in it"])
    st.dataframe(table, hide_index=True, alt=f"Progress of {pilot.name}")
    if pilot.is_over:
        figures(desk, taken, pilot.id, f"coding-round-{pilot.id}")
        return
    if not may_edit:
        st.caption("How far they agree is shown when all have coded all of it.")
        return
    _while_it_runs(desk, taken, pilot)
    st.caption("Ending it now: what is complete counts, the rest is asked of nobody any more.")
    opened = coders.opened_by_ending(desk, taken.id, pilot.id)
    if opened:  # by number alone: while it runs, this tab names no study
        st.caption(f"{opened_words(len(opened))}.")
    pressed = st.button("End this pilot", key=f"end-coding-{pilot.id}")
    if pressed and attempt(coders.end_pilot, desk, taken.id, pilot.id):
        st.rerun()


def _while_it_runs(desk: Desk, taken: TakenScheme, pilot: CodingPilot) -> None:
    """How far they agree so far, for who leads the pilot; neither studies nor answers."""
    shown = agreement.while_pilot_runs(desk, taken.id, pilot.id)
    if not shown.figures:
        st.caption(
            "How far they agree is shown here, without studies and answers, once two people "
            f"completed the same {FEWEST} studies; so far it is {shown.studies:,}. Studies that "
            "you are still to code yourself are left out."
        )
        return
    st.markdown("**How far they agree so far**")
    st.caption(
        f"{number(shown.studies, 'study', 'studies')} that at least two of {shown.coders} people "
        f"completed. {BLIND}"
    )
    show = st.segmented_control(
        "Show",
        [QUESTIONS, CODES],
        default=QUESTIONS,
        required=True,
        key=f"show-coding-round-{pilot.id}",
    )
    rows = [each for each in shown.figures if is_shown(each, str(show))]
    figures_table(rows, f"coding-round-{pilot.id}-{show}")
    if shown.too_few:
        st.caption(
            f"{number(shown.too_few, 'question is', 'questions are')} left out: fewer than "
            f"{FEWEST} studies answer {'it' if shown.too_few == 1 else 'them'}."
        )


def _begin(desk: Desk, taken: TakenScheme) -> None:
    names = team.names(desk)
    if len(names) < coders.FEWEST_PEOPLE:
        st.caption("A pilot needs at least two people in the team.")
        return
    with st.form(f"coding-pilot-{taken.id}", border=False):
        person_ids = st.multiselect(
            "Who takes part?", list(names), list(names), format_func=names.__getitem__
        )
        size_box, name_box = st.columns(2)
        size = size_box.number_input("How many studies?", 1, coders.MOST, USUAL)
        name = name_box.text_input(
            "Name of the pilot", placeholder="Pilot", max_chars=coders.LONGEST_NAME
        )
        st.caption("Drawn at random from studies that nobody codes yet.")
        if not st.form_submit_button("Begin the pilot", type="primary"):
            return
    if attempt(lambda: coders.begin_pilot(desk, taken.id, person_ids, int(size), name=name)):
        st.rerun()
