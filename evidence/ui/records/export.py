"""The part of a page where people take works away as a file."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import streamlit as st

from evidence.citations.formats import WRITERS, Writer
from evidence.steps.desk import Desk
from evidence.steps.records import exporting, work_tables
from evidence.steps.records.exporting import SETS
from evidence.steps.records.work_tables import Contents, TableForm
from evidence.store.records.filters import Filter
from evidence.ui.shell.cache import cached
from evidence.ui.shell.wording import STAGES, STATES, number

CONTENTS = {
    Contents.REFERENCES: "References",
    Contents.WORKS: "Works with decisions",
    Contents.EXCLUDED: "Excluded at full text",
}
CONTENTS_WORDS = {
    Contents.REFERENCES: "What was published, for other programs; read back without any change.",
    Contents.WORKS: "One row per work: its state and reasons at each stage, labels, sources, "
    "study, and all fields of the publication.",
    Contents.EXCLUDED: "The list for the appendix (PRISMA 2020, item 16b): each reference with its "
    "reason, by reason and author.",
}
NAMES = {Contents.WORKS: "works", Contents.EXCLUDED: "excluded-at-full-text"}


def export_card(desk: Desk, searched: Filter) -> None:
    """Choose works and a format; the file is made when somebody asks for it.

    Args:
        desk: where the person sits.
        searched: what the list above the card shows.
    """
    with st.expander("Export", icon=":material/download:"):
        contents = _ask_contents()
        set_box, source_box, format_box = st.columns(3)
        with set_box:
            name = _ask_set(contents)
        sources = {source.id: source.name for source in cached(exporting.all_sources, desk)}
        source = source_box.selectbox(
            "Source",
            [0, *sources],
            format_func=lambda each: sources.get(each, "All sources"),
            key="export-source",
        )
        is_table = contents is not Contents.REFERENCES
        forms: Mapping[str, Writer | TableForm] = work_tables.FORMS if is_table else WRITERS
        form = format_box.selectbox(
            "Format",
            list(forms),
            format_func=lambda each: forms[each].label,
            key="export-table-format" if is_table else "export-format",
        )
        search = Filter()
        if searched != search and st.toggle(
            "Only what the search and filters above find", value=True, key="export-search"
        ):
            search = searched
        selection = _selection(contents, name, search, source)
        total = cached(exporting.count, desk, selection)
        set_name = NAMES[contents] if is_table else name
        st.download_button(
            f"Download {number(total, 'work')} (.{forms[form].ending})",
            partial(_built, desk, contents, selection, form),
            exporting.file_name(desk, set_name, form),
            forms[form].media_type,
            disabled=not total,
            on_click="ignore",
            icon=":material/download:",
            key="export-download",
        )
        if not total:
            st.caption("No work is in this state; choose other works.")


def _ask_contents() -> Contents:
    contents = st.segmented_control(
        "Contents",
        list(Contents),
        default=Contents.REFERENCES,
        required=True,
        format_func=CONTENTS.__getitem__,
        key="export-contents",
    )
    st.caption(CONTENTS_WORDS[contents])
    return contents


def _ask_set(contents: Contents) -> str:
    """Which works; those of the appendix are the same for all."""
    of_all = contents is not Contents.EXCLUDED
    return st.selectbox(
        "Works",
        list(SETS) if of_all else ["full-text-excluded"],
        format_func=_set_words,
        disabled=not of_all,
        key="export-set" if of_all else "export-set-excluded",
    )


def _selection(contents: Contents, name: str, search: Filter, source: int) -> Filter:
    """What the search finds, of a set and of a source; it goes before the source of the search."""
    within = replace(search, source_id=source) if source else search
    return work_tables.filter_of(contents, exporting.filter_of(name, within))


def _built(desk: Desk, contents: Contents, selection: Filter, form: str) -> bytes:
    if contents is Contents.REFERENCES:
        return b"".join(exporting.file_pieces(desk, selection, form))
    return b"".join(work_tables.pieces(desk, contents, selection, form))


def _set_words(name: str) -> str:
    """A set as the other pages call its stage and its state."""
    works = SETS[name]
    if works.stage is None or works.state is None:
        return "All works"
    return f"{STAGES[works.stage]}: {STATES[works.state].lower()}"
