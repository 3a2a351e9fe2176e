"""A work on the screen: its values, where each comes from, and its records as they came."""

import pandas as pd
import streamlit as st

from evidence.citations.record import Reference
from evidence.steps import duplicates, records
from evidence.steps.desk import Desk
from evidence.ui.trouble import again
from evidence.ui.words import number, plain, short

FIELDS = {
    "title": "Title", "authors": "Authors", "year": "Year", "date": "Date", "journal": "Journal",
    "journal_short": "Journal, abbreviated", "volume": "Volume", "issue": "Issue",
    "pages": "Pages", "type": "Type", "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID",
    "abstract": "Abstract", "keywords": "Keywords", "language": "Language", "urls": "Links",
    "issn": "ISSN", "isbn": "ISBN", "publisher": "Publisher", "place": "Place",
    "editors": "Editors", "notes": "Notes",
}  # fmt: skip

FOUND = 8  # works offered when somebody looks for a twin


def shown(reference: Reference, name: str) -> str:
    """A field's value as text."""
    value = getattr(reference, name)
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)


def work_card(desk: Desk, work: records.Work) -> None:
    """A work with everything that is known of it, and ways to correct what it rests on."""
    with st.container(border=True):
        st.markdown(f"#### {plain(work.reference.title) or '(no title)'}")
        _values(work)
        if len(work.records) > 1:
            with st.expander("Choose which value stands for a field", icon=":material/tune:"):
                _choice(desk, work)
        with st.expander("Mark as a duplicate of another work", icon=":material/join_inner:"):
            _same_as(desk, work)
        st.caption(f"Rests on {number(len(work.records), 'record')}:")
        for record in work.records:
            with st.expander(f"{plain(record.source)} · {plain(record.file)}, line {record.line}"):
                st.code(record.raw, language=None, wrap_lines=True)


def _values(work: records.Work) -> None:
    files = {record.id: f"{record.source} ({record.file})" for record in work.records}
    rows = [
        {
            "Field": FIELDS[name],
            "Value": plain(shown(work.reference, name)),
            "From": plain(files.get(work.origin.get(name, 0), "")),
        }
        for name in FIELDS
        if shown(work.reference, name)
    ]
    table = pd.DataFrame(rows, columns=["Field", "Value", "From"])
    if len(work.records) == 1:
        table = table.drop(columns="From")
    st.table(table.set_index("Field"))


def _choice(desk: Desk, work: records.Work) -> None:
    """Fields in which the records differ, with the value of each to choose from."""
    differing = [
        name for name in FIELDS if len({shown(r.reference, name) for r in work.records}) > 1
    ]
    if not differing:
        st.caption("The records agree in every field.")
        return
    field = st.selectbox(
        "Field", differing, format_func=lambda name: FIELDS[name], key=f"field-{work.id}"
    )
    values = {record.id: record for record in work.records}
    now = work.origin.get(field, work.records[0].id)
    chosen = st.radio(
        "Value",
        list(values),
        index=list(values).index(now) if now in values else 0,
        format_func=lambda i: plain(short(shown(values[i].reference, field) or "(empty)", 200)),
        captions=[plain(f"{record.source} ({record.file})") for record in work.records],
        key=f"value-{work.id}-{field}",
    )
    if st.button("Let this value stand", key=f"choose-{work.id}", disabled=chosen == now):
        records.choose(desk, work.id, field, chosen)
        again()


def _same_as(desk: Desk, work: records.Work) -> None:
    """Find the other work and say that both are one publication."""
    words = st.text_input("Words of the other work's title", key=f"same-{work.id}", type="search")
    if not words:
        return
    found = records.page(desk, records.Filter(words=words), 0, FOUND)
    others = {line.id: line for line in found if line.id != work.id}
    if not others:
        st.caption("No other work has these words.")
        return
    other = st.radio(
        "Which one?",
        list(others),
        format_func=lambda i: plain(short(others[i].title, 140)),
        captions=[plain(f"{line.authors} ({line.year or 'no year'})") for line in others.values()],
        key=f"other-{work.id}",
    )
    if st.button("They are the same publication", key=f"join-{work.id}"):
        twin = records.get(desk, other)
        pair = (work.records[0].id, twin.records[0].id)
        duplicates.decide(desk, pair, "same", "marked by hand")
        again()
