"""Keys for rare actions, safe against a key that is held or pressed while something is drawn.

Streamlit's own shortcuts press whatever button stands there when the key arrives. Here a key press
carries what it was meant for, as the page showed it.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_keys", html="<span></span>", js=SCRIPT.read_text("utf-8")
    )


def pressed(about: str, keys: Mapping[str, str], name: str) -> str:
    """What the key means that was pressed for `about`; empty where none was.

    Args:
        about: what stands on the page; a key that was meant for something else is ignored.
        keys: meanings by key, in lower case; never c or r, which Streamlit keeps for itself.
        name: key of this component, unlike any other on the page.
    """
    result = _component()(
        key=name, data={"about": about, "keys": list(keys)}, on_pressed_change=lambda: None
    )
    event = result.pressed or {}
    return keys.get(str(event.get("key")), "") if event.get("about") == about else ""
