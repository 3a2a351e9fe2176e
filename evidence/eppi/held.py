"""How much a file of EPPI-Reviewer holds, counted straight from its JSON values.

This shares no code with the readers, so that what they lose in silence would be missed here.
"""

from collections.abc import Iterator
from typing import Any

from evidence.eppi.account import Counts, Part


def held_in_report(root: Any) -> Counts:
    """What a report, or a code set alone, holds."""
    is_set = "CodeSets" not in root and "References" not in root and "Attributes" in root
    sets = [root] if is_set else _list(root, "CodeSets")
    return {
        Part.SETS: len(sets),
        Part.CODES: sum(_codes_in(code_set) for code_set in sets),
        **_held_in_references(_list(root, "References")),
    }


def held_in_page(constants: Any) -> Counts:
    """What a page of EPPI-Mapper holds; a code that it draws in several places counts once."""
    grid = constants.get("csvData")
    rows = _list(grid, "rows")
    above = grid.get("totalColDepth") if isinstance(grid, dict) else 0
    above = above if isinstance(above, int) and above > 0 else 0
    drawn = [[cell for cell in row if isinstance(cell, dict)] for row in rows if type(row) is list]
    if len(drawn) < len(rows):  # a line that is no list draws nothing, but keeps its place
        drawn = [[c for c in r if isinstance(c, dict)] if type(r) is list else [] for r in rows]
    linked = _list(constants, "externalURLedAttributes")
    segments = _list(constants, "segmentAttributes")
    filters = _list(constants, "filters")
    parts = (any(drawn[:above]), any(drawn[above:]), filters, segments, linked)
    ids = {_number(cell.get("id")) for row in drawn for cell in row}
    waiting = list(filters)
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            ids.add(_number(each.get("id")))
            waiting.extend(_list(each, "children"))
    attributes = [each.get("attribute") for each in segments if isinstance(each, dict)]
    for each in [*attributes, *linked]:
        if isinstance(each, dict):
            ids.add(_number(each.get("AttributeId")))
    return {
        Part.SETS: sum(map(bool, parts)),
        Part.CODES: len(ids - {0}),
        **_held_in_references(_list(constants, "referenceData")),
    }


def _held_in_references(references: list[Any]) -> dict[Part, int]:
    codes = [code for each in references for code in _list(each, "Codes")]
    return {
        Part.REFERENCES: len(references),
        Part.APPLIED: len(codes),
        Part.NOTES: sum(_says_something(code, "AdditionalText") for code in codes),
        Part.QUOTATIONS: sum(len(_list(code, "ItemAttributeFullTextDetails")) for code in codes),
        Part.ARMS: sum(len(set(_arms_of(each))) for each in references),
        Part.OUTCOMES: sum(len(_list(each, "Outcomes")) for each in references),
    }


def _codes_in(code_set: Any) -> int:
    number, waiting = 0, [code_set]
    while waiting:
        each = waiting.pop()
        holder = each.get("Attributes") if isinstance(each, dict) else None
        below = _list(holder, "AttributesList")
        number += len(below)
        waiting.extend(below)
    return number


def _arms_of(reference: Any) -> Iterator[tuple[int, str]]:
    named = [
        *((each, "itemArmId", "title") for each in _list(reference, "Arms")),
        *((each, "ArmId", "ArmTitle") for each in _list(reference, "Codes")),
        *((each, "ItemArmIdGrp1", "grp1ArmName") for each in _list(reference, "Outcomes")),
        *((each, "ItemArmIdGrp2", "grp2ArmName") for each in _list(reference, "Outcomes")),
    ]
    for each, id_name, title_name in named:
        if not isinstance(each, dict):
            continue
        if number := _number(each.get(id_name)):
            yield number, ""
        elif _says_something(each, title_name):
            yield 0, str(each[title_name]).strip()


def _list(holder: Any, name: str) -> list[Any]:
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, list) else []


def _says_something(each: Any, name: str) -> bool:
    value = each.get(name) if isinstance(each, dict) else None
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: Any) -> int:
    """A whole number above 0 that a database can keep; 0 for all else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        value = int(value[:40])
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    if isinstance(value, float) and value == value // 1 and abs(value) < 2**63:
        return max(int(value), 0)
    return value if is_whole and 0 < value < 2**63 else 0
