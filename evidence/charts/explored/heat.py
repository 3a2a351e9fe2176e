"""Studies by two questions: the more studies, the darker the cell; cells can be clicked."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from evidence.charts import frame
from evidence.charts.counts.crosstab_heat import DrawnCrosstab
from evidence.charts.grid import Grid, Head, lay_out
from evidence.charts.labels import safe
from evidence.charts.palette import THEMES, ThemeName, letters_on
from evidence.charts.shades import shade_of, shades
from evidence.synthesis.dimensions import Heading

LEAST_COLUMN, LEAST_ROW = 40, 30
EDGE = 3  # pixels between a cell and its lines


def heat_figure(drawn: DrawnCrosstab, theme: ThemeName, room: float = 790) -> Any:
    """Cells with their numbers; as wide as its columns need.

    Args:
        drawn: what is shown.
        theme: of the page around it.
        room: pixels that it should fill.
    """
    look = THEMES[theme]
    rows = [Head(label="– " * each.depth + each.label, least=LEAST_ROW) for each in drawn.rows]
    columns = [Head(label=each.label, least=LEAST_COLUMN) for each in drawn.columns]
    grid = lay_out(rows, columns, room)
    figure = frame.draw(grid, look)
    steps = shades(drawn.most, theme)
    at_row = {heading.id: n for n, heading in enumerate(drawn.rows)}
    at_column = {heading.id: n for n, heading in enumerate(drawn.columns)}
    cells = drawn.cells
    fills = [shade_of(size, steps).fill for _, _, size in cells]
    places = [(at_row[row.id], at_column[column.id]) for row, column, _ in cells]
    grounds = (_ground(place, fill, grid) for place, fill in zip(places, fills, strict=True))
    figure.update_layout(
        shapes=[*(each.to_plotly_json() for each in figure.layout.shapes), *grounds]
    )
    letters = [letters_on(fill) for fill in fills]
    for ink in dict.fromkeys(letters):
        own = [n for n, each in enumerate(letters) if each == ink]
        figure.add_trace(_numbers(own, ink, cells, places, grid, look.ink))
    frame.add_corner(figure, grid, look, drawn.tab.rows.title, drawn.tab.columns.title)
    return figure


def _ground(place: tuple[int, int], fill: str, grid: Grid) -> dict[str, Any]:
    """The shade of a cell."""
    row, column = place
    return {
        "type": "rect",
        "layer": "below",
        "line": {"width": 0},
        "fillcolor": fill,
        "x0": column * grid.column + EDGE,
        "x1": (column + 1) * grid.column - EDGE,
        "y0": grid.edges[row] + EDGE,
        "y1": grid.edges[row + 1] - EDGE,
    }


def _numbers(
    own: Sequence[int],
    ink: str,
    cells: Sequence[tuple[Heading, Heading, int]],
    places: Sequence[tuple[int, int]],
    grid: Grid,
    edge: str,
) -> Any:
    """The numbers in letters of one colour; one that was clicked has an edge.

    Plotly fades what is not chosen unless it has one colour of its own, so each colour is a trace.
    """
    headings = [(cells[n][0], cells[n][1], cells[n][2]) for n in own]
    return go.Scatter(
        x=[grid.x(places[n][1]) for n in own],
        y=[grid.y(places[n][0]) for n in own],
        mode="markers+text",
        text=[f"{size:,}" for _, _, size in headings],
        textfont={"color": ink},
        customdata=[[row.id, column.id] for row, column, _ in headings],
        hovertext=[safe(f"{r.label} and {c.label}: {size:,}") for r, c, size in headings],
        hoverinfo="text",
        marker={"symbol": "square-open", "size": LEAST_ROW - 2 * EDGE, "color": edge, "opacity": 0},
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 0}, "textfont": {"color": ink}},
    )
