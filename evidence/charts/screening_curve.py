"""The screening curve: how many relevant works were found as reading went on."""

from collections.abc import Sequence

import plotly.graph_objects as go

from evidence.charts.grid import GAP, LABEL_SIZE
from evidence.charts.palette import CATEGORIES, FONT, TEXT_SIZE, THEMES, ThemeName

HEIGHT = 280
MOST_POINTS = 1000  # more would not be seen, and would be sent for nothing


def screening_curve(relevant: Sequence[int], total: int, theme: ThemeName = "light") -> go.Figure:
    """Draw a line of relevant works found over works read; it ends where reading stands.

    Args:
        relevant: how many relevant works were found when each work had been read.
        total: of all works; the axis shows how far there is still to go.
        theme: of the page around it.
    """
    look = THEMES[theme]
    step = max(1, -(-len(relevant) // MOST_POINTS))
    read = [*range(step, len(relevant), step), len(relevant)]
    figure = go.Figure(
        go.Scatter(
            x=[0, *read],
            y=[0, *(relevant[at - 1] for at in read if at)] if relevant else [0, 0],
            mode="lines",
            line={"color": CATEGORIES[0], "width": 3, "shape": "hv"},
            hovertemplate="%{y:,} relevant among %{x:,} read<extra></extra>",
        )
    )
    figure.update_layout(
        height=HEIGHT,
        paper_bgcolor=look.ground,
        plot_bgcolor=look.ground,
        font={"family": FONT, "size": TEXT_SIZE, "color": look.ink},
        hoverlabel={"bgcolor": look.panel, "bordercolor": look.line, "font_color": look.ink},
        showlegend=False,
        dragmode=False,
        margin={"l": 7 * GAP, "r": 3 * GAP, "t": GAP, "b": 7 * GAP, "pad": 0},
    )
    axis = {
        "tickformat": ",d",
        "nticks": 6,
        "tickfont": {"size": LABEL_SIZE, "color": look.quiet},
        "gridcolor": look.line,
        "zerolinecolor": look.ink,
        "fixedrange": True,
    }
    most = max(relevant, default=0)
    figure.update_xaxes(**axis, range=[0, max(1, total)], title={"text": "Works read"})
    figure.update_yaxes(**axis, range=[0, max(1, most) * 1.08], title={"text": "Relevant found"})
    return figure
