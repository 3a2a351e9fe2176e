"""Words in charts: made safe, measured and wrapped.

Plotly reads a little HTML in every text and TeX between dollar signs. What people wrote must show
as they wrote it, so all of it passes through `safe` or `lines`.
"""

import re
from collections.abc import Callable, Iterable
from html import escape
from unicodedata import combining, east_asian_width

WIDTHS = {
    **dict.fromkeys("il.,:;'|!jI ()[]/-", 0.38),
    **dict.fromkeys("mwMW@%—", 0.98),
    **dict.fromkeys("abcdeghknopqrsuvxyzft", 0.6),
    **dict.fromkeys("0123456789", 0.64),
}
"""Widths of letters in parts of the letter size, after a wide typeface: text is never cut off."""
CAPITAL = 0.74

SPACES = re.compile(r"[^\S\u00a0]+")
"""Any spaces and line ends, but not the no-break space."""


def safe(text: str) -> str:
    """Text that plotly shows as it is."""
    return escape(SPACES.sub(" ", text), quote=False).replace("$", "&#36;")


def width(text: str, size: float) -> float:
    """How wide a line of text is at most, in pixels."""
    return size * sum(_letter(letter) for letter in text)


def wrapped(text: str, room: float, size: float) -> list[str]:
    """Break text into lines no wider than `room` pixels; a longer word is broken with a hyphen.

    A no-break space is kept, so that "n = 12" can stay in one piece.
    """
    return broken_into(text, room, lambda line: width(line, size))


def broken_into(text: str, room: float, wide: Callable[[str], float]) -> list[str]:
    """Break text into lines no wider than `room`, by any measure of how wide a line is."""
    made = [""]
    for piece in _pieces(text):
        if wide(made[-1] + piece) <= room:
            made[-1] += piece
        else:
            made.extend(_broken(piece.strip(), room, wide))
    return [line for line in made if line]


def longest_word(text: str, size: float) -> float:
    """The width of the widest piece that `wrapped` keeps together where there is room."""
    return widest(words_of(text), size)


def words_of(text: str) -> list[str]:
    """The pieces that stay together where there is room."""
    return [piece.strip() for piece in _pieces(text)]


def lines(text: str, room: float, size: float) -> str:
    """Wrapped text that plotly shows as it is."""
    return "<br>".join(safe(line) for line in wrapped(text, room, size))


def widest(texts: Iterable[str], size: float) -> float:
    """The width of the widest of several lines."""
    return max((width(text, size) for text in texts), default=0)


def _pieces(text: str) -> list[str]:
    """Words with the space before them; a hyphen or a slash ends a word."""
    return re.findall(r" ?[^ /-]*[/-]*", SPACES.sub(" ", text).strip())


def _letter(letter: str) -> float:
    if combining(letter):
        return 0
    if east_asian_width(letter) in "WF":
        return 1.05
    return WIDTHS.get(letter, CAPITAL)


def _broken(word: str, room: float, wide: Callable[[str], float]) -> list[str]:
    parts = []
    least = 2
    while wide(word) > room and len(word) > least:
        end = 1
        while wide(word[: end + 1] + "-") <= room:
            end += 1
        parts.append(word[:end] + "-")
        word = word[end:]
    return [*parts, word]
