"""Drawing the frame: borders and labels around marks that others draw."""

from typing import Any

import plotly.graph_objects as go

from evidence.charts.grid import GAP, LABEL_SIZE, Grid, Head, two_lines
from evidence.charts.labels import lines, safe
from evidence.charts.palette import FONT, TEXT_SIZE, Theme


def draw(grid: Grid, theme: Theme) -> go.Figure:
    """A figure with borders and labels and no marks yet.

    Its `meta` says where the columns stand, for a page that shows not all of them.
    """
    figure = go.Figure()
    figure.update_layout(
        width=round(grid.margin_left + grid.width + grid.margin_right),
        height=round(grid.margin_top + grid.height + GAP),
        margin={
            "l": grid.margin_left,
            "t": grid.margin_top,
            "r": grid.margin_right,
            "b": GAP,
            "pad": 0,
        },
        paper_bgcolor=theme.ground,
        plot_bgcolor=theme.ground,
        font={"family": FONT, "size": TEXT_SIZE, "color": theme.ink},
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.line, "font_color": theme.ink},
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
        meta={"left": grid.margin_left, "column": grid.column, "columns": len(grid.columns)},
        hovermode="closest",
        hoverdistance=12,
        shapes=[*_grounds(grid, theme), *_borders(grid, theme)],
    )
    plain = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True}
    figure.update_xaxes(
        side="top",
        range=[0, max(1, grid.width)],
        tickmode="array",
        tickvals=[grid.x(column) for column in range(len(grid.columns))],
        ticktext=[_column_text(grid, head) for head in grid.columns],
        tickangle=-35 if grid.leaning else 0,
        tickfont={"size": LABEL_SIZE},
        ticklabelstandoff=4,
        automargin=False,
        **plain,
    )
    figure.update_yaxes(
        range=[max(1, grid.height), 0],
        tickmode="array",
        tickvals=[grid.y(row) for row in range(len(grid.rows))],
        ticktext=[_text(row, grid.label_room) for row in grid.rows],
        tickfont={"size": LABEL_SIZE},
        ticklabelstandoff=4,
        automargin=False,
        **plain,
    )
    return figure


def add_corner(figure: go.Figure, grid: Grid, theme: Theme, rows: str, columns: str) -> None:
    """Say what the rows and the columns are, in the corner between their labels."""
    room = grid.margin_left - 2 * GAP
    across = "<br>".join([lines(columns, room, LABEL_SIZE) + " →", lines(rows, room, LABEL_SIZE)])
    figure.add_annotation(
        text=across + " ↓",
        x=0,
        y=1,
        xref="paper",
        yref="paper",
        xshift=-6,
        yshift=4,
        xanchor="right",
        yanchor="bottom",
        align="right",
        showarrow=False,
        font={"size": LABEL_SIZE, "color": theme.quiet},
    )


def _text(head: Head, room: float) -> str:
    text = lines(head.label, room, LABEL_SIZE)
    return f"<b>{text}</b>" if head.strong or head.apart else text


def _column_text(grid: Grid, head: Head) -> str:
    if not grid.leaning:
        return _text(head, grid.column - GAP)
    text = "<br>".join(safe(line) for line in two_lines(head.label))
    return f"<b>{text}</b>" if head.strong or head.apart else text


def _grounds(grid: Grid, theme: Theme) -> list[dict[str, Any]]:
    ground = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": theme.panel}
    rows = [
        ground | {"x0": 0, "x1": grid.width, "y0": grid.edges[n], "y1": grid.edges[n + 1]}
        for n, row in enumerate(grid.rows)
        if row.apart
    ]
    columns = [
        ground | {"x0": n * grid.column, "x1": (n + 1) * grid.column, "y0": 0, "y1": grid.height}
        for n, column in enumerate(grid.columns)
        if column.apart
    ]
    return rows + columns


def _borders(grid: Grid, theme: Theme) -> list[dict[str, Any]]:
    line = {"type": "line", "layer": "below", "line": {"color": theme.line, "width": 1}}
    across = [line | {"x0": 0, "x1": grid.width, "y0": y, "y1": y} for y in grid.edges]
    edges = [number * grid.column for number in range(len(grid.columns) + 1)]
    return across + [line | {"x0": x, "x1": x, "y0": 0, "y1": grid.height} for x in edges]
