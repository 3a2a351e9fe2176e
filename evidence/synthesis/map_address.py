"""A view of a map as the part of an address after `#`, and back.

It says the view in full. evidence/viewer/map_address.js reads and writes the same.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from evidence.synthesis.address_parts import (
    UnreadablePartError,
    addressed_codes,
    addressed_dimension,
    decoded,
    encoded,
    shortened,
)
from evidence.synthesis.changes.map_since import MapSince
from evidence.synthesis.dimensions import Dimension
from evidence.synthesis.map_search.searches import AddressedSearches, readable_searches
from evidence.synthesis.map_view import (
    ALL_BRANCHES,
    CONTRASTS,
    NONE_OF_THESE,
    YEAR,
    Drawing,
    FilterMode,
    ListOrder,
    MapFilter,
    MapView,
    Only,
    Order,
    Page,
    Shares,
    default_view,
)
from evidence.synthesis.practice.practice_view import (
    PLAIN,
    PRACTICE_READERS,
    PracticePlaces,
    PracticeView,
    practice_parts,
    read_practice_part,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedView:
    """What an address asks for.

    Attributes:
        told: a sentence for each part that was dropped.
    """

    view: MapView
    told: tuple[str, ...]


def to_address(view: MapView) -> str:
    """The view as the part of an address after `#`.

    Rows and columns always stand in it, so that it is never empty; of the rest, what differs from
    `MapView`'s defaults.
    """
    parts = [("rows", encoded(view.rows)), ("columns", encoded(view.columns))]
    if view.segment is not None:
        parts.append(("segment", encoded(view.segment)))
    if view.view is not Drawing.NUMBERS:
        parts.append(("view", view.view.value))
    parts += [("f", _filter_text(each)) for each in view.filters]
    if view.years != (None, None):
        parts.append(("years", "-".join("" if y is None else str(y) for y in view.years)))
    if view.words:
        parts.append(("words", encoded(view.words)))
    parts += _chosen_studies(view)
    parts += [
        (name, _ids_text(ids))
        for name, ids in (("openrows", view.open_rows), ("opencolumns", view.open_columns))
        if ids
    ]
    if view.hide_empty:
        parts.append(("empty", "hide"))
    parts += [
        (name, order if isinstance(order, str) else f"hand~{_ids_text(order)}")
        for name, order in (("orderrows", view.order_rows), ("ordercolumns", view.order_columns))
        if order and order != "scheme"
    ]
    if view.contrast is not None:
        parts.append(("contrast", encoded(view.contrast)))
    return "&".join(f"{name}={value}" for name, value in (*parts, *_page_parts(view)))


def _page_parts(view: MapView) -> Iterator[tuple[str, str]]:
    """Which page stands there, what it needs, and what is open beside it."""
    if view.page is not Page.MAP:
        yield "page", view.page.value
    if view.question is not None:
        yield "question", encoded(view.question)
    if view.shares is not Shares.NONE:
        yield "shares", view.shares.value
    if view.order_list is not ListOrder.LABEL:
        yield "orderlist", view.order_list.value
    if view.at is not None:
        yield "at", ",".join(_place_text(each) for each in view.at)
    if view.line is not None:
        yield "line", f"{encoded(view.line[0])},{_place_text(view.line[1])}"
    if view.only is not None:
        yield "only", view.only.value
    if view.study is not None:
        yield "study", str(view.study)
    yield from practice_parts(view.practice)


def from_address(
    text: str,
    dimensions: Sequence[Dimension],
    studies: Collection[int],
    since: int | None = None,
    practice: PracticePlaces | None = None,
) -> AddressedView:
    """The view that an address asks for; what cannot be read or is not there is dropped and told.

    Args:
        text: what stands after `#`.
        dimensions: of the map, at least one.
        studies: ids of the studies of the map.
        since: number of the version since which the map tells what changed; None where it does not.
        practice: what it can name of services; None where the map has none.
    """
    return _Reading(dimensions, studies, since, practice).read(text)


def _chosen_studies(view: MapView) -> Iterator[tuple[str, str]]:
    for text in view.searches:
        yield "find", encoded(text)
    if view.search is not None:
        yield "search", str(view.search)
    if view.since is not None:
        yield "since", view.since.address


def _ids_text(ids: Sequence[str]) -> str:
    return ",".join(ALL_BRANCHES if i == ALL_BRANCHES else encoded(i) for i in ids)


def _place_text(heading: str | None) -> str:
    if heading is None or heading == NONE_OF_THESE:
        return heading or ""
    return encoded(heading)


def _filter_text(each: MapFilter) -> str:
    return "~".join((encoded(each.dimension), each.mode.value, _ids_text(each.codes)))


_YEARS = re.compile(r"([0-9]{1,4})?-([0-9]{1,4})?")
_YEAR = re.compile(r"[0-9]{1,4}")
_STUDY = re.compile(r"[0-9]{1,15}")
_SEARCH = re.compile(r"[0-9]{1,4}")
_REPEATED = frozenset({"f", "find", "pf"})
_MOST_TOLD = 10  # sentences; an address can have thousands of parts
_ORDERS: Mapping[str, Order] = {"scheme": "scheme", "count": "count"}


def _first_told(told: Sequence[str]) -> tuple[str, ...]:
    more = len(told) - _MOST_TOLD
    return (*told[:_MOST_TOLD], f"And {more} more of such parts.") if more > 0 else tuple(told)


@dataclass
class _Reading:
    """One address that is being read."""

    dimensions: Sequence[Dimension]
    studies: Collection[int]
    since: int | None = None
    practice: PracticePlaces | None = None
    told: list[str] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)
    search: int | None = None

    def read(self, text: str) -> AddressedView:
        parts: dict[str, list[str]] = {}
        for part in filter(None, text.removeprefix("#").split("&")):
            name, equals, value = part.partition("=")
            if not equals or name not in _READERS or (name in parts and name not in _REPEATED):
                self._unreadable(part)
                continue
            parts.setdefault(name, []).append(value)
        default = default_view(self.dimensions)
        fields: dict[str, object] = {"rows": default.rows, "columns": default.columns}
        filters: list[MapFilter] = []
        for name, reader in _READERS.items():  # rows and columns come first: others rest on them
            for value in parts.get(name, ()):
                try:
                    reader(self, value, fields, filters)
                except UnreadablePartError:
                    self._unreadable(f"{name}={value}")
        self._check_searches(fields)
        view = MapView(**fields, filters=tuple(filters))  # type: ignore[arg-type]
        return AddressedView(view=view, told=_first_told(self.told))

    def _unreadable(self, part: str) -> None:
        self.told.append(f"A part of the address cannot be read: {shortened(part)}")

    def _check_searches(self, fields: "_Fields") -> None:
        asked = AddressedSearches(texts=tuple(self.searches), search=self.search)
        if asked.texts or asked.search is not None:
            readable = readable_searches(asked, self.dimensions)
            self.told += readable.told
            fields |= {"searches": readable.texts, "search": readable.search}

    def dimension(self, text: str) -> Dimension | None:
        return addressed_dimension(text, self.dimensions, self.told)

    def codes(self, text: str, dimension: Dimension | None) -> tuple[str, ...]:
        return addressed_codes(text, dimension, self.told)

    def place(self, part: str, dimension: Dimension | None) -> tuple[str | None, ...]:
        """What a part stands for: a heading, none of them or all; nothing where it is not there."""
        if part in {"", NONE_OF_THESE}:
            return (part or None,)
        return self.codes(part, dimension)

    def of_id(self, dimension_id: object) -> Dimension | None:
        return next((d for d in self.dimensions if d.id == dimension_id), None)


_Fields = dict[str, object]
_Reader = Callable[[_Reading, str, _Fields, list[MapFilter]], None]


def _read_dimension(name: str) -> _Reader:
    def read(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
        if dimension := reading.dimension(value):
            fields[name] = dimension.id

    return read


def _read_choice(name: str, choices: type[StrEnum]) -> _Reader:
    def read(_: _Reading, value: str, fields: _Fields, __: list[MapFilter]) -> None:
        if value not in set(choices):
            raise UnreadablePartError
        fields[name] = choices(value)

    return read


def _read_question(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    if value == YEAR:
        fields["question"] = YEAR
    else:
        _read_dimension("question")(reading, value, fields, _)


def _read_filter(reading: _Reading, value: str, _: _Fields, filters: list[MapFilter]) -> None:
    parts = value.split("~")
    if len(parts) != 3 or parts[1] not in set(FilterMode):  # noqa: PLR2004 - the parts of a filter
        raise UnreadablePartError
    dimension = reading.dimension(parts[0])
    if dimension and (codes := reading.codes(parts[2], dimension)):
        filters.append(MapFilter(dimension=dimension.id, mode=FilterMode(parts[1]), codes=codes))


def _read_years(_: _Reading, value: str, fields: _Fields, __: list[MapFilter]) -> None:
    years = _YEARS.fullmatch(value)
    if years is None or value == "-":
        raise UnreadablePartError
    fields["years"] = tuple(int(year) if year else None for year in years.groups())


def _read_words(_: _Reading, value: str, fields: _Fields, __: list[MapFilter]) -> None:
    fields["words"] = decoded(value)


def _read_find(reading: _Reading, value: str, _: _Fields, __: list[MapFilter]) -> None:
    reading.searches.append("")
    reading.searches[-1] = decoded(value)


def _read_search(reading: _Reading, value: str, _: _Fields, __: list[MapFilter]) -> None:
    if not _SEARCH.fullmatch(value):
        raise UnreadablePartError
    reading.search = int(value)


def _read_since(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    asked = MapSince.read(value)
    if asked is None:
        raise UnreadablePartError
    if asked.version == reading.since:
        fields["since"] = asked
    else:
        reading.told.append(
            f"The address asks for what changed since version {asked.version}, "
            "which is not told here"
        )


def _read_open(name: str, of: str) -> _Reader:
    def read(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
        if value == ALL_BRANCHES:
            fields[name] = (ALL_BRANCHES,)
        else:
            fields[name] = reading.codes(value, reading.of_id(fields[of]))

    return read


def _read_empty(_: _Reading, value: str, fields: _Fields, __: list[MapFilter]) -> None:
    if value != "hide":
        raise UnreadablePartError
    fields["hide_empty"] = True


def _read_order(name: str, of: str) -> _Reader:
    def read(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
        if value in _ORDERS:
            fields[name] = _ORDERS[value]
        elif value.startswith("hand~"):
            fields[name] = (
                reading.codes(value.removeprefix("hand~"), reading.of_id(fields[of])) or "scheme"
            )
        else:
            raise UnreadablePartError

    return read


def _read_contrast(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    for code in reading.codes(value, reading.of_id(CONTRASTS))[:1]:
        fields["contrast"] = code


def _read_at(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    parts = value.split(",")
    if len(parts) != 2:  # noqa: PLR2004 - a row and a column
        raise UnreadablePartError
    if NONE_OF_THESE in parts and fields.get("page") != Page.CROSSTAB:
        raise UnreadablePartError
    at: list[str | None] = []
    for part, of in zip(parts, ("rows", "columns"), strict=True):
        at += reading.place(part, reading.of_id(fields[of]))
    if len(at) == 2:  # noqa: PLR2004 - a row and a column
        fields["at"] = tuple(at)


def _read_line(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    question, comma, part = value.partition(",")
    if not comma or "," in part:
        raise UnreadablePartError
    if question == YEAR:
        if part not in {"", NONE_OF_THESE} and not _YEAR.fullmatch(part):
            raise UnreadablePartError
        fields["line"] = (YEAR, part or None)
    elif dimension := reading.dimension(question):
        for heading in reading.place(part, dimension):
            fields["line"] = (dimension.id, heading)


def _read_practice(name: str) -> _Reader:
    def read(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
        before = fields.get("practice", PLAIN)
        assert isinstance(before, PracticeView)  # noqa: S101 - nothing else is written there
        fields["practice"] = read_practice_part(
            name, value, before, reading.practice, reading.dimensions, reading.told
        )

    return read


def _read_page(reading: _Reading, value: str, fields: _Fields, filters: list[MapFilter]) -> None:
    _read_choice("page", Page)(reading, value, fields, filters)
    if value == Page.PRACTICE and reading.practice is None:
        fields["page"] = Page.MAP
        reading.told.append("This map has no services, so the map of studies is shown")


def _read_study(reading: _Reading, value: str, fields: _Fields, _: list[MapFilter]) -> None:
    if not _STUDY.fullmatch(value):
        raise UnreadablePartError
    if int(value) not in reading.studies:
        reading.told.append(f"The address names a study that this map does not have: {int(value)}")
    else:
        fields["study"] = int(value)


_READERS: Mapping[str, _Reader] = {
    "page": _read_page,
    "rows": _read_dimension("rows"),
    "columns": _read_dimension("columns"),
    "segment": _read_dimension("segment"),
    "view": _read_choice("view", Drawing),
    "f": _read_filter,
    "years": _read_years,
    "words": _read_words,
    "find": _read_find,
    "search": _read_search,
    "since": _read_since,
    "openrows": _read_open("open_rows", "rows"),
    "opencolumns": _read_open("open_columns", "columns"),
    "empty": _read_empty,
    "orderrows": _read_order("order_rows", "rows"),
    "ordercolumns": _read_order("order_columns", "columns"),
    "contrast": _read_contrast,
    "question": _read_question,
    "shares": _read_choice("shares", Shares),
    "orderlist": _read_choice("order_list", ListOrder),
    "at": _read_at,
    "line": _read_line,
    "only": _read_choice("only", Only),
    "study": _read_study,
    **{name: _read_practice(name) for name in PRACTICE_READERS},
}
