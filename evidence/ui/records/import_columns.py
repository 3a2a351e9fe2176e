"""Saying what the columns of a table hold."""

from collections.abc import Mapping

import streamlit as st

from evidence.citations.formats.tables import MEANINGS, Column, Table
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import uploads
from evidence.steps.records.importing.previews import Preview
from evidence.ui.shell.errors import attempt
from evidence.ui.shell.wording import file_name, number, plain, short

IN_A_ROW = 3
AS_IT_IS = "Keep as it is"
NAMED = 8  # columns that are not used; there may be hundreds
WORDS = {**MEANINGS, "title": "Title (needed)"}


def columns_line(desk: Desk, preview: Preview, settings: Settings) -> None:
    """Which columns of a table are not used, and the way to change that."""
    names = [file_name(name, 40) for name in preview.unused_columns]
    if names:
        more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
        st.caption(f"Not used: {', '.join(names[:NAMED])}{more} (kept with each record).")
    if st.toggle("Change what the columns mean", key=f"columns-of-{preview.id}"):
        columns_form(desk, preview, settings)


def columns_form(desk: Desk, preview: Preview, settings: Settings) -> None:
    """Every column with what it is taken for; the table is read again with what people choose."""
    mapping: dict[str, dict[str, str | None]] = {}
    with st.container(border=True):
        st.markdown("**What does each column hold?**")
        st.caption(
            "One column must hold the title. "
            f"What you leave at “{AS_IT_IS}” stays with the record, under its own name."
        )
        for position, table in enumerate(preview.file.sheets):
            if table.sheet:
                st.markdown(f"Sheet {plain(table.sheet)}, {number(table.rows, 'row')}")
            now = preview.file.mapping.get(table.sheet, first_guess(preview, table))
            mapping[table.sheet] = _columns(f"column-{preview.id}-{position}", table, now)
        missing = uploads.missing_title(mapping)
        with st.container(horizontal=True, vertical_alignment="center"):
            pressed = st.button(
                "Read with these columns", disabled=bool(missing), key=f"read-columns-{preview.id}"
            )
            if missing:
                st.caption(plain(missing), width="content")
    if pressed and attempt(uploads.read_again, desk, preview.id, mapping, settings):
        st.rerun()


def first_guess(preview: Preview, table: Table) -> Mapping[str, str | None]:
    """What the form begins with; of several sheets, one without titles stays out."""
    left_out = len(preview.file.sheets) > 1 and "title" not in table.mapping.values()
    return dict.fromkeys(table.mapping) if left_out else table.mapping


def _columns(key: str, table: Table, now: Mapping[str, str | None]) -> dict[str, str | None]:
    words = ["", *MEANINGS]
    mapping: dict[str, str | None] = {}
    for start in range(0, len(table.columns), IN_A_ROW):
        row = st.columns(IN_A_ROW)
        for index, column in enumerate(table.columns[start : start + IN_A_ROW], start):
            with row[index - start]:
                word = st.selectbox(
                    file_name(column.name),
                    words,
                    index=words.index(now.get(column.name) or ""),
                    format_func=lambda word: WORDS.get(word, AS_IT_IS),
                    key=f"{key}-{index}",
                )
                mapping[column.name] = word or None
                st.caption(_samples(column))
    return mapping


def _samples(column: Column) -> str:
    """The first values, so that people see what they speak of."""
    values = " · ".join(plain(short(value, 40)) for value in column.samples[:3])
    return values or "*empty*"
