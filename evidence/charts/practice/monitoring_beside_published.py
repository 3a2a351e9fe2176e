"""Quarters of a service as bars above those of published figures, each with its base.

A figure without a percentage has no bar, and its numbers stand there in words. Which bars are
published is said by a head above them and by year, document and place below each, not by colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import HIGH as A4_WIDE
from evidence.charts.direction_pages import MARGIN
from evidence.charts.direction_pages import WIDE as A4_HIGH
from evidence.charts.letters import laid_text
from evidence.charts.page_grid import cut_lines
from evidence.charts.page_parts import (
    LEADING,
    LETTERS,
    NOTE_LEADING,
    SMALL,
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
    path_of,
    px,
    rectangle,
    svg_text,
)
from evidence.synthesis.practice.beside_published import FigureBeside

MOST_QUARTERS = 12
REPORTED, PUBLISHED = "Reported to this review", "Published by documents, of other services"
SUBTITLE = "Per cent of the base that stands with each figure."
BACKGROUND = (
    "Years and bases differ, so published figures are a background and no target. Where no "
    "percentage is known there is no bar."
)
NO_BAR = "no percentage"
WIDE, HIGH = A4_WIDE, A4_HIGH
"""An A4 page, upright, so that letters stay large on a screen."""
LABEL = 372
PLOT_FROM, PLOT_TO = MARGIN + LABEL + 10, WIDE - MARGIN - 60
BAR, HEAD, SCALE = 16, 28, 22
ALL = 100
_MOST_LINES = 3  # of each text of a label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The head of a part, or a figure with the lines of its label."""

    head: str = ""
    figure: FigureBeside | None = None
    bold: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()

    @property
    def high(self) -> float:
        return HEAD if self.head else (len(self.bold) + len(self.soft)) * LEADING + 12


def beside_published_picture(
    outcome: str, reported: Sequence[FigureBeside], published: Sequence[FigureBeside]
) -> Picture:
    """The newest quarters of one service above published figures on the same outcome.

    Args:
        outcome: its name.
        reported: quarters of the service by time; may be none.
        published: figures of documents; may be none.
    """
    title = f"{outcome}: quarters beside published figures"
    drawn = (*reported[-MOST_QUARTERS:], *published)
    sources = tuple(dict.fromkeys(each.source for each in published))
    notes = [BACKGROUND, *(f"[{n}] {source}" for n, source in enumerate(sources, start=1))]
    if len(reported) > MOST_QUARTERS:
        notes.append(f"The newest {MOST_QUARTERS} of {len(reported)} quarters; all in the table.")
    return Picture(
        name="monitoring-beside-published",
        title=title,
        text=f"{title}. {SUBTITLE} {'; '.join(map(_told, drawn))}.",
        draw=lambda theme: _svgs(title, tuple(_rows(drawn, sources)), notes, theme),
        table=_table((*reported, *published)),
    )


def _told(each: FigureBeside) -> str:
    published = f", {each.figure}, {each.source}, {each.place}" if each.is_published else ""
    return f"{each.service}, {each.when}{published}: {each.words}"


def _table(figures: Sequence[FigureBeside]) -> PictureTable:
    rows: list[tuple[Cell, ...]] = [
        (
            each.service,
            each.when,
            each.figure,
            each.words,
            None if each.percent is None else round(float(each.percent), 1),
            PUBLISHED if each.is_published else REPORTED,
            each.source,
            each.place,
            each.note,
        )
        for each in figures
    ]
    head = ("Service", "When", "Figure", "Value and base", "Per cent", "From", "Source", "Place",
            "Note")  # fmt: skip
    return PictureTable(head=head, rows=tuple(rows))


def _rows(figures: Sequence[FigureBeside], sources: Sequence[str]) -> Iterator[_Row]:
    for head, is_published in ((REPORTED, False), (PUBLISHED, True)):
        own = [each for each in figures if each.is_published is is_published]
        yield _Row(head=head if own else f"{head}: no figure")
        for each in own:
            yield _row(each, sources)


def _row(each: FigureBeside, sources: Sequence[str]) -> _Row:
    first = f"{each.service} · {each.when}"
    texts = [each.words]
    if each.is_published:
        at = sources.index(each.source) + 1
        texts = [each.figure, f"{each.words} · [{at}] {each.place}"]
    soft = (line for text in texts for line in cut_lines(text, LABEL - 12, SMALL, _MOST_LINES))
    return _Row(
        figure=each,
        bold=tuple(cut_lines(first, LABEL - 12, LETTERS * 1.05, _MOST_LINES)),
        soft=tuple(soft),
    )


def _svgs(
    title: str, rows: Sequence[_Row], notes: Sequence[str], theme: SvgTheme
) -> tuple[str, ...]:
    look = colours(theme)
    below = note_lines(notes, WIDE)
    above = head_height(title, [SUBTITLE], WIDE) + SCALE
    room = HIGH - 2 * MARGIN - above - len(below) * NOTE_LEADING - 12
    pages = list(on_pages(rows, lambda row: row.high, room))
    drawn = []
    for number, some in enumerate(pages, start=1):
        parts = list(draw_head(title, [SUBTITLE], page_of(number, len(pages)), look, WIDE))
        top = y = MARGIN + above
        bottom = top + sum(row.high for row in some)
        parts += _scale(top, bottom, look)
        for row in some:
            parts += _drawn(row, y, look)
            y += row.high
        parts += draw_notes(below, bottom + 8, look)
        high = bottom + 8 + len(below) * NOTE_LEADING + MARGIN
        told = Told(name=f"monitoring-beside-{number}", title=title, text=title)
        drawn.append(svg_text(told, WIDE, high, look, parts))
    return tuple(drawn)


def _at(percent: float) -> float:
    return PLOT_FROM + (PLOT_TO - PLOT_FROM) * percent / ALL


def _scale(top: float, bottom: float, look: Theme) -> Iterator[str]:
    middle = Letters(ink=look.quiet, size=SMALL, anchor="middle")
    for percent in range(0, ALL + 1, 20):
        x = _at(percent)
        yield line_between(x, top, x, bottom, look.line)
        yield laid_text(x, top - 6, f"{percent}%", middle)


def _drawn(row: _Row, y: float, look: Theme) -> Iterator[str]:
    if row.head:
        yield rectangle(MARGIN, y + 4, WIDE - 2 * MARGIN, HEAD - 6, look.panel)
        yield laid_text(MARGIN + 6, y + 19, row.head, Letters(size=LETTERS, weight=600))
        return
    base = y + LEADING + 2
    for line in row.bold:
        yield laid_text(MARGIN + 6, base, line, Letters(size=LETTERS, weight=600))
        base += LEADING
    for line in row.soft:
        yield laid_text(MARGIN + 6, base, line, Letters(ink=look.quiet, size=SMALL))
        base += LEADING
    yield line_between(MARGIN, y + row.high, WIDE - MARGIN, y + row.high, look.line)
    if row.figure is not None:
        yield from _bar(row.figure, y + row.high / 2, look)


def _bar(each: FigureBeside, middle: float, look: Theme) -> Iterator[str]:
    if each.percent is None:
        quiet = Letters(ink=look.quiet, size=SMALL)
        yield laid_text(PLOT_FROM + 6, middle + 4, NO_BAR, quiet)
        return
    end = _at(float(each.percent))
    way = f"M{px(PLOT_FROM)} {px(middle - BAR / 2)}H{px(end)}v{BAR}H{px(PLOT_FROM)}z"
    ink = CATEGORIES[1] if each.is_published else CATEGORIES[0]
    yield path_of(way, fill=ink, stroke=look.ink)
    said = f"{each.percent:.0f}%" if each.percent == int(each.percent) else f"{each.percent:.1f}%"
    yield laid_text(end + 6, middle + 4, said, Letters(size=LETTERS, weight=600))
