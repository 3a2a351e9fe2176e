"""Services beside studies as a table: how many stand in each cell, and what that says.

Counted plainly, from the raw studies and services; evidence/viewer/practice/practice_counts.js
counts the same, and tests hold it against this. What a cell says (`Situation`) is judged by all
studies and services, whatever the filters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from evidence.synthesis.crosstab import NO_FILTERS
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_filters import Filters
from evidence.synthesis.practice.practice_map import MapService, PracticeMap
from evidence.synthesis.practice.practice_view import (
    AREA,
    Place,
    PracticeView,
    ServiceFilter,
    Shown,
    Side,
)
from evidence.synthesis.studies import CodedStudy
from evidence.synthesis.whole_crosstab import WholeCrosstab, whole_crosstab

SEVERAL = 2  # services of one kind in one area, which may be too many
ALL_SERVICES: Place = (Side.SERVICE, None)
ALL_STUDIES: Place = (Side.STUDY, None)


class Situation(StrEnum):
    """What is known of a cell from research and from practice."""

    BOTH = "research and practice"
    PRACTICE_ONLY = "practice without research"
    RESEARCH_ONLY = "research without practice"
    NEITHER = "neither research nor practice"
    OF_SERVICES = "asked of services only"
    OF_STUDIES = "asked of studies only"
    NO_ANSWER = "nobody answered"


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeCell:
    """What stands in a cell.

    Attributes:
        studies: ids of those that pass; None where studies are not counted there.
        services: positions of those that pass; None where services are not counted there.
        situation: by all studies and services; None where nothing can be said.
        overlap: how many services of one kind one area has, where these are several; else 0.
        provision: the verdict on what there is of a kind in an area; "" where there is none.
    """

    studies: frozenset[int] | None = None
    services: frozenset[int] | None = None
    situation: Situation | None = None
    overlap: int = 0
    provision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeTable:
    """The whole table.

    Attributes:
        rows: in their order; last `ALL_SERVICES`, the total of all rows.
        columns: those of studies, then those of services.
        passing: positions of the services that pass.
    """

    rows: tuple[Place, ...]
    columns: tuple[Place, ...]
    cells: Mapping[tuple[Place, Place], PracticeCell]
    passing: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Axis:
    """The headings of a side of the table, and of each those of studies that mean the same."""

    dimension: Dimension
    of_studies: Dimension | None
    pairs: Mapping[str, tuple[str, ...]]

    @property
    def places(self) -> list[Place]:
        """Headings of services, then those of studies with which none is joined."""
        own: list[Place] = [(Side.SERVICE, heading.id) for heading in self.dimension.headings]
        return [*own, *((Side.STUDY, code) for code in self._only_of_studies())]

    def _only_of_studies(self) -> Iterable[str]:
        """The widest headings that nothing below, above or at is joined with."""
        if self.of_studies is None:
            return
        paired = {code for codes in self.pairs.values() for code in codes}
        headings = self.of_studies.headings
        covered: set[str] = set()
        for heading in headings:
            if heading.id in paired:
                covered |= heading.covers
        for heading in headings:
            if heading.id not in covered and not heading.covers & paired:
                covered |= heading.covers
                yield heading.id

    def headings_of_studies(self, place: Place) -> tuple[str, ...]:
        """The headings of studies that a place stands for."""
        side, heading = place
        if heading is None:
            return ()
        return (heading,) if side is Side.STUDY else self.pairs.get(heading, ())


@dataclass(frozen=True, slots=True)
class _Axes:
    """What the table is made of, whoever passes."""

    rows: _Axis
    columns: _Axis
    study_columns: Dimension | None

    @property
    def is_overlaid(self) -> bool:
        return self.rows.of_studies is not None and self.columns.of_studies is not None


@dataclass(frozen=True, slots=True)
class _Counting:
    """Those that pass some filters, or all."""

    axes: _Axes
    tab: WholeCrosstab | None
    services: Mapping[int, MapService]

    def studies_at(self, row: Place, column: Place) -> frozenset[int]:
        if self.tab is None:
            return frozenset()
        rows, columns = self.axes.rows, self.axes.columns
        if row == ALL_SERVICES:
            return frozenset().union(*(self.studies_at(each, column) for each in rows.places))
        across: Sequence[str | None] = (None,)
        if column != ALL_STUDIES:
            across = columns.headings_of_studies(column)
        cells = product(rows.headings_of_studies(row), across)
        return frozenset().union(*(self.tab.studies(one, other) for one, other in cells))

    def services_at(self, row: Place, column: Place) -> frozenset[int]:
        return frozenset(
            at
            for at, service in self.services.items()
            if _has(service, self.axes.rows.dimension, row)
            and _has(service, self.axes.columns.dimension, column)
        )


@dataclass(frozen=True, slots=True)
class _Making:
    """A table that is being made."""

    practice: PracticeMap
    show: Shown
    axes: _Axes
    now: _Counting
    everyone: _Counting

    def rows(self) -> list[Place]:
        places = self.axes.rows.places
        if self.show is Shown.SERVICES:
            places = [place for place in places if place[0] is Side.SERVICE]
        return [*places, ALL_SERVICES]

    def columns(self) -> list[Place]:
        axes = self.axes
        columns: list[Place] = []
        if axes.rows.of_studies is not None and self.show is not Shown.SERVICES:
            columns.append(ALL_STUDIES)
            if not axes.is_overlaid and axes.study_columns is not None:
                columns += [(Side.STUDY, heading.id) for heading in axes.study_columns.headings]
        if self.show is Shown.STUDIES:
            return columns + (axes.columns.places if axes.is_overlaid else [])
        places = axes.columns.places
        if not (axes.is_overlaid and self.show is Shown.BOTH):
            places = [place for place in places if place[0] is Side.SERVICE]
        return [*columns, *places, ALL_SERVICES]

    def cell(self, row: Place, column: Place) -> PracticeCell:
        is_of_studies = column[0] is Side.STUDY or (
            self.axes.is_overlaid and column != ALL_SERVICES
        )
        has_studies = (
            self.show is not Shown.SERVICES and is_of_studies and self._is_asked(row, column)
        )
        is_of_services = Side.STUDY not in (row[0], column[0])
        has_services = self.show is not Shown.STUDIES and is_of_services
        kind, area = self._kind_and_area(row, column)
        together = len(self.everyone.services_at(row, column)) if kind and has_services else 0
        return PracticeCell(
            studies=self.now.studies_at(row, column) if has_studies else None,
            services=self.now.services_at(row, column) if has_services else None,
            situation=self._situation(row, column) if self.show is Shown.BOTH else None,
            overlap=together if together >= SEVERAL else 0,
            provision=self._verdict(kind, area) if has_services else "",
        )

    def _is_asked(self, row: Place, column: Place) -> bool:
        """Whether what a row and a column stand for was asked of studies."""
        by_cell = self.axes.is_overlaid and column not in (ALL_STUDIES, ALL_SERVICES)
        of_row = row == ALL_SERVICES or self.axes.rows.headings_of_studies(row)
        return bool(of_row and (not by_cell or self.axes.columns.headings_of_studies(column)))

    def _situation(self, row: Place, column: Place) -> Situation | None:
        """What all studies and services say; None for totals of rows, and where columns divide
        services by what no area is and no study was asked.
        """
        axes = self.axes
        is_whole = column == ALL_SERVICES
        is_told = is_whole or axes.is_overlaid or axes.columns.dimension.id == AREA
        is_beside = column == ALL_STUDIES or (column[0] is Side.STUDY and not axes.is_overlaid)
        if axes.rows.of_studies is None or row == ALL_SERVICES or is_beside or not is_told:
            return None
        if Side.STUDY in (row[0], column[0]):
            return Situation.OF_STUDIES
        if self._is_unanswered(axes.rows, row) or self._is_unanswered(axes.columns, column):
            return Situation.NO_ANSWER
        by_cell = axes.is_overlaid and not is_whole
        if not self._is_asked(row, column):
            return Situation.OF_SERVICES
        studies = self.everyone.studies_at(row, column if by_cell else ALL_STUDIES)
        return _SITUATIONS[bool(studies), bool(self.everyone.services_at(row, column))]

    def _is_unanswered(self, axis: _Axis, place: Place) -> bool:
        """Whether a place is an area of which no service has a form."""
        is_area = axis.dimension.id == AREA and place[1] is not None
        services = self.everyone.services.values()
        return is_area and not any(_has(each, axis.dimension, place) for each in services)

    def _kind_and_area(self, row: Place, column: Place) -> tuple[str | None, str | None]:
        """Of which kind and area a cell is; None where it is not of both."""
        places = {self.axes.rows.dimension.id: row, self.axes.columns.dimension.id: column}
        kinds = self.practice.kinds
        if kinds is None or set(places) != {kinds, AREA}:
            return None, None
        kind, area = places[kinds], places[AREA]
        is_of_both = Side.STUDY not in (kind[0], area[0]) and None not in (kind[1], area[1])
        return (kind[1], area[1]) if is_of_both else (None, None)

    def _verdict(self, kind: str | None, area: str | None) -> str:
        marks = (m for m in self.practice.provision if (m.kind, m.area) == (kind, area))
        return next((mark.verdict for mark in marks), "")


_SITUATIONS = {
    (True, True): Situation.BOTH,
    (False, True): Situation.PRACTICE_ONLY,
    (True, False): Situation.RESEARCH_ONLY,
    (False, False): Situation.NEITHER,
}
"""By whether there are studies, and whether there are services."""


def practice_table(
    studies: Sequence[CodedStudy],
    dimensions: Sequence[Dimension],
    practice: PracticeMap,
    view: PracticeView,
    filters: Filters = NO_FILTERS,
) -> PracticeTable:
    """The table of a view.

    Args:
        studies: of the map.
        dimensions: by which they are sorted.
        practice: the services.
        view: rows and columns, and which services pass.
        filters: which studies pass.
    """
    by_id = {each.id: each for each in dimensions}
    places = practice.places
    axes = _Axes(
        rows=_axis(practice, by_id, places.rows(view)),
        columns=_axis(practice, by_id, places.columns(view)),
        study_columns=by_id.get(view.study_columns or ""),
    )
    everyone = dict(enumerate(practice.services))
    passing = {at: each for at, each in everyone.items() if _passes(each, practice, view.filters)}
    making = _Making(
        practice=practice,
        show=view.show,
        axes=axes,
        now=_Counting(axes, _crossed(studies, axes, filters), passing),
        everyone=_Counting(axes, _crossed(studies, axes, NO_FILTERS), everyone),
    )
    rows, columns = making.rows(), making.columns()
    return PracticeTable(
        rows=tuple(rows),
        columns=tuple(columns),
        cells={(row, column): making.cell(row, column) for row, column in product(rows, columns)},
        passing=frozenset(passing),
    )


def _crossed(studies: Sequence[CodedStudy], axes: _Axes, filters: Filters) -> WholeCrosstab | None:
    of_rows = axes.rows.of_studies
    if of_rows is None:
        return None
    of_columns = axes.columns.of_studies or axes.study_columns or of_rows
    return whole_crosstab(studies, of_rows, of_columns, filters)


def _axis(practice: PracticeMap, by_id: Mapping[str, Dimension], dimension_id: str) -> _Axis:
    dimension = next(each for each in practice.dimensions if each.id == dimension_id)
    join = next((each for each in practice.joins if each.question == dimension_id), None)
    if join is None:
        return _Axis(dimension, None, {})
    pairs: dict[str, tuple[str, ...]] = {}
    for one, other in join.pairs:
        pairs[one] = (*pairs.get(one, ()), other)
    return _Axis(dimension, by_id[join.of_studies], pairs)


def _has(service: MapService, dimension: Dimension, place: Place) -> bool:
    side, heading_id = place
    if heading_id is None:
        return True
    if side is Side.STUDY:
        return False
    ticked = dimension.codes(service.as_study)
    return any(h.id == heading_id and h.covers & ticked for h in dimension.headings)


def _passes(service: MapService, practice: PracticeMap, filters: Iterable[ServiceFilter]) -> bool:
    by_id = {each.id: each for each in practice.dimensions}
    return all(
        any(_has(service, by_id[each.dimension], (Side.SERVICE, code)) for code in each.codes)
        for each in filters
    )
