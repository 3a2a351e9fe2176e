"""A page of a document: its text, and where each word of it stands on the paper.

Offsets count characters as Unicode does (code points), so a browser, whose strings count otherwise,
must spread a text before it counts: `[...text]`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

LINE_END_HYPHEN = "\u00ad"
"""A hyphen at a line's end, behind which the word goes on in the next line; no line break follows.

On the paper it looks like any hyphen; whether the word has one elsewhere, too, nobody can know.
"""
UNKNOWN = "\ufffd"  # a sign of which the file does not say what it means
TEXT_VERSION = 1
"""Counts up when our own code begins to give another text of the same file, so that what was kept
of it is read anew and offsets are checked."""
NO_TEXT = (
    "This page has no text that a program could read; it is a picture, as scans are. "
    "Nothing can be found or quoted on it unless text recognition (OCR) is run over the file."
)


class Box(NamedTuple):
    """A rectangle on a page, in points from the page's upper left corner, as the page is shown."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSize:
    """How large a page is shown, in points (1/72 inch): after its rotation, cut to its CropBox."""

    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """Signs without a blank between them.

    Attributes:
        text: as it stands in the page's text, from `start` to before `end`.
        boxes: where it stands; several where it is hyphenated at the end of a line.
    """

    text: str
    start: int
    end: int
    boxes: tuple[Box, ...]

    @property
    def pieces(self) -> tuple[str, ...]:
        """The part of the text in each box; the hyphen belongs to the part before it."""
        return word_pieces(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as a program can read it.

    Attributes:
        number: counted from 1.
        width, height: in points, as the page is shown.
        rotation: by how many degrees the file turns the page clockwise to show it; all the rest
            is told as it is shown.
        text: lines in the order in which the file is read, parted by line breaks.
        words: in the order of the text.
        hyphens: offsets of hyphens at the ends of lines, where one cannot know whether the word
            would have them in the middle of a line.
    """

    number: int
    width: float
    height: float
    rotation: int
    text: str
    words: tuple[Word, ...]
    hyphens: tuple[int, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether there is anything to read; a scan has nothing (NO_TEXT)."""
        return bool(self.words)


class HasText(Protocol):
    """What search and quotations need of a page."""

    @property
    def number(self) -> int:
        """Counted from 1."""

    @property
    def text(self) -> str:
        """Of the page, as in `Page`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The text of a page without the places of its words.

    Attributes:
        is_readable: False where the page is damaged, so that its text is not known.
    """

    number: int
    text: str
    is_readable: bool = True


def word_pieces(text: str) -> tuple[str, ...]:
    """A word, cut behind each hyphen at a line's end."""
    pieces = text.split(LINE_END_HYPHEN)
    cut = [piece + LINE_END_HYPHEN for piece in pieces[:-1]]
    return (*cut, pieces[-1]) if pieces[-1] else tuple(cut)


def readable(text: str) -> str:
    """A stretch of a page's text as people would write it: hyphenated words joined, in one line."""
    return " ".join(text.replace(LINE_END_HYPHEN, "").split())


def to_json(page: Page) -> dict[str, Any]:
    """The page as JSON values; of a word its start, its end, and its boxes as four numbers."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "text": page.text,
        "words": [
            [word.start, word.end, *(list(box) for box in word.boxes)] for word in page.words
        ],
        "hyphens": list(page.hyphens),
    }


def from_json(values: Mapping[str, Any]) -> Page:
    """The page of which `to_json` made these values."""
    text = values["text"]
    words = (
        Word(text=text[start:end], start=start, end=end, boxes=tuple(Box(*box) for box in boxes))
        for start, end, *boxes in values["words"]
    )
    return Page(
        number=values["number"],
        width=values["width"],
        height=values["height"],
        rotation=values["rotation"],
        text=text,
        words=tuple(words),
        hyphens=tuple(values["hyphens"]),
    )
