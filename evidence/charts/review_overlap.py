"""Overlap of primary studies in reviews on A4 pages: a matrix of inclusions, and reviews by pairs.

The matrix has a row for each primary study; by pairs, each two reviews stand once.
"""

from collections.abc import Iterator

from evidence.charts.direction_pages import MARGIN
from evidence.charts.judgement_marks import KEY_HEIGHT
from evidence.charts.letters import laid_text, text_width
from evidence.charts.page_grid import GridCell, GridColumn, GridRow, PageGrid, page_grid_svgs
from evidence.charts.page_parts import (
    SMALL,
)
from evidence.charts.palette import Theme, letters_on
from evidence.charts.picture import Cell, Picture, PictureTable
from evidence.charts.svg_parts import Letters, SvgTheme, rectangle
from evidence.synthesis.review_overlap.covered_area import (
    UP_TO,
    InclusionTable,
    OverlapDegree,
    PairOverlap,
    covered_area,
    pair_overlaps,
    review_sizes,
)

MATRIX_TITLE = "Primary studies by review"
PAIRS_TITLE = "Overlap of reviews by pairs"
BOX = 13
DEGREE_FILLS = {
    OverlapDegree.SLIGHT: "#E4ECF4",
    OverlapDegree.MODERATE: "#A6C3DE",
    OverlapDegree.HIGH: "#4F83B3",
    OverlapDegree.VERY_HIGH: "#163A5F",
}
"""From light to dark, so that they are told apart in grey; each cell has its number, too."""
SOURCE = (
    "Corrected covered area: inclusions beyond the first of each study, over all that there could "
    "be; words after Pieper and others 2014, doi:10.1016/j.jclinepi.2013.11.007."
)
OF_PAIRS = (
    "Of two reviews it is the share of shared studies among all that either includes. "
    "n: studies of a review."
)
_DESCRIBED = 20  # pairs in the text alternative
_CELL_SIZE = 9.5


def inclusion_matrix_picture(table: InclusionTable, name: str = "inclusions") -> Picture:
    """Which review includes which study, with its table and what it says in words."""
    return Picture(
        name=name,
        title=MATRIX_TITLE,
        text=f"{MATRIX_TITLE}. {overlap_words(table)}",
        draw=lambda theme: inclusion_matrix_svgs(table, theme=theme),
        table=_inclusions(table),
    )


def overlap_pairs_picture(table: InclusionTable, name: str = "overlap") -> Picture:
    """How far each two reviews overlap, with the table and what it says in words."""
    return Picture(
        name=name,
        title=PAIRS_TITLE,
        text=_pairs_described(table),
        draw=lambda theme: overlap_pairs_svgs(table, theme=theme),
        table=_pairs(table),
    )


def overlap_words(table: InclusionTable) -> str:
    """How far all reviews overlap, in a sentence or two."""
    area = covered_area(table)
    reviews = "1 review" if area.reviews == 1 else f"{area.reviews:,} reviews"
    studies = "1 primary study" if area.studies == 1 else f"{area.studies:,} primary studies"
    inclusions = "1 inclusion" if area.inclusions == 1 else f"{area.inclusions:,} inclusions"
    counts = f"{reviews}, {studies}, {inclusions}."
    if area.share is None:
        return f"{counts} Overlap needs two reviews that include studies."
    return f"{counts} Corrected covered area {area.share:.2%}: {area.degree} overlap."


def inclusion_matrix_svgs(table: InclusionTable, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one."""
    counts = _in_reviews(table)

    def box(cell: GridCell, look: Theme) -> Iterator[str]:
        if (cell.row, cell.column) in table.inclusions:
            yield rectangle(cell.x - BOX / 2, cell.y - BOX / 2, BOX, BOX, look.ink)

    def number(cell: GridCell, look: Theme) -> Iterator[str]:
        quiet = Letters(ink=look.quiet, size=SMALL)
        yield laid_text(cell.x, cell.y + 4, f"{counts[cell.row]:,}", quiet)

    def key(y: float, look: Theme) -> Iterator[str]:
        middle = y + KEY_HEIGHT / 2
        yield rectangle(MARGIN, middle - BOX / 2, BOX, BOX, look.ink)
        words = "the review includes the study; empty where it does not"
        yield laid_text(MARGIN + BOX + 6, middle + 4, words, Letters(size=SMALL))

    grid = PageGrid(
        name="inclusions",
        title=MATRIX_TITLE,
        subtitle=overlap_words(table),
        text=f"{MATRIX_TITLE}. {overlap_words(table)}",
        columns=tuple(GridColumn(name=name, short=name) for name in table.reviews),
        rows=tuple(GridRow(label=name) for name in table.studies),
        aside="In reviews",
        notes=(SOURCE,),
        draw_cell=box,
        draw_aside=number,
        draw_key=key,
        key_height=KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def overlap_pairs_svgs(table: InclusionTable, *, theme: SvgTheme = "light") -> tuple[str, ...]:
    """The pages, at least one; each pair stands once, below the diagonal."""
    pairs = {(pair.second, pair.first): pair for pair in pair_overlaps(table)}
    sizes = review_sizes(table)

    def cell_of(cell: GridCell, look: Theme) -> Iterator[str]:
        pair = pairs.get((cell.row, cell.column))
        if pair is not None:
            yield from _pair_cell(pair, cell, look)
        elif cell.row == cell.column:
            quiet = Letters(ink=look.quiet, size=_CELL_SIZE, anchor="middle")
            yield laid_text(cell.x, cell.y + 3.5, f"n {sizes[cell.row]:,}", quiet)

    grid = PageGrid(
        name="overlap",
        title=PAIRS_TITLE,
        subtitle=overlap_words(table),
        text=_pairs_described(table),
        columns=tuple(GridColumn(name=name, short=name) for name in table.reviews),
        rows=tuple(GridRow(label=name) for name in table.reviews),
        notes=(OF_PAIRS, SOURCE),
        draw_cell=cell_of,
        draw_aside=lambda _cell, _look: iter(()),
        draw_key=_degrees_key,
        key_height=KEY_HEIGHT,
    )
    return page_grid_svgs(grid, theme=theme)


def _pair_cell(pair: PairOverlap, cell: GridCell, look: Theme) -> Iterator[str]:
    degree = pair.area.degree
    if degree is None or pair.area.share is None:
        quiet = Letters(ink=look.quiet, size=_CELL_SIZE, anchor="middle")
        yield laid_text(cell.x, cell.y + 3.5, "–", quiet)
        return
    fill = DEGREE_FILLS[degree]
    left, top = cell.x - cell.wide / 2 + 1, cell.y - cell.high / 2 + 1
    yield rectangle(left, top, cell.wide - 2, cell.high - 2, fill)
    letters = Letters(ink=letters_on(fill), size=_CELL_SIZE, anchor="middle")
    yield laid_text(cell.x, cell.y + 3.5, _percent(pair.area.share), letters)


def _percent(share: float) -> str:
    """With a decimal, so that 5.4 % does not look like 5 %, which has another word."""
    return f"{share:.0%}" if share in {0, 1} else f"{share:.1%}"


def _degrees_key(y: float, look: Theme) -> Iterator[str]:
    x: float = MARGIN
    middle = y + KEY_HEIGHT / 2
    least = 0.0
    for degree, most in UP_TO.items():
        yield rectangle(x, middle - BOX / 2, BOX, BOX, DEGREE_FILLS[degree], look.ink)
        above = f"above {least:.0%}"
        between = f"{above} to {most:.0%}" if least else f"0 to {most:.0%}"
        words = f"{degree}: {above if most == 1 else between}"
        yield laid_text(x + BOX + 6, middle + 4, words, Letters(size=SMALL))
        x += BOX + 28 + text_width(words, SMALL)
        least = most


def _pairs_described(table: InclusionTable) -> str:
    largest = sorted(pair_overlaps(table), key=lambda pair: -(pair.area.share or 0))
    said = [
        f"{table.reviews[pair.first]} and {table.reviews[pair.second]}: {pair.area.words}"
        for pair in largest[:_DESCRIBED]
    ]
    return " ".join([f"{PAIRS_TITLE}. {overlap_words(table)}", *(f"{each}." for each in said)])


def _in_reviews(table: InclusionTable) -> list[int]:
    counts = [0] * len(table.studies)
    for study, _ in table.inclusions:
        counts[study] += 1
    return counts


def _inclusions(table: InclusionTable) -> PictureTable:
    rows: list[tuple[Cell, ...]] = []
    for at, (name, number) in enumerate(zip(table.studies, _in_reviews(table), strict=True)):
        marks = [int((at, review) in table.inclusions) for review in range(len(table.reviews))]
        rows.append((name, *marks, number))
    return PictureTable(head=("Primary study", *table.reviews, "In reviews"), rows=tuple(rows))


PAIRS_HEAD = (
    "Review",
    "Other review",
    "Studies",
    "Studies of the other",
    "Shared",
    "In either",
    "Corrected covered area, %",
    "Overlap",
)


def _pairs(table: InclusionTable) -> PictureTable:
    rows = tuple(
        (
            table.reviews[pair.first],
            table.reviews[pair.second],
            *pair.sizes,
            pair.shared,
            pair.area.studies,
            None if pair.area.share is None else round(100 * pair.area.share, 2),
            "not defined" if pair.area.degree is None else pair.area.degree.value,
        )
        for pair in pair_overlaps(table)
    )
    return PictureTable(head=PAIRS_HEAD, rows=rows)
