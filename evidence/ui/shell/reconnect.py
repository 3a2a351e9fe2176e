"""A page that was cut off is drawn again as soon as the server answers.

After a restart, or a long cut, the server has a new session, which does not know the parts of the
page that are drawn by themselves (fragments): what people do in them would not be heard. Streamlit
asks for a whole page only where a run was cut short, so the frame asks for it here.
"""

from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_link", html="<span></span>", js=SCRIPT.read_text("utf-8")
    )


def watch() -> None:
    """Watch the connection; belongs into the frame, which a new session runs as a whole."""
    with st.sidebar:
        _component()(key="waymark-link", on_back_change=lambda: None)
