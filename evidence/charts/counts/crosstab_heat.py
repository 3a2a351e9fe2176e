"""Studies by two questions, on A4 pages: the more studies, the darker the cell; numbers in all."""

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.charts.direction_pages import MARGIN
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import GridCell, GridColumn, GridRow, PageGrid, page_grid_svgs
from evidence.charts.page_parts import LETTERS, SMALL
from evidence.charts.palette import Theme, letters_on
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.shades import Shade, shade_of, shades
from evidence.charts.svg_parts import Letters, SvgTheme, rectangle
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.map_view import NONE_OF_THESE
from evidence.synthesis.study_counts import ALL, NOT_CODED, studies_in_words
from evidence.synthesis.whole_crosstab import WholeCrosstab

KEY_HEIGHT = 28
MOST_TOLD = 8
"""Cells in the description, the fullest first; the table has all."""
_NONE = Heading(id=NONE_OF_THESE, label=NOT_CODED, covers=frozenset())


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCrosstab:
    """The rows and columns of a crosstab that have a study; what is not coded stands last.

    Attributes:
        left_out: how many codes have no study.
    """

    tab: WholeCrosstab
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    left_out: int

    @property
    def title(self) -> str:
        """Which questions these are."""
        return f"Studies by {self.tab.rows.title} and {self.tab.columns.title}"

    @property
    def most(self) -> int:
        """Studies in the fullest cell; 0 without any."""
        return max((size for _, _, size in self.cells), default=0)

    @property
    def cells(self) -> list[tuple[Heading, Heading, int]]:
        """Row, column and number of studies of each cell that has one."""
        sized = (
            (row, column, len(self.tab.studies(row.id, column.id)))
            for row in self.rows
            for column in self.columns
        )
        return [cell for cell in sized if cell[2]]


def drawn_crosstab(tab: WholeCrosstab) -> DrawnCrosstab:
    """What of a crosstab is drawn."""
    rows = [each for each in (*tab.rows.headings, _NONE) if tab.studies(row=each.id)]
    columns = [each for each in (*tab.columns.headings, _NONE) if tab.studies(column=each.id)]
    everything = len(tab.rows.headings) + len(tab.columns.headings)
    filled = sum(each is not _NONE for each in (*rows, *columns))
    return DrawnCrosstab(
        tab=tab, rows=tuple(rows), columns=tuple(columns), left_out=everything - filled
    )


def heat_picture(tab: WholeCrosstab, rests_on: str = "") -> Picture:
    """The crosstab with its table.

    Args:
        tab: studies by two questions.
        rests_on: a sentence on what has been counted, for the note.
    """
    drawn = drawn_crosstab(tab)
    return Picture(
        name="studies-crosstab",
        title=drawn.title,
        text=_described(drawn),
        draw=lambda theme: heat_svgs(drawn, rests_on, theme=theme),
        table=_table(drawn),
    )


def heat_svgs(
    drawn: DrawnCrosstab, rests_on: str = "", *, theme: SvgTheme = "light"
) -> tuple[str, ...]:
    """The pages, at least one; the row below all and what stands aside are totals."""
    steps = shades(drawn.most, "dark" if theme == "dark" else "light")

    def cell(place: GridCell, look: Theme) -> Iterator[str]:
        column = drawn.columns[place.column].id
        if place.row < len(drawn.rows):
            size = len(drawn.tab.studies(drawn.rows[place.row].id, column))
            yield from _cell(size, place, steps)
        else:
            yield from _number(len(drawn.tab.studies(column=column)), place, look.ink)

    def total(place: GridCell, look: Theme) -> Iterator[str]:
        row = drawn.rows[place.row].id if place.row < len(drawn.rows) else None
        letters = Letters(ink=look.ink, size=LETTERS)
        yield laid_text(place.x, place.y + 4, f"{len(drawn.tab.studies(row=row)):,}", letters)

    grid = PageGrid(
        name="crosstab",
        title=drawn.title,
        subtitle=_base(drawn),
        text=_described(drawn),
        columns=tuple(GridColumn(name=each.path, short=each.label) for each in drawn.columns),
        rows=(
            *(GridRow(label=each.label, depth=each.depth) for each in drawn.rows),
            *([GridRow(label=ALL, apart=True)] if drawn.columns else []),
        ),
        aside=ALL,
        notes=(*_notes(drawn), *([rests_on] if rests_on else [])),
        draw_cell=cell,
        draw_aside=total,
        draw_key=lambda y, look: _key(y, steps, look),
        key_height=KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def _cell(size: int, place: GridCell, steps: tuple[Shade, ...]) -> Iterator[str]:
    if size:
        fill = shade_of(size, steps).fill
        wide, high = place.wide - 2, place.high - 2
        yield rectangle(place.x - wide / 2, place.y - high / 2, wide, high, fill)
        yield from _number(size, place, letters_on(fill))


def _number(size: int, place: GridCell, ink: str) -> Iterator[str]:
    letters = Letters(ink=ink, size=LETTERS, anchor="middle")
    yield laid_text(place.x, place.y + 4, f"{size:,}", letters)


def _key(y: float, steps: tuple[Shade, ...], look: Theme) -> Iterator[str]:
    """What the shades mean."""
    x: float = MARGIN
    for step in steps:
        words = step.words("study", "studies")
        yield rectangle(x, y + 6, 22, 14, step.fill, look.quiet)
        yield laid_text(x + 28, y + 17, words, Letters(size=SMALL))
        x += 28 + text_width(words, SMALL) + 20


def _base(drawn: DrawnCrosstab) -> str:
    total = len(drawn.tab.studies())
    if not total:
        return "No study is coded yet."
    return (
        f"{studies_in_words(total)}. One with several codes stands in several cells, so cells can "
        "add up to more than their total."
    )


def _notes(drawn: DrawnCrosstab) -> Iterator[str]:
    if any(each.depth for each in (*drawn.rows, *drawn.columns)):
        yield "A code counts the studies of the codes below it, too."
    apart = len(drawn.tab.apart)
    if apart:
        verb = "has codes" if apart == 1 else "have codes"
        yield (
            f"{studies_in_words(apart)} {verb} of both questions, but never on one finding: in "
            "totals only."
        )
    if drawn.left_out:
        codes = "code" if drawn.left_out == 1 else "codes"
        yield f"{drawn.left_out:,} {codes} without a study left out."


def _described(drawn: DrawnCrosstab) -> str:
    fullest = sorted(drawn.cells, key=lambda cell: -cell[2])
    told = "; ".join(f"{r.label} and {c.label}: {size:,}" for r, c, size in fullest[:MOST_TOLD])
    more = len(fullest) - MOST_TOLD
    text = f"{drawn.title}. {_base(drawn)} {told}"
    return f"{text}; and {more:,} more cells.".strip() if more > 0 else text.strip()


def _table(drawn: DrawnCrosstab) -> PictureTable:
    """A row for each cell with a study, then the totals of rows, of columns, and of all."""
    tab = drawn.tab
    rows: list[tuple[Cell, ...]] = [
        (row.path, column.path, size) for row, column, size in drawn.cells
    ]
    rows += [(row.path, ALL, len(tab.studies(row=row.id))) for row in drawn.rows]
    rows += [(ALL, column.path, len(tab.studies(column=column.id))) for column in drawn.columns]
    rows.append((ALL, ALL, len(tab.studies())))
    first, second = _heads(tab.rows, tab.columns)
    return PictureTable(head=(first, second, "Studies"), rows=tuple(rows))


def _heads(rows: Dimension, columns: Dimension) -> tuple[str, str]:
    return rows.title, columns.title if columns.title != rows.title else f"{columns.title} (2)"
