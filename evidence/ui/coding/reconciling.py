"""Which study is reconciled, and the list of all that are to be."""

import pandas as pd
import streamlit as st

from evidence.steps.coding import schemes
from evidence.steps.coding.reconcile import reconciling
from evidence.steps.coding.reconcile.reconciling import OWN_OPEN, ToReconcile
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.desk import Desk
from evidence.ui.coding.reconcile import ReconcilingPlace
from evidence.ui.coding.study_choice import chosen_scheme
from evidence.ui.shell.wording import number, plain

CHOSEN = "study-to-reconcile"
MOST_LISTED = 200  # studies in the list at the side; the table has them all
BLIND = (
    "A study comes here when all who are asked to code it have completed it; until then nobody "
    "sees what others say of it. What you agree on counts on maps and in tables. Both codings stay "
    "as they are."
)
STATES = {"to reconcile": "○ ", "begun": "◐ ", "reconciled": "● ", "yours to code": "× "}


def scheme_to_reconcile(desk: Desk) -> TakenScheme | None:
    """The scheme whose codings are reconciled; with several, a list at the side chooses it."""
    all_taken = schemes.of_studies(desk)
    taken = chosen_scheme(all_taken)
    if taken is None or len(all_taken) == 1:
        return taken
    by_id = {each.id: each for each in all_taken}
    with st.sidebar:
        scheme_id = st.selectbox(
            "Scheme",
            list(by_id),
            index=list(by_id).index(taken.id),
            format_func=lambda id_: by_id[id_].scheme.title,
            key=f"scheme-to-reconcile-{taken.id}",
        )
    if scheme_id != taken.id:
        st.session_state["coding-scheme"] = scheme_id
        st.rerun()
    return taken


def state_of(study: ToReconcile) -> str:
    """How far a study is, for the person who looks at it."""
    if study.is_agreed:
        return "reconciled"
    if not study.is_readable:
        return "yours to code"
    return "begun" if study.has_begun else "to reconcile"


def chosen(desk: Desk, taken: TakenScheme) -> tuple[list[ToReconcile], ToReconcile | None]:
    """The studies of the page, and the one that is chosen; the choice lasts while the visit does.

    Without a choice it is the first that is still to be reconciled.
    """
    listed = reconciling.listing(desk, taken.id)
    first = next((one for one in listed if one.is_readable and not one.is_agreed), None)
    wanted = st.session_state.get(CHOSEN)
    here = next((one for one in listed if one.study_id == wanted), first)
    here = here or next(iter(listed), None)
    if here is None:
        return listed, None
    st.session_state[CHOSEN] = here.study_id
    with st.sidebar:
        done = sum(one.is_agreed for one in listed)
        st.progress(
            done / len(listed), text=f"{done:,} of {number(len(listed), 'study', 'studies')} agreed"
        )
        if len(listed) > MOST_LISTED:
            st.caption("Choose a study in **All studies to reconcile**, below.")
            return listed, here
        labels = {one.study_id: STATES[state_of(one)] + one.label for one in listed}
        study_id = st.selectbox(
            "Study",
            list(labels),
            index=list(labels).index(here.study_id),
            format_func=labels.__getitem__,
            key=f"{CHOSEN}-{here.study_id}",
            help="○ to reconcile, ◐ begun, ● reconciled, × yours to code first",
        )
    if study_id != here.study_id:
        st.session_state[CHOSEN] = study_id
        st.rerun()
    return listed, here


def place_of(listed: list[ToReconcile], here: ToReconcile, taken: TakenScheme) -> ReconcilingPlace:
    """What the component needs to know of the study's place."""
    at = next(n for n, one in enumerate(listed) if one.study_id == here.study_id)
    before = [one.study_id for one in listed[:at] if one.is_readable]
    after = [one.study_id for one in listed[at + 1 :] if one.is_readable and not one.is_agreed]
    done = sum(one.is_agreed for one in listed)
    return ReconcilingPlace(
        study_id=here.study_id,
        scheme_id=taken.id,
        label=here.label,
        previous=before[-1] if before else None,
        next=after[0] if after else None,
        place=f"{at + 1:,} of {len(listed):,} · {done:,} reconciled",
    )


def tally(desk: Desk, listed: list[ToReconcile], taken: TakenScheme) -> None:
    """How many studies are open, and why some cannot be seen."""
    waiting = reconciling.still_coded(desk, taken.id)
    open_ = [one for one in listed if not one.is_agreed]
    own = sum(not one.is_readable for one in open_)
    done = len(listed) - len(open_)
    counts = (
        f"{number(len(open_), 'study', 'studies')} to reconcile, {done:,} reconciled, "
        f"{waiting:,} still being coded."
    )
    st.caption(f"{plain(taken.scheme.title)}: {counts} {BLIND}")
    if own:
        st.caption(f"{own:,} of these: {OWN_OPEN}")


def studies_table(listed: list[ToReconcile], here: int) -> None:
    """All studies; a click opens one."""
    rows = [
        {
            "Study": plain(one.label),
            "Coded by": plain(", ".join(one.coders)) if one.is_readable else "",
            "State": state_of(one),
        }
        for one in listed
    ]
    picked = st.dataframe(
        pd.DataFrame(rows, columns=["Study", "Coded by", "State"]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        key=f"to-reconcile-{here}",
        alt="Studies to reconcile",
    )
    for row in picked.selection.rows[:1]:
        if row < len(listed) and listed[row].study_id != here:
            st.session_state[CHOSEN] = listed[row].study_id
            st.rerun()
