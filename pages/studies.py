import streamlit as st

from evidence.screening.verdicts import Stage
from evidence.steps.coding import studies
from evidence.steps.practice.principles import by_study
from evidence.ui.coding.statements_on_study import statements_by_study
from evidence.ui.coding.studies import (
    each_by_itself,
    report_label,
    shared_card,
    study_card,
    study_words,
    suggestion_card,
)
from evidence.ui.shell import menu, visitor
from evidence.ui.shell.wording import number

desk = visitor.desk()
SHOWN = 50
st.title("Studies")
st.write(
    "One study may be reported in several works. Link them here, so that a study counts once in "
    "every map and table."
)
waiting = studies.unlinked(desk)
listing = studies.listing(desk)

st.header(f"Reports without a study: {len(waiting):,}")
if waiting:
    labels = {report.work_id: report_label(report) for report in waiting}
    work_ids = st.multiselect(
        "Reports of one study", list(labels), format_func=labels.__getitem__, key="reports"
    )
    targets = {study.id: study.label for study in listing}
    target_box, label_box = st.columns(2, vertical_alignment="bottom")
    target = target_box.selectbox(
        "Link them to",
        [None, *targets],
        format_func=lambda i: targets[i] if i else "A new study",
        key="target",
    )
    label = label_box.text_input(
        "Label of the new study", placeholder="first author and year", disabled=bool(target)
    )
    suggested = studies.suggestions(waiting)
    with st.container(horizontal=True):
        if st.button("Link", type="primary", disabled=not work_ids, key="link"):
            if target:
                studies.link(desk, target, work_ids)
            else:
                studies.create(desk, work_ids, label)
            st.rerun()
        each = "Each is a study of its own" if len(waiting) > 1 else "It is a study of its own"
        asked = st.button(each, key="each")
    each_by_itself(desk, waiting, suggested, asked=asked)
    if suggested:
        with st.expander(
            f"{number(len(suggested), 'pair')} that may be one study", icon=":material/lightbulb:"
        ):
            st.caption("The same authors within a few years. Read both before you link them.")
            for suggestion in suggested[:SHOWN]:
                suggestion_card(desk, suggestion)
elif listing:
    st.caption("Every included work belongs to a study.")
    menu.link("coding", "Next: code the studies")
else:
    st.info("Nothing to link yet: include works at full text first.", icon=":material/rule:")
    menu.link("screening", "Go to screening", Stage.FULL_TEXT)

shared = studies.shared_reports(listing)
if shared:
    st.warning(
        "These reports stand in several studies, because duplicates were joined. If the studies "
        "are one, decide whose report it is; the other coding is kept and counts nowhere.",
        icon=":material/join_inner:",
    )
    for shared_report in shared[:SHOWN]:
        shared_card(desk, shared_report)

if listing:
    st.header(f"Studies: {len(listing):,}")
    words = st.text_input("Find a study", type="search", key="find-study").lower().split()
    matching = [s for s in listing if all(word in study_words(s) for word in words)]
    if not matching:
        st.caption("No study has these words in its label or in a report's title.")
    statements, linked = statements_by_study(desk), by_study(desk)
    for study in matching[:SHOWN]:
        study_card(desk, study, statements.get(study.id, ()), linked.get(study.id, ()))
    if len(matching) > SHOWN:
        st.caption(f"{len(matching) - SHOWN:,} more; write into the box above to find them.")
