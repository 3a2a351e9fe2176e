"""Showing how far a step is."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evidence.steps.desk import Progress
from evidence.ui.words import plain


def bar() -> Progress:
    """A progress bar here and now, for a step to fill."""
    shown: DeltaGenerator = st.progress(0.0)

    def tell(done: float, doing: str) -> None:
        shown.progress(min(max(done, 0.0), 1.0), plain(doing))

    return tell
