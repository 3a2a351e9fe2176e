"""Overlap of reviews on the page: how far they rest on the same primary studies."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.charts.review_overlap import (
    inclusion_matrix_picture,
    overlap_pairs_picture,
    overlap_words,
)
from evidence.steps.desk import Desk
from evidence.steps.results import directions, schemes_of_map
from evidence.steps.results import review_overlap as steps
from evidence.steps.results.review_overlap import ReviewOverlap
from evidence.steps.review import membership
from evidence.store import Role
from evidence.store.results.included_studies import InclusionAct
from evidence.ui.results import review_lists
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.pictures import show_picture, show_table
from evidence.ui.shell.wording import number, plain, short

MATRIX, PAIRS = "Studies by reviews", "Reviews by pairs"
MOST_DRAWN = 300  # primary studies in a picture on the page
ACTS_SHOWN = 20
NAMED = 5
ABOUT = (
    "Two reviews that include the same primary studies are not two pieces of evidence. Say which "
    "primary studies each review among your studies includes; the overlap is counted."
)
NOT_YET = (
    "nobody said yet which of your studies they are, if any. Until then each is a study of its own "
    "unless it is spelled the same, so the overlap may be larger."
)


def overlap_view(desk: Desk) -> None:
    """What lists come to, and the lists."""
    found = steps.overlap(desk)
    st.caption(ABOUT)
    if found.listed:
        _show(found)
    else:
        st.info("No list of a review is entered yet.", icon=":material/edit_note:")
    _what_is_missing(desk, found)
    if membership.standing(desk).role < Role.REVIEWER:
        st.caption("Reviewers and editors of the review enter lists.")
        return
    review_lists.lists(desk, found)
    _history(desk, found)


def _show(found: ReviewOverlap) -> None:
    st.markdown(f"**{plain(overlap_words(found.table))}**")
    view = st.segmented_control(
        "Show as", [MATRIX, PAIRS], default=MATRIX, key="overlap-view", required=True
    )
    if view == PAIRS:
        show_picture(overlap_pairs_picture(found.table), "overlap-pairs")
    elif len(found.table.studies) <= MOST_DRAWN:
        show_picture(inclusion_matrix_picture(found.table), "overlap-matrix")
    else:
        st.caption(f"More than {MOST_DRAWN:,} primary studies are shown as a table.")
        show_table(inclusion_matrix_picture(found.table).table, MATRIX)


def _what_is_missing(desk: Desk, found: ReviewOverlap) -> None:
    if found.unmatched:
        named = number(len(found.unmatched), "citation")
        st.warning(plain(f"{named} to match: {_listed(found.unmatched)} – {NOT_YET}"))
    coded = cached_whole(directions.of_complete_codings, desk, schemes_of_map.unheard(desk))
    lacking = steps.without_list(coded, found) if coded else []
    if lacking:
        reviews = number(len(lacking), "review has", "reviews have")
        st.caption(plain(f"{reviews} no list yet and so do not count: {_listed(lacking)}."))


def _listed(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    shown = "; ".join(short(name, 60) for name in names[:NAMED])
    return shown + (f" and {more:,} more" if more > 0 else "")


def _history(desk: Desk, found: ReviewOverlap) -> None:
    acts = steps.acts(desk)
    if not acts:
        return
    with st.expander("What was done to the lists", icon=":material/history:"):
        for act in acts[:ACTS_SHOWN]:
            text_box, button_box = st.columns([4, 1], vertical_alignment="center")
            text_box.caption(plain(_told(act, found)))
            is_sent = act.stands and button_box.button("Undo", key=f"overlap-undo-{act.number}")
            if is_sent and attempt(steps.undo, desk, act.number):
                st.rerun()
        if len(acts) > ACTS_SHOWN:
            rows = [{"What": _told(act, found)} for act in acts[ACTS_SHOWN:]]
            st.dataframe(pd.DataFrame(rows), hide_index=True, alt="Earlier acts")


def _told(act: InclusionAct, found: ReviewOverlap) -> str:
    done = [
        *([f"{number(act.included, 'entry', 'entries')} set"] if act.included else []),
        *([f"{number(act.taken_back, 'entry', 'entries')} taken out"] if act.taken_back else []),
    ]
    lists = _listed([found.labels.get(review, "?") for review in act.reviews])
    by_file = f" by {act.file}" if act.file else ""
    return f"{act.person}, {act.at:%Y-%m-%d %H:%M} UTC{by_file}: {', '.join(done)} in {lists}"
