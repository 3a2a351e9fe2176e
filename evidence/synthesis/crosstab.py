"""The evidence map as a table: which studies stand in which cell.

A cell is exact. Where rows and columns are both read from findings, a study is in a cell only when
one finding links the row with the column: a study of A on X and of B on Y is not in A × Y. What is
read from the study (its country) combines with all of its findings. Rows and columns alone decide
whether a study is in a cell; a study without a colour is there all the same, uncoloured. Under
filters a cell has the studies of which the finding that makes the cell passes (map_filters.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from evidence.coding.findings import Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_filters import Filters
from evidence.synthesis.studies import CodedStudy

UNCOLOURED = ""
"""The colour of a study that has no code on the dimension of colours."""

Coordinates = tuple[str | None, str | None, str | None]
"""Row, column and colour; None stands for all of them together."""

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The studies of one colour in one cell that is not empty.

    Attributes:
        colour: None where the map has no colours, UNCOLOURED where these studies have none.
    """

    row: str
    column: str
    colour: str | None
    studies: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """A study that stands nowhere on the map, and why, to go after the words "it has"."""

    study: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stray:
    """A code that the dimension does not list, and the studies that carry it."""

    dimension: str
    code: str
    studies: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossTab:
    """An evidence map.

    Attributes:
        cells: those that are not empty, in the order of rows, columns and colours.
        studies_at: the studies of each row, column and colour that has any, totals included.
        unplaced: of the studies that pass, in their order.
        passing: ids of the studies that pass the filters, wherever they stand.
    """

    rows: Dimension
    columns: Dimension
    colour: Dimension | None
    cells: tuple[Cell, ...]
    studies_at: Mapping[Coordinates, frozenset[int]]
    unplaced: tuple[Unplaced, ...]
    strays: tuple[Stray, ...]
    passing: frozenset[int]

    def studies(
        self, row: str | None = None, column: str | None = None, colour: str | None = None
    ) -> frozenset[int]:
        """The studies of these coordinates, each once; `studies()` is every study on the map."""
        return self.studies_at.get((row, column, colour), frozenset())

    def filled(self) -> "CrossTab":
        """This map without its empty rows and columns, for a look at a large one."""
        rows = tuple(h for h in self.rows.headings if self.studies(row=h.id))
        columns = tuple(h for h in self.columns.headings if self.studies(column=h.id))
        return replace(
            self,
            rows=replace(self.rows, headings=rows),
            columns=replace(self.columns, headings=columns),
        )

    @property
    def coded_together(self) -> bool:
        """Whether a cell only says that a study has both codes, not that it compared them.

        So it is where rows and columns are axes of findings, and one of them is read from what was
        ticked for the study.
        """
        on_axes = self.rows.axis is not None and self.columns.axis is not None
        return on_axes and Of.STUDY in {self.rows.of, self.columns.of}

    @property
    def colours(self) -> dict[str | None, str]:
        """The label of each colour in order; `Not coded` stands last, and only where it occurs."""
        if self.colour is None:
            return {None: "Studies"}
        labels: dict[str | None, str] = dict(self.colour.labels().items())
        if self.studies(colour=UNCOLOURED):
            labels[UNCOLOURED] = "Not coded"
        return labels


def crosstab(
    studies: Sequence[CodedStudy],
    rows: Dimension,
    columns: Dimension,
    colour: Dimension | None = None,
    filters: Filters = NO_FILTERS,
) -> CrossTab:
    """Sort studies into cells."""
    sorters = tuple(_Sorter(d) for d in (rows, columns, colour) if d is not None)
    passing = [study for study in studies if filters.passes(study)]
    ids_at: defaultdict[Coordinates, list[int]] = defaultdict(list)
    unplaced: list[Unplaced] = []
    for study in passing:
        units = _units(study, sorters, filters)
        cells = _coordinates_of(study, units, sorters)
        if not cells:
            reason = _why_not(study, units, sorters[:2])
            unplaced.append(Unplaced(study=study.id, reason=reason))
        for coordinates in {total for cell in cells for total in _with_totals(cell)}:
            ids_at[coordinates].append(study.id)
    studies_at = {coordinates: frozenset(ids) for coordinates, ids in ids_at.items()}
    return CrossTab(
        rows=rows,
        columns=columns,
        colour=colour,
        cells=tuple(_cells(studies_at, rows, columns, colour)),
        studies_at=studies_at,
        unplaced=tuple(unplaced),
        strays=_strays(sorters),
        passing=frozenset(study.id for study in passing),
    )


class _Sorter:
    """A dimension with its headings by code, and the codes that it was shown but does not list."""

    def __init__(self, dimension: Dimension) -> None:
        self.dimension = dimension
        self.strays: defaultdict[str, set[int]] = defaultdict(set)
        self._headings: defaultdict[str, list[str]] = defaultdict(list)
        self._sorted: dict[frozenset[str], frozenset[str]] = {}
        for heading in dimension.headings:
            for code in heading.covers:
                self._headings[code].append(heading.id)

    @property
    def of_findings(self) -> bool:
        return self.dimension.of is Of.FINDING

    def sort(self, study: CodedStudy, finding: Finding | None) -> frozenset[str]:
        codes = self.dimension.codes(study, finding)
        if codes not in self._sorted:
            self._sorted[codes] = frozenset(
                heading for code in codes for heading in self._headings.get(code, ())
            )
        for code in codes - self._headings.keys():
            self.strays[code].add(study.id)
        return self._sorted[codes]


def _coordinates_of(
    study: CodedStudy, units: Sequence[Finding | None], sorters: tuple[_Sorter, ...]
) -> set[Coordinates]:
    rows, columns, *colours = sorters
    coordinates: set[Coordinates] = set()
    for finding in units:
        coloured: frozenset[str] | set[None] = {None}
        if colours:
            coloured = colours[0].sort(study, finding) or frozenset({UNCOLOURED})
        coordinates.update(
            product(rows.sort(study, finding), columns.sort(study, finding), coloured)
        )
    return coordinates


def _units(
    study: CodedStudy, sorters: Sequence[_Sorter], filters: Filters
) -> tuple[Finding | None, ...]:
    """What is looked at one by one: the findings that pass, or the study as a whole.

    A map of studies that is only coloured or filtered by findings keeps the studies without any.
    """
    units: tuple[Finding | None, ...] = (None,)
    if any(sorter.of_findings for sorter in sorters[:2]):
        units = study.findings
    elif filters.of_findings or any(sorter.of_findings for sorter in sorters[2:]):
        units = study.findings or (None,)
    return tuple(unit for unit in units if filters.passes_as_finding(study, unit))


def _with_totals(cell: Coordinates) -> Iterator[Coordinates]:
    row, column, colour = cell
    yield from product({row, None}, {column, None}, {colour, None})


def _why_not(
    study: CodedStudy, units: Sequence[Finding | None], sorters: tuple[_Sorter, ...]
) -> str:
    if not units:
        return "no finding"
    for sorter in sorters:
        if not any(sorter.sort(study, finding) for finding in units):
            return f"no code on “{sorter.dimension.title}”"
    return "no finding that is coded on both"


def _cells(
    studies_at: Mapping[Coordinates, frozenset[int]],
    rows: Dimension,
    columns: Dimension,
    colour: Dimension | None,
) -> Iterator[Cell]:
    colours: tuple[str | None, ...] = (None,)
    if colour is not None:
        colours = (*(heading.id for heading in colour.headings), UNCOLOURED)
    for row, column, hue in product(rows.headings, columns.headings, colours):
        studies = studies_at.get((row.id, column.id, hue))
        if studies:
            yield Cell(row=row.id, column=column.id, colour=hue, studies=studies)


def _strays(sorters: tuple[_Sorter, ...]) -> tuple[Stray, ...]:
    return tuple(
        Stray(dimension=sorter.dimension.title, code=code, studies=frozenset(studies))
        for sorter in sorters
        for code, studies in sorted(sorter.strays.items())
    )
