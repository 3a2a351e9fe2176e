"""Progress of screening: works that people had read by each day."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import plotly.graph_objects as go

from evidence.charts.explored.plain_figure import plain_figure
from evidence.charts.explored.titled import with_title_and_notes
from evidence.charts.labels import safe
from evidence.charts.palette import THEMES, ThemeName, mark
from evidence.charts.picture import PictureTable
from evidence.screening.reading_days import DayRead, sums_by_person, together

HEIGHT = 300
MOST_LINES = 6
PARTS = 3  # into which the days are divided by those that are named
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
NAME_ROOM = 130
NAME_LETTERS = 14
NAME_LEADING = 16
PLOT = 230  # pixels from the axis to the highest end, roughly
"""Lines are told apart by dash, symbol and the name at their end, not by colour alone."""


def reading_days_figure(days: Sequence[DayRead], stage: str, theme: ThemeName) -> Any:
    """A line for each of those who read most; what all others read is one more line.

    Args:
        days: of all people.
        stage: of screening, in words.
        theme: of the page around it.
    """
    lines = sums_by_person(_drawn(days))
    traces = [
        _trace(number, person, steps, theme) for number, (person, steps) in enumerate(lines.items())
    ]
    figure = plain_figure(traces, HEIGHT, theme, ("Day (UTC)", "Works decided, in all"))
    figure.update_xaxes(type="date", **_days_axis([each.day for each in days]))
    figure.update_yaxes(tickformat=",d", nticks=6, rangemode="tozero")
    shifts = _apart([steps[-1][1] for steps in lines.values()])
    for (person, steps), shift in zip(lines.items(), shifts, strict=True):
        last, number = steps[-1]
        name = person if len(person) <= NAME_LETTERS else f"{person[: NAME_LETTERS - 1]}…"
        figure.add_annotation(
            x=last.isoformat(),
            y=number,
            text=safe(f"{name} {number:,}"),
            showarrow=False,
            xanchor="left",
            xshift=8,
            yshift=shift,
            font={"color": THEMES[theme].ink},
        )
    return with_title_and_notes(
        figure, reading_days_title(stage), reading_days_notes(days), theme, right=NAME_ROOM
    )


def reading_days_title(stage: str) -> str:
    """What the chart is called."""
    return f"Works decided day by day: {stage.lower()}"


def reading_days_notes(days: Sequence[DayRead]) -> tuple[str, ...]:
    """What is counted."""
    notes = ["Each person counts for each work that they decided, at the time of their decision."]
    people = len({each.person for each in days})
    if people > MOST_LINES:
        least = people - MOST_LINES + 1
        notes.append(f"The {least:,} who read least are one line; the table has all.")
    return tuple(notes)


def reading_days_words(days: Sequence[DayRead], stage: str) -> str:
    """The chart for those who hear it."""
    sums = sums_by_person(days)
    said = "; ".join(
        f"{person} {steps[-1][1]:,} by {steps[-1][0].isoformat()}" for person, steps in sums.items()
    )
    return f"{reading_days_title(stage)}: {said or 'nothing yet'}."


def reading_days_table(days: Sequence[DayRead]) -> PictureTable:
    """Every day of every person."""
    by_day = {
        (person, day): number
        for person, steps in sums_by_person(days).items()
        for day, number in steps
    }
    rows = sorted(days, key=lambda each: (each.day, each.person))
    return PictureTable(
        head=("Day", "Person", "Works decided", "In all by then"),
        rows=tuple(
            (each.day.isoformat(), each.person, each.works, by_day[each.person, each.day])
            for each in rows
        ),
    )


def _days_axis(days: Sequence[date]) -> dict[str, Any]:
    """Whole days are named, few enough for a narrow screen: the first, the last, some between."""
    first, last = min(days), max(days)
    span = (last - first).days
    named = sorted({first + timedelta(days=round(span * at / PARTS)) for at in range(PARTS + 1)})
    around = timedelta(days=max(1, span / 20))
    return {
        "tickmode": "array",
        "tickvals": [day.isoformat() for day in named],
        "ticktext": [f"{day:%m-%d}<br>{day:%Y}" for day in named],
        "tickangle": 0,
        "range": [(first - around).isoformat(), (last + around).isoformat()],
    }


def _apart(ends: Sequence[int]) -> list[float]:
    """By how many pixels the names at the ends of lines, the highest first, are moved so that none
    stands on another.
    """
    scale = PLOT / max(1, *ends, 1)
    shifts: list[float] = []
    below = float("inf")
    for end in ends:
        place = min(end * scale, below - NAME_LEADING)
        shifts.append(round(place - end * scale, 1))
        below = place
    return shifts


def _drawn(days: Sequence[DayRead]) -> list[DayRead]:
    """The days of those who read most, and of all others together."""
    people = list(sums_by_person(days))
    if len(people) <= MOST_LINES:
        return list(days)
    first = set(people[: MOST_LINES - 1])
    rest = [each for each in days if each.person not in first]
    name = f"{len(people) - len(first):,} others"
    return [*(each for each in days if each.person in first), *together(rest, name)]


def _trace(number: int, person: str, steps: Sequence[tuple[Any, int]], theme: ThemeName) -> Any:
    look = mark(number)
    return go.Scatter(
        x=[day.isoformat() for day, _ in steps],
        y=[works for _, works in steps],
        mode="lines+markers",
        line={"color": look.outline(THEMES[theme]), "width": 2, "dash": DASHES[number]},
        marker={
            "symbol": look.symbol,
            "size": 8,
            "color": look.fill,
            "line": {"color": look.outline(THEMES[theme]), "width": 1},
        },
        hovertext=[safe(f"{person}: {works:,} by {day.isoformat()}") for day, works in steps],
        hoverinfo="text",
    )
