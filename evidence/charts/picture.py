"""A picture that leaves Waymark: its pages as SVG, what it says in words, and its table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from evidence.charts.svg_parts import SvgTheme

Cell = str | int | float | None
HEADS_SHARE = 0.2
"""How wide the row heads of a page are that stand still, in parts of the page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureTable:
    """The numbers that a picture shows, with nothing left out.

    Attributes:
        head: a name for each column.
        rows: as many cells each as there are columns; None where there is no value.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with all that goes with it.

    Attributes:
        name: begins the names of its files, and the ids inside its drawings.
        title: as it stands above it.
        text: what it shows, for those who hear it.
        draw: gives its pages, at least one, in the colours of a theme.
        table: the numbers behind it.
        program_table: what another program reads, in its own columns; then this is the CSV.
        draw_on_phone: the same on one page, PHONE wide, with labels above what they name; for a
            screen on which the pages would be cut off.
        draw_row_heads: gives for each page its row heads alone, HEADS_SHARE as wide and as high,
            to stand still where the page is wider than the screen.
    """

    name: str
    title: str
    text: str
    draw: Callable[[SvgTheme], tuple[str, ...]]
    table: PictureTable
    program_table: PictureTable | None = None
    draw_on_phone: Callable[[SvgTheme], str] | None = None
    draw_row_heads: Callable[[SvgTheme], tuple[str, ...]] | None = None


KEPT_HEAD = "Studies kept"


def of_kept_studies(picture: Picture, kept: str) -> Picture:
    """A picture whose text and table, too, say which studies it is about.

    Args:
        picture: which has it in its notes.
        kept: which studies these are, in a sentence; empty for all, which changes nothing.
    """
    if not kept:
        return picture
    table = PictureTable(
        head=(*picture.table.head, KEPT_HEAD),
        rows=tuple((*row, kept) for row in picture.table.rows),
    )
    return replace(picture, text=f"{picture.text} {kept}", table=table)
