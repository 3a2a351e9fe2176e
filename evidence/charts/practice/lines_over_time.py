"""Figures over time on one page: a line for each thing, broken where a figure is missing.

Each line has its own sign and its name at its end, on a telephone below, so that no colour is
needed to tell them apart.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import in_lines, laid_text, text_width, widest_text
from evidence.charts.page_grid import cut_line
from evidence.charts.page_parts import (
    LETTERS,
    NOTE_LEADING,
    PHONE,
    SMALL,
    UPRIGHT,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
)
from evidence.charts.palette import CATEGORIES, Theme
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    path_of,
    px,
    svg_text,
)
from evidence.errors import Invalid

MOST_LINES = len(CATEGORIES)
LEFT, RIGHT = 46, 206
"""Pixels for the numbers of the scale, and for the names at the ends of lines."""
PLOT, PLOT_ON_PHONE = 400, 280
FOOT = 40
NAME_LEADING = 14
NAME_HIGH = NAME_LEADING * 1.4
MOST_TICKS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """A figure at a time.

    Attributes:
        at: its place in time, in any unit.
        when: in words, below the axis.
        value: None where it is missing, which breaks the line.
    """

    at: float
    when: str
    value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLine:
    """A figure over time.

    Attributes:
        is_joined: whether its points are one thing from time to time, and so joined by a line.
    """

    name: str
    points: tuple[TimePoint, ...]
    is_joined: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresOverTime:
    """All that a picture over time shows.

    Attributes:
        name: begins its file names and the ids inside.
        unit: what the numbers are, such as "people" or "total".
        lines: in the order of the key.
        lowest: where the scale begins.
        highest: where it ends; None for a little above the largest figure.
        levels: values with a name, drawn across.
        notes: sentences below.
        table: the numbers behind it.
    """

    name: str
    title: str
    subtitle: str
    unit: str
    lines: tuple[TimeLine, ...]
    lowest: float = 0
    highest: float | None = None
    levels: tuple[tuple[float, str], ...] = ()
    notes: tuple[str, ...] = ()
    table: PictureTable


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where things stand."""

    wide: float
    top: float
    left: float
    right: float
    bottom: float
    x: Callable[[float], float]
    y: Callable[[float], float]
    highest: float


def over_time_picture(chart: FiguresOverTime) -> Picture:
    """The picture with what it says in words.

    Raises:
        Invalid: there are more lines than can be told apart.
    """
    if len(chart.lines) > MOST_LINES:
        raise Invalid(f"Up to {MOST_LINES} lines can be told apart; choose fewer.")
    return Picture(
        name=chart.name,
        title=chart.title,
        text=_description(chart),
        draw=lambda theme: (_svg(chart, theme, UPRIGHT.wide),),
        draw_on_phone=lambda theme: _svg(chart, theme, PHONE),
        table=chart.table,
    )


def _description(chart: FiguresOverTime) -> str:
    lines = [
        f"{line.name}: "
        + ", ".join(
            f"{point.when} {'no figure' if point.value is None else f'{point.value:g}'}"
            for point in line.points
        )
        for line in chart.lines
    ]
    return f"{chart.title}. {chart.subtitle} {'; '.join(lines)}."


def _svg(chart: FiguresOverTime, theme: SvgTheme, wide: float) -> str:
    look = colours(theme)
    subtitle = in_lines(chart.subtitle, wide - 2 * MARGIN, LETTERS)[:3]
    notes = note_lines(chart.notes, wide)
    frame = _frame(chart, MARGIN + head_height(chart.title, subtitle, wide) + 32, wide)
    parts = list(draw_head(chart.title, subtitle, "", look, wide))
    parts += _axes(chart, frame, look)
    for number, line in enumerate(chart.lines):
        parts += _line(line, number, frame, look)
    below = frame.bottom + FOOT
    if wide > PHONE:
        parts += _line_names(chart.lines, frame, look)
    else:
        parts += _names_below(chart.lines, frame, look)
        below += len(chart.lines) * NAME_HIGH
    parts += draw_notes(notes, below, look)
    high = below + len(notes) * NOTE_LEADING + MARGIN
    if wide > PHONE:
        high = max(min(UPRIGHT.high, high), below + MARGIN)
    described = Told(name=chart.name, title=chart.title, text=_description(chart))
    return svg_text(described, wide, high, look, parts)


def _frame(chart: FiguresOverTime, top: float, wide: float) -> _Frame:
    points = [point for line in chart.lines for point in line.points]
    values = [point.value for point in points if point.value is not None]
    highest = chart.highest
    if highest is None:
        step = _tick_step(max(values, default=1) or 1)
        highest = (floor((max(values, default=1) or 1) / step) + 1) * step
    times = [point.at for point in points]
    first, last = min(times, default=0), max(times, default=1)
    names = widest_text((name for _, name in chart.levels), SMALL)
    left, right = MARGIN + LEFT, wide - MARGIN - (RIGHT if wide > PHONE else 0)
    begin, end = left + 14 + names, right - (0 if wide > PHONE else 24)  # clear of level names
    high = PLOT if wide > PHONE else PLOT_ON_PHONE
    span, height = last - first, highest - chart.lowest

    def x(at: float) -> float:
        return (begin + end) / 2 if not span else begin + (end - begin) * (at - first) / span

    def y(value: float) -> float:
        return top + high * (1 - (value - chart.lowest) / (height or 1))

    return _Frame(
        wide=wide, top=top, left=left, right=right, bottom=top + high, x=x, y=y, highest=highest
    )


def _tick_step(room: float) -> float:
    """A round number that goes a few times into the room."""
    power = 10.0 ** floor(log10(room / MOST_TICKS))
    return next(power * n for n in (1, 2, 5, 10) if room / (power * n) <= MOST_TICKS)


def _axes(chart: FiguresOverTime, frame: _Frame, look: Theme) -> Iterator[str]:
    left, right = frame.left, frame.right
    quiet = Letters(ink=look.quiet, size=SMALL, anchor="end")
    step = _tick_step(frame.highest - chart.lowest or 1)
    tick = chart.lowest
    while tick <= frame.highest + step / 1000:
        yield line_between(left, frame.y(tick), right, frame.y(tick), look.line)
        yield laid_text(left - 6, frame.y(tick) + 4, f"{tick:,g}", quiet)
        tick += step
    yield laid_text(MARGIN, frame.top - 12, chart.unit, Letters(ink=look.quiet, size=SMALL))
    for value, name in chart.levels:
        y = frame.y(value)
        across = f"M{px(left)} {px(y)}H{px(right)}"
        yield path_of(across, stroke=look.quiet, stroke_dasharray="5 3")
        yield laid_text(left + 4, y - 4, name, Letters(ink=look.quiet, size=SMALL))
    yield from _times_below(chart, frame, look)


def _times_below(chart: FiguresOverTime, frame: _Frame, look: Theme) -> Iterator[str]:
    """Days or quarters below, as many as there is room for; the last one always."""
    times = sorted(
        {(point.at, point.when) for line in chart.lines for point in line.points}, reverse=True
    )
    free = float("inf")
    bottom = frame.bottom
    for at, when in times:
        x, wide = frame.x(at), text_width(when, SMALL)
        yield line_between(x, bottom, x, bottom + 5, look.quiet)
        if x + wide / 2 < free:
            middle = Letters(ink=look.quiet, size=SMALL, anchor="middle")
            yield laid_text(x, bottom + 18, when, middle)
            free = x - wide / 2 - 10


def _line(line: TimeLine, number: int, frame: _Frame, look: Theme) -> Iterator[str]:
    ink = CATEGORIES[number]
    for stretch in _unbroken_stretches(line.points):
        places = [f"{px(frame.x(point.at))} {px(frame.y(point.value or 0))}" for point in stretch]
        if len(places) > 1 and line.is_joined:
            yield path_of("M" + "L".join(places), stroke=ink, stroke_width="2")
    for point in line.points:
        if point.value is not None:
            yield _marker(number, frame.x(point.at), frame.y(point.value), look)


def _unbroken_stretches(points: Sequence[TimePoint]) -> Iterator[list[TimePoint]]:
    stretch: list[TimePoint] = []
    for point in points:
        if point.value is None:
            yield stretch
            stretch = []
        else:
            stretch.append(point)
    yield stretch


def _marker(number: int, x: float, y: float, look: Theme) -> str:
    """Each line has a sign of its own, in the order of their number."""
    at, r = f"M{px(x)} {px(y)}", 5.5
    paths = (
        f"{at}m-{r} 0a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 -{2 * r} 0z",
        f"{at}m-5 -5h10v10h-10z",
        f"{at}m0 -7l7 7l-7 7l-7 -7z",
        f"{at}m0 -6.5l6.5 11.5h-13z",
        f"{at}m0 6.5l6.5 -11.5h-13z",
        f"{at}m-2 -6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
        f"{at}m-6 -3h12v6h-12z",
    )
    return path_of(paths[number], fill=CATEGORIES[number], stroke=look.ink)


def _line_names(lines: Sequence[TimeLine], frame: _Frame, look: Theme) -> Iterator[str]:
    """Names at the right, in the order of the last figures, none over another; a line without a
    figure has no sign either.
    """
    heights = [
        (frame.y(last_figure), number)
        for number, line in enumerate(lines)
        if (last_figure := _last_figure(line)) is not None
    ]
    y = frame.top - NAME_LEADING
    x = frame.right + 18
    for height_of_line, number in sorted(heights):
        y = max(height_of_line, y + NAME_HIGH)
        yield _marker(number, x, y, look)
        name = cut_line(lines[number].name, RIGHT - 36, SMALL)
        yield laid_text(x + 12, y + 4, name, Letters(size=SMALL))


def _names_below(lines: Sequence[TimeLine], frame: _Frame, look: Theme) -> Iterator[str]:
    """Names with their signs under the times, in the order of the lines."""
    for number, line in enumerate(lines):
        y = frame.bottom + FOOT + number * NAME_HIGH
        name, room = line.name, frame.wide - 2 * MARGIN - 24
        if _last_figure(line) is None:
            name = f"{name}: no figure"
        else:
            yield _marker(number, MARGIN + 8, y, look)
        yield laid_text(MARGIN + 22, y + 4, cut_line(name, room, LETTERS), Letters(size=LETTERS))


def _last_figure(line: TimeLine) -> float | None:
    values = [point.value for point in line.points if point.value is not None]
    return values[-1] if values else None
