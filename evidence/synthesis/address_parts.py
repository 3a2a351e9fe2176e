"""Texts within the address of a map: written so that nothing in them is taken for a sign of it."""

import re
from collections.abc import Sequence
from urllib.parse import quote, unquote

from evidence.synthesis.dimensions import Dimension

_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LONGEST_TOLD = 80  # characters of a part, as it is told


class UnreadablePartError(ValueError):
    """A part of an address that is not written as such parts are."""


def encoded(text: str) -> str:
    """A text as it stands in an address; without `,`, `~`, `&` and `=`."""
    return quote(text, safe="").replace("~", "%7E")


def decoded(text: str) -> str:
    """A text that `encoded` wrote.

    Raises:
        UnreadablePartError: it could not have.
    """
    if _BROKEN_ESCAPE.search(text):
        raise UnreadablePartError
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as broken:
        raise UnreadablePartError from broken


def shortened(part: str) -> str:
    """A part as it is told to people."""
    return part if len(part) <= _LONGEST_TOLD else f"{part[:_LONGEST_TOLD]}…"


def addressed_dimension(
    text: str, dimensions: Sequence[Dimension], told: list[str]
) -> Dimension | None:
    """The dimension that a part names; one that is not there is told.

    Raises:
        UnreadablePartError: the part is no text.
    """
    dimension_id = decoded(text)
    found = next((d for d in dimensions if d.id == dimension_id), None)
    if found is None:
        told.append(
            f"The address names something to sort by that this map does not have: "
            f"{shortened(dimension_id)}"
        )
    return found


def addressed_codes(text: str, dimension: Dimension | None, told: list[str]) -> tuple[str, ...]:
    """Those of a list of ids that the dimension has, each once; the others are told.

    Raises:
        UnreadablePartError: an id is empty or no text.
    """
    there = {heading.id for heading in dimension.headings} if dimension else set()
    codes: list[str] = []
    for part in text.split(","):
        code = decoded(part)
        if not code:
            raise UnreadablePartError
        if code not in there:
            told.append(f"The address names a code that this map does not have: {shortened(code)}")
        elif code not in codes:
            codes.append(code)
    return tuple(codes)
