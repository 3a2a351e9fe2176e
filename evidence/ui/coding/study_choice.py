"""Which study the coding desk shows, and what stands beside it."""

from collections.abc import Sequence

import streamlit as st

from evidence.steps.coding import coding, desk_sheet, schemes
from evidence.steps.coding.coding import CodingProgress
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.ui.coding.desk import Place
from evidence.ui.shell.wording import number

STATES = {"open": "○ ", "draft": "◐ ", "complete": "● "}


def chosen_scheme(desk: Desk) -> TakenScheme | None:
    """The scheme at which the visitor codes: chosen on the desk, else that of the results."""
    taken: dict[int, TakenScheme | None] = {each.id: each for each in schemes.taken(desk)}
    first = schemes.of_results(desk) or next(iter(taken.values()), None)
    return taken.get(st.session_state.get("coding-scheme", 0), first)


def chosen_study(lines: Sequence[CodingProgress]) -> int:
    """Choose a study; the choice is remembered while the visit lasts."""
    by_id = {line.study.id: line for line in lines}
    open_first = (line.study.id for line in lines if line.own_state != "complete")
    current = st.session_state.get("study")
    if current not in by_id:
        current = next(open_first, lines[0].study.id)
    st.session_state.study = current
    ids = list(by_id)
    with st.sidebar:
        complete = sum(line.own_state == "complete" for line in lines)
        st.progress(
            complete / len(lines),
            text=f"You completed {complete:,} of {number(len(lines), 'study', 'studies')}",
        )
        study_id = st.selectbox(
            "Study",
            ids,
            index=ids.index(current),
            format_func=lambda i: STATES[by_id[i].own_state] + by_id[i].study.label,
            key=f"study-{current}",
            help="○ not begun, ◐ draft, ● complete",
        )
    if study_id != current:
        st.session_state.study = study_id
        st.rerun()
    return int(study_id)


def place_of(
    desk: Desk, lines: Sequence[CodingProgress], study_id: int, taken: TakenScheme
) -> Place:
    """What the desk needs to know of the study, as it is now."""
    ids = [line.study.id for line in lines]
    at = ids.index(study_id)
    complete = sum(line.own_state == "complete" for line in lines)
    sheet = coding.sheet(desk, study_id, taken.id)
    return Place(
        study_id=study_id,
        scheme_id=taken.id,
        version_id=taken.version.id,
        previous=ids[at - 1] if at else None,
        next=ids[at + 1] if at + 1 < len(ids) else None,
        place=f"{at + 1:,} of {len(ids):,} · {complete:,} complete",
        hints=sheet.hints,
        computed=desk_sheet.computed_data(sheet),
    )
