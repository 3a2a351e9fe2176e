"""The evidence map: any two dimensions of the map against each other, coloured by a third."""

from evidence.errors import Invalid
from evidence.synthesis.crosstab import CrossTab, crosstab
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_document import MapContent


def cross_tab(content: MapContent, rows: str = "", columns: str = "", colour: str = "") -> CrossTab:
    """Sort the studies of a map into cells.

    Args:
        content: what the map is made of.
        rows: id of the dimension whose headings are the rows; that with which the map begins where
            it is empty, as also for the two others.
        columns: id of the dimension whose headings are the columns.
        colour: id of the dimension whose headings are the colours.

    Raises:
        Invalid: the map has nothing of that id.
    """
    available = {dimension.id: dimension for dimension in content.dimensions}

    def found(dimension_id: str) -> Dimension:
        if dimension_id not in available:
            raise Invalid(f"The map has nothing called {dimension_id!r}.")
        return available[dimension_id]

    down, across = found(rows or content.view.rows), found(columns or content.view.columns)
    divided = colour or content.view.segment
    return crosstab(content.studies, down, across, found(divided).to_depth(1) if divided else None)
