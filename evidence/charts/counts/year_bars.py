"""The years of studies as standing bars, a row for each group, all over the same years."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import cut_lines
from evidence.charts.page_parts import (
    A4,
    LEADING,
    LETTERS,
    NOTE_LEADING,
    SMALL,
    Paper,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
    on_pages,
    page_of,
)
from evidence.charts.palette import CATEGORIES, Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    rectangle,
    svg_text,
)
from evidence.synthesis.study_counts import StudyYears

LABEL = 290
_LABEL_SHARE = 0.26  # of a narrow page
TALLEST, TALLEST_ALONE = 52, 150
"""Pixels of the highest bar, in one of several rows and in the only one."""
_AROUND = 34  # pixels of a row above and below its bars
AXIS = 20
MOST_BARS = 120
WIDEST_BAR = 56  # pixels; a year or two would else fill the page
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Axis:
    """The years that all rows share.

    Attributes:
        first: where the first bar begins.
        step: years in a bar.
        bars: how many fit from the first to the last year.
        most: studies in the highest bar of all.
        left: where they begin, in pixels.
        right: where they end.
        tallest: pixels of the highest bar.
    """

    first: int
    step: int
    bars: int
    most: int
    left: float
    right: float
    tallest: float

    @property
    def across(self) -> float:
        return (self.right - self.left) / self.bars

    @property
    def row(self) -> float:
        """How high a row is."""
        return self.tallest + _AROUND

    def sums(self, years: StudyYears) -> list[int]:
        """How many studies each bar stands for."""
        sums = [0] * self.bars
        for year, n in years.numbers.items():
            sums[(year - self.first) // self.step] += n
        return sums


def year_picture(groups: Sequence[StudyYears], question: str = "", rests_on: str = "") -> Picture:
    """The bars with their table.

    Args:
        groups: of `study_years`: all studies first.
        question: by which they are grouped; empty for all in one.
        rests_on: a sentence on what has been counted, for the note.
    """
    title = f"Studies by year and {question}" if question else "Studies by year"
    text = f"{title}. " + "; ".join(f"{group.label}: {span_words(group)}" for group in groups)
    return Picture(
        name="years",
        title=title,
        text=f"{text}.",
        draw=lambda theme: year_svgs(groups, title, rests_on, theme=theme),
        table=_table(groups, question),
    )


def span_words(years: StudyYears) -> str:
    """From when to when, and how many: `1991 to 2006, 21 studies, 2 without a year`."""
    text = f"{years.studies:,} {'study' if years.studies == 1 else 'studies'}"
    if years.span is not None:
        first, last = years.span
        text = f"{first}, {text}" if first == last else f"{first} to {last}, {text}"
    return f"{text}, {years.without:,} without a year" if years.without else text


def year_svgs(
    groups: Sequence[StudyYears],
    title: str,
    rests_on: str = "",
    *,
    theme: SvgTheme = "light",
    paper: Paper = A4,
    name: str = "years",
) -> tuple[str, ...]:
    """The pages, at least one; each has the same years below its bars.

    Args:
        groups: of `study_years`: all studies first.
        title: stands above each page.
        rests_on: a sentence on what has been counted, for the note.
        theme: of the page around it.
        paper: how large each page is.
        name: begins the ids inside, so that a page can hold several drawings.
    """
    look = colours(theme)
    axis = _axis(groups, paper.wide)
    subtitle = ["A study counts in the year of its first included report."]
    if axis.step > 1:
        subtitle.append(f"Each bar is {axis.step:,} years.")
    notes = note_lines([rests_on] if rests_on else [], paper.wide)
    top = MARGIN + head_height(title, subtitle, paper.wide)
    foot = AXIS + len(notes) * NOTE_LEADING + MARGIN
    pages = list(on_pages(groups, lambda _: axis.row, paper.high - top - foot))
    drawn = []
    for number, page in enumerate(pages, start=1):
        parts = list(draw_head(title, subtitle, page_of(number, len(pages)), look, paper.wide))
        y = top
        for group in page:
            parts += _row(group, axis, y, look)
            y += axis.row
        parts += _years(axis, y, look) if axis.most else ()
        parts += draw_notes(notes, y + AXIS, look)
        text = "; ".join(f"{group.label}: {span_words(group)}" for group in page)
        told = Told(name=f"{name}-{number}", title=title, text=text)
        drawn.append(svg_text(told, paper.wide, y + foot, look, parts))
    return tuple(drawn)


def _axis(groups: Sequence[StudyYears], wide: float) -> _Axis:
    left = MARGIN + min(LABEL, wide * _LABEL_SHARE)
    tallest = TALLEST_ALONE if len(groups) == 1 else TALLEST
    spans = [group.span for group in groups if group.span is not None]
    none = _Axis(first=0, step=1, bars=1, most=0, left=left, right=wide - MARGIN, tallest=tallest)
    if not spans:
        return none
    first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    step = next((s for s in _STEPS if (last - first) // s < MOST_BARS), _STEPS[-1])
    begin = first - first % step
    bars = (last - begin) // step + 1
    right = min(none.right, left + bars * WIDEST_BAR)
    axis = replace(none, first=begin, step=step, bars=bars, right=right)
    return replace(axis, most=max(max(axis.sums(group)) for group in groups))


def _row(group: StudyYears, axis: _Axis, y: float, look: Theme) -> Iterator[str]:
    base = y + axis.row - 10
    room = axis.left - MARGIN - 44
    label = cut_lines(group.label, room, LETTERS, 3)
    for number, line in enumerate(label):
        yield laid_text(MARGIN, y + 22 + number * LEADING, line, Letters(size=LETTERS, weight=600))
    below = cut_lines(span_words(group), room, SMALL, 3)
    for number, line in enumerate(below, start=len(label)):
        quiet = Letters(ink=look.quiet, size=SMALL)
        yield laid_text(MARGIN, y + 24 + number * LEADING, line, quiet)
    if group.numbers:
        yield from _highest(axis, base, look)
    for at, n in enumerate(axis.sums(group) if group.numbers else ()):
        if n:
            yield from _bar(at, n, axis, base, look)
    yield line_between(axis.left, base, axis.right, base, look.quiet)


def _highest(axis: _Axis, base: float, look: Theme) -> Iterator[str]:
    """The scale: how many studies the highest bar of all stands for."""
    top = base - axis.tallest
    yield line_between(axis.left, top, axis.right, top, look.line)
    for y, n in ((top, axis.most), (base, 0)):
        letters = Letters(ink=look.quiet, size=SMALL, anchor="end")
        yield laid_text(axis.left - 6, y + 3.5, f"{n:,}", letters)


def _bar(at: int, n: int, axis: _Axis, base: float, look: Theme) -> Iterator[str]:
    high = n / axis.most * axis.tallest
    gap = min(2.0, axis.across / 5)
    x = axis.left + at * axis.across
    yield rectangle(x + gap / 2, base - high, axis.across - gap, high, CATEGORIES[0])
    if text_width(f"{n:,}", SMALL) <= axis.across + 4:
        letters = Letters(ink=look.ink, size=SMALL, anchor="middle")
        yield laid_text(x + axis.across / 2, base - high - 3, f"{n:,}", letters)


def _years(axis: _Axis, y: float, look: Theme) -> Iterator[str]:
    """The years below the bars, as many as have room."""
    widest = text_width(str(axis.first + axis.bars * axis.step), SMALL) + 12
    every = max(1, -int(-widest // axis.across))
    for at in range(0, axis.bars, every):
        x = axis.left + (at + 0.5) * axis.across
        letters = Letters(ink=look.quiet, size=SMALL, anchor="middle")
        yield laid_text(x, y + 6, str(axis.first + at * axis.step), letters)


def _table(groups: Sequence[StudyYears], question: str) -> PictureTable:
    rows: list[tuple[Cell, ...]] = [
        (group.label, year, number) for group in groups for year, number in group.numbers.items()
    ]
    rows += [(group.label, None, group.without) for group in groups if group.without]
    return PictureTable(
        head=(question or "Studies", "Year (empty: not known)", "Number"), rows=tuple(rows)
    )
