"""Which source found what, as an UpSet plot on an A4 page.

A row for each source, a column for each combination of sources, and above it the works that these
found and no others (the form is that of Lex and others 2014, doi:10.1109/TVCG.2014.2346248).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import cut_line
from evidence.charts.page_parts import (
    LETTERS,
    NOTE_LEADING,
    SMALL,
    draw_head,
    draw_notes,
    head_height,
    note_lines,
)
from evidence.charts.palette import CATEGORIES, Theme
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import (
    Letters,
    SvgTheme,
    Told,
    colours,
    line_between,
    px,
    rectangle,
    svg_text,
)
from evidence.synthesis.source_overlap import FoundTogether, SourceOverlap, SourceWorks

TITLE = "Which source found what"
MOST_COLUMNS = 24
MOST_ROWS = 40
"""Those with the fewest works, and the smallest combinations, are summed in the note."""
LABEL, LENGTHS = 250, 120
COLUMNS_FROM = MARGIN + LABEL + LENGTHS + 60
TALLEST = 130
BROAD = 34
_HIGHEST, _LOWEST = 24.0, 11.0  # a row
_MOST_TOLD = 8  # combinations in the description


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """What is drawn, and where.

    Attributes:
        rows: sources from above.
        columns: combinations from the left.
        high: of a row.
        across: of a column.
        top: where the rows begin.
    """

    rows: tuple[SourceWorks, ...]
    columns: tuple[FoundTogether, ...]
    high: float
    across: float
    top: float

    @property
    def bottom(self) -> float:
        return self.top + self.high * len(self.rows)

    def x(self, column: int) -> float:
        return COLUMNS_FROM + (column + 0.5) * self.across

    def y(self, row: int) -> float:
        return self.top + (row + 0.5) * self.high

    def row_of(self) -> Mapping[int, int]:
        return {each.source.id: row for row, each in enumerate(self.rows)}


def source_overlap_picture(
    overlap: SourceOverlap, *, included: bool, notes: Sequence[str] = ()
) -> Picture:
    """The plot with its table.

    Args:
        overlap: of all works or of the included.
        included: which of the two it is.
        notes: what else must be known of the numbers.
    """
    return Picture(
        name="sources",
        title=TITLE,
        text=_described(overlap, included=included),
        draw=lambda theme: (
            source_overlap_svg(overlap, included=included, notes=notes, theme=theme),
        ),
        table=_table(overlap),
    )


def source_overlap_svg(
    overlap: SourceOverlap, *, included: bool, notes: Sequence[str] = (), theme: SvgTheme = "light"
) -> str:
    """The page."""
    look = colours(theme)
    subtitle = [_base(overlap, included=included)]
    top = MARGIN + head_height(TITLE, subtitle) + TALLEST + 34
    layout = _layout(overlap, top)
    below = note_lines([*_left_out(overlap, layout), *notes])
    parts = [
        *draw_head(TITLE, subtitle, "", look),
        *_rows(layout, look),
        *_columns(layout, look),
        *draw_notes(below, layout.bottom + 8, look),
    ]
    told = Told(name="sources", title=TITLE, text=_described(overlap, included=included))
    high = layout.bottom + 8 + len(below) * NOTE_LEADING + MARGIN
    return svg_text(told, WIDE, high, look, parts)


def _layout(overlap: SourceOverlap, top: float) -> _Layout:
    rows = sorted(overlap.sources, key=lambda each: -each.works)[:MOST_ROWS]
    drawn = {each.source.id for each in rows}
    columns = [each for each in overlap.combinations if each.sources <= drawn][:MOST_COLUMNS]
    room = HIGH - top - 100
    return _Layout(
        rows=tuple(rows),
        columns=tuple(columns),
        high=max(_LOWEST, min(_HIGHEST, room / max(1, len(rows)))),
        across=min(BROAD, (WIDE - MARGIN - COLUMNS_FROM) / max(1, len(columns))),
        top=top,
    )


def _rows(layout: _Layout, look: Theme) -> Iterator[str]:
    """Of each source its name, and a bar with its works."""
    x = MARGIN + LABEL
    quiet = Letters(ink=look.quiet, size=SMALL)
    if layout.rows:
        yield laid_text(x, layout.top - 8, "Works (found there only)", quiet)
    most = max((each.works for each in layout.rows), default=0) or 1
    size = min(LETTERS, layout.high - 1.5)
    for row, each in enumerate(layout.rows):
        y = layout.y(row)
        if row % 2 == 0:
            across = WIDE - 2 * MARGIN
            yield rectangle(MARGIN, y - layout.high / 2, across, layout.high, look.panel)
        name = cut_line(each.source.name, LABEL - 12, size)
        yield laid_text(MARGIN + 4, y + size / 3, name, Letters(size=size))
        said = f"{each.works:,} ({each.alone:,})"
        wide = each.works / most * (LENGTHS - 40)
        yield rectangle(x, y - layout.high / 4, wide, layout.high / 2, CATEGORIES[0])
        yield laid_text(x + wide + 5, y + size / 3, said, Letters(size=min(SMALL, size)))


def _columns(layout: _Layout, look: Theme) -> Iterator[str]:
    """Of each combination a bar above, and below it a dot for each source that is in it."""
    if not layout.columns:
        return
    base = layout.top - 22
    most = layout.columns[0].works
    said = "Works that these sources found, and no others"
    yield laid_text(COLUMNS_FROM, base - TALLEST - 12, said, Letters(ink=look.quiet, size=SMALL))
    right = COLUMNS_FROM + len(layout.columns) * layout.across
    yield line_between(COLUMNS_FROM, base, right, base, look.quiet)
    row_of = layout.row_of()
    radius = min(layout.across, layout.high) * 0.3
    for column, each in enumerate(layout.columns):
        x = layout.x(column)
        high = each.works / most * (TALLEST - 12)
        wide = layout.across * 0.62
        yield rectangle(x - wide / 2, base - high, wide, high, CATEGORIES[0])
        letters = Letters(size=min(SMALL, _fitting(each.works, layout)), anchor="middle")
        yield laid_text(x, base - high - 4, f"{each.works:,}", letters)
        rows = sorted(row_of[source] for source in each.sources)
        for row in range(len(layout.rows)):
            fill = look.ink if row in rows else look.line
            smaller = radius if row in rows else radius * 0.5
            yield _dot(x, layout.y(row), smaller, fill)
        if len(rows) > 1:
            yield line_between(x, layout.y(rows[0]), x, layout.y(rows[-1]), look.ink)


def _fitting(number: int, layout: _Layout) -> float:
    """A size of letters at which a number is no wider than its column."""
    return SMALL * min(1, (layout.across - 2) / text_width(f"{number:,}", SMALL))


def _dot(x: float, y: float, radius: float, fill: str) -> str:
    return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}" fill="{fill}"/>'


def _base(overlap: SourceOverlap, *, included: bool) -> str:
    if not overlap.sources:
        return "No source yet."
    kind = "included work" if included else "work"
    works = f"{overlap.works:,} {kind}{'' if overlap.works == 1 else 's'}"
    number = len(overlap.sources)
    text = f"{works} from {number:,} {'source' if number == 1 else 'sources'}."
    if overlap.works and number > 1:
        share = overlap.alone / overlap.works
        text += f" One source alone found {overlap.alone:,} of them ({share:.0%})."
    return text


def _left_out(overlap: SourceOverlap, layout: _Layout) -> Iterator[str]:
    drawn = set(layout.columns)
    rest = [each for each in overlap.combinations if each not in drawn]
    if rest:
        works = sum(each.works for each in rest)
        yield (
            f"Not drawn, but in the table: {len(rest):,} smaller combinations with "
            f"{works:,} works in all."
        )
    sources = len(overlap.sources) - len(layout.rows)
    if sources:
        yield f"Not drawn, but in the table: {sources:,} more sources, with the fewest works."
    if any(not each.works for each in layout.rows):
        yield "Sources without any of these works are drawn without a bar."


def _described(overlap: SourceOverlap, *, included: bool) -> str:
    names = _names(overlap)
    largest = (
        f"{_together(each, names)}: {each.works:,}" for each in overlap.combinations[:_MOST_TOLD]
    )
    return f"{TITLE}. {_base(overlap, included=included)} {'; '.join(largest)}".strip()


def _names(overlap: SourceOverlap) -> dict[int, str]:
    return {each.source.id: each.source.name for each in overlap.sources}


def _together(found: FoundTogether, names: Mapping[int, str]) -> str:
    return " + ".join(name for source, name in names.items() if source in found.sources)


def _table(overlap: SourceOverlap) -> PictureTable:
    """First the sources, then the combinations of several."""
    names = _names(overlap)
    rows: list[tuple[Cell, ...]] = [
        (each.source.name, 1, each.source.records, each.works, each.alone)
        for each in overlap.sources
    ]
    rows += [
        (_together(each, names), len(each.sources), None, None, each.works)
        for each in overlap.combinations
        if len(each.sources) > 1
    ]
    head = ("Sources", "How many", "Records", "Works", "Works that no others found")
    return PictureTable(head=head, rows=tuple(rows))
