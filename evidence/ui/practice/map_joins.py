"""Which answers of services and which codes of studies mean the same, as editors say."""

from collections.abc import Mapping, Sequence

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.practice import map_practice
from evidence.steps.practice.map_practice import JoinChoices
from evidence.steps.results import map_settings
from evidence.steps.review import membership
from evidence.store import Role
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.practice.practice_map import PracticeJoin, proposed_pairs
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.under_way import ChoiceUnderWay, choice_under_way
from evidence.ui.shell.wording import plain

ABOUT = (
    "Services stand beside studies on the map's page Services. Where a question to services and "
    "one about studies ask for the same thing, say which answers mean the same; one can mean "
    "several. Nothing is joined because it sounds alike."
)
PROPOSED = "Proposed, since id or words are the same. It counts only once you keep it."
Joins = tuple[PracticeJoin, ...]


def joins_box(desk: Desk) -> None:
    """A box with what is joined; nothing where the review asks no services."""
    choices = map_practice.join_choices(desk)
    if not choices.questions or not choices.of_studies:
        return
    box = st.expander(
        "Services and studies", icon=":material/join_inner:", on_change="rerun", key="map-joins"
    )
    if box.open:
        with box:
            _joins(desk, choices)


@fragment
def _joins(desk: Desk, choices: JoinChoices) -> None:
    st.caption(ABOUT)
    key = f"map-joins-{desk.review_id}"
    choice = choice_under_way(key, map_settings.current(desk).joins)
    titles = {each.id: each.title for each in choices.of_studies}
    joined = {each.question: each for each in choice.before}
    names = {each.id: _named(each, joined.get(each.id), titles) for each in choices.questions}
    asked = st.selectbox(
        "Question to services", list(names), format_func=names.__getitem__, key=f"{key}-question"
    )
    question = next(each for each in choices.questions if each.id == asked)
    may_change = membership.standing(desk).role >= Role.EDITOR
    with st.container():
        join = _ask(question, joined.get(asked), choices, f"{key}-{choice.turn}-{asked}")
    if not may_change:
        st.caption("Editors of the review can change what is joined.")
        return
    with st.container(horizontal=True):
        keeps = st.button("Keep", type="primary", key=f"{key}-keep", disabled=join is None)
        takes_off = asked in joined and st.button("Take the join off", key=f"{key}-off")
    if keeps and join is not None:
        _keep(desk, choice, _with(choice.before, asked, join))
    elif takes_off:
        _keep(desk, choice, _with(choice.before, asked, None))


def _keep(desk: Desk, choice: ChoiceUnderWay[Joins], joins: Joins) -> None:
    if attempt(map_settings.change_joins, desk, joins, choice.before):
        choice.begin_anew(map_settings.current(desk).joins)
        st.rerun()


def _with(before: Sequence[PracticeJoin], question: str, join: PracticeJoin | None) -> Joins:
    others = tuple(each for each in before if each.question != question)
    return (*others, join) if join else others


def _named(question: Dimension, join: PracticeJoin | None, titles: Mapping[str, str]) -> str:
    if join is None:
        return question.title
    return f"{question.title} – joined with {titles.get(join.of_studies, join.of_studies)}"


def _ask(
    question: Dimension, kept: PracticeJoin | None, choices: JoinChoices, key: str
) -> PracticeJoin | None:
    """What is chosen for one question; None where no answer is joined."""
    by_id = {each.id: each for each in choices.of_studies}
    ids = [None, *by_id]
    chosen = st.selectbox(
        "Question about studies that asks for the same",
        ids,
        index=ids.index(kept.of_studies) if kept and kept.of_studies in by_id else 0,
        format_func=lambda each: by_id[each].title if each else "None",
        key=f"{key}-of",
    )
    if chosen is None:
        return None
    is_kept = kept is not None and kept.of_studies == chosen
    pairs = kept.pairs if kept and is_kept else proposed_pairs(question, by_id[chosen])
    if pairs and not is_kept:
        st.caption(PROPOSED)
    paths = {heading.id: heading.path for heading in by_id[chosen].headings}
    joined: list[tuple[str, str]] = []
    for heading in question.headings:
        same = st.multiselect(
            plain(heading.path),
            list(paths),
            [other for one, other in pairs if one == heading.id and other in paths],
            format_func=paths.__getitem__,
            placeholder="Nothing is asked of studies that means this",
            key=f"{key}-{chosen}-{heading.id}",
        )
        joined += [(heading.id, other) for other in same]
    if not joined:
        return None
    return PracticeJoin(question=question.id, of_studies=chosen, pairs=tuple(joined))
