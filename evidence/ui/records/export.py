"""The part of a page where people take works away as a file."""

from dataclasses import replace
from functools import partial

import streamlit as st

from evidence.citations.formats import WRITERS
from evidence.steps.desk import Desk
from evidence.steps.records import exporting
from evidence.steps.records.exporting import SETS
from evidence.store.records.filters import Filter
from evidence.ui.shell.cache import cached
from evidence.ui.shell.wording import STAGES, STATES, number


def export_card(desk: Desk, searched: Filter) -> None:
    """Choose works and a format; the file is made when somebody asks for it.

    Args:
        desk: where the person sits.
        searched: what the list above the card shows.
    """
    with st.expander("Export", icon=":material/download:"):
        set_box, source_box, format_box = st.columns(3)
        sources = {source.id: source.name for source in cached(exporting.all_sources, desk)}
        name = set_box.selectbox("Works", list(SETS), format_func=_set_words, key="export-set")
        source = source_box.selectbox(
            "Source",
            [0, *sources],
            format_func=lambda each: sources.get(each, "All sources"),
            key="export-source",
        )
        form = format_box.selectbox(
            "Format",
            list(WRITERS),
            format_func=lambda each: WRITERS[each].label,
            key="export-format",
        )
        search = Filter()
        if searched != search and st.toggle(
            "Only what the search above finds", value=True, key="export-search"
        ):
            search = searched
        selection = exporting.filter_of(name, replace(search, source_id=source or None))
        total = cached(exporting.count, desk, selection)
        st.download_button(
            f"Download {number(total, 'work')} (.{WRITERS[form].ending})",
            partial(_built, desk, selection, form),
            exporting.file_name(desk, name, form),
            WRITERS[form].media_type,
            disabled=not total,
            on_click="ignore",
            icon=":material/download:",
            key="export-download",
        )
        if not total:
            st.caption("No work is in this state; choose other works.")


def _built(desk: Desk, selection: Filter, form: str) -> bytes:
    return b"".join(exporting.file_pieces(desk, selection, form))


def _set_words(name: str) -> str:
    """A set as the other pages call its stage and its state."""
    works = SETS[name]
    if works.stage is None or works.state is None:
        return "All works"
    return f"{STAGES[works.stage]}: {STATES[works.state].lower()}"
