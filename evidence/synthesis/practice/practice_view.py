"""What is chosen on the page of a map that shows services beside studies, and its address.

evidence/viewer/practice/practice_view.js reads and writes the same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from evidence.synthesis.address_parts import (
    UnreadablePartError,
    addressed_codes,
    addressed_dimension,
    decoded,
    encoded,
    shortened,
)
from evidence.synthesis.dimensions import Dimension

AREA = "by:@area"
"""Id of the dimension of areas; no question of a scheme has such an id."""

SERVICE = "by:@service"
"""Id of the dimension whose headings are the services themselves."""

STUDIES_MARK = "~"
"""Before a heading of studies, in the part of an address that names a place."""


class Shown(StrEnum):
    """What the table counts."""

    STUDIES = "studies"
    SERVICES = "services"
    BOTH = "both"


class Side(StrEnum):
    """Of whom a heading is said."""

    STUDY = "study"
    SERVICE = "service"


Place = tuple[Side, str | None]
"""A heading with its side; without one the total of the side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceFilter:
    """Codes of one dimension of which a service must have one; each stands for those below it."""

    dimension: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """All that is chosen there.

    Attributes:
        rows, columns: ids of dimensions of services; None for the usual ones.
        study_columns: id of the dimension by which studies are divided beside the services; None
            for one column with all of them.
        closed_rows, closed_columns: ids of headings below which nothing is shown.
        filters: of services; all must hold.
        at: row and column of the cell whose services and studies stand beside; a row without a
            heading is the total of all rows.
        service: id of the service that stands open.
    """

    show: Shown = Shown.BOTH
    rows: str | None = None
    columns: str | None = None
    study_columns: str | None = None
    closed_rows: tuple[str, ...] = ()
    closed_columns: tuple[str, ...] = ()
    filters: tuple[ServiceFilter, ...] = ()
    at: tuple[Place, Place] | None = None
    service: str | None = None


PLAIN = PracticeView()


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticePlaces:
    """What an address can name of the services of a map.

    Attributes:
        joined: by id of a dimension of services the one of studies that asks for the same.
        kinds: id of the dimension that says of which kind a service is, where one does.
        services: their ids.
    """

    dimensions: tuple[Dimension, ...]
    joined: Mapping[str, str] = field(default_factory=dict)
    kinds: str | None = None
    services: frozenset[str] = frozenset()

    def rows(self, view: PracticeView) -> str:
        """Id of the rows: what is chosen, else the kinds, a joined question, the first question."""
        questions = [each.id for each in self.dimensions if each.id not in (AREA, SERVICE)]
        joined = [each for each in questions if each in self.joined]
        return view.rows or next(iter(filter(None, [self.kinds, *joined, *questions])), AREA)

    def columns(self, view: PracticeView) -> str:
        """Id of the columns: what is chosen, else areas, else the first that is not the rows."""
        rows = self.rows(view)
        ids = [AREA, *(each.id for each in self.dimensions)]
        return view.columns or next(each for each in ids if each != rows)

    def of_study_columns(self, view: PracticeView) -> str | None:
        """Id of the dimension of studies in whose headings columns can stand for studies alone."""
        rows, columns = self.rows(view), self.columns(view)
        if rows in self.joined and columns in self.joined:
            return self.joined[columns]
        return view.study_columns


def practice_parts(view: PracticeView) -> Iterator[tuple[str, str]]:
    """The parts of an address that differ from `PLAIN`."""
    if view.show is not Shown.BOTH:
        yield "show", view.show.value
    ids = (("prows", view.rows), ("pcolumns", view.columns), ("pstudies", view.study_columns))
    yield from ((name, encoded(each)) for name, each in ids if each is not None)
    for name, codes in (("prclosed", view.closed_rows), ("pcclosed", view.closed_columns)):
        if codes:
            yield name, ",".join(map(encoded, codes))
    for each in view.filters:
        yield "pf", f"{encoded(each.dimension)}~{','.join(map(encoded, each.codes))}"
    if view.at is not None:
        yield "pat", ",".join(map(_place_text, view.at))
    if view.service is not None:
        yield "service", encoded(view.service)


def _place_text(place: Place) -> str:
    side, heading = place
    mark = STUDIES_MARK if side is Side.STUDY else ""
    return mark + ("" if heading is None else encoded(heading))


@dataclass(frozen=True, slots=True)
class _Reading:
    view: PracticeView
    places: PracticePlaces
    studies: Sequence[Dimension]
    told: list[str]

    def dimension(self, text: str) -> str | None:
        found = addressed_dimension(text, self.places.dimensions, self.told)
        return found.id if found else None

    def of_services(self, dimension_id: str) -> Dimension | None:
        return next((d for d in self.places.dimensions if d.id == dimension_id), None)

    def of_studies(self, dimension_id: str | None) -> Dimension | None:
        return next((d for d in self.studies if d.id == dimension_id), None)


def read_practice_part(
    name: str,
    value: str,
    view: PracticeView,
    places: PracticePlaces | None,
    studies: Sequence[Dimension],
    told: list[str],
) -> PracticeView:
    """The view with what a part of an address asks for; what is not there is dropped and told.

    Args:
        name: one of `PRACTICE_READERS`.
        value: what stands behind it.
        view: as the parts before it have it.
        places: of the map; None where it has no services.
        studies: dimensions of the studies.
        told: sentences for people, to which more are added.

    Raises:
        UnreadablePartError: the part is not written as such parts are.
    """
    if places is None:
        told.append(f"This map has no services, so a part of the address is left: {name}")
        return view
    return PRACTICE_READERS[name](_Reading(view, places, studies, told), value)


def _show(reading: _Reading, value: str) -> PracticeView:
    if value not in set(Shown):
        raise UnreadablePartError
    return replace(reading.view, show=Shown(value))


def _rows(reading: _Reading, value: str) -> PracticeView:
    return replace(reading.view, rows=reading.dimension(value))


def _columns(reading: _Reading, value: str) -> PracticeView:
    return replace(reading.view, columns=reading.dimension(value))


def _study_columns(reading: _Reading, value: str) -> PracticeView:
    found = addressed_dimension(value, reading.studies, reading.told)
    return replace(reading.view, study_columns=found.id) if found else reading.view


def _closed_rows(reading: _Reading, value: str) -> PracticeView:
    rows = reading.of_services(reading.places.rows(reading.view))
    return replace(reading.view, closed_rows=addressed_codes(value, rows, reading.told))


def _closed_columns(reading: _Reading, value: str) -> PracticeView:
    columns = reading.of_services(reading.places.columns(reading.view))
    return replace(reading.view, closed_columns=addressed_codes(value, columns, reading.told))


def _filter(reading: _Reading, value: str) -> PracticeView:
    parts = value.split("~")
    if len(parts) != 2:  # noqa: PLR2004 - a dimension and its codes
        raise UnreadablePartError
    dimension = addressed_dimension(parts[0], reading.places.dimensions, reading.told)
    codes = addressed_codes(parts[1], dimension, reading.told) if dimension else ()
    if dimension is None or not codes:
        return reading.view
    added = ServiceFilter(dimension=dimension.id, codes=codes)
    return replace(reading.view, filters=(*reading.view.filters, added))


def _at(reading: _Reading, value: str) -> PracticeView:
    parts = value.split(",")
    if len(parts) != 2 or parts[0] == STUDIES_MARK:  # noqa: PLR2004 - a row and a column
        raise UnreadablePartError
    view, places = reading.view, reading.places
    rows, columns = places.rows(view), places.columns(view)
    row = _place(reading, parts[0], rows, places.joined.get(rows))
    column = _place(reading, parts[1], columns, places.of_study_columns(view))
    return replace(view, at=(row, column)) if row and column else view


def _place(reading: _Reading, part: str, of_services: str, of_studies: str | None) -> Place | None:
    """What a part stands for; None where it is not there."""
    if part in {"", STUDIES_MARK}:
        return (Side.STUDY if part else Side.SERVICE, None)
    if part.startswith(STUDIES_MARK):
        codes = addressed_codes(part[1:], reading.of_studies(of_studies), reading.told)
        return (Side.STUDY, codes[0]) if codes else None
    codes = addressed_codes(part, reading.of_services(of_services), reading.told)
    return (Side.SERVICE, codes[0]) if codes else None


def _service(reading: _Reading, value: str) -> PracticeView:
    uid = decoded(value)
    if uid not in reading.places.services:
        reading.told.append(
            f"The address names a service that this map does not have: {shortened(uid)}"
        )
        return reading.view
    return replace(reading.view, service=uid)


PRACTICE_READERS: Mapping[str, Callable[[_Reading, str], PracticeView]] = {
    "show": _show,
    "prows": _rows,
    "pcolumns": _columns,
    "pstudies": _study_columns,
    "prclosed": _closed_rows,
    "pcclosed": _closed_columns,
    "pf": _filter,
    "pat": _at,
    "service": _service,
}
"""By name of a part, in the order in which they are read: places come after rows and columns."""
