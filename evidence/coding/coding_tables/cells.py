"""Texts in cells: what a spreadsheet cannot keep stands whole in the table long_texts.

A cell of Excel takes 32,767 characters, and some signs not at all. Its cell then has the beginning
and says under which number the whole text stands.
"""

import re
from collections.abc import Iterator, Mapping

from evidence.citations.formats.cells import neutralise, restore_cell

MOST = 32_000  # units of UTF-16, as Excel counts
_PART = 15_000  # characters, of at most two units each, and an apostrophe
_SHOWN = 300  # characters of a long text that its cell shows
# Control signs but tab and line feed, halves of signs, and what spreadsheets or openpyxl take for
# an escaped sign.
_UNKEPT = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|x(?=005F_)"
)
_MARK = re.compile(r"\[whole text: long_texts, number (\d{1,9})\]\Z")
_ESCAPED = re.compile(r"\\(?:\\|u([0-9a-f]{4}))")


def needs_room(text: str) -> bool:
    """Whether a cell of Excel cannot hold this text as it is."""
    if len(text) > _PART and len(text.encode("utf-16-le", "surrogatepass")) // 2 > MOST:
        return True
    return bool(_UNKEPT.search(text) or _MARK.search(text))


def named(text: str, number: int) -> str:
    """What stands in the cell of a text that needs room."""
    shown = _UNKEPT.sub(" ", text[:_SHOWN])
    return neutralise(f"{shown} … [whole text: long_texts, number {number}]")


def parts(text: str) -> Iterator[str]:
    """A text that needs room, in parts that cells can hold."""
    escaped = _UNKEPT.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text.replace("\\", "\\\\"))
    for start in range(0, len(escaped), _PART):
        yield neutralise(escaped[start : start + _PART])


def whole(parts_in_order: list[str]) -> str:
    """A text from its parts."""
    joined = "".join(map(restore_cell, parts_in_order))
    return _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)) if sign[1] else "\\", joined)


def number_in(cell: str) -> int | None:
    """The number under which the text of a cell stands in long_texts; None where it is here."""
    mark = _MARK.search(cell)
    return int(mark[1]) if mark else None


def text_of(cell: str, long_texts: Mapping[int, str]) -> str | None:
    """The text of a cell; None where its whole text is named, but missing."""
    number = number_in(cell)
    return restore_cell(cell) if number is None else long_texts.get(number)
