"""A work on the screen: its values, where each comes from, and its records as they came."""

from dataclasses import fields

import pandas as pd
import streamlit as st

from evidence.citations.record import Reference
from evidence.steps import records
from evidence.ui.words import number, plain

FIELDS = {
    "title": "Title", "authors": "Authors", "year": "Year", "date": "Date", "journal": "Journal",
    "journal_short": "Journal, abbreviated", "volume": "Volume", "issue": "Issue",
    "pages": "Pages", "type": "Type", "doi": "DOI", "pmid": "PMID", "pmcid": "PMCID",
    "abstract": "Abstract", "keywords": "Keywords", "language": "Language", "urls": "Links",
    "issn": "ISSN", "isbn": "ISBN", "publisher": "Publisher", "place": "Place",
    "editors": "Editors", "notes": "Notes",
}  # fmt: skip


def shown(reference: Reference, name: str) -> str:
    """A field's value as text."""
    value = getattr(reference, name)
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return "" if value is None else str(value)


def work_card(work: records.Work) -> None:
    """A work with everything that is known of it."""
    with st.container(border=True):
        st.markdown(f"#### {plain(work.reference.title) or '(no title)'}")
        files = {record.id: f"{record.source} ({record.file})" for record in work.records}
        rows = [
            {
                "Field": FIELDS[field.name],
                "Value": shown(work.reference, field.name),
                "From": files.get(work.origin.get(field.name, 0), ""),
            }
            for field in fields(Reference)
            if shown(work.reference, field.name)
        ]
        table = pd.DataFrame(rows, columns=["Field", "Value", "From"])
        if len(work.records) == 1:
            table = table.drop(columns="From")
        st.table(table.set_index("Field"))
        st.caption(f"Rests on {number(len(work.records), 'record')}:")
        for record in work.records:
            with st.expander(f"{plain(record.source)} · {plain(record.file)}, line {record.line}"):
                st.code(record.raw, language=None, wrap_lines=True)
