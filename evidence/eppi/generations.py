"""Which generation a file is of, and how it writes days: told from the file as a whole."""

import re
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from evidence.eppi.export import Generation
from evidence.eppi.json_text import Json

_LAST_MONTH = 12
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:T.*)?", re.ASCII | re.DOTALL)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s.*)?", re.ASCII | re.DOTALL)


class DayStyle(StrEnum):
    """Which part of a date such as 10/02/2021 is the day."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    NOT_CLEAR = "not clear"


def generation_of(root: Json) -> Generation | None:
    """The generation of a report or code set; None where a script has made it."""
    references = _objects(root.get("References"))
    sets = _objects(root.get("CodeSets")) if "CodeSets" in root else [root]
    codes = list(_codes(sets))
    if any("Arms" in each or "Timepoints" in each for each in references):
        return Generation.ARMS
    if any("OldestKnownId" in each or "OriginalSetId" in each for each in (*sets, *codes)):
        return Generation.OLDEST_IDS
    types = [each.get("SetType") for each in sets]
    if any("SetTypeId" in each for each in types if isinstance(each, dict)) or any(
        "AttributeTypeId" in each for each in codes
    ):
        return Generation.TYPE_IDS
    if sets and not any("SetId" in each or "ReviewSetId" in each for each in sets):
        return None
    if any("ExtURL" in each for each in codes) or (
        references and all("Codes" in each and "Outcomes" in each for each in references)
    ):
        return Generation.WEB
    return Generation.SILVERLIGHT


def day_style(references: Any) -> DayStyle:
    """How a file writes days, from all its dates; where none is above 12, it is not clear."""
    style = DayStyle.NOT_CLEAR
    for each in _objects(references):
        for name in ("DateCreated", "DateEdited"):
            match = _SLASHES.fullmatch(str(each.get(name) or "").strip()[:40])
            if not match:
                continue
            first, second = int(match[1]) > _LAST_MONTH, int(match[2]) > _LAST_MONTH
            if first == second:
                continue
            own = DayStyle.DAY_FIRST if first else DayStyle.MONTH_FIRST
            if style not in {DayStyle.NOT_CLEAR, own}:
                return DayStyle.NOT_CLEAR  # two browsers wrote it; nothing can be said
            style = own
    return style


def day(text: str, style: DayStyle) -> str:
    """A day as 2021-02-10; as it stands where that is not clear."""
    if iso := _ISO.fullmatch(text):
        return iso[1]
    match = _SLASHES.fullmatch(text)
    if not match or style is DayStyle.NOT_CLEAR:
        return text
    first, second, year = (int(part) for part in match.groups())
    number, month = (first, second) if style is DayStyle.DAY_FIRST else (second, first)
    try:
        return date(year, month, number).isoformat()
    except ValueError:
        return text


def _objects(value: Any) -> list[Json]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _codes(sets: list[Json]) -> Iterator[Json]:
    waiting = list(sets)
    while waiting:
        holder = waiting.pop().get("Attributes")
        below = _objects(holder.get("AttributesList")) if isinstance(holder, dict) else []
        yield from below
        waiting.extend(below)
