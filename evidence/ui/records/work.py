"""A work on the screen: its values, where each comes from, and its records as they came."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import record_pairs
from evidence.store.records.filters import Filter
from evidence.store.records.works import Work
from evidence.ui.records.comparison import FIELDS, Column, comparison, field_text, position_words
from evidence.ui.records.labels import labels_and_edits
from evidence.ui.records.work_decisions import work_decisions
from evidence.ui.shell.errors import attempt, rerun
from evidence.ui.shell.wording import number, plain, short

MOST_OFFERED = 8  # works, when somebody looks for a duplicate
LONGEST_NOTE = 500


def work_card(desk: Desk, work: Work) -> None:
    """A work with everything that is known of it, and ways to correct what it rests on."""
    with st.container(border=True):
        st.markdown(f"## {plain(work.reference.title) or '(no title)'}")
        work_details(desk, work)
        work_decisions(desk, work)
        with st.expander("Mark as a duplicate of another work", icon=":material/join_inner:"):
            mark_duplicate(desk, work.id)


def work_details(desk: Desk, work: Work, *, split: bool = True) -> None:
    """The values of a work with where each is from, and its records to read or split off."""
    _values(work)
    labels_and_edits(desk, work.id)
    if len(work.records) > 1:
        with st.expander("Choose which value stands for a field", icon=":material/tune:"):
            _choice(desk, work)
    st.caption(f"Rests on {number(len(work.records), 'record')}:")
    for record in work.records:
        with st.expander(f"{plain(record.source)} · {plain(position_words(record))}"):
            st.code(record.raw, language=None, wrap_lines=True)
            if split and len(work.records) > 1:
                split_button(desk, record.id)


def split_button(desk: Desk, record_id: int) -> None:
    """Part a record from the others of its work."""
    pressed = st.button(
        "Split off",
        key=f"split-{record_id}",
        icon=":material/call_split:",
        help="It becomes a work of its own; the others stay together.",
    )
    if pressed and attempt(record_pairs.split_off, desk, record_id):
        st.toast("Split off. Take it back under Duplicates, “Decided by people”.")
        st.rerun()


def mark_duplicate(desk: Desk, work_id: int) -> None:
    """Look for another work and say that it and this one are one publication.

    For any page that shows a work; draws itself anew by its page's or its part's rerun.
    """
    words = st.text_input(
        "Words of the other work's title, abstract or authors", key=f"same-{work_id}", type="search"
    )
    if not words.strip():
        return
    matches = records.page(desk, Filter(words=words), 0, MOST_OFFERED + 1)
    others = {line.id: line for line in matches if line.id != work_id}
    if not others:
        st.caption("No other work has these words.")
        return
    other = st.radio(
        "Which one?",
        list(others)[:MOST_OFFERED],
        format_func=lambda i: plain(short(others[i].title or "(no title)", 140)),
        captions=[plain(f"{line.authors} ({line.year or 'no year'})") for line in others.values()],
        key=f"other-{work_id}",
    )
    if len(others) > MOST_OFFERED:
        st.caption("There are more; write another word to narrow it down.")
    one_publication(desk, work_id, other)


def one_publication(desk: Desk, work_id: int, other_id: int) -> None:
    """Two works side by side, with a button to say that they are one publication."""
    works = [records.get(desk, i) for i in (work_id, other_id)]
    st.html(comparison(*(_column(work) for work in works)))
    note = st.text_input(
        "Note", key=f"why-{work_id}-{other_id}", placeholder="Why", max_chars=LONGEST_NOTE
    )
    label = "They are one publication"
    pressed = st.button(label, key=f"join-{work_id}-{other_id}", icon=":material/join_inner:")
    if pressed and attempt(record_pairs.mark_same, desk, work_id, other_id, note):
        st.toast("Joined. Take it back under Duplicates, “Decided by people”.")
        rerun()


def selected_works(desk: Desk, work_ids: Sequence[int]) -> None:
    """What can be done with the works that were chosen in a list: one is shown, two are compared.

    More than two are too many to look at side by side.
    """
    if len(work_ids) == 1:
        work_card(desk, records.get(desk, work_ids[0]))
    elif len(work_ids) == 2:  # noqa: PLR2004 - a pair
        one_publication(desk, work_ids[0], work_ids[1])
    elif work_ids:
        st.caption("Choose one work to see it, or two to compare them and mark them as duplicates.")


def _column(work: Work) -> Column:
    first, *more = work.records
    heading = f"{first.source} ({position_words(first)})"
    return Column(heading + (f" and {len(more)} more" if more else ""), work.reference)


def _values(work: Work) -> None:
    files = {record.id: f"{record.source} ({record.file})" for record in work.records}
    rows = [
        {
            "Field": FIELDS[name],
            "Value": plain(field_text(work.reference, name)),
            "From": plain(files.get(work.origin.get(name, 0), "")),
        }
        for name in FIELDS
        if field_text(work.reference, name)
    ]
    table = pd.DataFrame(rows, columns=["Field", "Value", "From"])
    if len(work.records) == 1:
        table = table.drop(columns="From")
    st.table(table.set_index("Field"))


def _choice(desk: Desk, work: Work) -> None:
    """Fields in which the records differ, with the value of each to choose from."""
    differing = [
        name for name in FIELDS if len({getattr(r.reference, name) for r in work.records}) > 1
    ]
    if not differing:
        st.caption("The records agree in every field.")
        return
    field = st.selectbox(
        "Field", differing, format_func=lambda name: FIELDS[name], key=f"field-{work.id}"
    )
    records_by_id = {record.id: record for record in work.records}
    current_id = work.origin.get(field, work.records[0].id)
    record_id = st.radio(
        "Value",
        list(records_by_id),
        index=list(records_by_id).index(current_id) if current_id in records_by_id else 0,
        format_func=lambda i: plain(
            short(field_text(records_by_id[i].reference, field) or "(empty)", 200)
        ),
        captions=[plain(f"{record.source} ({record.file})") for record in work.records],
        key=f"value-{work.id}-{field}",
    )
    pressed = st.button(
        "Let this value stand", key=f"choose-{work.id}", disabled=record_id == current_id
    )
    if pressed and attempt(records.prefer_record, desk, work.id, field, record_id):
        rerun()
