"""Choosing what to code: all studies as a table, and acts on those that a filter finds."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.steps.coding import study_list
from evidence.steps.coding.schemes import TakenScheme
from evidence.steps.coding.study_list import StudyPage
from evidence.steps.desk import Desk
from evidence.steps.results.stages import inherited_answers
from evidence.store.coding.coding_assignments import Coder
from evidence.store.coding.study_table import (
    CodingState,
    StudyLine,
)
from evidence.ui.coding.bulk_coding import bulk_section, say_done, undo_section
from evidence.ui.coding.copied_codings import copy_section
from evidence.ui.coding.inherited_answers import inherit_section
from evidence.ui.coding.study_filter import STATES, ask_filter
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain, short

ON_A_PAGE = 5_000  # studies that one table shows; only those in sight are drawn
STATE_OTHERS = {CodingState.DRAFT: "◐", CodingState.COMPLETE: "●"}
PICKED = "study-picked"  # the study that was clicked a moment ago
BULK, COPY, INHERIT = "Put a code on or off", "Copy a coding", "Start from the map"
LONGEST_TITLE = 30  # characters of a scheme's title at the head of a column


@fragment
def studies_table(
    desk: Desk, taken: TakenScheme, all_taken: Sequence[TakenScheme], study_id: int
) -> None:
    """Show the studies; a click on one opens it, and with many something can be done at once.

    Args:
        desk: of the person who looks.
        taken: the scheme at which they code.
        all_taken: all schemes of the review.
        study_id: the study that is open on the desk.
    """
    say_done()
    given = study_list.given(desk, taken.id)
    which, order = ask_filter(taken, "studies", given, desk.person_id)
    found = study_list.count(desk, taken.id, which)
    offset = _ask_page(found)
    page = study_list.page(desk, taken.id, which, order, offset=offset, limit=ON_A_PAGE)
    _say_how_far(page, given_words(given, desk.person_id))
    ticked = _table(desk, page, taken, all_taken, key=f"{offset}-{order}-{hash(which)}")
    if PICKED in st.session_state:
        picked = st.session_state.pop(PICKED)
        if picked != study_id:
            st.session_state.study = picked
            st.rerun()
    _open_ticked(page, ticked, study_id)
    acts = [BULK, COPY, *([INHERIT] if inherited_answers.shares_questions(desk, taken.id) else [])]
    act = st.segmented_control("With many answers at once", acts, key="study-act")
    if act == BULK:
        with st.container(border=True):
            bulk_section(desk, taken, which, page.found, ticked)
    elif act == COPY:
        with st.container(border=True):
            label = study_list.label_of(desk, study_id)
            copy_section(desk, taken, study_id, label)
    elif act == INHERIT:
        with st.container(border=True):
            inherit_section(desk, taken, study_id, study_list.label_of(desk, study_id))
    undo_section(desk, taken)


def _ask_page(found: int) -> int:
    pages = max(1, -(-found // ON_A_PAGE))
    if pages == 1:
        return 0
    at = st.number_input(f"Page of {pages:,}", 1, pages, key=f"studies-page-{pages}")
    return (int(at) - 1) * ON_A_PAGE


def given_words(given: Sequence[Coder], person_id: int) -> str:
    """How far somebody is with what is given to them; "" where nothing is."""
    own = next((one for one in given if one.person_id == person_id), None)
    if own is None:
        return ""
    are = "is" if own.given == 1 else "are"
    return f"{own.complete:,} of {own.given:,} given to you {are} complete"


def _say_how_far(page: StudyPage, given: str) -> None:
    total = sum(page.tally.values())
    complete = page.tally[CodingState.COMPLETE]
    st.progress(
        complete / total if total else 0.0,
        text=f"You completed {complete:,} of {number(total, 'study', 'studies')}; "
        f"{page.tally[CodingState.DRAFT]:,} in a draft. "
        f"Somebody completed {page.complete_by_anybody:,}.",
    )
    if given:
        st.caption(f"{given}.")
    if not page.found:
        st.caption("No study is so; change the fields above.")
        return
    found = "All are shown" if page.found == total else f"Found: {page.found:,}"
    st.caption(
        f"{found}. Click a study to open it on the desk; tick the boxes at the left to code "
        "several at once."
    )


def _table(
    desk: Desk,
    page: StudyPage,
    taken: TakenScheme,
    all_taken: Sequence[TakenScheme],
    key: str,
) -> list[int]:
    """Draw the table; gives the studies that are ticked."""
    key = f"studies-{taken.id}-{key}"
    picked = st.dataframe(
        table_of(page.lines, desk.person_id, taken, all_taken),
        hide_index=True,
        on_select=lambda: _note_picked(key, page.lines),
        selection_mode=["multi-row", "single-cell"],
        key=key,
        column_config={
            "Year": st.column_config.NumberColumn(format="%d"),
            "Changed": st.column_config.DatetimeColumn(
                format="YYYY-MM-DD HH:mm", help="When you changed your coding last, in UTC"
            ),
        },
        placeholder="",
        alt="Studies, with how far they are coded",
    )
    return [page.lines[row].id for row in picked.selection.rows if row < len(page.lines)]


def _note_picked(key: str, lines: Sequence[StudyLine]) -> None:
    """Remember the study that was clicked; a cell that stays marked is no click."""
    cells = st.session_state[key].selection.cells
    if cells and cells[0][0] < len(lines):
        st.session_state[PICKED] = lines[cells[0][0]].id


def _open_ticked(page: StudyPage, ticked: Sequence[int], study_id: int) -> None:
    """A way to open a study without a mouse."""
    if len(ticked) != 1 or ticked[0] == study_id:
        return
    label = next(line.label for line in page.lines if line.id == ticked[0])
    if st.button(f"Open {plain(short(label, 60))}", icon=":material/edit_note:", key="open-ticked"):
        st.session_state.study = ticked[0]
        st.rerun()


def table_of(
    lines: Sequence[StudyLine],
    person_id: int,
    taken: TakenScheme,
    all_taken: Sequence[TakenScheme],
) -> pd.DataFrame:
    """The studies with the state of one's own codings, scheme by scheme, and of colleagues' with
    the scheme at hand.
    """
    own_head = f"My coding: {short(taken.scheme.title, LONGEST_TITLE)}"
    heads: dict[int, str] = {}
    for each in all_taken:
        head = f"My {short(each.scheme.title, LONGEST_TITLE)}"
        if each.id != taken.id:
            heads[each.id] = f"{head} ({each.id})" if head in heads.values() else head
    rows = []
    for line in lines:
        own = {one.scheme_id: one.state for one in line.codings if one.person_id == person_id}
        rows.append({
            "Study": line.label,
            "Year": line.year,
            "Reports": line.reports,
            own_head: STATES[line.own],
            **{heads[id_]: STATES[own.get(id_, CodingState.OPEN)] for id_ in heads},
            "Given to": ", ".join(line.given_to),
            "Colleagues": colleagues(line, person_id, taken.id),
            "Changed": line.changed_at,
        })  # fmt: skip
    given = ["Given to"] if any(line.given_to for line in lines) else []
    columns = [
        *("Study", "Year", "Reports", own_head, *heads.values()),
        *(*given, "Colleagues", "Changed"),
    ]
    return pd.DataFrame(rows, columns=columns).astype({"Year": "Int64"})


def colleagues(line: StudyLine, person_id: int, scheme_id: int) -> str:
    """Who else codes a study, and how far they are; never what they say."""
    return ", ".join(
        f"{STATE_OTHERS[one.state]} {one.person}"
        for one in line.codings
        if one.person_id != person_id and one.scheme_id == scheme_id
    )
