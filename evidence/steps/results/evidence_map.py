"""The evidence map: any two dimensions of the scheme against each other, coloured by a third."""

from evidence.coding.scheme import Axis, Scheme
from evidence.errors import Invalid
from evidence.steps.results.coded_studies import CodedStudies
from evidence.synthesis.crosstab import CrossTab, crosstab
from evidence.synthesis.dimensions import Dimension, dimensions

ROWS = f"axis:{Axis.INTERVENTION}"
COLUMNS = f"axis:{Axis.OUTCOME}"


def dimensions_by_id(scheme: Scheme) -> dict[str, Dimension]:
    """What can stand on an axis or be a colour, by id, in the scheme's order."""
    return {dimension.id: dimension for dimension in dimensions(scheme)}


def defaults(scheme: Scheme) -> tuple[str, str, str | None]:
    """Interventions by outcomes, coloured by the design; what the scheme lacks is replaced."""
    ids = list(dimensions_by_id(scheme))
    if len(ids) < 2:  # noqa: PLR2004 - rows and columns
        raise Invalid("A map needs a scheme with at least two questions that have options.")
    rows = ROWS if ROWS in ids else ids[0]
    columns = COLUMNS if COLUMNS in ids else next(i for i in ids if i != rows)
    colour = next((i for i in ids if "design" in i and i not in (rows, columns)), None)
    return rows, columns, colour


def cross_tab(
    coded: CodedStudies,
    rows: str,
    columns: str,
    colour: str | None = None,
    depth: int | None = None,
) -> CrossTab:
    """Sort the studies into cells.

    Args:
        coded: the coded studies.
        rows: id of the dimension whose headings are the rows.
        columns: id of the dimension whose headings are the columns.
        colour: id of the dimension whose headings are the colours.
        depth: how many levels of a tree to show; None for all.
    """
    available = dimensions_by_id(coded.scheme)
    for dimension_id in (rows, columns, colour):
        if dimension_id is not None and dimension_id not in available:
            raise Invalid(f"The scheme has nothing called {dimension_id!r} to put on a map.")
    down, across = (
        available[dimension_id] if depth is None else available[dimension_id].to_depth(depth)
        for dimension_id in (rows, columns)
    )
    colours = available[colour].to_depth(1) if colour else None
    return crosstab(coded.studies, down, across, colours)
