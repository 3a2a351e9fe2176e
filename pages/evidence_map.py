import streamlit as st

from evidence.ui.results.evidence_map import map_or_stop, not_coded
from evidence.ui.results.map_download import offer_map
from evidence.ui.results.map_settings import settings_box
from evidence.ui.results.map_viewer import map_viewer
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Evidence map")
shown = map_or_stop(desk)
map_viewer(desk, shown)
offer_map(desk)
not_coded(shown)
settings_box(desk, shown)
