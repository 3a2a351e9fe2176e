import streamlit as st

from evidence.charts.evidence_map import colour_table, evidence_map, table
from evidence.steps import evidence_map as steps
from evidence.ui import place
from evidence.ui.chart_parts import chart, theme
from evidence.ui.coded_parts import coded_or_stop, study_list
from evidence.ui.trouble import part
from evidence.ui.words import number, plain

desk = place.desk()
st.title("Evidence map")
found = coded_or_stop(desk)
known = steps.offered(found.scheme)
ids = list(known)
first_rows, first_columns, first_colour = steps.defaults(found.scheme)


@part
def map_and_list() -> None:
    left, middle, right = st.columns(3)
    rows = left.selectbox(
        "Rows", ids, ids.index(first_rows), lambda one: known[one].title, key="map-rows"
    )
    columns = middle.selectbox(
        "Columns", ids, ids.index(first_columns), lambda one: known[one].title, key="map-columns"
    )
    colours = [None, *ids]
    colour = right.selectbox(
        "Colour",
        colours,
        colours.index(first_colour),
        lambda one: known[one].title if one else "No colour",
        key="map-colour",
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="large"):
        view = st.segmented_control(
            "Show as",
            ["Bubbles", "Table"],
            default="Bubbles",
            key="map-view",
            required=True,
            label_visibility="collapsed",
        )
        detail = st.toggle("All levels", help="Show the options below options, too")
        empty = st.toggle("Empty rows and columns", help="What nobody has studied yet")
    whole = steps.sort(found, rows, columns, colour, None if detail else 1)
    tab = whole if empty else whole.filled()
    hidden = (
        len(whole.rows.headings) - len(tab.rows.headings),
        len(whole.columns.headings) - len(tab.columns.headings),
    )
    if any(hidden):
        st.caption(
            f"{number(hidden[0], 'row')} and {number(hidden[1], 'column')} without any study are "
            "left out."
        )
    if view == "Table":
        st.dataframe(table(tab), alt="Evidence map as a table, with totals")
        st.dataframe(colour_table(tab), hide_index=True, alt="Studies of each colour in each cell")
        return
    heading = (
        f"{tab.rows.title} by {tab.columns.title}, {number(len(tab.studies()), 'study', 'studies')}"
    )
    picked = chart(
        evidence_map(tab, theme()),
        f"map-{rows}-{columns}-{colour}-{detail}-{empty}",
        f"Evidence map: {heading}. The same numbers stand under Show as: Table.",
        clicks=True,
    )
    if picked:
        row, column, shade = picked[0]
        names = [
            tab.rows.labels().get(row, "all rows"),
            tab.columns.labels().get(column, "all columns"),
            *([tab.colours.get(shade, "")] if shade else []),
        ]
        st.subheader(plain(" × ".join(names)))
        study_list(desk, found, tab.studies(row, column, shade), f"cell-{row}-{column}-{shade}")
    else:
        st.caption("Click a bubble or a total to list its studies.")
    if tab.unplaced:
        with st.expander(f"Not on this map: {number(len(tab.unplaced), 'study', 'studies')}"):
            labels = {study.id: study.label for study in found.studies}
            for one in tab.unplaced:
                st.markdown(f"- {plain(labels[one.study])}: {plain(one.reason)}")


map_and_list()
if found.open:
    with st.expander(f"Not coded completely: {number(len(found.open), 'study', 'studies')}"):
        for label in found.open:
            st.markdown(f"- {plain(label)}")
