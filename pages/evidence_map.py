import streamlit as st

from evidence.ui.practice.map_joins import joins_box
from evidence.ui.results.evidence_map import map_or_stop, not_coded
from evidence.ui.results.map_download import offer_map
from evidence.ui.results.map_settings import settings_box
from evidence.ui.results.map_versions import chosen_map, version_band, versions_box
from evidence.ui.results.map_viewer import map_viewer
from evidence.ui.shell import visitor

desk = visitor.desk()
st.title("Evidence map")
which = chosen_map(desk)
shown = map_or_stop(desk, which) if which.version is None else None
version_band(desk, which)
map_viewer(desk, which)
offer_map(desk, which)
if shown:
    not_coded(shown)
    settings_box(desk, shown)
    joins_box(desk)
versions_box(desk, which, shown)
