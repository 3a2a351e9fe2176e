"""Charts on the page: the visitor's theme, room to scroll, and what was clicked."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal, cast

import streamlit as st

from evidence.charts.palette import ThemeName

if TYPE_CHECKING:
    from streamlit.elements.plotly_chart import PlotlyState

CONFIG = {
    "displayModeBar": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "scrollZoom": False,
}
"""No bar of buttons, and none that sends a chart away."""


def theme() -> ThemeName:
    """Light or dark, as the visitor sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


@contextmanager
def scrolling(key: str, columns: Mapping[str, float] | None = None) -> Iterator[None]:
    """A frame that scrolls sideways, and says so above where the page shows not all of it.

    Args:
        key: unlike any other on the page.
        columns: `left`, `column` and `columns`: where the columns begin and how wide each is, in
            pixels, and how many there are; then the frame says how many are in sight.
    """
    numbers = (columns or {}).items()
    about = " ".join(f'data-{name}="{number:.0f}"' for name, number in numbers)
    with st.container(key=f"framed-{key}"):
        st.html(f'<p class="cut" {about}></p>')  # access.js writes into it
        with st.container(key=f"scroll-{key}"):
            yield


def chart(figure: Any, key: str, alt: str, *, clicks: bool = False) -> list[tuple[Any, ...]]:
    """Show a figure in a frame that scrolls sideways; gives the customdata of what was clicked.

    A figure without a width of its own takes the width of the page.
    """
    if figure.layout.width is None:
        plot = _plot(figure, key, alt, "stretch", clicks=clicks)
    else:
        wide = int(figure.layout.width)
        with scrolling(key, figure.layout.meta), st.container(width=wide, key=f"wide-{key}"):
            plot = _plot(figure, key, alt, wide, clicks=clicks)
    if not clicks:
        return []
    points = cast("PlotlyState", plot).selection.points
    return [tuple(point["customdata"]) for point in points if point.get("customdata")]


def _plot(figure: Any, key: str, alt: str, width: int | Literal["stretch"], *, clicks: bool) -> Any:
    return st.plotly_chart(
        figure,
        width=width,
        theme=None,
        key=key,
        config=CONFIG,
        alt=alt,
        on_select="rerun" if clicks else "ignore",
        selection_mode="points",
    )
