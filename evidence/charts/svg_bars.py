"""Studies by the options of a question and by year, as SVG that stands in any page or file.

It needs no script. Most of what it shows is said in its description, for those who hear it; a table
should stand beside it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.labels import widest, width, wrapped
from evidence.charts.palette import CATEGORIES, SMALL_SIZE, TEXT_SIZE, Theme
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    rectangle,
    svg_text,
    text_at,
)
from evidence.synthesis.study_counts import Count, Counts

NOT_CODED = "Not coded"
PAD = 8
LEADING = 16
INDENT = 14
LEAST_BAR = 22  # pixels from one bar to the next
THICK = 0.66
HEIGHT = 180
MOST_TOLD = 10
"""Lines in the description, the longest first: nobody listens to a hundred; a table has them."""
_HEAD_SIZE = 15
_LABEL_SHARE = 0.42
"""How much of the width labels may take."""
_GRID_STEPS = (1, 2, 5)


def option_bars_svg(
    counts: Counts, *, theme: SvgTheme = "light", name: str = "bars", room: float = 640
) -> str:
    """Draw lying bars, one for each option that a study has, in the order of the scheme.

    How many options without a study are left out stands below, with what the numbers mean.

    Args:
        counts: what to draw.
        theme: of the page around it.
        name: begins the ids inside, so that a page can hold several drawings.
        room: width in pixels.
    """
    look = colours(theme)
    lines = [line for line in counts.lines if line.studies]
    bars = [*lines, *_missing(counts)]
    blocks = _label_blocks(bars, room * _LABEL_SHARE)
    label_width = max((block.width for block in blocks), default=0) + 2 * PAD
    number_width = width(f"{counts.total:,}", SMALL_SIZE) + 2 * PAD
    longest = max(1, *(len(bar.studies) for bar in bars), 1)
    across = (room - label_width - number_width) / longest
    head = _Head(counts.title, (*_left_out(counts), *_meaning(counts)), room)
    parts: list[str] = []
    y = head.height
    for bar, block in zip(bars, blocks, strict=True):
        high = max(LEAST_BAR, len(block.lines) * LEADING + 4)
        parts.extend(_lying_bar(bar, block, _Place(label_width, y, across, high), look))
        y += high
    parts.append(line_between(label_width, head.height, label_width, y, look.ink))
    return _svg(name, room, y + PAD, look, counts, [*head.drawn(look), *parts])


def year_bars_svg(
    counts: Counts, *, theme: SvgTheme = "light", name: str = "years", room: float = 640
) -> str:
    """Draw standing bars, one for each year from the first to the last.

    Args:
        counts: studies by year; a line's id is the year.
        theme: of the page around it.
        name: begins the ids inside, so that a page can hold several drawings.
        room: width in pixels.
    """
    look = colours(theme)
    most = max((len(line.studies) for line in counts.lines), default=0)
    steps = list(range(0, most + 1, _grid_step(most)))
    left = width(f"{most:,}", SMALL_SIZE) + 2 * PAD
    head = _Head(counts.title, _without_year(counts), room)
    foot = head.height + LEADING + HEIGHT
    up = HEIGHT / max(1, most)
    parts = [
        part for step in steps for part in _grid_line(step, left, room, foot - step * up, look)
    ]
    each = (room - left - PAD) / max(1, len(counts.lines))
    parts.extend(_standing_bars(counts.lines, _Place(left, foot, each, up), look))
    return _svg(name, room, foot + LEADING + PAD, look, counts, [*head.drawn(look), *parts])


@dataclass(frozen=True, slots=True)
class _Place:
    """Where bars stand: x and y of their beginning, and pixels across and up for each unit."""

    x: float
    y: float
    across: float
    up: float


@dataclass(frozen=True, slots=True)
class _Block:
    """A label in lines, moved in by its depth."""

    lines: tuple[str, ...]
    indent: float

    @property
    def width(self) -> float:
        return self.indent + widest(self.lines, TEXT_SIZE)


class _Head:
    """The title of a drawing and the notes below it, wrapped."""

    def __init__(self, title: str, notes: Iterable[str], room: float) -> None:
        self._title = wrapped(title, room - 2 * PAD, _HEAD_SIZE)
        self._notes = [line for n in notes for line in wrapped(n, room - 2 * PAD, SMALL_SIZE)]

    @property
    def height(self) -> float:
        return PAD + 1.25 * LEADING * len(self._title) + LEADING * len(self._notes) + PAD

    def drawn(self, look: Theme) -> Iterator[str]:
        y: float = PAD
        for line in self._title:
            y += 1.25 * LEADING
            yield text_at(PAD, y - 5, line, Letters(size=_HEAD_SIZE, weight=600))
        for line in self._notes:
            y += LEADING
            yield text_at(PAD, y - 4, line, Letters(ink=look.quiet, size=SMALL_SIZE))


def _missing(counts: Counts) -> tuple[Count, ...]:
    if not counts.without:
        return ()
    return (Count(id="", label=NOT_CODED, studies=counts.without),)


def _label_blocks(bars: Sequence[Count], room: float) -> list[_Block]:
    blocks = []
    for bar in bars:
        indent = min(bar.depth * INDENT, room / 2)
        blocks.append(_Block(tuple(wrapped(bar.label, room - indent, TEXT_SIZE)), indent))
    return blocks


def _lying_bar(bar: Count, block: _Block, place: _Place, look: Theme) -> Iterator[str]:
    size = len(bar.studies)
    middle = place.y + place.up / 2
    first = middle - (len(block.lines) - 1) * LEADING / 2 + 0.35 * TEXT_SIZE
    for number, line in enumerate(block.lines):
        yield text_at(PAD + block.indent, first + number * LEADING, line)
    thick = LEAST_BAR * THICK
    yield _bar(place.x, middle - thick / 2, size * place.across, thick, look, is_coded=bar.id != "")
    x = place.x + size * place.across + 5
    yield text_at(x, middle + 0.35 * SMALL_SIZE, f"{size:,}", _NUMBER)


def _standing_bars(lines: Sequence[Count], place: _Place, look: Theme) -> Iterator[str]:
    label_width = width("2000", SMALL_SIZE) + PAD
    every = max(1, -int(-label_width // place.across))
    has_room = place.across >= max(
        (width(f"{len(line.studies):,}", SMALL_SIZE) for line in lines), default=0
    )
    for number, line in enumerate(lines):
        high = len(line.studies) * place.up
        middle = place.x + (number + 0.5) * place.across
        thick = place.across * (0.8 if place.across > PAD else 1)
        if line.studies:
            yield _bar(middle - thick / 2, place.y - high, thick, high, look, is_coded=True)
            if has_room:
                size = f"{len(line.studies):,}"
                yield text_at(middle, place.y - high - 4, size, _BELOW)
        if number % every == 0:
            yield text_at(middle, place.y + LEADING - 2, line.label, _BELOW)


def _grid_line(step: int, left: float, room: float, y: float, look: Theme) -> Iterator[str]:
    yield line_between(left, y, room - PAD, y, look.ink if step == 0 else look.line)
    letters = Letters(ink=look.quiet, size=SMALL_SIZE, anchor="end")
    yield text_at(left - 5, y + 4, f"{step:,}", letters)


def _grid_step(most: int) -> int:
    """The least of 1, 2, 5, 10, 20 … that makes at most five steps."""
    power = 1
    while True:
        for step in _GRID_STEPS:
            if most <= 5 * step * power:
                return step * power
        power *= 10


def _left_out(counts: Counts) -> Iterator[str]:
    empty = sum(not line.studies for line in counts.lines)
    if empty:
        options = "option without a study is" if empty == 1 else "options without a study are"
        yield f"{empty:,} {options} left out."


def _meaning(counts: Counts) -> Iterator[str]:
    in_lines = sum(len(line.studies) for line in counts.lines if line.depth == 0)
    if in_lines + len(counts.without) > counts.total:
        yield f"A study can stand in several lines; there are {_studies(counts.total)}."
    else:
        yield f"Of {_studies(counts.total)}."


def _without_year(counts: Counts) -> tuple[str, ...]:
    base = f"Of {_studies(counts.total)}"
    return (f"{base}; {len(counts.without):,} without a year." if counts.without else f"{base}.",)


def _studies(number: int) -> str:
    return f"{number:,} {'study' if number == 1 else 'studies'}"


def _described(counts: Counts) -> str:
    lines = [line for line in (*counts.lines, *_missing(counts)) if line.studies]
    told = sorted(lines, key=lambda line: -len(line.studies))[:MOST_TOLD]
    said = "; ".join(f"{line.label}: {len(line.studies):,}" for line in told)
    more = f"; and {len(lines) - len(told):,} more" if len(lines) > len(told) else ""
    return f"{said or 'No study'}{more}. {_studies(counts.total).capitalize()} in all."


def _bar(x: float, y: float, wide: float, high: float, look: Theme, *, is_coded: bool) -> str:
    if is_coded:
        return rectangle(x, y, wide, high, CATEGORIES[0])
    return rectangle(x, y, wide, high, look.ground, look.ink)


_NUMBER = Letters(size=SMALL_SIZE)
_BELOW = Letters(size=SMALL_SIZE, anchor="middle")


def _svg(
    name: str, wide: float, high: float, look: Theme, counts: Counts, parts: Iterable[str]
) -> str:
    told = Told(name=name, title=f"Studies by {counts.title}", text=_described(counts))
    return svg_text(told, wide, high, look, parts)
