"""Who is in the team, how far everybody is, and how people come and go."""

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.steps.screening import stage_settings
from evidence.store.review.team import Removal
from evidence.ui.review.departures import departure_words
from evidence.ui.review.held import held_now
from evidence.ui.shell.alike_names import meant_name
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.progress import duration_words, team_line
from evidence.ui.shell.wording import plain

HEADS = ["Name", "Decided", "Left", "Works an hour", "Time left", "In the team since", "Out since"]

NO_PACE = (
    "How fast people go is not told: how long works are on somebody's screen is not kept here "
    "(`WAYMARK_STORE_TIMES=no`)."
)
READS = (
    "You are a reader of this review: you can look at everything, and decide and change nothing."
)


def take_part(desk: Desk) -> None:
    """For whoever was taken out of the team or only reads: what that means; for the maker: a way
    into the team.
    """
    removal = membership.removal(desk)
    if removal is not None:
        st.warning(removal_words(removal), icon=":material/person_off:")
        return
    if not membership.standing(desk).belongs:
        return
    if not membership.may_screen(desk):
        st.info(READS, icon=":material/visibility:")
        return
    if desk.person_id in team.names(desk):
        return
    st.info(
        "You made this review and are not in its team yet: nothing is given to you to read.",
        icon=":material/group_add:",
    )
    if st.button("Take part myself") and attempt(membership.join, desk):
        st.rerun()


def removal_words(removal: Removal) -> str:
    """What somebody must know who was taken out of the team."""
    by = f" by {plain(removal.by)}" if removal.by else ""
    return (
        f"You were taken out of the team of this review{by} on {removal.at:%Y-%m-%d}. Your "
        "decisions stay and count; you can look at everything, but decide and change nothing. "
        "Anybody of the team can take you back on the page Team, under “Take somebody back”."
    )


@fragment
def people_tab(desk: Desk, stage: Stage) -> None:
    """The team with its progress at the stage, and ways to come and go."""
    everybody = team.everybody(desk, stage)
    for warning in stage_settings.warnings(desk, stage):
        st.warning(warning, icon=":material/group_off:")
    if everybody:
        team_line(desk, stage)
        _table(everybody)
    else:
        st.info(
            "Nobody is in the team yet. "
            + (
                "Invite people under “Access”."
                if desk.store.private
                else "Whoever takes part joins; people can also be taken in here."
            ),
            icon=":material/group_add:",
        )
    held_now(desk)
    if desk.store.private or membership.removal(desk) is not None:
        return
    _join(desk)
    present = [teammate for teammate in everybody if teammate.left_at is None]
    former = [teammate for teammate in everybody if teammate.left_at is not None]
    if present:
        with st.expander("Take somebody out", icon=":material/person_remove:"):
            _leave(desk, present)
    if former:
        with st.expander("Take somebody back", icon=":material/undo:", expanded=True):
            for teammate in former:
                label = f"Take {plain(teammate.name)} back"
                pressed = st.button(label, key=f"back-{teammate.person_id}")
                if pressed and attempt(team.take_back, desk, teammate.person_id):
                    st.rerun()


def _table(everybody: list[team.Teammate]) -> None:
    rows = [
        [
            teammate.name,
            teammate.done,
            teammate.left if teammate.left_at is None else None,
            f"{teammate.pace:,.0f}" if teammate.pace else "",
            duration_words(teammate.time_left) if teammate.time_left else "",
            teammate.joined_at,
            teammate.left_at,
        ]
        for teammate in everybody
    ]
    table = pd.DataFrame(rows, columns=HEADS)
    if not team.keeps_pace():
        table = table.drop(columns=["Works an hour", "Time left"])
    day = st.column_config.DateColumn(format="YYYY-MM-DD")
    if all(teammate.left_at is None for teammate in everybody):
        table = table.drop(columns="Out since")
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "In the team since": day,
            "Out since": day,
            "Left": st.column_config.NumberColumn(
                help="Works that they may still be asked to read. Where people take works from the "
                "common queue, one work is left for several until somebody takes it."
            ),
            "Works an hour": st.column_config.TextColumn(
                help="From the newest 100 works, pauses cut at five minutes."
            ),
        },
        alt="The team and how far everybody is",
    )
    if not team.keeps_pace():
        st.caption(NO_PACE)


def _join(desk: Desk) -> None:
    with st.form("join", border=False, clear_on_submit=True):
        name_box, button = st.columns([4, 1], vertical_alignment="bottom")
        name = name_box.text_input("Name", placeholder="As they give it when they open Waymark")
        sent = button.form_submit_button("Take in", width="stretch")
    meant = meant_name(desk.store, name if sent else None, "join", "do you mean them?")
    if meant is not None and attempt(team.add, desk, meant):
        st.toast(f"{plain(meant)} is in the team.", icon=":material/check:")
        st.rerun()


def _leave(desk: Desk, present: list[team.Teammate]) -> None:
    names = {teammate.person_id: teammate.name for teammate in present}
    person_id = st.selectbox(
        "Who leaves?", list(names), index=None, format_func=names.__getitem__, key="leaves"
    )
    if person_id is None:
        return
    departure = team.departure(desk, person_id)
    st.write(departure_words(departure, names[person_id]))
    pressed = st.button("Take out of the team", key=f"out-{person_id}")
    if pressed and attempt(team.take_out, desk, person_id):
        st.rerun()
