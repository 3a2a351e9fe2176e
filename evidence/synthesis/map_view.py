"""What a map shows and how: the same in the app, in a file, in a report and in an address.

map_address.py writes it as the part of an address after `#`, so that a link gives the same picture
to a colleague. docs/decisions/map.md is the contract.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from evidence.coding.scheme import Axis
from evidence.synthesis.changes.map_since import MapSince
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.practice.practice_view import PLAIN, PracticeView

ALL_BRANCHES = "*"
"""Stands for every branch of a tree where ids of branches are asked for."""

Order = Literal["scheme", "count"] | tuple[str, ...]
"""Of headings: as the scheme has them, by count, or by hand (ids; the others follow)."""

Years = tuple[int | None, int | None]
"""From and to, both included; None where there is no bound."""

CONTRASTS = f"axis:{Axis.CONTRAST}"

YEAR = "year"
"""Stands for the year of studies where a question is asked for; no dimension has this id."""

NONE_OF_THESE = "~"
"""In the place of a heading: the studies that have none of the question; no heading has this id."""


class Page(StrEnum):
    """What stands below the filters."""

    MAP = "map"
    LIST = "list"
    FREQUENCIES = "frequencies"
    CROSSTAB = "crosstab"
    PRACTICE = "practice"


class Shares(StrEnum):
    """What the cells of a crosstab are shares of; NONE for counts alone."""

    NONE = "none"
    ROW = "row"
    COLUMN = "column"
    ALL = "all"


class ListOrder(StrEnum):
    """Of the list of studies: by what they are called, or the latest year first."""

    LABEL = "label"
    YEAR = "year"


class Only(StrEnum):
    """Which of the studies of a count are listed."""

    PRIMARY = "primary"
    REVIEWS = "reviews"


class Drawing(StrEnum):
    """How cells are drawn."""

    NUMBERS = "numbers"
    BUBBLES = "bubbles"
    TABLE = "table"
    DIRECTIONS = "directions"
    MOSAIC = "mosaic"
    DONUT = "donut"


class FilterMode(StrEnum):
    """How the codes of one filter are taken together."""

    ANY = "any"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFilter:
    """Codes of one dimension that a study, or one of its findings, must have or must not have.

    Attributes:
        dimension: id of the dimension.
        codes: ids of headings; each stands for those below it, too.
    """

    dimension: str
    mode: FilterMode = FilterMode.ANY
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """All that is chosen on a map.

    Attributes:
        page: what of all this is shown.
        rows, columns: ids of dimensions.
        segment: id of the dimension by which cells are divided; None for none.
        view: how cells are drawn.
        filters: all must hold.
        years: of the study.
        words: all must occur in a study's texts (map_filters.folded).
        searches: texts of the numbered searches, the first of which is #1 (map_search/searches.py).
        search: the number of the search whose studies are counted; None where none holds.
        since: which changes are counted; None for all studies, changed or not.
        open_rows, open_columns: ids of the headings whose branch stands open; "*" for all.
        hide_empty: whether rows and columns without a study are left out.
        contrast: id of the heading among the contrasts that the drawing of directions shows; None
            for the first that has a finding.
        question: id of the dimension whose frequencies stand there, or YEAR; None for all.
        shares: in the cells of a crosstab.
        order_list: of the list of studies.
        at: row and column of the cell whose studies stand beside the map or the crosstab; None
            for a total; in the crosstab NONE_OF_THESE, too.
        line: question and heading of the frequency whose studies stand beside; a year where the
            question is YEAR, NONE_OF_THESE, or None for all that pass.
        only: which of these studies are listed; None for all.
        study: id of the study that stands open.
        practice: what is chosen of services beside studies.
    """

    page: Page = Page.MAP
    rows: str
    columns: str
    segment: str | None = None
    view: Drawing = Drawing.NUMBERS
    filters: tuple[MapFilter, ...] = ()
    years: Years = (None, None)
    words: str = ""
    searches: tuple[str, ...] = ()
    search: int | None = None
    since: MapSince | None = None
    open_rows: tuple[str, ...] = ()
    open_columns: tuple[str, ...] = ()
    hide_empty: bool = False
    order_rows: Order = "scheme"
    order_columns: Order = "scheme"
    contrast: str | None = None
    question: str | None = None
    shares: Shares = Shares.NONE
    order_list: ListOrder = ListOrder.LABEL
    at: tuple[str | None, str | None] | None = None
    line: tuple[str, str | None] | None = None
    only: Only | None = None
    study: int | None = None
    practice: PracticeView = PLAIN


def _usual(ids: Sequence[str], axis: Axis) -> str:
    """What stands on a side of the map: the axis of findings, else a question that is called so, as
    a first scheme without findings has it.
    """
    wished = (f"axis:{axis}", f"question:{axis}")
    return next((each for each in wished if each in ids), ids[0])


def default_view(dimensions: Sequence[Dimension]) -> MapView:
    """Interventions by outcomes, divided by the design; what there is not is replaced.

    Args:
        dimensions: of the map, at least one.
    """
    ids = [dimension.id for dimension in dimensions]
    rows = _usual(ids, Axis.INTERVENTION)
    columns = _usual([i for i in ids if i != rows] or ids, Axis.OUTCOME)
    segment = next((i for i in ids if "design" in i and i not in {rows, columns}), None)
    return MapView(rows=rows, columns=columns, segment=segment)
