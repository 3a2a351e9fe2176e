"""Giving works to people: divided at random, or chosen by hand."""

from collections import Counter

import pandas as pd
import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.review import team
from evidence.steps.screening import allocation, held_works, stage_settings
from evidence.store.screening.assignments import How
from evidence.ui.shell.errors import fragment, show_errors
from evidence.ui.shell.wording import number, plain

SHOWN = 100  # works of a search that can be ticked one by one


@fragment
def allocation_tab(desk: Desk, stage: Stage) -> None:
    """What is to be given out, and the ways to do it."""
    names = team.names(desk)
    if not names:
        st.info("Take people into the team first.", icon=":material/group_add:")
        return
    lacking = allocation.shortage(desk, stage)
    if lacking.works:
        sentence = f"{number(lacking.works, 'open work')} lack people"
        sentence += f", {number(lacking.readings, 'reading')} in all." * (
            lacking.readings != lacking.works
        )
        st.write(sentence.rstrip(".") + ".")
    else:
        st.success("No open work lacks people.", icon=":material/check_circle:")
    if stage_settings.current(desk, stage).pulls:
        st.caption(
            "People take works from the common queue by themselves; nothing needs to be given "
            "out. What you give out here comes first for them."
        )
    with st.expander("Divide at random", icon=":material/casino:", expanded=bool(lacking.works)):
        _divide(desk, stage, names, lacking.works)
    hand_box = st.expander(
        "Give by hand", icon=":material/back_hand:", on_change="rerun", key="hand"
    )
    if hand_box.open:
        with hand_box:
            _by_hand(desk, stage, names)
    with st.expander("Take back what was not decided", icon=":material/undo:"):
        _take_back(desk, stage, names)


def _divide(desk: Desk, stage: Stage, names: dict[int, str], works: int) -> None:
    with st.form(f"divide-{stage}", border=False):
        table = pd.DataFrame(
            [[name, 1.0] for name in names.values()],
            columns=["Name", "Share"],
            index=pd.Index(list(names)),
        )
        edited = st.data_editor(
            table,
            hide_index=True,
            disabled=["Name"],
            column_config={
                "Share": st.column_config.NumberColumn(
                    min_value=0.0, help="2 is twice as much as 1; 0 is nothing."
                )
            },
            key=f"shares-{stage}",
        )
        most = st.number_input("How many works?", min_value=0, max_value=max(works, 1), value=works)
        if not st.form_submit_button("Divide", type="primary", disabled=not works):
            _draws(desk, stage)
            return
    shares = {int(i): float(share or 0) for i, share in edited["Share"].items()}  # type: ignore[call-overload]
    with show_errors(), st.spinner("Dividing …"):
        st.session_state["division"] = allocation.divide(desk, stage, shares, most=int(most))
        st.rerun()


def _draws(desk: Desk, stage: Stage) -> None:
    """What the last draw gave, and the seeds of all."""
    division = st.session_state.pop("division", None)
    if division:
        counts = "; ".join(f"{plain(name)} {count:,}" for name, count in division.counts.items())
        st.success(f"Given out: {counts}.", icon=":material/check:")
        if division.short:
            st.warning(
                f"{number(division.short, 'work')} still lack people: more people must read them "
                "than you chose."
            )
    for draw in allocation.past_divisions(desk, stage):
        counts = ", ".join(
            f"{plain(name)} {count:,}" for name, count in draw.after["given"].items()
        )
        st.caption(
            f"{draw.at:%Y-%m-%d %H:%M} UTC, {plain(draw.person)}: {counts}; "
            f"seed {draw.after['seed']}"
        )


def _by_hand(desk: Desk, stage: Stage, names: dict[int, str]) -> None:
    words = st.text_input(
        "Search open works: title, abstract, authors", type="search", key=f"hand-words-{stage}"
    )
    total, lines = allocation.search(desk, stage, words, SHOWN)
    if not lines:
        st.caption("No open work has these words." if words else "No work is open.")
        return
    rows = [[line.title, line.authors, line.year, line.journal] for line in lines]
    table = pd.DataFrame(rows, columns=["Title", "Authors", "Year", "Journal"])
    picked = st.dataframe(
        table.astype({"Year": "Int64"}),
        hide_index=True,
        column_config={
            "Title": st.column_config.TextColumn(width="large"),
            "Year": st.column_config.NumberColumn(format="%d", width="small"),
        },
        on_select="rerun",
        selection_mode="multi-row",
        key=f"hand-{stage}-{words}-{total}",
        alt="Open works",
    )
    st.caption(f"{number(total, 'open work')}" + f", the first {SHOWN} are shown" * (total > SHOWN))
    ids = [lines[row].id for row in picked.selection.rows if row < len(lines)]
    person_box, button_box = st.columns([3, 2], vertical_alignment="bottom")
    person = person_box.selectbox(
        "Give to", list(names), format_func=names.__getitem__, key=f"hand-to-{stage}"
    )
    label = f"Give the {number(len(ids), 'chosen work')}" if ids else f"Give all {total:,}"
    if button_box.button(label, key=f"give-{stage}", width="stretch"):
        with show_errors():
            outcome = allocation.assign(desk, stage, person, ids=ids, words=words)
            sentence = f"{number(outcome.assigned, 'work')} given to {plain(names[person])}."
            if outcome.left_out:
                sentence += f" {outcome.left_out:,} others are theirs already, or lack nobody."
            st.success(sentence, icon=":material/check:")


def _take_back(desk: Desk, stage: Stage, names: dict[int, str]) -> None:
    held: Counter[int] = Counter()
    for hold in held_works.listing(desk):
        if hold.stage is stage and hold.how is not How.PILOT:
            held[hold.person_id] += hold.works
    person_ids = st.multiselect(
        "From whom?",
        list(names),
        format_func=lambda i: f"{names[i]} (holds {held[i]:,})",
        key=f"from-{stage}",
    )
    st.caption("Decisions stand, and pilots go on; end a pilot on its own tab.")
    if st.button("Take back", disabled=not person_ids, key=f"take-back-{stage}"):
        with show_errors():
            freed = allocation.unassign(desk, stage, person_ids)
            st.success(f"{number(freed, 'work')} taken back.", icon=":material/check:")
