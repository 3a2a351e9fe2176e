"""Works of several records, what people said of pairs, and which source found what."""

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import duplicates, pair_history
from evidence.store.records.pair_history import Act
from evidence.ui.records.comparison import shown, where
from evidence.ui.records.work import split_button, work_details
from evidence.ui.shell.cache import cached
from evidence.ui.shell.errors import attempt, fragment
from evidence.ui.shell.wording import number, plain, short

PAGE = 20
PAIRS = 50  # of an act that are listed one by one
VERDICTS = {"same": "Same", "different": "Different", "withdrawn": "Taken back"}
COUNTED = "Works that both sources found; each source with itself gives all of its works."


@fragment
def joined_works(desk: Desk) -> None:
    """The works of several records, page by page, to look into and take apart."""
    words = st.text_input("Search title, abstract and authors", type="search", key="joined-words")
    total = cached(duplicates.count_joins, desk, words)
    if not total:
        st.caption("Nothing found." if words else "Nothing was joined yet.")
        return
    page = 1
    if total > PAGE:
        page = st.pagination(-(-total // PAGE), key=f"joins-page-{words}")
    for join in cached(duplicates.joins, desk, (page - 1) * PAGE, PAGE, words):
        _join_card(desk, join)


def _join_card(desk: Desk, join: duplicates.Join) -> None:
    """A work of several records: why they are together, and ways to change it."""
    title = plain(short(join.records[0].reference.title or "(no title)"))
    opened = st.expander(
        f"{title} · {number(len(join.records), 'record')}",
        icon=":material/join_inner:",
        on_change="rerun",
        key=f"join-{join.work_id}",
    )
    if not opened.open:
        return
    with opened:
        for why in join.why:
            st.caption(plain(why))
        for record in join.records:
            left, right = st.columns([5, 1], vertical_alignment="center")
            reference = record.reference
            about = f"{shown(reference, 'authors')} ({reference.year or 'no year'}). "
            about += f"{reference.title.rstrip('.')}. "
            about += f"{reference.journal} {reference.volume} {reference.pages}"
            left.markdown(plain(about))
            left.caption(plain(f"{record.source} · {where(record)}"))
            with right:
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
    for act, said in cached(pair_history.history, desk, (page - 1) * PAGE, PAGE):
        left, right = st.columns([5, 1], vertical_alignment="center")
        several = f" · {number(act.pairs, 'pair')} at once" if act.pairs > 1 else ""
        note = f" — {plain(act.note)}" if act.note else ""
        left.markdown(f"**{VERDICTS[act.verdict]}**{several}{note}")
        left.caption(f"{_titles(said)} · {plain(act.person)}, {act.at:%Y-%m-%d %H:%M} UTC")
        if act.standing and right.button("Take back", key=f"back-{act.id}", width="stretch"):
            _take_back(desk, act)
        if act.standing and act.pairs > 1:
            _each(desk, act)


def _take_back(desk: Desk, act: Act) -> None:
    if attempt(pair_history.take_back_act, desk, act.id):
        st.toast("Taken back; what was said before counts again.", icon=":material/undo:")
        st.rerun()


def _each(desk: Desk, act: Act) -> None:
    """The pairs of an act, to take back one by one."""
    opened = st.expander("Pair by pair", on_change="rerun", key=f"each-{act.id}")
    if not opened.open:
        return
    with opened:
        for one in pair_history.pairs_of(desk, act.id, PAIRS):
            left, right = st.columns([5, 1], vertical_alignment="center")
            left.caption(_titles(one))
            if not one.verdict.stands:
                continue
            wanted = right.button("Take back", key=f"one-{one.verdict.id}", width="stretch")
            if wanted and attempt(pair_history.take_back, desk, [one.verdict.id]):
                st.rerun()
        if act.pairs > PAIRS:
            st.caption(f"The newest {PAIRS} of {act.pairs:,} pairs.")


def _titles(said: pair_history.Said) -> str:
    first, second = (plain(short(title or "(no title)")) for title in said.titles)
    return first if first == second else f"{first} / {second}"


@fragment
def overlap_tables(desk: Desk) -> None:
    """Which source found what alone, and what each two found together."""
    included = st.toggle("Only works that were included at full text", key="overlap-included")
    names, found = cached(duplicates.overlap_of_sources, desk, included)
    if not found.shares:
        st.caption("No work was included at full text yet." if included else "No work yet.")
        return
    rows = [
        {
            "Source": f"{place}. {names[s.source]}",
            "Works": s.works,
            "Found here only": s.alone,
            "Share": s.alone / s.works if s.works else None,
        }
        for place, s in enumerate(found.shares, 1)
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "Source": st.column_config.TextColumn(width="large"),
            "Share": st.column_config.NumberColumn("Share found here only", format="percent"),
        },
        alt="Works of each source",
    )
    if len(rows) > 1:
        st.caption(COUNTED)
        heads = [str(row["Source"]) for row in rows]
        cells = [[found.shared_by(a.source, b.source) for b in found.shares] for a in found.shares]
        columns = [f"{place}." for place in range(1, len(heads) + 1)]
        table = pd.DataFrame(cells, index=pd.Index(heads, name="Source"), columns=columns)
        st.dataframe(table, alt="Overlap of sources")
