"""The harvest plot on A4 pages: each study a bar under what it says of each outcome.

A bar's height is the study's design and its shade how it was judged (Ogilvie and others 2008,
doi:10.1186/1471-2288-8-8); the number above it names the study.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.direction_plot import DirectionWords
from evidence.charts.letters import in_lines, laid_text, text_width
from evidence.charts.palette import Theme
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
from evidence.synthesis.dimensions import Heading
from evidence.synthesis.direction_groups import Appraisal, DirectionGroups, GroupedStudy
from evidence.synthesis.directions import StudyEffect
from evidence.synthesis.within_study import EffectDirection

TITLE = "Harvest plot: studies by outcome and direction"
COLUMNS: tuple[tuple[str, tuple[EffectDirection, ...]], ...] = (
    ("Unfavourable", (EffectDirection.UNFAVOURABLE,)),
    ("No change or conflicting", (EffectDirection.NO_CHANGE, EffectDirection.CONFLICTING)),
    ("Favourable", (EffectDirection.FAVOURABLE,)),
)
LABEL = 170
ROWS_FROM = MARGIN + LABEL
TALLEST, SHORTEST = 44, 14
"""Pixels of a bar of the first and of the last design."""
BAR, GAP = 11, 3
LEADING = 12.5
SMALL = 9.5
LETTERS = 11
SHADES = {
    Appraisal.HIGH: "#1F3B57",
    Appraisal.SOME: "#7E97B0",
    Appraisal.LOW: "#D3DDE7",
}
"""From dark to light; white, with an outline, where a study was not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bar:
    """A study in one cell.

    Attributes:
        number: that stands above it.
        high: in pixels, by its design.
    """

    number: int
    study: GroupedStudy
    effect: StudyEffect
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """An outcome: the bars of each column, and how many studies state no direction."""

    heading: Heading
    cells: tuple[tuple[_Bar, ...], ...]
    not_stated: int
    high: float


def harvest_picture(groups: DirectionGroups, words: DirectionWords) -> Picture:
    """The plot with its table and what it says in words."""
    return Picture(
        name="harvest-plot",
        title=TITLE,
        text=_described(groups, words),
        draw=lambda theme: harvest_svgs(groups, words, theme=theme),
        table=_table(groups),
    )


def harvest_svgs(
    groups: DirectionGroups, words: DirectionWords, *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one."""
    look = colours(theme)
    across = (WIDE - MARGIN - ROWS_FROM) / len(COLUMNS)
    notes = [
        line for note in _notes(groups, words) for line in in_lines(note, WIDE - 2 * MARGIN, SMALL)
    ]
    head = 92
    foot = 34 + LEADING * len(notes)
    room = HIGH - 2 * MARGIN - head - foot
    laid_out = list(_broken(_rows(groups, across), room))
    drawn = []
    for number, rows in enumerate(laid_out):
        of = f"Page {number + 1} of {len(laid_out)}" if len(laid_out) > 1 else ""
        parts = [*_head(words, across, of, look), *_body(rows, across, look)]
        y = MARGIN + head + sum(row.high for row in rows)
        parts += [*_key(groups, y + 8, look), *_note_lines(notes, y + 34, look)]
        told = Told(name=f"harvest-{number + 1}", title=TITLE, text=_described(groups, words))
        high = MARGIN + y + foot
        drawn.append(svg_text(told, WIDE, high, look, parts))
    return tuple(drawn)


def numbered(groups: DirectionGroups) -> dict[int, int]:
    """The number of each study, by its id: as they stand in the plot of directions."""
    ids = [study.id for group in groups.groups for study in group.studies]
    return {study: number for number, study in enumerate(ids, start=1)}


def _rows(groups: DirectionGroups, across: float) -> list[_Row]:
    numbers = numbered(groups)
    heights = _heights(groups)
    rows = []
    for heading in groups.outcomes:
        bars = [
            _Bar(
                number=numbers[study.id],
                study=study,
                effect=effect,
                high=heights[group.title],
            )
            for group in groups.groups
            for study in group.studies
            for effect in group.result.effects
            if effect.study == study.id and effect.outcome == heading.id
        ]
        cells = tuple(
            tuple(bar for bar in bars if bar.effect.direction in directions)
            for _, directions in COLUMNS
        )
        lines = max(1, *(-(-len(cell) // _bars_across(across)) for cell in cells))
        label = in_lines(heading.label, LABEL - 12, LETTERS)
        high = max(lines * (TALLEST + LEADING + 6) + 6, (len(label) + 1) * LEADING + 14)
        stated = sum(len(cell) for cell in cells)
        rows.append(_Row(heading=heading, cells=cells, not_stated=len(bars) - stated, high=high))
    return rows


def _heights(groups: DirectionGroups) -> dict[str, float]:
    steps = max(1, len(groups.groups) - 1)
    return {
        group.title: TALLEST - at * (TALLEST - SHORTEST) / steps
        for at, group in enumerate(groups.groups)
    }


def _bars_across(across: float) -> int:
    return int((across - 16) // (BAR + GAP + 3))


def _broken(rows: Sequence[_Row], room: float) -> Iterator[list[_Row]]:
    page: list[_Row] = []
    for row in rows:
        if page and sum(one.high for one in page) + row.high > room:
            yield page
            page = []
        page.append(row)
    yield page


def _head(words: DirectionWords, across: float, of: str, look: Theme) -> Iterator[str]:
    yield laid_text(MARGIN, MARGIN + 17, TITLE, Letters(size=17, weight=600))
    if of:
        yield laid_text(
            WIDE - MARGIN, MARGIN + 17, of, Letters(ink=look.quiet, size=LETTERS, anchor="end")
        )
    subtitle = in_lines(words.subtitle, WIDE - 2 * MARGIN, LETTERS)
    for number, line in enumerate(subtitle[:2]):
        y = MARGIN + 36 + number * LEADING * 1.1
        yield laid_text(MARGIN, y, line, Letters(ink=look.quiet, size=LETTERS))
    y = MARGIN + 80
    for number, (title, _) in enumerate(COLUMNS):
        x = ROWS_FROM + number * across + across / 2
        yield laid_text(x, y, title, Letters(size=LETTERS, weight=600, anchor="middle"))
    yield line_between(MARGIN, y + 10, WIDE - MARGIN, y + 10, look.quiet)


def _body(rows: Sequence[_Row], across: float, look: Theme) -> Iterator[str]:
    y: float = MARGIN + 92
    for row in rows:
        label = in_lines(row.heading.label, LABEL - 12, LETTERS)
        for number, line in enumerate(label):
            yield laid_text(MARGIN, y + 18 + number * LEADING, line, Letters(size=LETTERS))
        if row.not_stated:
            said = f"{row.not_stated:,} not stated"
            quiet = Letters(ink=look.quiet, size=SMALL)
            yield laid_text(MARGIN, y + 18 + len(label) * LEADING, said, quiet)
        for number, cell in enumerate(row.cells):
            yield from _cell(cell, ROWS_FROM + number * across + 8, y, across, look)
        y += row.high
        yield line_between(MARGIN, y, WIDE - MARGIN, y, look.line)


def _cell(bars: Sequence[_Bar], x: float, y: float, across: float, look: Theme) -> Iterator[str]:
    most = _bars_across(across)
    for at, bar in enumerate(bars):
        line, place = divmod(at, most)
        left = x + place * (BAR + GAP + 3)
        foot = y + (line + 1) * (TALLEST + LEADING + 6)
        yield _bar(left, foot, bar.high, bar.study.appraisal, look)
        small = Letters(size=8.5, anchor="middle")
        yield laid_text(left + BAR / 2, foot - bar.high - 3, str(bar.number), small)


def _bar(x: float, foot: float, high: float, appraisal: Appraisal, look: Theme) -> str:
    return rectangle(x, foot - high, BAR, high, SHADES.get(appraisal, look.ground), look.ink)


def _key(groups: DirectionGroups, y: float, look: Theme) -> Iterator[str]:
    """What heights and shades mean."""
    x: float = MARGIN
    foot = y + 18
    tall = 18 / TALLEST
    for title, high in _heights(groups).items():
        yield rectangle(x, foot - high * tall, BAR, high * tall, look.ground, look.ink)
        yield laid_text(x + BAR + 4, foot, title, Letters(size=SMALL))
        x += BAR + 20 + text_width(title, SMALL)
    x += 16
    present = {study.appraisal for group in groups.groups for study in group.studies}
    unshaded = [each.value for each in Appraisal if each in present and each not in SHADES]
    shown = [(each.value, each) for each in SHADES if each in present]
    shown += [(" or ".join(unshaded), Appraisal.NOT_JUDGED)] if unshaded else []
    for words, appraisal in shown:
        yield _bar(x, foot, 11, appraisal, look)
        yield laid_text(x + BAR + 4, foot, words, Letters(size=SMALL))
        x += BAR + 20 + text_width(words, SMALL)


def _note_lines(notes: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    for number, note in enumerate(notes, start=1):
        yield laid_text(MARGIN, y + number * LEADING, note, Letters(ink=look.quiet, size=SMALL))


def _notes(groups: DirectionGroups, words: DirectionWords) -> Iterator[str]:
    if not groups.groups:
        yield "No study has a finding here yet."
        return
    numbers = numbered(groups)
    labels = {study.id: study.label for group in groups.groups for study in group.studies}
    named = "; ".join(f"{number} {labels[study]}" for study, number in numbers.items())
    yield f"Height: design. Shade: appraisal. Studies: {named}."
    yield f"{groups.rule} {words.rules_set}".strip()
    if words.notes:
        yield " ".join(words.notes)


def _described(groups: DirectionGroups, words: DirectionWords) -> str:
    counts: Mapping[str, str] = {
        heading.label: ", ".join(
            f"{sum(e.outcome == heading.id and e.direction in directions for e in effects)} "
            f"{title.lower()}"
            for title, directions in COLUMNS
        )
        for effects in [[e for group in groups.groups for e in group.result.effects]]
        for heading in groups.outcomes
    }
    said = "; ".join(f"{label}: {text}" for label, text in counts.items())
    return f"{TITLE}. {words.subtitle} {said or 'No study'}."


def _table(groups: DirectionGroups) -> PictureTable:
    numbers = numbered(groups)
    labels = {h.id: " › ".join((*h.above, h.label)) for h in groups.outcomes}
    rows = []
    for group in groups.groups:
        studies = {study.id: study for study in group.studies}
        rows += [
            (
                numbers[effect.study],
                studies[effect.study].label,
                group.title,
                studies[effect.study].appraisal.value,
                labels[effect.outcome],
                effect.direction.value,
            )
            for effect in group.result.effects
        ]
    head = ("Number", "Study", "Design", "Appraisal", "Outcome", "Direction")
    return PictureTable(head=head, rows=tuple(rows))
