"""Giving studies to people: divided at random, or chosen by hand; and taking them back."""

import pandas as pd
import streamlit as st

from evidence.coding.which_counts import Moves
from evidence.steps.coding import coders, study_list
from evidence.steps.coding.coders import CodersPage
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.store import Role
from evidence.ui.coding.coders.how_many import LOOK_ON, move_sentences, tell_opened
from evidence.ui.coding.study_filter import ask_filter
from evidence.ui.coding.study_list import colleagues
from evidence.ui.shell.errors import fragment, show_errors
from evidence.ui.shell.wording import number, plain

SHOWN = 1_000  # studies that can be ticked one by one
TOLD = "studies-given"  # what the last draw gave
OF_ALL = (
    "A study that is given to more people than it asks for is asked of all of them, and nobody "
    "sees what was said of it before all are done."
)


@fragment
def who_codes_tab(desk: Desk, taken: TakenScheme) -> None:
    """To whom studies are given, what lacks coders, and the ways to give and take back."""
    page = coders.page(desk, taken.id)
    _people(page)
    if page.lacking:
        st.write(f"{number(page.lacking, 'study lacks', 'studies lack')} coders.")
    else:
        st.success("No study lacks coders.", icon=":material/check_circle:")
    if membership.standing(desk).role < Role.EDITOR:
        st.caption(LOOK_ON)
        return
    st.caption("Everybody can code any study; what is given to somebody is theirs to do. " + OF_ALL)
    names = team.names(desk)
    if not names:
        st.info("Take people into the team first.", icon=":material/group_add:")
        return
    with st.expander("Divide at random", icon=":material/casino:", expanded=bool(page.lacking)):
        _divide(desk, taken, names, page.lacking)
    hand_box = st.expander(
        "Give by hand", icon=":material/back_hand:", on_change="rerun", key="give-by-hand"
    )
    if hand_box.open:
        with hand_box:
            _by_hand(desk, taken, names, page)
    with st.expander("Take back what is not complete", icon=":material/undo:"):
        _take_back(desk, taken, page, names)


def _people(page: CodersPage) -> None:
    if not page.coders:
        st.info("Nothing is given to anybody yet.", icon=":material/group:")
        return
    rows = [
        [
            one.name,
            one.given,
            one.complete,
            one.given - one.complete,
            100 * one.complete / one.given,
        ]
        for one in page.coders
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["Name", "Given", "Complete", "Left", "Done"]),
        hide_index=True,
        column_config={
            "Done": st.column_config.ProgressColumn(
                min_value=0.0, max_value=100.0, format="%.0f %%", color="blue"
            )
        },
        alt="To whom studies are given, and how far they are",
    )


def _divide(desk: Desk, taken: TakenScheme, names: dict[int, str], lacking: int) -> None:
    if not lacking:
        st.caption("There is nothing to divide.")
        _draws(desk, taken)
        return
    with st.form(f"divide-studies-{taken.id}", border=False):
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
            key=f"coders-shares-{taken.id}",
        )
        most = st.number_input("How many studies?", min_value=1, max_value=lacking, value=lacking)
        if not st.form_submit_button("Divide", type="primary"):
            _draws(desk, taken)
            return
    shares = {int(i): float(share or 0) for i, share in edited["Share"].items()}  # type: ignore[call-overload]
    with show_errors(), st.spinner("Dividing …"):
        st.session_state[TOLD] = coders.divide(desk, taken.id, shares, most=int(most))
        st.rerun()


def _draws(desk: Desk, taken: TakenScheme) -> None:
    """What the last draw gave, and the seeds of all."""
    given = st.session_state.pop(TOLD, None)
    if given:
        counts = "; ".join(f"{plain(name)} {count:,}" for name, count in given.counts.items())
        st.success(f"Given out: {counts}.", icon=":material/check:")
        if given.short:
            st.warning(
                f"{number(given.short, 'study still lacks', 'studies still lack')} coders: more "
                "people must code them than you chose."
            )
    for draw in coders.past_draws(desk, taken.id):
        counts = ", ".join(
            f"{plain(name)} {count:,}" for name, count in draw.after["given"].items()
        )
        st.caption(
            f"{draw.at:%Y-%m-%d %H:%M} UTC, {plain(draw.person)}: {counts}; "
            f"seed {draw.after['seed']}"
        )


def _by_hand(desk: Desk, taken: TakenScheme, names: dict[int, str], seen: CodersPage) -> None:
    which, order = ask_filter(taken, "hand", seen.coders, desk.person_id)
    page = study_list.page(desk, taken.id, which, order, limit=SHOWN)
    if not page.found:
        st.caption("No study is so; change the fields above.")
        return
    rows = [
        [
            line.label,
            line.year,
            line.reports,
            ", ".join(line.given_to),
            colleagues(line, 0, taken.id),
        ]
        for line in page.lines
    ]
    table = pd.DataFrame(rows, columns=["Study", "Year", "Reports", "Given to", "Coded by"])
    picked = st.dataframe(
        table.astype({"Year": "Int64"}),
        hide_index=True,
        column_config={"Year": st.column_config.NumberColumn(format="%d", width="small")},
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="",
        key=f"hand-{taken.id}-{order}-{hash(which)}",
        alt="Studies that can be given to somebody",
    )
    found = number(page.found, "study", "studies")
    st.caption(f"{found} found" + f", the first {SHOWN:,} are shown" * (page.found > SHOWN))
    ids = [page.lines[row].id for row in picked.selection.rows if row < len(page.lines)]
    person_box, many_box, button_box = st.columns([3, 2, 3], vertical_alignment="bottom")
    person = person_box.selectbox(
        "Give to", list(names), format_func=names.__getitem__, key=f"hand-to-{taken.id}"
    )
    label = f"Give the {number(len(ids), 'ticked study', 'ticked studies')}"
    if not ids:
        most = many_box.number_input(
            "How many, from the top?", 1, page.found, page.found, key=f"hand-many-{page.found}"
        )
        label = f"Give {number(int(most), 'study', 'studies')}"
        if most > len(page.lines):
            page = study_list.page(desk, taken.id, which, order, limit=int(most))
        ids = [line.id for line in page.lines[: int(most)]]
    pressed = button_box.button(label, key=f"hand-give-{taken.id}", width="stretch")
    with show_errors():
        if not pressed:
            changes = coders.preview_give(desk, taken.id, person, ids)
            if changes != Moves():
                st.caption(" ".join(move_sentences(changes)))
            return
        new = coders.give(desk, taken.id, person, ids)
        sentence = f"{number(new, 'study', 'studies')} given to {plain(names[person])}."
        if len(ids) > new:
            were = "was theirs", "were theirs"
            sentence += f" {number(len(ids) - new, *were)} already."
        st.success(sentence, icon=":material/check:")


def _take_back(desk: Desk, taken: TakenScheme, page: CodersPage, names: dict[int, str]) -> None:
    left = {one.person_id: one.given - one.complete for one in page.coders}
    everybody = names | {one.person_id: one.name for one in page.coders}
    if not any(left.values()):
        st.caption("Nobody has anything that is not complete.")
        return
    person_ids = st.multiselect(
        "From whom?",
        [person_id for person_id in everybody if left.get(person_id)],
        format_func=lambda i: f"{everybody[i]} (has {left[i]:,} left)",
        key=f"coders-from-{taken.id}",
    )
    if not person_ids:
        return
    st.caption(
        "What is complete stays, and so does what somebody began. Pilots go on; end a pilot on its "
        "own tab. A study that asks for fewer people then may count by what is complete."
    )
    tell_opened(coders.opened_by_taking_back(desk, taken.id, person_ids))
    if st.button("Take back", key=f"coders-back-{taken.id}"):
        with show_errors():
            freed = coders.take_back_open(desk, taken.id, person_ids)
            st.success(f"{number(freed, 'study', 'studies')} taken back.", icon=":material/check:")
