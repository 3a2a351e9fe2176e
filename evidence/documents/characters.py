"""From single characters with their places to a page of words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from evidence.documents.pages import (
    LINE_END_HYPHEN,
    UNKNOWN,
    Box,
    Page,
    PageSize,
    Word,
    word_pieces,
)

Character = tuple[str, float, float, float, float]
"""A letter with left, top, right and bottom of its box, as in `Box`; blanks may have any box."""

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_WORD = re.compile(r"\S+")
_DIGITS = 2  # decimals of a box's points: 1/7,200 inch


def page_of(number: int, size: PageSize, rotation: int, characters: Iterable[Character]) -> Page:
    """A page of these characters; what stands beyond its edges is not shown, so not read."""
    shown = [character for character in characters if _is_on(size, character)]
    text = "".join(character[0] for character in shown)
    words = tuple(_words(text, shown, size))
    return Page(
        number=number,
        width=size.width,
        height=size.height,
        rotation=rotation,
        text=text if words else "",
        words=words,
        hyphens=tuple(_hyphens(text)) if words else (),
    )


@lru_cache(maxsize=10_000)
def letter_of(code: int) -> str:
    """The letter of a code; line breaks are one sign, and what has no meaning is UNKNOWN."""
    letter = chr(code)
    if letter in "\n\t":
        return letter
    return UNKNOWN if unicodedata.category(letter) in {"Cc", "Cs", "Cn"} else letter


def _is_on(size: PageSize, character: Character) -> bool:
    letter, left, top, right, bottom = character
    return letter.isspace() or (
        0 <= left + right <= 2 * size.width and 0 <= top + bottom <= 2 * size.height
    )


def _words(text: str, characters: Sequence[Character], size: PageSize) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        boxes = []
        for piece in word_pieces(match[0]):
            boxes.append(_around(characters[start : start + len(piece)], size))
            start += len(piece)
        yield Word(text=match[0], start=match.start(), end=end, boxes=tuple(boxes))


def _around(characters: Sequence[Character], size: PageSize) -> Box:
    _, lefts, tops, rights, bottoms = zip(*characters, strict=True)
    return Box(
        round(max(min(lefts), 0), _DIGITS),
        round(max(min(tops), 0), _DIGITS),
        round(min(max(rights), size.width), _DIGITS),
        round(min(max(bottoms), size.height), _DIGITS),
    )


def _hyphens(text: str) -> Iterator[int]:
    """Where words are hyphenated, and where a dash ends a line directly behind a letter."""
    for at, sign in enumerate(text):
        if sign == LINE_END_HYPHEN or (
            sign in _DASHES
            and text[at + 1 : at + 2] == "\n"
            and text[max(at - 1, 0) : at].isalnum()
        ):
            yield at
