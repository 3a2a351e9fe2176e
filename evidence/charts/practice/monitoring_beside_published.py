"""Quarters of a service as bars above those of published figures, each with its base.

A figure without a percentage has no bar, and its numbers stand there in words. On a telephone each
bar stands below its label. Which bars are
published is said by a head above them and by year, document and place below each, not by colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.page_grid import cut_lines
from evidence.charts.page_parts import (
    LEADING,
    LETTERS,
    NOTE_LEADING,
    PHONE,
    SMALL,
    UPRIGHT,
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
LABEL = 372
AFTER_BAR = 60
"""Pixels of labels beside bars, and of the per cent behind a bar."""
BAR, HEAD, SCALE = 16, 28, 22
ALL = 100
_MOST_LINES = 3  # of each text of a label


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Where labels and bars stand on a page of a width."""

    wide: float

    @property
    def is_stacked(self) -> bool:
        """Whether bars stand below their labels."""
        return self.wide <= PHONE

    @property
    def label(self) -> float:
        return self.wide - 2 * MARGIN if self.is_stacked else LABEL

    def at(self, percent: float) -> float:
        """Where a bar of so much ends."""
        begin = MARGIN + (6 if self.is_stacked else LABEL + 10)
        return begin + (self.wide - MARGIN - AFTER_BAR - begin) * percent / ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """The head of a part, or a figure with the lines of its label."""

    head: str = ""
    figure: FigureBeside | None = None
    bold: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    is_stacked: bool = False

    @property
    def labels_high(self) -> float:
        return (len(self.bold) + len(self.soft)) * LEADING + 12

    @property
    def high(self) -> float:
        if self.head:
            return HEAD
        return self.labels_high + (BAR + 10 if self.is_stacked else 0)


def beside_published_picture(
    outcome: str, reported: Sequence[FigureBeside], published: Sequence[FigureBeside]
) -> Picture:
    """The newest quarters of one service above published figures on the same outcome.

    Args:
        outcome: its name.
        reported: quarters of the service by time; may be none.
        published: figures of documents; may be none.
    """
    whose = f" of {reported[0].service}" if reported else ""
    title = f"{outcome}: quarters{whose} beside published figures"
    drawn = (*reported[-MOST_QUARTERS:], *published)
    sources = tuple(dict.fromkeys(each.source for each in published))
    notes = [BACKGROUND, *(f"[{n}] {source}" for n, source in enumerate(sources, start=1))]
    if len(reported) > MOST_QUARTERS:
        notes.append(f"The newest {MOST_QUARTERS} of {len(reported)} quarters; all in the table.")
    return Picture(
        name="monitoring-beside-published",
        title=title,
        text=f"{title}. {SUBTITLE} {'; '.join(map(_told, drawn))}.",
        draw=lambda theme: _svgs(title, tuple(_rows(drawn, sources, _PAGE)), notes, theme),
        draw_on_phone=lambda theme: _phone(
            title, tuple(_rows(drawn, sources, _ON_PHONE)), notes, theme
        ),
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


def _rows(figures: Sequence[FigureBeside], sources: Sequence[str], sheet: _Sheet) -> Iterator[_Row]:
    for head, is_published in ((REPORTED, False), (PUBLISHED, True)):
        own = [each for each in figures if each.is_published is is_published]
        yield _Row(head=head if own else f"{head}: no figure")
        for each in own:
            yield _row(each, sources, sheet)


def _row(each: FigureBeside, sources: Sequence[str], sheet: _Sheet) -> _Row:
    first = f"{each.service} · {each.when}"
    texts = [each.words]
    if each.is_published:
        at = sources.index(each.source) + 1
        texts = [each.figure, f"{each.words} · [{at}] {each.place}"]
    room = sheet.label - 12
    soft = (line for text in texts for line in cut_lines(text, room, SMALL, _MOST_LINES))
    return _Row(
        figure=each,
        bold=tuple(cut_lines(first, room, LETTERS * 1.05, _MOST_LINES)),
        soft=tuple(soft),
        is_stacked=sheet.is_stacked,
    )


def _svgs(
    title: str, rows: Sequence[_Row], notes: Sequence[str], theme: SvgTheme
) -> tuple[str, ...]:
    below = note_lines(notes, UPRIGHT.wide)
    above = head_height(title, [SUBTITLE], UPRIGHT.wide) + SCALE
    room = UPRIGHT.high - 2 * MARGIN - above - len(below) * NOTE_LEADING - 12
    pages = list(on_pages(rows, lambda row: row.high, room))
    return tuple(
        _page(_Heads(title=title, number=number, pages=len(pages)), some, below, theme, _PAGE)
        for number, some in enumerate(pages, start=1)
    )


def _phone(title: str, rows: Sequence[_Row], notes: Sequence[str], theme: SvgTheme) -> str:
    subtitle = tuple(in_lines(SUBTITLE, PHONE - 2 * MARGIN, LETTERS))
    heads = _Heads(title=title, subtitle=subtitle)
    return _page(heads, rows, note_lines(notes, PHONE), theme, _ON_PHONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heads:
    """What stands above the rows of a page."""

    title: str
    subtitle: tuple[str, ...] = (SUBTITLE,)
    number: int = 1
    pages: int = 1


def _page(
    heads: _Heads, rows: Sequence[_Row], below: Sequence[str], theme: SvgTheme, sheet: _Sheet
) -> str:
    look = colours(theme)
    of = page_of(heads.number, heads.pages)
    parts = list(draw_head(heads.title, heads.subtitle, of, look, sheet.wide))
    top = y = MARGIN + head_height(heads.title, heads.subtitle, sheet.wide) + SCALE
    bottom = top + sum(row.high for row in rows)
    parts += _scale(top, bottom, look, sheet)
    for row in rows:
        parts += _drawn(row, y, look, sheet)
        y += row.high
    parts += draw_notes(below, bottom + 8, look)
    high = bottom + 8 + len(below) * NOTE_LEADING + MARGIN
    told = Told(name=f"monitoring-beside-{heads.number}", title=heads.title, text=heads.title)
    return svg_text(told, sheet.wide, high, look, parts)


def _scale(top: float, bottom: float, look: Theme, sheet: _Sheet) -> Iterator[str]:
    middle = Letters(ink=look.quiet, size=SMALL, anchor="middle")
    for percent in range(0, ALL + 1, 20):
        x = sheet.at(percent)
        if not sheet.is_stacked:  # a line would go through words
            yield line_between(x, top, x, bottom, look.line)
        yield laid_text(x, top - 6, f"{percent}%", middle)


def _drawn(row: _Row, y: float, look: Theme, sheet: _Sheet) -> Iterator[str]:
    if row.head:
        yield rectangle(MARGIN, y + 4, sheet.wide - 2 * MARGIN, HEAD - 6, look.panel)
        yield laid_text(MARGIN + 6, y + 19, row.head, Letters(size=LETTERS, weight=600))
        return
    base = y + LEADING + 2
    for line in row.bold:
        yield laid_text(MARGIN + 6, base, line, Letters(size=LETTERS, weight=600))
        base += LEADING
    for line in row.soft:
        yield laid_text(MARGIN + 6, base, line, Letters(ink=look.quiet, size=SMALL))
        base += LEADING
    yield line_between(MARGIN, y + row.high, sheet.wide - MARGIN, y + row.high, look.line)
    if row.figure is not None:
        middle = y + (row.labels_high + BAR / 2 if row.is_stacked else row.high / 2)
        yield from _bar(row.figure, middle, look, sheet)


def _bar(each: FigureBeside, middle: float, look: Theme, sheet: _Sheet) -> Iterator[str]:
    begin = sheet.at(0)
    if each.percent is None:
        yield laid_text(begin + 6, middle + 4, NO_BAR, Letters(ink=look.quiet, size=SMALL))
        return
    end = sheet.at(float(each.percent))
    way = f"M{px(begin)} {px(middle - BAR / 2)}H{px(end)}v{BAR}H{px(begin)}z"
    ink = CATEGORIES[1] if each.is_published else CATEGORIES[0]
    yield path_of(way, fill=ink, stroke=look.ink)
    if sheet.is_stacked:  # how long it could be, since no lines stand behind
        yield line_between(end, middle + BAR / 2, sheet.at(ALL), middle + BAR / 2, look.line)
    said = f"{each.percent:.0f}%" if each.percent == int(each.percent) else f"{each.percent:.1f}%"
    yield laid_text(end + 6, middle + 4, said, Letters(size=LETTERS, weight=600))


_PAGE, _ON_PHONE = _Sheet(wide=UPRIGHT.wide), _Sheet(wide=PHONE)
