"""Studies by the headings of a question, as lying bars, for the page, for paper and for files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import laid_text, widest_text
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
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    rectangle,
    svg_text,
)
from evidence.synthesis.study_counts import NOT_CODED, Count, Counts, studies_in_words

BAR, ROW = 15, 24
LABEL = 380
"""Pixels that labels may take."""
_LABEL_SHARE = 0.42  # of a narrow page
INDENT = 14
MOST_INDENT = 8  # levels; deeper ones stand below one another
MOST_TOLD = 10
"""Bars in the description, the longest first; the table has all."""
_MOST_LINES = 3  # of a label
_MOST_REGIONS = 6  # in the note


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    """Where bars stand.

    Attributes:
        left: where they begin.
        each: pixels for a study.
        total: of how many studies shares are.
        labels: their lines, by the id of the bar.
    """

    left: float
    each: float
    total: int
    labels: Mapping[str, list[str]]

    def high(self, bar: Count) -> float:
        """How high the row of a bar is."""
        return max(ROW, len(self.labels[bar.id]) * LEADING + 8)


def frequency_picture(counts: Counts, rests_on: str = "") -> Picture:
    """The bars with their table.

    Args:
        counts: studies by heading.
        rests_on: a sentence on what has been counted, for the note.
    """
    return Picture(
        name="studies",
        title=f"Studies by {counts.title}",
        text=_described(counts),
        draw=lambda theme: frequency_svgs(counts, rests_on, theme=theme),
        table=_table(counts),
    )


def frequency_svgs(
    counts: Counts,
    rests_on: str = "",
    *,
    theme: SvgTheme = "light",
    paper: Paper = A4,
    name: str = "studies",
) -> tuple[str, ...]:
    """The pages, at least one; headings without a study are left out, which is said.

    Args:
        counts: studies by heading.
        rests_on: a sentence on what has been counted, for the note.
        theme: of the page around it.
        paper: how large each page is.
        name: begins the ids inside, so that a page can hold several drawings.
    """
    look = colours(theme)
    title, subtitle = f"Studies by {counts.title}", note_lines([_base(counts)], paper.wide, LETTERS)
    notes = note_lines([*_notes(counts), *([rests_on] if rests_on else [])], paper.wide)
    top = MARGIN + head_height(title, subtitle, paper.wide) + 8
    foot = len(notes) * NOTE_LEADING + MARGIN
    scale = _scale(counts, paper.wide)
    pages = list(on_pages(_bars(counts), scale.high, paper.high - top - foot))
    drawn = []
    for number, bars in enumerate(pages, start=1):
        of = page_of(number, len(pages))
        parts = list(draw_head(title, subtitle, of, look, paper.wide))
        y = top
        for bar in bars:
            parts += _bar(bar, scale, y, look)
            y += scale.high(bar)
        if bars:
            parts.append(line_between(scale.left, top, scale.left, y, look.ink))
        parts += draw_notes(notes, y, look)
        told = Told(name=f"{name}-{number}", title=title, text=_described(counts))
        drawn.append(svg_text(told, paper.wide, y + foot, look, parts))
    return tuple(drawn)


def _bars(counts: Counts) -> list[Count]:
    bars = [line for line in counts.lines if line.studies]
    if counts.without:
        bars.append(Count(id="", label=NOT_CODED, studies=counts.without))
    return bars


def _indent(bar: Count) -> float:
    return min(bar.depth, MOST_INDENT) * INDENT


def _scale(counts: Counts, wide: float) -> _Scale:
    """One for all pages; the bars begin right of the widest label."""
    bars = _bars(counts)
    room = min(LABEL, wide * _LABEL_SHARE)
    labels = {bar.id: _label(bar, room) for bar in bars}
    widths = (_indent(bar) + widest_text(labels[bar.id], LETTERS) for bar in bars)
    left = MARGIN + max(widths, default=0) + 10
    longest = max((len(bar.studies) for bar in bars), default=1)
    each = (wide - MARGIN - left - 80) / longest
    return _Scale(left=left, each=each, total=counts.total, labels=labels)


def _label(bar: Count, room: float) -> list[str]:
    return cut_lines(bar.label, room - _indent(bar), LETTERS, _MOST_LINES)


def _bar(bar: Count, scale: _Scale, y: float, look: Theme) -> Iterator[str]:
    middle = y + scale.high(bar) / 2
    lines = scale.labels[bar.id]
    first = middle + 4 - (len(lines) - 1) * LEADING / 2
    for number, line in enumerate(lines):
        x = MARGIN + _indent(bar)
        yield laid_text(x, first + number * LEADING, line, Letters(size=LETTERS))
    size = len(bar.studies)
    wide = size * scale.each
    fill = CATEGORIES[0] if bar.id else look.ground
    yield rectangle(scale.left, middle - BAR / 2, wide, BAR, fill, "" if bar.id else look.ink)
    said = f"{size:,} ({size / scale.total:.0%})"
    yield laid_text(scale.left + wide + 6, middle + 4, said, Letters(size=SMALL))


def _base(counts: Counts) -> str:
    """What the numbers are of."""
    if not counts.total:
        return "No study is coded yet."
    text = f"Shares are of {studies_in_words(counts.total)}."
    lines = sum(len(line.studies) for line in counts.lines if line.depth == 0)
    if lines + len(counts.without) > counts.total:
        text += " A study with several codes stands in several lines."
    return text


def _notes(counts: Counts) -> Iterator[str]:
    regions = [f"“{line.label}”: {n:,}" for line, n in _by_themselves(counts)]
    if regions:
        more = len(regions) - _MOST_REGIONS
        said = "; ".join(regions[:_MOST_REGIONS]) + (f"; and {more:,} more" if more > 0 else "")
        yield (
            "A code counts the studies of the codes below it, too. Studies that have the wider "
            f"code only, with none below it: {said}."
        )
    empty = sum(not line.studies for line in counts.lines)
    if empty:
        yield f"{empty:,} {'code' if empty == 1 else 'codes'} without a study left out."


def _by_themselves(counts: Counts) -> Iterator[tuple[Count, int]]:
    """Headings with others below, and how many studies are in none of those, as of “Europe”."""
    for at, line in enumerate(counts.lines):
        below: set[int] = set()
        has_below = False
        for other in counts.lines[at + 1 :]:
            if other.depth <= line.depth:
                break
            has_below = True
            below |= other.studies
        if has_below and line.studies - below:
            yield line, len(line.studies - below)


def _described(counts: Counts) -> str:
    bars = sorted(_bars(counts), key=lambda bar: -len(bar.studies))
    said = "; ".join(f"{bar.label}: {len(bar.studies):,}" for bar in bars[:MOST_TOLD])
    more = f"; and {len(bars) - MOST_TOLD:,} more" if len(bars) > MOST_TOLD else ""
    return f"Studies by {counts.title}. {_base(counts)} {said}{more}".strip()


def _table(counts: Counts) -> PictureTable:
    rows = []
    above: list[str] = []
    for line in counts.lines:
        del above[line.depth :]
        share = len(line.studies) / counts.total if counts.total else None
        rows.append((line.label, " › ".join(above), len(line.studies), share))
        above.append(line.label)
    if counts.without:
        rows.append((NOT_CODED, "", len(counts.without), len(counts.without) / counts.total))
    head = (counts.title, "Within", "Studies", f"Share of {studies_in_words(counts.total)}")
    return PictureTable(head=head, rows=tuple(rows))
