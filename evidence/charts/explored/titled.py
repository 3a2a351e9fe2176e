"""A title above an explored chart, and below it what somebody must know who sees it alone."""

from collections.abc import Sequence
from typing import Any

from evidence.charts.grid import GAP, LABEL_SIZE
from evidence.charts.labels import safe, wrapped
from evidence.charts.palette import THEMES, ThemeName

TITLE_SIZE, TITLE_LEADING = 15, 20
NOTE_LEADING = 16
ROOM = 370
LEFT = 7 * GAP
AXIS = 9 * GAP
"""Pixels: letters of the title and its lines, lines of notes, how wide both may be on a narrow
screen, the axis at the left, and the axis above the notes."""


def with_title_and_notes(
    figure: Any, title: str, notes: Sequence[str], theme: ThemeName, *, right: int = 3 * GAP
) -> Any:
    """The figure, higher by its title and notes.

    Args:
        figure: as `plain_figure` gives it.
        title: what it shows.
        notes: sentences.
        theme: of the page around it.
        right: room at the right, in pixels, for words at the ends of lines.
    """
    look = THEMES[theme]
    heads = wrapped(title, ROOM, TITLE_SIZE)
    lines = [line for note in notes for line in wrapped(note, ROOM, LABEL_SIZE)]
    above = 2 * GAP + TITLE_LEADING * len(heads)
    below = AXIS + NOTE_LEADING * len(lines)
    height = figure.layout.height + above + NOTE_LEADING * len(lines)
    figure.update_layout(
        height=height,
        title={
            "text": "<br>".join(map(safe, heads)),
            "font": {"size": TITLE_SIZE, "color": look.ink},
            "x": 0,
            "xref": "container",
            "pad": {"l": GAP},
            "y": 1 - GAP / height,
            "yanchor": "top",
        },
        margin={"t": above, "l": LEFT, "b": below, "r": right},
    )
    for at, line in enumerate(lines):
        figure.add_annotation(
            text=safe(line),
            x=0,
            y=0,
            xref="paper",
            yref="paper",
            xanchor="left",
            yanchor="top",
            xshift=GAP - LEFT,
            yshift=-(AXIS + NOTE_LEADING * at - GAP),
            showarrow=False,
            align="left",
            font={"size": LABEL_SIZE, "color": look.quiet},
        )
    return figure
