import streamlit as st

from evidence.ui.results.theme_matrix import theme_matrix_view
from evidence.ui.results.themes import themes_view
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Themes")
building, beside = st.tabs(
    ["Codes and themes", "Beside interventions"], on_change="rerun", key="themes-tab"
)
if beside.open:
    with beside:
        theme_matrix_view(desk)
if building.open:
    with building:
        themes_view(desk)
