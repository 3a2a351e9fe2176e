"""One choice for all results: which studies, by their stage or how they were appraised.

The address holds it, so that a link shows the same; other pages keep it. Nothing is stored.
"""

from collections.abc import Collection, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evidence.charts.picture import Picture, of_kept_studies
from evidence.steps.desk import Desk
from evidence.steps.results import kept_studies as steps
from evidence.steps.results.directions import DirectionStudies
from evidence.synthesis.appraisal.kept_studies import JudgedQuestion
from evidence.ui.coding.coded_studies import wants_drafts
from evidence.ui.shell.cache import cached_whole
from evidence.ui.shell.pictures import show_picture
from evidence.ui.shell.wording import plain

BY, KEEP = "appraised-by", "appraised-as"
"""The parameters of the address: a question, and each judgement that is kept."""
NAMED = "kept-studies-named"  # what the address named when it was last looked at
ALL = ""
NOTHING_JUDGED = (
    "Studies cannot be chosen by appraisal yet: nothing was judged with a scheme whose options say "
    "how good a study is. Nor by stage: no rule says which go on to an in-depth review."
)

Choice = tuple[JudgedQuestion, Collection[str]]


def kept_directions(desk: Desk, found: DirectionStudies) -> DirectionStudies:
    """The studies that are wanted in results; without any, the page stops."""
    choice = _choose({each.id: each for each in steps.choices(found, judged(desk))}, desk)
    if choice is None:
        return found
    kept = steps.kept_directions(found, *choice)
    st.caption(plain(kept.coded.kept))
    if not kept.studies:
        st.info("No study is left: keep more judgements.", icon=":material/filter_alt:")
        st.stop()
    return kept


def show_kept(picture: Picture, kept: str, key: str) -> None:
    """Show a picture that says, in its table, too, which studies it is about.

    Args:
        picture: which one.
        kept: which studies these are, in a sentence; empty for all.
        key: unlike any other on the page.
    """
    show_picture(of_kept_studies(picture, kept), key)


def _choose(questions: Mapping[str, JudgedQuestion], desk: Desk) -> Choice | None:
    """What is kept; None for all studies."""
    if not questions:
        st.caption(NOTHING_JUDGED)
        return None
    key = f"kept-studies-{desk.review_id}"
    _take_from_address(questions, key)
    if st.session_state.get(key, ALL) not in {ALL, *questions}:
        st.session_state[key] = ALL
    by_box, keep_box = st.columns([1, 2])
    by = by_box.selectbox(
        "Studies by stage or appraisal",
        [ALL, *questions],
        format_func=lambda each: questions[each].name if each else "All in the map",
        help="For all results; the map has it among its filters. Nothing is stored.",
        key=key,
        persist_state="session",
    )
    if by == ALL:
        _write_address(ALL, ())
        return None
    question = questions[by]
    ratings = _ratings(question, f"{key}-{by}", keep_box)
    _write_address(by, ratings)
    if not ratings:
        st.caption("No judgement is chosen, so all studies are shown.")
        return None
    return None if set(ratings) >= set(question.choices) else (question, ratings)


def _ratings(question: JudgedQuestion, key: str, box: DeltaGenerator) -> list[str]:
    """The judgements that are kept; at first all, of a stage those that go on."""
    before = st.session_state.get(key, question.at_first)
    st.session_state[key] = [each for each in before if each in question.choices]
    chosen = box.pills(
        "Keep",
        list(question.choices),
        selection_mode="multi",
        key=key,
        persist_state="session",
    )
    return list(chosen)


def judged(desk: Desk) -> Sequence[JudgedQuestion]:
    """How studies were appraised, with drafts where they are wanted."""
    unheard_of = steps.unheard(desk)
    if wants_drafts():
        return cached_whole(steps.with_drafts, desk, desk.person_id, unheard_of)
    return cached_whole(steps.of_complete_codings, desk, unheard_of)


def _take_from_address(questions: Mapping[str, JudgedQuestion], key: str) -> None:
    """Choose what a link asks for, once; what the review does not have is told."""
    by, ratings = st.query_params.get(BY, ALL), st.query_params.get_all(KEEP)
    if not by or (by, ratings) == st.session_state.get(NAMED):
        return
    st.session_state[NAMED] = (by, ratings)
    if by in questions:
        st.session_state[key] = by
        wanted = [each for each in questions[by].choices if each in ratings]
        st.session_state[f"{key}-{by}"] = wanted
    else:
        st.warning("The link asks for an appraisal that this review does not have; all are shown.")


def _write_address(by: str, ratings: Collection[str]) -> None:
    if by:
        st.query_params[BY] = by
        st.query_params[KEEP] = list(ratings)
    else:
        st.query_params.pop(BY, None)
        st.query_params.pop(KEEP, None)
    st.session_state[NAMED] = (by, list(ratings))
