"""Works of several records, and what people said of pairs."""

import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import merged_works, pair_history
from evidence.store.records.pair_history import Act
from evidence.ui.records.comparison import field_text, position_words
from evidence.ui.records.work import split_button, work_details
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain, short

PAGE = 20
PAIRS = 50  # of an act that are listed one by one
VERDICTS = {"same": "Same", "different": "Different", "withdrawn": "Taken back"}


@fragment
def joined_works(desk: Desk) -> None:
    """The works of several records, page by page, to look into and take apart."""
    words = st.text_input("Search title, abstract and authors", type="search", key="joined-words")
    total = cached(merged_works.count, desk, words)
    if not total:
        st.caption("Nothing found." if words else "Nothing was joined yet.")
        return
    page = 1
    if total > PAGE:
        page = st.pagination(-(-total // PAGE), key=f"joins-page-{words}")
    for join in cached(merged_works.page, desk, (page - 1) * PAGE, PAGE, words):
        _join_card(desk, join)


def _join_card(desk: Desk, join: merged_works.MergedWork) -> None:
    """A work of several records: why they are together, and ways to change it."""
    title = plain(short(join.records[0].reference.title or "(no title)"))
    box = st.expander(
        f"{title} · {number(len(join.records), 'record')}",
        icon=":material/join_inner:",
        on_change="rerun",
        key=f"join-{join.work_id}",
    )
    if not box.open:
        return
    with box:
        for why in join.why:
            st.caption(plain(why))
        for record in join.records:
            text_box, button_box = st.columns([5, 1], vertical_alignment="center")
            reference = record.reference
            about = f"{field_text(reference, 'authors')} ({reference.year or 'no year'}). "
            about += f"{reference.title.rstrip('.')}. "
            about += f"{reference.journal} {reference.volume} {reference.pages}"
            text_box.markdown(plain(about))
            text_box.caption(plain(f"{record.source} · {position_words(record)}"))
            with button_box:
                split_button(desk, record.id)
        if st.toggle("Values and where each is from", key=f"values-{join.work_id}"):
            work_details(desk, records.get(desk, join.work_id), split=False)


@fragment
def decided_pairs(desk: Desk) -> None:
    """What people said, newest first, to take back."""
    total = cached(pair_history.count, desk)
    if not total:
        st.caption("Nobody decided a pair yet.")
        return
    page = st.pagination(-(-total // PAGE), key="acts-page") if total > PAGE else 1
    for act, newest in cached(pair_history.history, desk, (page - 1) * PAGE, PAGE):
        text_box, button_box = st.columns([5, 1], vertical_alignment="center")
        several = f" · {number(act.pairs, 'pair')} at once" if act.pairs > 1 else ""
        note = f" — {plain(act.note)}" if act.note else ""
        text_box.markdown(f"**{VERDICTS[act.verdict]}**{several}{note}")
        text_box.caption(f"{_titles(newest)} · {plain(act.person)}, {act.at:%Y-%m-%d %H:%M} UTC")
        if act.standing and button_box.button("Take back", key=f"back-{act.id}", width="stretch"):
            _take_back(desk, act)
        if act.standing and act.pairs > 1:
            _each(desk, act)


def _take_back(desk: Desk, act: Act) -> None:
    if attempt(pair_history.withdraw_act, desk, act.id):
        st.toast("Taken back; what was said before counts again.", icon=":material/undo:")
        st.rerun()


def _each(desk: Desk, act: Act) -> None:
    """The pairs of an act, to take back one by one."""
    box = st.expander("Pair by pair", on_change="rerun", key=f"each-{act.id}")
    if not box.open:
        return
    with box:
        for pair in pair_history.verdicts_of(desk, act.id, PAIRS):
            text_box, button_box = st.columns([5, 1], vertical_alignment="center")
            text_box.caption(_titles(pair))
            if not pair.verdict.stands:
                continue
            pressed = button_box.button("Take back", key=f"one-{pair.verdict.id}", width="stretch")
            if pressed and attempt(pair_history.withdraw, desk, [pair.verdict.id]):
                st.rerun()
        if act.pairs > PAIRS:
            st.caption(f"The newest {PAIRS} of {act.pairs:,} pairs.")


def _titles(pair: pair_history.TitledVerdict) -> str:
    first, second = (plain(short(title or "(no title)")) for title in pair.titles)
    return first if first == second else f"{first} / {second}"
