import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.records.duplicates import duplicate_policy, duplicates
from evidence.ui.records.duplicate_policy import apart_form, report
from evidence.ui.records.merged_works import decided_pairs, joined_works
from evidence.ui.records.pairs import decide_together, pair_view
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.cache import cached
from evidence.ui.shell.job_bar import job_bar
from evidence.ui.shell.progress import progress_bar
from evidence.ui.shell.wording import number, plain

desk = visitor.desk()
st.title("Duplicates")
state = cached(duplicates.counts, desk)
policy = cached(duplicate_policy.current, desk)

if not state.records:
    st.info("Nothing to compare yet: import a file first.", icon=":material/upload_file:")
    menu.link("importing", "Go to import")
    st.stop()

intro, button_box = st.columns([3, 1], vertical_alignment="center")
intro.write(
    "The rules join records that surely describe one publication, and leave to you what is only "
    "possible. Nothing is deleted: every record stays, and everything can be taken back."
)
label = "Compare again" if policy.run else "Find duplicates"
running = job_bar(desk, duplicates.JOB)
if button_box.button(label, type="primary", disabled=running, key="run", width="stretch"):
    duplicates.start(desk, progress_bar())
    st.rerun()

if state.new:
    st.warning(
        f"{number(state.new, 'record was', 'records were')} not compared with the others yet.",
        icon=":material/join_inner:",
    )
if policy.stale:
    st.warning(
        "What is kept apart was changed since the records were last compared. Compare again, so "
        "that the rules follow it.",
        icon=":material/tune:",
    )
with st.container(horizontal=True):
    st.metric("Records", f"{state.records:,}", border=True)
    st.metric("Works", f"{state.works:,}", border=True)
    st.metric("Duplicates removed", f"{state.removed:,}", border=True)
    st.metric("Pairs for you to decide", f"{state.possible:,}", border=True)
if policy.run:
    ran = f"{plain(policy.run.person)}, {policy.run.at:%Y-%m-%d %H:%M} UTC"
    st.caption(f"Last compared by {ran}. {plain(duplicate_policy.sentence(policy.run.kinds))}")
if policy.run and not (state.new or state.possible or policy.stale or running):
    menu.link("screening", "Next: screen by title and abstract", Stage.TITLE_ABSTRACT)

to_decide, joined, decided, for_report, kinds = st.tabs(
    ["To decide", "Joined", "Decided by people", "Report", "What is kept apart"],
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
                    decide_together(desk)
if joined.open:
    with joined:
        for words, count in cached(duplicates.reasons, desk).items():
            st.markdown(f"- {number(count, 'pair')}: {plain(words)}")
        joined_works(desk)
if decided.open:
    with decided:
        decided_pairs(desk)
if for_report.open:
    with for_report:
        report(desk)
        st.markdown("Which source found what alone:")
        menu.link("counts", "Counts, under Sources")
if kinds.open:
    with kinds:
        apart_form(desk)
