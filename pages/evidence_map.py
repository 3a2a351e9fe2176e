import streamlit as st

from evidence.charts.evidence_map import colour_table, evidence_map, table
from evidence.ui.coding.coded_studies import coded_or_stop, study_list
from evidence.ui.results.evidence_map import ask_choice, cell_name, cross_tab, not_on_it
from evidence.ui.results.map_download import offer_map
from evidence.ui.shell import visitor
from evidence.ui.shell.charts import chart, theme
from evidence.ui.shell.errors import fragment
from evidence.ui.shell.wording import number, plain

desk = visitor.desk()
st.title("Evidence map")
coded = coded_or_stop(desk)


@fragment
def map_and_list() -> None:
    choice = ask_choice(coded)
    tab = cross_tab(coded, choice)
    if choice.view == "Table":
        st.dataframe(table(tab), alt="Evidence map as a table, with totals")
        st.dataframe(colour_table(tab), hide_index=True, alt="Studies of each colour in each cell")
    else:
        about = f"{tab.rows.title} by {tab.columns.title}"
        total = number(len(tab.studies()), "study", "studies")
        picked = chart(
            evidence_map(tab, theme()),
            f"map-{choice.key}",
            f"Evidence map: {about}, {total}. The same numbers stand in the table view.",
            clicks=True,
        )
        if picked:
            st.header(plain(cell_name(tab, *picked[0])))
            key = f"cell-{choice.key}-{picked[0]}"
            study_list(desk, coded, tab.studies(*picked[0]), key)
        else:
            st.caption("Click a bubble or a total to list its studies.")
    if tab.coded_together:
        st.warning(
            "A cell here says that its studies have both codes, not that they compared them: a "
            "study of two interventions and two outcomes stands in all four cells. Choose "
            "“Intervention” and “Outcome” to see what findings say.",
            icon=":material/join_inner:",
        )
    not_on_it(coded, tab)


map_and_list()
offer_map(desk)
