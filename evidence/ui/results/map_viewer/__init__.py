"""The map of the app: the viewer of evidence/viewer in a component of ours.

It is given only which review, the document's version and its address; the document comes from
map_routes.py, and what is chosen on the map stands in the address of the page. begin.js begins it.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from evidence import viewer
from evidence.steps.desk import Desk
from evidence.steps.results import map_marks
from evidence.steps.review import membership
from evidence.store import Role
from evidence.ui.coding import sent_by_page
from evidence.ui.results import map_routes
from evidence.ui.results.map_routes import WantedMap
from evidence.ui.shell.scripts import OwnScript
from evidence.ui.shell.trouble import is_to_be_told_first
from evidence.viewer.script_modules import joined, with_imports

HERE = Path(__file__).parent
VIEWER = Path(viewer.__file__).parent
KEY = "map-viewer"
ACKNOWLEDGED = "map-acknowledged"


def script() -> str:
    """The component's script, joined from its parts and those of the viewer."""
    return joined(with_imports(HERE / "begin.js"))


@cache
def own_script() -> OwnScript:
    """The script with its style, as browsers fetch it."""
    style = (VIEWER / "map_viewer.css").read_text(encoding="utf-8")
    return OwnScript(name="map-viewer", script=script(), style=style)


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    html = '<p id="map-trouble" role="alert" hidden></p><div id="map"></div>'
    return st.components.v2.component("waymark_map", html=html, js=own_script().loader)


def storage_of(desk: Desk) -> str:
    """How the names begin under which the browser keeps what waits on this map."""
    return f"waymark-map-{desk.review_id}-{desk.person_id}-"


def map_viewer(desk: Desk, which: WantedMap) -> None:
    """Show a map, and keep which cells editors mark on it as not applicable; versions stay as they
    are.
    """
    acknowledged = st.session_state.setdefault(ACKNOWLEDGED, sent_by_page.nothing_yet())
    data = {
        "review": desk.review_id,
        "version": map_routes.packed_map(desk, which).version,
        "address": map_routes.address(desk, which),
        "abstracts": map_routes.abstracts_address(desk, which),
        "storage": storage_of(desk),
        "may_mark": which.version is None and membership.standing(desk).role >= Role.EDITOR,
        **acknowledged,
    }
    _component()(
        key=KEY,
        data=data,
        on_items_change=lambda: take(desk, st.session_state[KEY], acknowledged),
    )


def take(desk: Desk, message: Mapping[str, Any], acknowledged: dict[str, Any]) -> None:
    """Keep which cells were marked, and note which marks are kept or refused.

    What a page still sends for another person or review is left: it waits in the browser under
    their name.
    """
    items = sent_by_page.items_in(storage_of(desk), message)
    if items and not is_to_be_told_first(acknowledged):
        sent_by_page.note(acknowledged, map_marks.apply(desk, items))
