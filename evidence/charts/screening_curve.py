"""The screening curve: how many relevant works were found as reading went on."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from evidence.charts.explored.plain_figure import plain_figure
from evidence.charts.palette import CATEGORIES, ThemeName

HEIGHT = 280
MOST_POINTS = 1000  # more would not be seen, and would be sent for nothing


def screening_curve(relevant: Sequence[int], total: int, theme: ThemeName = "light") -> go.Figure:
    """Draw a line of relevant works found over works read; it ends where reading stands.

    Args:
        relevant: how many relevant works were found when each work had been read.
        total: of all works; the axis shows how far there is still to go.
        theme: of the page around it.
    """
    step = max(1, -(-len(relevant) // MOST_POINTS))
    read = [*range(step, len(relevant), step), len(relevant)]
    curve = go.Scatter(
        x=[0, *read],
        y=[0, *(relevant[at - 1] for at in read if at)] if relevant else [0, 0],
        mode="lines",
        line={"color": CATEGORIES[0], "width": 3, "shape": "hv"},
        hovertemplate="%{y:,} relevant among %{x:,} read<extra></extra>",
    )
    figure = plain_figure([curve], HEIGHT, theme, ("Works read", "Relevant found"))
    most = max(relevant, default=0)
    whole: dict[str, Any] = {"tickformat": ",d", "nticks": 6}
    figure.update_xaxes(**whole, range=[0, max(1, total)])
    figure.update_yaxes(**whole, range=[0, max(1, most) * 1.08])
    return figure
