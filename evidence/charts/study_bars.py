"""Studies by the options of a question, and by year."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from evidence.charts.grid import GAP, LABEL_SIZE, LEADING, NARROW
from evidence.charts.labels import lines, safe, widest, width, wrapped
from evidence.charts.palette import (
    CATEGORIES,
    FONT,
    SMALL_SIZE,
    TEXT_SIZE,
    THEMES,
    Theme,
    ThemeName,
)
from evidence.synthesis.study_counts import Count, Counts

BAR = 30
HEIGHT = 260
HOVER = 280


def option_bars(counts: Counts, theme: ThemeName = "light", room: float = 700) -> go.Figure:
    """Draw lying bars, one for each option, in the order of the scheme.

    Every bar carries `customdata` of its option's id, None for the studies without a code.

    Args:
        counts: what to draw.
        theme: of the page around it.
        room: width in pixels.
    """
    look = THEMES[theme]
    bars = _with_missing(counts, "Not coded")
    label_room = 130 if room < NARROW else 240
    blocks = [wrapped(line.label, label_room, LABEL_SIZE) for line in bars]
    tallest = max((len(block) for block in blocks), default=1)
    row = max(BAR, tallest * LEADING * LABEL_SIZE + GAP)
    label_width = widest([part for block in blocks for part in block], LABEL_SIZE) + 2 * GAP
    number_width = width(f"{counts.total:,}", TEXT_SIZE) + 2 * GAP
    figure = _figure(look, room, row * max(1, len(bars)) + 6 * GAP)
    figure.add_trace(_bars(bars, look, range(len(bars)), lying=True, thick=0.7 * BAR / row))
    figure.update_layout(
        margin={"l": label_width, "r": number_width, "t": GAP, "b": 5 * GAP, "pad": 0}
    )
    figure.update_xaxes(**_counting(bars, look))
    figure.update_yaxes(
        range=[len(bars) - 0.5, -0.5],
        tickvals=list(range(len(bars))),
        ticktext=[_label(line, label_room, bars) for line in bars],
        tickfont={"size": LABEL_SIZE},
        ticklabelstandoff=4,
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    return figure


def year_bars(counts: Counts, theme: ThemeName = "light", room: float = 700) -> go.Figure:
    """Draw standing bars, one for each year; studies without a year are named below.

    Every bar carries `customdata` of its year as text.

    Args:
        counts: what to draw.
        theme: of the page around it.
        room: width in pixels.
    """
    look = THEMES[theme]
    figure = _figure(look, room, HEIGHT)
    years = [int(line.id) for line in counts.lines]
    figure.add_trace(_bars(counts.lines, look, years, lying=False))
    figure.update_layout(margin={"l": 5 * GAP, "r": GAP, "t": 3 * GAP, "b": 6 * GAP, "pad": 0})
    figure.update_yaxes(**_counting(counts.lines, look))
    labels = max(1, int((room - 6 * GAP) // (width("2000", LABEL_SIZE) + GAP)))
    figure.update_xaxes(
        tickvals=years[:: -(-len(years) // labels) or 1],
        tickformat="d",
        tickfont={"size": LABEL_SIZE},
        title={"text": _without_year(counts), "font": {"size": LABEL_SIZE, "color": look.quiet}},
        fixedrange=True,
        showgrid=False,
        zeroline=False,
    )
    if len(years) * width("00", SMALL_SIZE) > room - 6 * GAP:
        figure.update_traces(textposition="none")
    return figure


def _figure(theme: Theme, room: float, height: float) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        width=round(room),
        height=round(height),
        paper_bgcolor=theme.ground,
        plot_bgcolor=theme.ground,
        font={"family": FONT, "size": TEXT_SIZE, "color": theme.ink},
        hoverlabel={"bgcolor": theme.panel, "bordercolor": theme.line, "font_color": theme.ink},
        showlegend=False,
        dragmode=False,
        clickmode="event+select",
    )
    return figure


def _bars(
    bars: Sequence[Count],
    theme: Theme,
    places: Sequence[int],
    *,
    lying: bool,
    thick: float = 0.7,
) -> go.Bar:
    sizes = [len(line.studies) for line in bars]
    return go.Bar(
        x=sizes if lying else list(places),
        y=list(places) if lying else sizes,
        orientation="h" if lying else "v",
        marker={
            "color": [CATEGORIES[0] if line.id else theme.ground for line in bars],
            "line": {"color": theme.ink, "width": [0 if line.id else 1 for line in bars]},
        },
        width=thick,
        text=[f"{size:,}" for size in sizes] if lying else [f"{s:,}" if s else "" for s in sizes],
        textposition="outside",
        textfont={"color": theme.ink, "size": SMALL_SIZE},
        cliponaxis=False,
        customdata=[[line.id or None] for line in bars],
        hovertext=[_hover(line) for line in bars],
        hoverinfo="text",
        unselected={"marker": {"opacity": 0.4}},
    )


def _counting(bars: Sequence[Count], theme: Theme) -> dict[str, Any]:
    """An axis of whole numbers from none."""
    most = max((len(line.studies) for line in bars), default=0)
    return {
        "range": [0, max(1, most) * 1.08],
        "tickformat": ",d",
        "dtick": 1 if most < 6 else None,  # noqa: PLR2004
        "nticks": 6,
        "tickfont": {"size": LABEL_SIZE, "color": theme.quiet},
        "gridcolor": theme.line,
        "zerolinecolor": theme.ink,
        "fixedrange": True,
    }


def _with_missing(counts: Counts, label: str) -> tuple[Count, ...]:
    if not counts.without:
        return counts.lines
    return (*counts.lines, Count(id="", label=label, studies=counts.without))


def _label(line: Count, room: float, bars: Sequence[Count]) -> str:
    """The label as it is drawn; strong where others stand below it."""
    text = lines(line.label, room, LABEL_SIZE)
    after = bars[bars.index(line) + 1 :]
    return f"<b>{text}</b>" if after and after[0].depth > line.depth else text


def _hover(line: Count) -> str:
    number = len(line.studies)
    studies = "study" if number == 1 else "studies"
    return f"<b>{number:,} {studies}</b><br>{lines(line.label, HOVER, SMALL_SIZE)}"


def _without_year(counts: Counts) -> str:
    if not counts.without:
        return ""
    return safe(f"{len(counts.without):,} of {counts.total:,} studies without a year")
