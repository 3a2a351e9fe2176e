"""Charts on the page: the visitor's theme, room to scroll, and what was clicked."""

from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from evidence.charts.palette import ThemeName

if TYPE_CHECKING:
    from streamlit.elements.plotly_chart import PlotlyState

CONFIG = {
    "displayModeBar": False,
    "scrollZoom": False,
}

ROOM = 1000  # pixels that a wide page has


def theme() -> ThemeName:
    """Light or dark, as the visitor sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def chart(figure: Any, key: str, alt: str, *, clicks: bool = False) -> list[tuple[Any, ...]]:
    """Show a figure in a frame that scrolls sideways; gives the customdata of what was clicked.

    A figure without a width of its own takes the width of the page.
    """
    if figure.layout.width is None:
        st.plotly_chart(figure, width="stretch", theme=None, key=key, config=CONFIG, alt=alt)
        return []
    wide = int(figure.layout.width)
    if wide > ROOM:
        st.caption("Wider than the page: scroll sideways for the rest.")
    with st.container(key=f"scroll-{key}"), st.container(width=wide, key=f"wide-{key}"):
        plot = st.plotly_chart(
            figure,
            width=wide,
            theme=None,
            key=key,
            config=CONFIG,
            alt=alt,
            on_select="rerun" if clicks else "ignore",
            selection_mode="points",
        )
    if not clicks:
        return []
    points = cast("PlotlyState", plot).selection.points
    return [tuple(point["customdata"]) for point in points if point.get("customdata")]
