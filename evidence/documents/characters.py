"""From single characters with their places to a page of words."""

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
"""A letter with left, bottom, right and top of its box in the file's own points; any for blanks."""

_HYPHEN = re.compile(rf"{LINE_END_HYPHEN}|(?<=[^\W_])[-\u2010-\u2014\u2212](?=\n)")
_WORD = re.compile(r"\S+")
_DIGITS = 2  # decimals of a box's points: 1/7,200 inch


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of a page that is shown, in the file's own points, whose y grows upward.

    Attributes:
        rotation: by how many degrees it is turned clockwise to be shown: 0, 90, 180 or 270.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int

    @property
    def size(self) -> PageSize:
        """How large it is shown."""
        sides = round(self.right - self.left, _DIGITS), round(self.top - self.bottom, _DIGITS)
        width, height = sides if self.rotation in {0, 180} else sides[::-1]
        return PageSize(width=width, height=height)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the file as it is shown, cut at the edges."""
        x0, y0 = max(left, self.left) - self.left, max(bottom, self.bottom) - self.bottom
        x1, y1 = min(right, self.right) - self.left, min(top, self.top) - self.bottom
        width, height = self.right - self.left, self.top - self.bottom
        if self.rotation == 0:
            sides = x0, height - y1, x1, height - y0
        elif self.rotation == 90:  # noqa: PLR2004
            sides = y0, x0, y1, x1
        elif self.rotation == 180:  # noqa: PLR2004
            sides = width - x1, y0, width - x0, y1
        else:
            sides = height - y1, width - x1, height - y0, width - x0
        x0, y0, x1, y1 = sides
        return Box(round(x0, _DIGITS), round(y0, _DIGITS), round(x1, _DIGITS), round(y1, _DIGITS))


def page_of(number: int, frame: Frame, characters: Sequence[Character]) -> Page:
    """A page of these characters; what stands beyond its frame is not shown, so not read."""
    characters = _shown(frame, characters)
    text = _text(characters)
    words = tuple(_words(text, characters, frame))
    return Page(
        number=number,
        width=frame.size.width,
        height=frame.size.height,
        rotation=frame.rotation,
        text=text,
        words=words,
        hyphens=tuple(_hyphens(text)),
    )


def text_of(frame: Frame, characters: Sequence[Character]) -> str:
    """The text of the page that `page_of` makes of these characters."""
    return _text(_shown(frame, characters))


@lru_cache(maxsize=10_000)
def letter_of(code: int) -> str:
    """The letter of a code; line breaks are one sign, and what has no meaning is UNKNOWN."""
    letter = chr(code)
    if letter in "\n\t":
        return letter
    return UNKNOWN if unicodedata.category(letter) in {"Cc", "Cs", "Cn"} else letter


def _shown(frame: Frame, characters: Sequence[Character]) -> Sequence[Character]:
    if _all_in(frame, characters):
        return characters
    return [character for character in characters if _is_in(frame, character)]


def _text(characters: Sequence[Character]) -> str:
    """The text of all characters; of blanks alone there is none."""
    text = "".join([character[0] for character in characters])
    return "" if text.isspace() else text


def _all_in(frame: Frame, characters: Sequence[Character]) -> bool:
    """Whether all boxes lie within the frame, which can be said of most pages at once."""
    if not characters:
        return True
    _, lefts, bottoms, rights, tops = zip(*characters, strict=True)
    return (
        all(math.isfinite(sum(column)) for column in (lefts, bottoms, rights, tops))
        and frame.left <= min(lefts)
        and frame.bottom <= min(bottoms)
        and max(rights) <= frame.right
        and max(tops) <= frame.top
    )


def _is_in(frame: Frame, character: Character) -> bool:
    """Whether the middle of a character's box lies within the frame; blanks do anywhere."""
    letter, left, bottom, right, top = character
    return letter.isspace() or (
        2 * frame.left <= left + right <= 2 * frame.right
        and 2 * frame.bottom <= bottom + top <= 2 * frame.top
    )


def _words(text: str, characters: Sequence[Character], frame: Frame) -> Iterator[Word]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        boxes = []
        for piece in word_pieces(match[0]):
            boxes.append(_around(characters[start : start + len(piece)], frame))
            start += len(piece)
        yield Word(text=match[0], start=match.start(), end=end, boxes=tuple(boxes))


def _around(characters: Sequence[Character], frame: Frame) -> Box:
    _, lefts, bottoms, rights, tops = zip(*characters, strict=True)
    return frame.shown(min(lefts), min(bottoms), max(rights), max(tops))


def _hyphens(text: str) -> Iterator[int]:
    """Where words are hyphenated, and where a dash ends a line directly behind a letter."""
    return (match.start() for match in _HYPHEN.finditer(text))
