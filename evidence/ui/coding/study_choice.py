"""Which study the coding desk shows, and what stands beside it."""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from evidence.steps.coding import coding, copied_codings, desk_sheet, schemes, study_list
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.study_list import StudyPlace
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.store.coding.study_table import CodingState, StudyFilter
from evidence.ui.coding.bulk_coding import ACTS
from evidence.ui.coding.desk import Place
from evidence.ui.coding.study_list import given_words
from evidence.ui.shell import welcome
from evidence.ui.shell.wording import number

STATES = {CodingState.OPEN: "○ ", CodingState.DRAFT: "◐ ", CodingState.COMPLETE: "● "}
IN_ADDRESS = "study"  # the parameter of the address by which a link opens a study
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ONLY_GIVEN = "given"  # the parameter of the address, and the key of the toggle
PLACE = "coding-place"  # what the desk shows, until the page around it is drawn anew
TABLE = "all-studies"  # the box with the table of studies below the desk
MOST_LISTED = 200  # studies in the list at the side; the table below the desk has them all


def chosen_scheme(all_taken: Sequence[TakenScheme]) -> TakenScheme | None:
    """Of the schemes of the review, the one at which the visitor codes: chosen on the desk, else
    that of the results.
    """
    chosen = st.session_state.get("coding-scheme")
    of_results = schemes.first_for_coding(all_taken)
    return next(
        (each for each in all_taken if each.id == chosen), of_results or next(iter(all_taken), None)
    )


def chosen_study(desk: Desk, taken: TakenScheme) -> StudyPlace | None:
    """Choose a study; the choice is remembered while the visit lasts. None where there is none."""
    given = given_words(study_list.given(desk, taken.id), desk.person_id)
    only = bool(given) and _only_given()
    wanted = _study_in_address() or st.session_state.get("study")
    here = study_list.place(desk, taken.id, wanted, given=only)
    if only and here is not None and wanted is not None and here.study.id != wanted:
        only = False  # a study was opened that is given to others
        here = study_list.place(desk, taken.id, wanted)
    if here is None:
        return None
    current = here.study.id
    st.session_state.study = current
    with st.sidebar:
        complete = here.tally[CodingState.COMPLETE]
        whole = f"You completed {complete:,} of {number(here.total, 'study', 'studies')}"
        st.progress(complete / here.total, text=given if only else whole)
        if given:
            _ask_only_given(given, only=only)
        if here.total > MOST_LISTED:
            st.caption("Choose a study in **All studies**, below the desk.")
            return here
        which = StudyFilter(given_to=desk.person_id if only else None)
        listed = study_list.own_states(desk, taken.id, which)
        labels = {each.id: STATES[each.state] + each.label for each in listed}
        study_id = st.selectbox(
            "Study",
            list(labels),
            index=next((at for at, one in enumerate(labels) if one == current), 0),
            format_func=labels.__getitem__,
            key=f"study-{current}",
            help="○ not begun, ◐ draft, ● complete",
        )
    if study_id != current:
        st.session_state.study = study_id
        st.rerun()
    return here


def _study_in_address() -> int | None:
    """The study at which a link opens the page; after that, the visitor goes where they like."""
    named = st.query_params.get(IN_ADDRESS, "")
    if IN_ADDRESS in st.query_params:
        st.query_params.pop(IN_ADDRESS)
    return int(named) if _NUMBER.fullmatch(named) else None


def _only_given() -> bool:
    """Whether somebody goes through what is given to them; the address keeps it."""
    return st.query_params.get(ONLY_GIVEN) == "me"


def _ask_only_given(given: str, *, only: bool) -> None:
    """Let the list and the way to the next study be those that are given to this person."""
    if not only:
        st.caption(f"{given}.")
        st.query_params.pop(ONLY_GIVEN, None)
    st.session_state[ONLY_GIVEN] = only
    st.toggle("Only what is given to me", key=ONLY_GIVEN, on_change=_turn_only_given)


def _turn_only_given() -> None:
    if st.session_state[ONLY_GIVEN]:
        st.query_params[ONLY_GIVEN] = "me"
        st.session_state.study = None  # the first that is left
    else:
        st.query_params.pop(ONLY_GIVEN, None)


def place_of(here: StudyPlace, taken: TakenScheme, all_taken: Sequence[TakenScheme]) -> Place:
    """What the desk needs to know of the study's place, until the page is drawn anew."""
    return Place(
        study_id=here.study.id,
        scheme_id=taken.id,
        version_id=taken.version.id,
        version_ids=tuple(each.version.id for each in all_taken),
        previous=here.study.previous,
        next=here.study.next,
        place=_in_words(here),
        acts=st.session_state.get(ACTS, 0),
    )


def go_to(desk: Desk, around: StudyPlace, to: tuple[int, int]) -> None:
    """Go to a study and a scheme from the desk, where PLACE says what it shows.

    Where the page around the desk stays as it is, only the desk is drawn anew: that is a half of
    the work, and with twenty people at once the other half would make all of them wait.

    Args:
        desk: of the person who codes.
        around: the place with which the page around was drawn.
        to: the ids of both.
    """
    now: Place = st.session_state[PLACE]
    if to == (now.study_id, now.scheme_id):
        return
    st.session_state.study, st.session_state["coding-scheme"] = to
    beside = _place_beside(desk, around, now) if to[1] == now.scheme_id else None
    if beside is None:
        st.rerun()
    st.session_state[PLACE] = beside


def _place_beside(desk: Desk, around: StudyPlace, now: Place) -> Place | None:
    """The place of the chosen study on the page that stands; None where that says something else
    by now, or shows something that depends on the study.
    """
    if around.total <= MOST_LISTED or st.session_state.get(TABLE):
        return None
    if not (welcome.is_still(desk) and membership.may_screen(desk)):
        return None
    if tuple(each.version.id for each in schemes.of_studies(desk)) != now.version_ids:
        return None
    wanted = st.session_state.study
    here = study_list.place(desk, now.scheme_id, wanted, given=_only_given())
    if here is None or here.study.id != wanted or here.tally != around.tally:
        return None
    study = here.study
    return replace(
        now, study_id=study.id, previous=study.previous, next=study.next, place=_in_words(here)
    )


def _in_words(here: StudyPlace) -> str:
    complete = here.tally[CodingState.COMPLETE]
    return f"{here.study.position:,} of {here.total:,} · {complete:,} complete"


def with_what_follows(desk: Desk, place: Place) -> Place:
    """The same place with what follows from the coding as it is now."""
    sheet = coding.sheet(desk, place.study_id, place.scheme_id)
    own = sheet.study.label
    copied = copied_codings.copied_hints(desk, sheet.coding.id, own) if sheet.coding else ()
    hints = (*copied, *sheet.hints)
    return replace(place, hints=hints, computed=desk_sheet.computed_data(sheet))
