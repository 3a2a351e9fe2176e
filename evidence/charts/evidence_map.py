"""The evidence map as bubbles, and as tables for those who do not see or click bubbles."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import pandas as pd
import plotly.graph_objects as go

from evidence.charts.frame import add_corner, add_legend, add_note, draw, legend_name
from evidence.charts.grid import GAP, Grid, Head, lay_out
from evidence.charts.labels import lines, width
from evidence.charts.palette import SMALL_SIZE, THEMES, Mark, Theme, ThemeName, mark, plain_mark
from evidence.synthesis.crosstab import UNCOLOURED, Cell, CrossTab
from evidence.synthesis.dimensions import Dimension

COLUMN = 56
ROW = 44
SLOT_WIDTH = 26
SLOT_HEIGHT = 34
"""The least room for one colour within a cell, in pixels, with its number below if need be."""

LARGEST = 40
SMALLEST = 7
HOVER = 280
ALL = "All studies"


def evidence_map(tab: CrossTab, theme: ThemeName = "light", room: float = 1000) -> go.Figure:
    """Draw a map: area and number of a bubble are studies, colour and symbol are the colour.

    Every mark carries `customdata` of row, column and colour, None for all of them together:
    `tab.studies(*customdata)` is what a click asks for.

    Args:
        tab: the map.
        theme: of the page around it.
        room: the width there is, in pixels; a map with many columns is wider, for the page to
            scroll sideways.
    """
    plan = _plan(tab, THEMES[theme], room)
    figure = draw(plan.grid, plan.theme)
    for colour in plan.marks:
        figure.add_trace(_bubbles(plan, colour))
    figure.add_trace(_totals(plan))
    add_corner(figure, plan.grid, plan.theme, tab.rows.title, tab.columns.title)
    add_note(figure, plan.grid, plan.theme, _notes(tab))
    if tab.colour is not None:
        add_legend(figure, tab.colour.title)
    return figure


def table(tab: CrossTab) -> pd.DataFrame:
    """The map as a table of studies, each counted once in every cell and total."""
    rows, columns = _with_all(tab.rows), _with_all(tab.columns)
    counts = [[len(tab.studies(row, column)) for column, _ in columns] for row, _ in rows]
    index = pd.Index([label for _, label in rows], name=tab.rows.title)
    return pd.DataFrame(counts, index=index, columns=[label for _, label in columns])


def colour_table(tab: CrossTab) -> pd.DataFrame:
    """One line for each colour in each cell, with the labels as people know them."""
    rows, columns = tab.rows.labels(), tab.columns.labels()
    heads = [tab.rows.title, tab.columns.title, tab.colour.title if tab.colour else "Colour"]
    table_rows = [
        (rows[cell.row], columns[cell.column], tab.colours[cell.colour], len(cell.studies))
        for cell in tab.cells
    ]
    return pd.DataFrame(table_rows, columns=[*heads, "Studies"])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What all marks of one drawing share.

    Attributes:
        marks: of the colours that occur, in order; each has its own slot in every cell.
        across, down: how many slots a cell has each way.
        rows, columns: where each heading stands.
        labels: of rows, of columns and of colours.
        most: studies of one colour in one cell.
    """

    tab: CrossTab
    grid: Grid
    theme: Theme
    marks: Mapping[str | None, Mark]
    across: int
    down: int
    rows: Mapping[str, int]
    columns: Mapping[str, int]
    labels: tuple[Mapping[str | None, str], Mapping[str | None, str], Mapping[str | None, str]]
    most: int

    @property
    def slot_width(self) -> float:
        return (self.grid.column - GAP) / self.across

    @property
    def largest(self) -> float:
        """The diameter of the bubble of most studies."""
        rows = map(self.grid.row_height, self.rows.values())
        height = (min(rows, default=ROW) - GAP) / self.down
        # Some symbols are wider than a circle of the same area.
        widest = max((how.diameter(1) for how in self.marks.values()), default=1)
        return min(LARGEST, self.slot_width / widest, height)

    def hover(self, *coordinates: str | None) -> str:
        """What the tooltip at some coordinates says: how many studies, and of what."""
        count = len(self.tab.studies(*coordinates))
        parts = [f"<b>{count:,} {'study' if count == 1 else 'studies'}</b>"]
        for labels, heading_id in zip(self.labels, coordinates, strict=True):
            if heading_id is not None:
                parts.append(lines(labels[heading_id], HOVER, SMALL_SIZE))
        return "<br>".join(parts)

    def middle(self, cell: Cell) -> tuple[float, float]:
        """Where in its cell a colour stands."""
        down, across = divmod(list(self.marks).index(cell.colour), self.across)
        row = self.rows[cell.row]
        x = ((across + 0.5) / self.across - 0.5) * (self.grid.column - GAP)
        y = ((down + 0.5) / self.down - 0.5) * (self.grid.row_height(row) - GAP)
        return self.grid.x(self.columns[cell.column]) + x, self.grid.y(row) + y


def _with_all(dimension: Dimension) -> list[tuple[str | None, str]]:
    return [*dimension.labels().items(), (None, ALL)]


def _plan(tab: CrossTab, theme: Theme, room: float) -> _Plan:
    marks = _marks(tab, theme)
    across = ceil(sqrt(max(1, len(marks))))
    down = ceil(max(1, len(marks)) / across)
    total = Head(label=ALL, apart=True, least=32)
    rows = [*_heads(tab.rows, max(ROW, SLOT_HEIGHT * down + GAP)), total]
    columns = [*_heads(tab.columns, max(COLUMN, SLOT_WIDTH * across + GAP)), total]
    return _Plan(
        tab=tab,
        grid=lay_out(rows, columns, room),
        theme=theme,
        marks=marks,
        across=across,
        down=down,
        rows={heading.id: row for row, heading in enumerate(tab.rows.headings)},
        columns={heading.id: column for column, heading in enumerate(tab.columns.headings)},
        labels=(dict(_with_all(tab.rows)), dict(_with_all(tab.columns)), tab.colours),
        most=max((len(cell.studies) for cell in tab.cells), default=1),
    )


def _marks(tab: CrossTab, theme: Theme) -> dict[str | None, Mark]:
    """A colour keeps its mark whichever others occur; only those that occur take room."""
    marks = {
        colour: plain_mark(theme) if colour == UNCOLOURED else mark(number)
        for number, colour in enumerate(tab.colours)
    }
    return {colour: how for colour, how in marks.items() if tab.studies(colour=colour)}


def _heads(dimension: Dimension, least: float) -> list[Head]:
    depths = [heading.depth for heading in dimension.headings]
    return [
        Head(label=heading.label, strong=heading.depth < below, least=least)
        for heading, below in zip(dimension.headings, [*depths[1:], 0], strict=False)
    ]


def _bubbles(plan: _Plan, colour: str | None) -> go.Scatter:
    how = plan.marks[colour]
    cells = [cell for cell in plan.tab.cells if cell.colour == colour]
    bubbles = [_bubble(plan, cell) for cell in cells]
    return go.Scatter(
        x=[bubble.x for bubble in bubbles],
        y=[bubble.y for bubble in bubbles],
        mode="markers+text",
        name=legend_name(plan.labels[2][colour]),
        text=[f"{len(cell.studies):,}" for cell in cells],
        textposition=["middle center" if b.holds_number else "bottom center" for b in bubbles],
        textfont={
            "size": SMALL_SIZE,
            "color": [how.letters if b.holds_number else plan.theme.ink for b in bubbles],
        },
        marker={
            "size": [how.diameter(bubble.diameter) for bubble in bubbles],
            "symbol": how.symbol,
            "color": how.fill,
            "opacity": 1,
            "line": {"color": how.outline(plan.theme), "width": 1},
        },
        customdata=[[cell.row, cell.column, cell.colour] for cell in cells],
        hovertext=[plan.hover(cell.row, cell.column, cell.colour) for cell in cells],
        hoverinfo="text",
        unselected={"marker": {"opacity": 0.35}, "textfont": {"color": plan.theme.quiet}},
        cliponaxis=False,
    )


@dataclass(frozen=True, slots=True)
class _Bubble:
    x: float
    y: float
    diameter: float
    holds_number: bool


def _bubble(plan: _Plan, cell: Cell) -> _Bubble:
    """A bubble whose area is the number; where the number has no room in it, it stands below."""
    how = plan.marks[cell.colour]
    number = len(cell.studies)
    diameter = max(SMALLEST, plan.largest * sqrt(number / plan.most))
    x, y = plan.middle(cell)
    if max(SMALL_SIZE, width(f"{number:,}", SMALL_SIZE)) <= how.inside(diameter):
        return _Bubble(x, y, diameter, holds_number=True)
    return _Bubble(x, y - SMALL_SIZE / 2, diameter, holds_number=False)


def _totals(plan: _Plan) -> go.Scatter:
    """Unique studies at the end of each row and column, and of the whole map in the corner."""
    rows: list[tuple[str | None, int]] = [*plan.rows.items(), (None, len(plan.rows))]
    columns: list[tuple[str | None, int]] = [*plan.columns.items(), (None, len(plan.columns))]
    ends = [
        (row, column, down, across)
        for row, down in rows
        for column, across in columns
        if row is None or column is None
    ]
    colour = {"color": plan.theme.ink}
    return go.Scatter(
        x=[plan.grid.x(across) for *_, across in ends],
        y=[plan.grid.y(down) for *_, down, _ in ends],
        mode="text",
        text=[f"<b>{len(plan.tab.studies(row, column)):,}</b>" for row, column, *_ in ends],
        textfont=colour,
        customdata=[[row, column, None] for row, column, *_ in ends],
        hovertext=[plan.hover(row, column, None) for row, column, *_ in ends],
        hoverinfo="text",
        selected={"textfont": colour},
        unselected={"textfont": colour},
        showlegend=False,
        cliponaxis=False,
    )


def _notes(tab: CrossTab) -> list[str]:
    """What the numbers are and how complete they are."""
    placed, missing = len(tab.studies()), len(tab.unplaced)
    notes = ["Numbers and areas are studies. One can stand in several cells; totals count it once."]
    if missing:
        notes.append(
            f"{placed:,} of {placed + missing:,} studies are on the map; {missing:,} have "
            "no code or finding that would place them."
        )
    elif not placed:
        notes.append("There is no study to show yet.")
    if tab.strays:
        codes = ", ".join(stray.code for stray in tab.strays)
        notes.append(f"Not shown, because the scheme does not list these codes: {codes}.")
    return notes
