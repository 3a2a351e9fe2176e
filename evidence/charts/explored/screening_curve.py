"""The screening curve: how many relevant works were found as reading went on, and of how many."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from evidence.charts.explored.plain_figure import plain_figure
from evidence.charts.explored.titled import with_title_and_notes
from evidence.charts.palette import CATEGORIES, THEMES, ThemeName
from evidence.charts.picture import PictureTable

TITLE = "Relevant works found as reading went on"
HEIGHT = 280
MOST_POINTS = 1000  # more would not be seen, and would be sent for nothing
FURTHEST = 3
"""A bound beyond so many times what is found or likely is said and not drawn: the line of what was
found would lie flat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelevantInAll:
    """How many relevant works there are, read or not, as random works tell it.

    Attributes:
        likeliest: the best guess; None while no random work was relevant.
        at_most: the bound that is not passed at `confidence`.
        random_works: on which this rests.
    """

    likeliest: int | None
    at_most: int
    confidence: float
    random_works: int


def screening_curve(
    relevant: Sequence[int],
    total: int,
    theme: ThemeName = "light",
    in_all: RelevantInAll | None = None,
) -> Any:
    """Draw a line of relevant works found over works read; it ends where reading stands.

    Args:
        relevant: how many relevant works were found when each work had been read.
        total: of all works; the axis shows how far there is still to go.
        theme: of the page around it.
        in_all: drawn as level lines; None where random works cannot tell.
    """
    likeliest = in_all.likeliest if in_all else None
    figure = plain_figure(
        [_line(relevant, likeliest)], HEIGHT, theme, ("Works read", "Relevant found")
    )
    most = max(relevant, default=0)
    bounds = _bounds(in_all, most)
    for level, words, dash in bounds:
        figure.add_hline(
            y=level,
            line={"color": THEMES[theme].ink, "width": 1.5, "dash": dash},
            annotation={"text": words, "font": {"color": THEMES[theme].ink}},
            annotation_position="top left",
        )
    highest = max([1, most, *(level for level, _, _ in bounds)])
    figure.update_xaxes(range=[0, max(1, total)], tickformat=",d", nticks=6)
    figure.update_yaxes(range=[0, highest * 1.15], tickformat=",d", nticks=6)
    return with_title_and_notes(figure, TITLE, curve_notes(in_all), theme)


def _line(relevant: Sequence[int], likeliest: int | None) -> Any:
    step = max(1, -(-len(relevant) // MOST_POINTS))
    read = [*range(step, len(relevant), step), len(relevant)]
    y = [0, *(relevant[at - 1] for at in read if at)] if relevant else [0, 0]
    share = "; %{customdata:.0%} of those estimated" if likeliest else ""
    return go.Scatter(
        x=[0, *read],
        y=y,
        customdata=[found / likeliest for found in y] if likeliest else None,
        mode="lines",
        line={"color": CATEGORIES[0], "width": 3, "shape": "hv"},
        hovertemplate=f"%{{y:,}} relevant among %{{x:,}} read{share}<extra></extra>",
    )


def _bounds(in_all: RelevantInAll | None, most: int) -> list[tuple[int, str, str]]:
    """The level lines: how high, their words, and how they are dashed."""
    if in_all is None:
        return []
    bounds = []
    likeliest = in_all.likeliest
    if likeliest is not None:
        bounds.append((likeliest, f"about {likeliest:,} in all", "dash"))
    drawn = in_all.at_most <= FURTHEST * max(1, most, likeliest or 0)
    if drawn and in_all.at_most != likeliest:
        bounds.append((in_all.at_most, f"at most {in_all.at_most:,}", "dot"))
    return bounds


def curve_notes(in_all: RelevantInAll | None) -> tuple[str, ...]:
    """What the line counts, and what is estimated from what."""
    counted = "Works that are unclear or in conflict count as relevant."
    if in_all is None:
        return (counted, "How many there are in all cannot be estimated from random works yet.")
    about = "" if in_all.likeliest is None else f"about {in_all.likeliest:,}, "
    estimated = (
        f"In all, read or not: {about}at most {in_all.at_most:,} ({in_all.confidence:.0%} sure), "
        f"by {in_all.random_works:,} works that were drawn at random."
    )
    return counted, estimated


def curve_table(relevant: Sequence[int], in_all: RelevantInAll | None = None) -> PictureTable:
    """Where the line rises, and where it ends; between these it is level."""
    likeliest = in_all.likeliest if in_all else None
    rises = [
        (at, found)
        for at, (before, found) in enumerate(zip((0, *relevant), relevant, strict=False), start=1)
        if found != before or at == len(relevant)
    ]
    return PictureTable(
        head=("Works read", "Relevant found", "Share of those estimated"),
        rows=tuple((at, n, round(n / likeliest, 4) if likeliest else None) for at, n in rises),
    )
