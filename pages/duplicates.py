import streamlit as st

from evidence.steps import duplicates
from evidence.ui import menu, place
from evidence.ui.job_parts import job_bar
from evidence.ui.kept import kept
from evidence.ui.pair_parts import (
    decided_pairs,
    join_card,
    overlap_tables,
    pair_view,
    together,
)
from evidence.ui.progress import bar
from evidence.ui.words import number, plain

desk = place.desk()
PAGE = 20
st.title("Duplicates")
state = kept(duplicates.state, desk)

if not state.records:
    st.info("Nothing to compare yet: import a file first.", icon=":material/upload_file:")
    menu.link("importing", "Go to import")
    st.stop()

left, right = st.columns([3, 1], vertical_alignment="center")
left.write(
    "The rules join records that surely describe one publication, and leave to you what is only "
    "possible. Nothing is deleted: every record stays, and everything can be taken back."
)
label = "Compare again" if not state.new else "Find duplicates"
running = job_bar(desk, duplicates.JOB)
if right.button(label, type="primary", disabled=running, key="run", width="stretch"):
    duplicates.start(desk, bar())
    st.rerun()

if state.new:
    st.warning(
        f"{number(state.new, 'record was', 'records were')} not compared with the others yet.",
        icon=":material/join_inner:",
    )
with st.container(horizontal=True):
    st.metric("Records", f"{state.records:,}", border=True)
    st.metric("Works", f"{state.works:,}", border=True)
    st.metric("Duplicates removed", f"{state.removed:,}", border=True)
    st.metric("Pairs for you to decide", f"{state.possible:,}", border=True)

to_decide, joined, decided, by_source = st.tabs(
    ["To decide", "Joined", "Decided by people", "Sources"],
    on_change="rerun",
    key="tab",
)
if to_decide.open:
    with to_decide:
        pair_view(desk)
        if state.possible > 1:
            many = st.expander("Decide many at once", on_change="rerun", key="many")
            if many.open:
                with many:
                    together(desk)
if joined.open:
    with joined:
        for words, count in state.reasons.items():
            st.markdown(f"- {number(count, 'pair')}: {plain(words)}")
        total = kept(duplicates.count_joins, desk)
        if not total:
            st.caption("Nothing was joined yet.")
        page = st.pagination(-(-total // PAGE), key="joins-page") if total > PAGE else 1
        for join in kept(duplicates.joins, desk, (page - 1) * PAGE, PAGE):
            join_card(desk, join)
if decided.open:
    with decided:
        decided_pairs(desk)
if by_source.open:
    with by_source:
        overlap_tables(desk)
