"""The evidence map as a table: which studies stand in which cell.

A cell is exact. Where rows and columns are both read from findings, a study is in a cell only when
one finding links the row with the column: a study of A on X and of B on Y is not in A × Y. What is
read from the study (its country) combines with all of its findings. Rows and columns alone decide
whether a study is in a cell; a study without a colour is there all the same, uncoloured.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from evidence.coding.findings import Finding
from evidence.coding.scheme import Of
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.studies import CodedStudy

UNCOLOURED = ""
"""The colour of a study that has no code on the dimension of colours."""

Place = tuple[str | None, str | None, str | None]
"""Row, column and colour; None stands for all of them together."""


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
        places: the studies of each place that is not empty, totals included.
        unplaced: in the order of the studies.
    """

    rows: Dimension
    columns: Dimension
    colour: Dimension | None
    cells: tuple[Cell, ...]
    places: Mapping[Place, frozenset[int]]
    unplaced: tuple[Unplaced, ...]
    strays: tuple[Stray, ...]

    def studies(
        self, row: str | None = None, column: str | None = None, colour: str | None = None
    ) -> frozenset[int]:
        """The studies of a place, each once; `studies()` is every study on the map."""
        return self.places.get((row, column, colour), frozenset())

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """Row and column of each empty cell, in reading order."""
        both = product(self.rows.headings, self.columns.headings)
        return tuple((r.id, c.id) for r, c in both if not self.studies(r.id, c.id))

    def filled(self) -> "CrossTab":
        """The same without empty rows and columns, for a look at a large map; gaps go with them."""
        rows = tuple(h for h in self.rows.headings if self.studies(row=h.id))
        columns = tuple(h for h in self.columns.headings if self.studies(column=h.id))
        return replace(
            self,
            rows=replace(self.rows, headings=rows),
            columns=replace(self.columns, headings=columns),
        )

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
) -> CrossTab:
    """Sort studies into cells."""
    shown = tuple(d for d in (rows, columns, colour) if d is not None)
    sorters = tuple(_Sorter(dimension) for dimension in shown)
    places: defaultdict[Place, list[int]] = defaultdict(list)
    unplaced: list[Unplaced] = []
    for study in studies:
        found = _places_of(study, sorters)
        if not found:
            unplaced.append(Unplaced(study=study.id, reason=_why_not(study, sorters[:2])))
        for place in {all_of for one in found for all_of in _with_totals(one)}:
            places[place].append(study.id)
    kept = {place: frozenset(ids) for place, ids in places.items()}
    return CrossTab(
        rows=rows,
        columns=columns,
        colour=colour,
        cells=tuple(_cells(kept, rows, columns, colour)),
        places=kept,
        unplaced=tuple(unplaced),
        strays=_strays(sorters),
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
            found = (h for code in codes for h in self._headings.get(code, ()))
            self._sorted[codes] = frozenset(found)
        for code in codes - self._headings.keys():
            self.strays[code].add(study.id)
        return self._sorted[codes]


def _places_of(study: CodedStudy, sorters: tuple[_Sorter, ...]) -> set[Place]:
    rows, columns, *colours = sorters
    found: set[Place] = set()
    for finding in _units(study, sorters):
        coloured: frozenset[str] | set[None] = {None}
        if colours:
            coloured = colours[0].sort(study, finding) or frozenset({UNCOLOURED})
        found.update(product(rows.sort(study, finding), columns.sort(study, finding), coloured))
    return found


def _units(
    study: CodedStudy, sorters: Sequence[_Sorter]
) -> tuple[Finding, ...] | tuple[Finding | None]:
    """What is looked at one by one: the findings, or the study as a whole.

    A map of studies that is only coloured by findings keeps the studies without any.
    """
    if any(sorter.of_findings for sorter in sorters[:2]):
        return study.findings
    if any(sorter.of_findings for sorter in sorters[2:]):
        return study.findings or (None,)
    return (None,)


def _with_totals(place: Place) -> Iterator[Place]:
    row, column, colour = place
    yield from product({row, None}, {column, None}, {colour, None})


def _why_not(study: CodedStudy, sorters: tuple[_Sorter, ...]) -> str:
    units = _units(study, sorters)
    if not units:
        return "no finding"
    for sorter in sorters:
        if not any(sorter.sort(study, finding) for finding in units):
            return f"no code on “{sorter.dimension.title}”"
    return "no finding that is coded on both"


def _cells(
    places: Mapping[Place, frozenset[int]],
    rows: Dimension,
    columns: Dimension,
    colour: Dimension | None,
) -> Iterator[Cell]:
    colours: tuple[str | None, ...] = (None,)
    if colour is not None:
        colours = (*(heading.id for heading in colour.headings), UNCOLOURED)
    for row, column, hue in product(rows.headings, columns.headings, colours):
        studies = places.get((row.id, column.id, hue))
        if studies:
            yield Cell(row=row.id, column=column.id, colour=hue, studies=studies)


def _strays(sorters: tuple[_Sorter, ...]) -> tuple[Stray, ...]:
    return tuple(
        Stray(dimension=sorter.dimension.title, code=code, studies=frozenset(studies))
        for sorter in sorters
        for code, studies in sorted(sorter.strays.items())
    )
