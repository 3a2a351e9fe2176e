"""Studies by the options of a question or by year, as bars that can be clicked."""

from typing import Any

import plotly.graph_objects as go

from evidence.charts.explored.plain_figure import plain_figure
from evidence.charts.grid import GAP
from evidence.charts.labels import lines, safe
from evidence.charts.palette import CATEGORIES, THEMES, ThemeName
from evidence.synthesis.map_view import NONE_OF_THESE
from evidence.synthesis.study_counts import NOT_CODED, Count, Counts

ROW, AXIS = 26, 64
LABEL = 190  # pixels at most
YEARS_HEIGHT = 320
SIZE = 12


def counted(counts: Counts) -> tuple[Count, ...]:
    """The lines with a study, and at the end the studies that are in none."""
    lines_with = tuple(line for line in counts.lines if line.studies)
    missing = Count(id=NONE_OF_THESE, label=NOT_CODED, studies=counts.without)
    return (*lines_with, missing) if counts.without else lines_with


def bars_figure(counts: Counts, theme: ThemeName) -> Any:
    """Lying bars, one for each option that a study has; the first on top.

    Args:
        counts: studies by the options of a question.
        theme: of the page around it.
    """
    bars = counted(counts)
    look = THEMES[theme]
    labels = [lines("– " * bar.depth + bar.label, LABEL, SIZE) for bar in bars]
    trace = go.Bar(
        x=[len(bar.studies) for bar in bars],
        y=list(range(len(bars))),
        orientation="h",
        customdata=[[bar.id] for bar in bars],
        hovertext=[safe(f"{bar.label}: {_share(bar, counts)}") for bar in bars],
        hoverinfo="text",
        marker={
            "color": [look.panel if bar.id == NONE_OF_THESE else CATEGORIES[0] for bar in bars],
            "line": {"color": look.ink, "width": [bar.id == NONE_OF_THESE for bar in bars]},
        },
        unselected={"marker": {"opacity": 0.45}},
    )
    rows = sum(1 + 0.5 * label.count("<br>") for label in labels)
    figure = plain_figure([trace], round(ROW * rows + AXIS), theme, ("Studies", ""))
    figure.update_xaxes(tickformat=",d", nticks=6, rangemode="tozero")
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(bars))),
        ticktext=labels,
        range=[len(bars) - 0.5, -0.5],
        showgrid=False,
        zeroline=False,
        automargin=True,
        ticklabelstandoff=4,
    )
    figure.update_layout(
        margin={"l": GAP, "r": 6 * GAP},
        bargap=0.35,
        annotations=[_number(at, len(bar.studies)) for at, bar in enumerate(bars)],
    )
    return figure


def _number(at: int, size: int) -> dict[str, Any]:
    """The number behind a bar; as a text of the bar it would fade when another one is clicked."""
    return {
        "x": size,
        "y": at,
        "text": f"{size:,}",
        "xanchor": "left",
        "xshift": 4,
        "showarrow": False,
    }


def years_figure(counts: Counts, theme: ThemeName) -> Any:
    """Standing bars, one for each year from the first to the last.

    Args:
        counts: studies by year; a line's id is the year.
        theme: of the page around it.
    """
    trace = go.Bar(
        x=[int(line.id) for line in counts.lines],
        y=[len(line.studies) for line in counts.lines],
        customdata=[[line.id] for line in counts.lines],
        hovertemplate="%{x}: %{y:,}<extra></extra>",
        marker={"color": CATEGORIES[0]},
        unselected={"marker": {"opacity": 0.45}},
    )
    figure = plain_figure([trace], YEARS_HEIGHT, theme, ("Year of the first report", "Studies"))
    figure.update_xaxes(tickformat="d", nticks=12, showgrid=False)
    figure.update_yaxes(tickformat=",d", nticks=6, rangemode="tozero")
    figure.update_layout(bargap=0.15)
    return figure


def _share(bar: Count, counts: Counts) -> str:
    size = len(bar.studies)
    return f"{size:,} of {counts.total:,} ({size / counts.total:.0%})"
