"""A page of EPPI-Mapper: its rows, columns, filters and segments as code sets.

Such a page holds the references whole, but of the code sets only what it draws. Codes that stand in
several of its parts are taken from the first; EPPI-Mapper draws them twice, they are no two codes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from evidence.eppi.account import Ledger, Part
from evidence.eppi.code_sets import as_deep_as_read
from evidence.eppi.export import Code, CodeSet
from evidence.eppi.json_text import Json
from evidence.eppi.values import Entry

_STEP = " - "  # between the names of a code and those above it
_ELSEWHERE = "All its codes stand in a part before it, too."


def read_page_sets(constants: Json, ledger: Ledger) -> tuple[CodeSet, ...]:
    """The code sets that a page of EPPI-Mapper lets be known."""
    reading = _Reading(ledger)
    parts = (
        ("Rows of the map", reading.rows(constants)),
        ("Columns of the map", reading.columns(constants)),
        ("Filters of the map", reading.filters(constants.get("filters"), "filters")),
        ("Segments of the map", reading.segments(constants)),
        ("Codes with a link", reading.linked(constants)),
    )
    sets: list[CodeSet] = []
    for (name, codes), is_there in zip(parts, parts_there(constants), strict=True):
        if codes:
            sets.append(CodeSet(id=None, name=name, codes=as_deep_as_read(codes, name, ledger)))
        elif is_there:
            ledger.leave_out(Part.SETS, name, _ELSEWHERE)
    return tuple(sets)


def parts_there(constants: Json) -> tuple[bool, ...]:
    """Whether the page has rows, columns, filters, segments and linked codes, in this order."""
    drawn = _drawn(constants)
    above = _levels_of_columns(constants)
    listed = ("filters", "segmentAttributes", "externalURLedAttributes")
    return (
        any(drawn[above:]),
        any(drawn[:above]),
        *(bool(constants.get(name)) and isinstance(constants[name], list) for name in listed),
    )


def _drawn(constants: Json) -> list[list[Json]]:
    grid = constants.get("csvData")
    rows = grid.get("rows") if isinstance(grid, dict) else None
    return [
        [cell for cell in row if isinstance(cell, dict)] if isinstance(row, list) else []
        for row in (rows if isinstance(rows, list) else ())
    ]


def _levels_of_columns(constants: Json) -> int:
    return _breadth(constants, "totalColDepth")


def _breadth(constants: Json, name: str) -> int:
    """A size of the map; 0 where the page does not say it."""
    grid = constants.get("csvData")
    value = grid.get(name) if isinstance(grid, dict) else None
    return value if isinstance(value, int) and value > 0 else 0


@dataclass(slots=True)
class _Heading:
    """A heading of the map, with how many lines of it are still to come."""

    cell: Json
    still: int
    below: list["_Heading"] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    ledger: Ledger
    ids: set[int] = field(default_factory=set)

    def columns(self, constants: Json) -> tuple[Code, ...]:
        """Headings above the map: each spans so many of the columns below it."""
        rows = _drawn(constants)[: _levels_of_columns(constants)]
        above: list[_Heading] = []
        tops: list[_Heading] = []
        for number, row in enumerate(rows):
            line = [_Heading(cell, _span(cell)) for cell in row]
            if number == 0 and line:  # as the page draws it
                line[0].still = _breadth(constants, "totalColBreadth") or line[0].still
            waiting = iter(above)
            parent = next(waiting, None)
            for heading in line:
                while parent is not None and parent.still <= 0:
                    parent = next(waiting, None)
                if number == 0 or parent is None:
                    tops.append(heading)
                else:
                    parent.below.append(heading)
                    parent.still -= heading.still
            above = [_Heading(h.cell, h.still, h.below) for h in line]
        return self.headings(tops, "columns")

    def rows(self, constants: Json) -> tuple[Code, ...]:
        """Headings beside the map: the first line of a heading names it, with those below it."""
        tops: list[_Heading] = []
        open_headings: list[_Heading] = []
        for number, row in enumerate(_drawn(constants)[_levels_of_columns(constants) :]):
            open_headings = [heading for heading in open_headings if heading.still > 0]
            for place, cell in enumerate(row):
                is_corner = number == place == 0  # its span counts headings, not lines
                span = _breadth(constants, "totalRowBreadth") if is_corner else 0
                heading = _Heading(cell, span or _span(cell))
                level = open_headings[-1].below if open_headings else tops
                level.append(heading)
                open_headings.append(heading)
            for heading in open_headings:
                heading.still -= 1
        return self.headings(tops, "rows")

    def headings(self, headings: Sequence[_Heading], place: str) -> tuple[Code, ...]:
        return tuple(
            code
            for heading in headings
            for code in self.code(
                Entry(heading.cell, place, self.ledger),
                ("id", "title", "setDescription"),
                self.headings(heading.below, place),
            )
        )

    def filters(self, listed: Any, place: str) -> tuple[Code, ...]:
        page = Entry({"filters": listed}, place, self.ledger)
        return tuple(
            code
            for each, _ in page.objects("filters")
            if each is not None
            for code in self.code(
                Entry(each, place, self.ledger),
                ("id", "label", "description"),
                self.filters(each.get("children"), place),
            )
        )

    def segments(self, constants: Json) -> tuple[Code, ...]:
        page = Entry(constants, "segments", self.ledger)
        inner = [each.get("attribute") for each, _ in page.objects("segmentAttributes") if each]
        return self.attributes([each for each in inner if isinstance(each, dict)], "segments")

    def linked(self, constants: Json) -> tuple[Code, ...]:
        page = Entry(constants, "linked codes", self.ledger)
        listed = [each for each, _ in page.objects("externalURLedAttributes") if each]
        return _by_their_names(self.attributes(listed, "linked codes"))

    def attributes(self, listed: Sequence[Json], place: str) -> tuple[Code, ...]:
        names = ("AttributeId", "AttributeName", "AttributeSetDescription")
        return tuple(
            code
            for each in listed
            for code in self.code(Entry(each, place, self.ledger), names, ())
        )

    def code(
        self, entry: Entry, names: tuple[str, str, str], below: tuple[Code, ...]
    ) -> Iterator[Code]:
        """A code that no part before had; codes below one that had it stay."""
        identifier = entry.identifier(names[0])
        if identifier is None or identifier in self.ids:
            yield from below
            return
        self.ids.add(identifier)
        yield Code(
            id=identifier,
            name=entry.text(names[1]) or f"Code {identifier}",
            description=entry.text(names[2]),
            link=entry.text("ExtURL"),
            codes=below,
        )


def _by_their_names(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Codes in the tree that their names tell: "Design - Trial" stands below "Design"."""
    names = {code.name for code in codes}
    below: dict[str, list[Code]] = {}
    for code in codes:
        parts = code.name.split(_STEP)
        starts = (_STEP.join(parts[:number]) for number in range(len(parts) - 1, 0, -1))
        parent = next((start for start in starts if start in names), "")
        below.setdefault(parent, []).append(code)

    def grown(code: Code, parent: str) -> Code:
        # Of two codes with one name the first has those below it.
        inner = below.pop(code.name, ())
        own = code.name.removeprefix(f"{parent}{_STEP}") if parent else code.name
        return replace(code, name=own, codes=tuple(grown(each, code.name) for each in inner))

    return tuple(grown(code, "") for code in below.pop("", ()))


def _span(cell: Json) -> int:
    value = cell.get("span")
    return value if isinstance(value, int) and value > 0 else 1
