"""The browser asks before a page is closed on which something was chosen and not kept."""

from pathlib import Path
from typing import Any

import streamlit as st

SCRIPT = Path(__file__).with_suffix(".js")


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component(
        "waymark_unsaved", html="<span></span>", js=SCRIPT.read_text("utf-8")
    )


def ask_before_leaving(name: str, *, unsaved: bool) -> None:
    """Let the browser ask before its tab is closed or loaded anew, while something is unsaved.

    Args:
        name: key of this component, unlike any other on the page.
        unsaved: whether something is.
    """
    _component()(key=name, data={"unsaved": unsaved})
