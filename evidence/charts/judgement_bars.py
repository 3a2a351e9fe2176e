"""Summary bars on A4 pages: of each domain, which share of studies was judged how.

Every row counts the same, or by weights that were given or chosen; the picture says which.
"""

from collections.abc import Iterator

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.judgement_marks import KEY_HEIGHT, MARKS, draw_key, key_lines, sign_at
from evidence.charts.letters import laid_text, text_width
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
from evidence.charts.palette import Theme, letters_on
from evidence.charts.picture import Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    rectangle,
    svg_text,
)
from evidence.charts.traffic_light import described
from evidence.synthesis.appraisal.judgements import (
    DomainShares,
    JudgementTable,
    Level,
    Share,
    domain_shares,
)

LABEL = 300
BAR, APART = 22, 10
AXIS = 22
_MOST_LABEL_LINES = 3
_STEPS = (0, 25, 50, 75, 100)


def judgement_bars_picture(
    table: JudgementTable, *, weighted: bool = False, name: str = "appraisal-summary"
) -> Picture:
    """The bars with their table and what they say in words.

    Args:
        table: what was judged.
        weighted: by the weights of the rows, all of which must have one.
        name: begins the names of its files.
    """
    return Picture(
        name=name,
        title=_title(table),
        text=f"{_subtitle(table, weighted=weighted)} {described(table)}",
        draw=lambda theme: judgement_bars_svgs(table, weighted=weighted, theme=theme),
        table=_table(table, weighted=weighted),
    )


def judgement_bars_svgs(
    table: JudgementTable, *, weighted: bool = False, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one."""
    look = colours(theme)
    title, subtitle = _title(table), [_subtitle(table, weighted=weighted)]
    notes = note_lines([" ".join(table.notes)] if table.notes else [])
    key = key_lines(table)
    around = 2 * MARGIN + head_height(title, subtitle) + AXIS
    around += len(key) * KEY_HEIGHT + len(notes) * NOTE_LEADING + 24
    bars = domain_shares(table, weighted=weighted) if table.rows else ()
    pages = list(on_pages(bars, _height, HIGH - around))
    drawn = []
    for number, page in enumerate(pages, start=1):
        parts = list(draw_head(title, subtitle, page_of(number, len(pages)), look))
        y = MARGIN + head_height(title, subtitle)
        for bar in page:
            parts += _bar(bar, y, look)
            y += _height(bar)
        if page:
            parts += _axis(y, look)
            y += AXIS
        parts += draw_key(key, y, look)
        y += len(key) * KEY_HEIGHT
        parts += draw_notes(notes, y, look)
        text = f"{subtitle[0]} {described(table)}"
        told = Told(name=f"appraisal-summary-{number}", title=title, text=text)
        high = y + len(notes) * NOTE_LEADING + MARGIN
        drawn.append(svg_text(told, WIDE, high, look, parts))
    return tuple(drawn)


def _title(table: JudgementTable) -> str:
    return f"{table.title}: summary by domain"


def _subtitle(table: JudgementTable, *, weighted: bool) -> str:
    if not table.rows:
        return f"No {table.unit} is judged yet."
    rows = table.unit.counted(len(table.rows))
    if weighted:
        return f"{rows}. Shares of all weight; weighted by {table.weights_are}."
    return f"{rows}, each counting the same. Shares of all {len(table.rows):,}."


def _label(bar: DomainShares) -> list[str]:
    return cut_lines(bar.domain.marked_name, LABEL - 16, LETTERS, _MOST_LABEL_LINES)


def _height(bar: DomainShares) -> float:
    return max(BAR, len(_label(bar)) * LEADING) + APART + (6 if bar.is_overall else 0)


def _bar(bar: DomainShares, y: float, look: Theme) -> Iterator[str]:
    middle = y + (6 if bar.is_overall else 0) + (_height(bar) - (6 if bar.is_overall else 0)) / 2
    lines = _label(bar)
    first = middle + 4 - (len(lines) - 1) * LEADING / 2
    for number, line in enumerate(lines):
        letters = Letters(size=LETTERS, weight=600 if bar.is_overall else 0)
        yield laid_text(MARGIN, first + number * LEADING, line, letters)
    x: float = MARGIN + LABEL
    for share in bar.shares:
        wide = share.share * (WIDE - 2 * MARGIN - LABEL)
        yield from _segment(share, (x, middle), wide, look)
        x += wide


def _segment(share: Share, at: tuple[float, float], wide: float, look: Theme) -> Iterator[str]:
    """A part of a bar with its sign and its share, as far as they fit."""
    x, middle = at
    mark = MARKS[share.level]
    yield rectangle(x, middle - BAR / 2, wide, BAR, mark.fill or look.ground, look.ink)
    percent = f"{share.share:.0%}"
    ink = letters_on(mark.fill) if mark.fill else look.ink
    with_sign = text_width(percent, SMALL) + 26
    if mark.sign and wide >= with_sign:
        yield sign_at(share.level, x + 11, middle, look)
        yield laid_text(x + 21, middle + 4, percent, Letters(ink=ink, size=SMALL))
    elif mark.sign and wide >= (14 if len(mark.sign) == 1 else 18):
        yield sign_at(share.level, x + wide / 2, middle, look)
    elif share.level is Level.NOT_JUDGED and wide >= with_sign:
        yield laid_text(x + 8, middle + 4, percent, Letters(ink=ink, size=SMALL))


def _axis(y: float, look: Theme) -> Iterator[str]:
    for step in _STEPS:
        x = MARGIN + LABEL + step / 100 * (WIDE - 2 * MARGIN - LABEL)
        small = Letters(
            ink=look.quiet, size=SMALL, anchor="end" if step == _STEPS[-1] else "middle"
        )
        yield laid_text(x, y + 10, f"{step}%", small)


def _table(table: JudgementTable, *, weighted: bool) -> PictureTable:
    counted = f"{table.unit.counted(2).split()[1].capitalize()}"
    head = ("Domain", "Judgement", counted, "Of", "Share, %")
    bars = domain_shares(table) if table.rows else ()
    by_weight = domain_shares(table, weighted=True) if weighted else ()
    rows = [
        (
            bar.domain.marked_name,
            share.words,
            share.number,
            len(table.rows),
            round(100 * share.share, 1),
        )
        for bar in bars
        for share in bar.shares
    ]
    if not weighted:
        return PictureTable(head=head, rows=tuple(rows))
    weights = [round(100 * share.share, 1) for bar in by_weight for share in bar.shares]
    return PictureTable(
        head=(*head, "Share of weight, %"),
        rows=tuple((*row, weight) for row, weight in zip(rows, weights, strict=True)),
    )
