"""What charts that are explored share: ground, letters, axes, and words beside the pointer."""

from typing import Any

import plotly.graph_objects as go

from evidence.charts.grid import GAP, LABEL_SIZE
from evidence.charts.palette import FONT, TEXT_SIZE, THEMES, ThemeName


def plain_figure(traces: list[Any], height: int, theme: ThemeName, title: tuple[str, str]) -> Any:
    """A figure as wide as the page, without anything to draw or zoom with.

    Args:
        traces: of plotly.
        height: in pixels.
        theme: of the page around it.
        title: of the axis below and of the one beside; empty for none.
    """
    look = THEMES[theme]
    figure = go.Figure(traces)
    figure.update_layout(
        height=height,
        paper_bgcolor=look.ground,
        plot_bgcolor=look.ground,
        font={"family": FONT, "size": TEXT_SIZE, "color": look.ink},
        hoverlabel={"bgcolor": look.panel, "bordercolor": look.line, "font_color": look.ink},
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        margin={"l": 7 * GAP, "r": 3 * GAP, "t": GAP, "b": 7 * GAP, "pad": 0},
    )
    axis = {
        "tickfont": {"size": LABEL_SIZE, "color": look.quiet},
        "gridcolor": look.line,
        "zerolinecolor": look.ink,
        "fixedrange": True,
    }
    for name, update in zip(title, (figure.update_xaxes, figure.update_yaxes), strict=True):
        update(**axis, title={"text": name, "font": {"size": TEXT_SIZE}})
    return figure
