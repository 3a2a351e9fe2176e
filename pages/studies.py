import streamlit as st

from evidence.steps.coding import studies
from evidence.ui.coding.studies import (
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
waiting = studies.waiting(desk)
made = studies.listing(desk)

st.subheader(f"Reports without a study: {len(waiting):,}")
if waiting:
    labels = {report.work_id: report_label(report) for report in waiting}
    chosen = st.multiselect(
        "Reports of one study", list(labels), format_func=labels.__getitem__, key="reports"
    )
    targets = {study.id: study.label for study in made}
    left, right = st.columns(2, vertical_alignment="bottom")
    target = left.selectbox(
        "Link them to",
        [None, *targets],
        format_func=lambda i: targets[i] if i else "A new study",
        key="target",
    )
    label = right.text_input(
        "Label of the new study", placeholder="first author and year", disabled=bool(target)
    )
    with st.container(horizontal=True):
        if st.button("Link", type="primary", disabled=not chosen, key="link"):
            if target:
                studies.link(desk, target, chosen)
            else:
                studies.make(desk, chosen, label)
            st.rerun()
        each = "Each is a study of its own" if len(waiting) > 1 else "It is a study of its own"
        if st.button(each, key="each"):
            studies.make_each(desk, list(labels))
            st.rerun()
    suggested = studies.suggestions(waiting)
    if suggested:
        with st.expander(
            f"{number(len(suggested), 'pair')} that may be one study", icon=":material/lightbulb:"
        ):
            st.caption("The same authors within a few years. Read both before you link them.")
            for one in suggested[:SHOWN]:
                suggestion_card(desk, one)
elif made:
    st.caption("Every included work belongs to a study.")
    menu.link("coding", "Next: code the studies")
else:
    st.info("Nothing to link yet: include works at full text first.", icon=":material/rule:")
    menu.link("screening", "Go to screening")

shared = studies.shared(made)
if shared:
    st.warning(
        "These reports stand in several studies, because duplicates were joined. If the studies "
        "are one, decide whose report it is; the other coding is kept and counts nowhere.",
        icon=":material/join_inner:",
    )
    for several in shared[:SHOWN]:
        shared_card(desk, several)

if made:
    st.subheader(f"Studies: {len(made):,}")
    words = st.text_input("Find a study", type="search", key="find-study").lower().split()
    found = [s for s in made if all(word in study_words(s) for word in words)]
    if not found:
        st.caption("No study has these words in its label or in a report's title.")
    for study in found[:SHOWN]:
        study_card(desk, study)
    if len(found) > SHOWN:
        st.caption(f"{len(found) - SHOWN:,} more; write into the box above to find them.")
