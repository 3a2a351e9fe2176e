"""Who is in the team, how far everybody is, and how people come and go."""

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.steps.screening import stage_settings
from evidence.store.review.team import Removal
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.progress import duration_words, team_line
from evidence.ui.shell.wording import number, plain

HEADS = ["Name", "Decided", "Waiting", "Works an hour", "Time left", "In the team since", "Left"]


def take_part(desk: Desk) -> None:
    """For who may look at everything, but is not in the team: a way into it."""
    out = membership.removal(desk)
    if out is not None:
        st.warning(out_words(out), icon=":material/person_off:")
        return
    if membership.leads(desk):
        if desk.person_id not in team.names(desk):
            _begin_oneself(desk)
        return
    st.info(
        "You are not in the team of this review. You can look at everything here; to change it, "
        "take part.",
        icon=":material/group_add:",
    )
    if st.button("Take part in this review") and attempt(membership.join, desk):
        st.rerun()


def _begin_oneself(desk: Desk) -> None:
    """Who made the review may screen it, too, or leave that to others."""
    st.info(
        "You made this review and are not in its team yet: nothing is given to you to read.",
        icon=":material/group_add:",
    )
    if st.button("Take part myself") and attempt(membership.join, desk):
        st.rerun()


def out_words(out: Removal) -> str:
    """What somebody must know who was taken out of the team."""
    by = f" by {plain(out.by)}" if out.by else ""
    return (
        f"You were taken out of the team of this review{by} on {out.at:%Y-%m-%d}. Your decisions "
        "stay and count; you can look at everything, but decide and change nothing. Anybody of the "
        "team can take you back on the page Team, under “Take somebody back”."
    )


@fragment
def people(desk: Desk, stage: Stage) -> None:
    """The team with its progress at the stage, and ways to come and go."""
    everybody = team.everybody(desk, stage)
    for warning in stage_settings.warnings(desk, stage):
        st.warning(warning, icon=":material/group_off:")
    if everybody:
        team_line(desk, stage)
        _table(everybody)
    else:
        st.info(
            "Nobody is in the team yet. Whoever screens joins by themself; before that, people can "
            "be taken in here.",
            icon=":material/group_add:",
        )
    if membership.removal(desk) is not None:
        return
    _join(desk)
    present = [one for one in everybody if one.left_at is None]
    gone = [one for one in everybody if one.left_at is not None]
    if present:
        with st.expander("Take somebody out", icon=":material/person_remove:"):
            _leave(desk, present)
    if gone:
        with st.expander("Take somebody back", icon=":material/undo:", expanded=True):
            for one in gone:
                label = f"Take {plain(one.name)} back"
                if st.button(label, key=f"back-{one.person_id}") and attempt(
                    team.add, desk, one.name
                ):
                    st.rerun()


def _table(everybody: list[team.Teammate]) -> None:
    rows = [
        [
            one.name,
            one.done,
            one.waiting,
            f"{one.pace:,.0f}" if one.pace else "",
            duration_words(one.time_left) if one.time_left else "",
            one.joined_at,
            one.left_at,
        ]
        for one in everybody
    ]
    table = pd.DataFrame(rows, columns=HEADS)
    day = st.column_config.DateColumn(format="YYYY-MM-DD")
    if all(one.left_at is None for one in everybody):
        table = table.drop(columns="Left")
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "In the team since": day,
            "Left": day,
            "Works an hour": st.column_config.TextColumn(
                help="From the newest 100 works, pauses cut at five minutes."
            ),
        },
        alt="The team and how far everybody is",
    )


def _join(desk: Desk) -> None:
    with st.form("join", border=False, clear_on_submit=True):
        left, right = st.columns([4, 1], vertical_alignment="bottom")
        name = left.text_input("Name", placeholder="As they give it when they open Waymark")
        if not right.form_submit_button("Take in", width="stretch"):
            return
    if attempt(team.add, desk, name):
        st.toast(f"{plain(name)} is in the team.", icon=":material/check:")
        st.rerun()


def _leave(desk: Desk, present: list[team.Teammate]) -> None:
    names = {one.person_id: one.name for one in present}
    chosen = st.selectbox(
        "Who leaves?", list(names), index=None, format_func=lambda i: plain(names[i]), key="leaves"
    )
    if chosen is None:
        return
    becomes = team.departure(desk, chosen)
    told = [f"{number(becomes.decided, 'decision')} of {plain(names[chosen])} will stand."]
    if becomes.waiting:
        told.append(f"{number(becomes.waiting, 'work')} that wait for them go back to the others.")
    if becomes.unread:
        told.append(
            f"{number(becomes.unread, 'work')} of these wait for nobody then, because people "
            "read only what is assigned to them: assign them anew."
        )
    told.append("They can be taken back at any time.")
    st.write(" ".join(told))
    if st.button("Take out of the team", key=f"out-{chosen}") and attempt(
        team.take_out, desk, chosen
    ):
        st.rerun()
