"""The choices of the evidence map, and what is not on it."""

from dataclasses import dataclass

import streamlit as st

from evidence.steps.results import evidence_map as steps
from evidence.steps.results.coded_studies import CodedStudies
from evidence.synthesis.crosstab import CrossTab
from evidence.ui.shell.wording import number, plain

VIEWS = ("Bubbles", "Table")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a visitor wants to see.

    Attributes:
        levels: whether options below options are shown, too.
        empty: whether rows and columns without a study are shown, too.
    """

    rows: str
    columns: str
    colour: str | None
    view: str
    levels: bool
    empty: bool

    @property
    def key(self) -> str:
        """For widgets that belong to this choice alone."""
        return f"{self.rows}-{self.columns}-{self.colour}-{self.levels}-{self.empty}"


def ask_choice(coded: CodedStudies) -> Choice:
    """Ask for rows, columns and colour, and how to show them."""
    dimensions = steps.dimensions_by_id(coded.scheme)
    ids = list(dimensions)
    rows, columns, colour = steps.defaults(coded.scheme)
    rows_box, columns_box, colour_box = st.columns(3)
    rows = rows_box.selectbox(
        "Rows",
        ids,
        ids.index(rows),
        lambda i: dimensions[i].title,
        key="map-rows",
        persist_state="session",
    )
    others = [dimension_id for dimension_id in ids if dimension_id != rows]
    columns = columns_box.selectbox(
        "Columns",
        others,
        others.index(columns) if columns in others else 0,
        lambda i: dimensions[i].title,
        key="map-columns",
        persist_state="session",
    )
    colours = [None, *(dimension_id for dimension_id in others if dimension_id != columns)]
    shade = colour_box.selectbox(
        "Colour",
        colours,
        colours.index(colour) if colour in colours else 0,
        lambda i: dimensions[i].title if i else "No colour",
        key="map-colour",
        persist_state="session",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        view = st.segmented_control(
            "Show as",
            VIEWS,
            default=VIEWS[0],
            key="map-view",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        levels = st.toggle("All levels", help="Show the options below options, too")
        empty = st.toggle("Empty rows and columns", help="What nobody has studied yet")
    return Choice(rows=rows, columns=columns, colour=shade, view=view, levels=levels, empty=empty)


def cross_tab(coded: CodedStudies, choice: Choice) -> CrossTab:
    """The map for a choice; says how many empty rows and columns it leaves out."""
    depth = None if choice.levels else 1
    whole = steps.cross_tab(coded, choice.rows, choice.columns, choice.colour, depth)
    if choice.empty:
        return whole
    tab = whole.filled()
    rows = len(whole.rows.headings) - len(tab.rows.headings)
    columns = len(whole.columns.headings) - len(tab.columns.headings)
    if rows or columns:
        st.caption(
            f"{number(rows, 'row')} and {number(columns, 'column')} without any study are left out."
        )
    return tab


def cell_name(tab: CrossTab, row: str | None, column: str | None, shade: str | None) -> str:
    """A cell or a total in words."""
    names = [
        tab.rows.labels().get(row or "", "All rows"),
        tab.columns.labels().get(column or "", "all columns"),
        *([tab.colours.get(shade, "")] if shade else []),
    ]
    return " × ".join(names)


def not_on_it(coded: CodedStudies, tab: CrossTab) -> None:
    """Studies that the map cannot place, and those that are not coded yet."""
    labels = {study.id: study.label for study in coded.studies}
    if tab.unplaced:
        missing = number(len(tab.unplaced), "study", "studies")
        with st.expander(f"Not on this map: {missing}"):
            for unplaced in tab.unplaced:
                st.markdown(f"- {plain(labels[unplaced.study])}: {plain(unplaced.reason)}")
    if coded.open:
        with st.expander(f"Not coded completely: {number(len(coded.open), 'study', 'studies')}"):
            for label in coded.open:
                st.markdown(f"- {plain(label)}")
