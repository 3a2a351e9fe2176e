"""What stands on every page of a picture: its head above, its notes below."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from evidence.charts.direction_pages import HIGH, MARGIN, WIDE
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.palette import Theme
from evidence.charts.svg_parts import Letters

T = TypeVar("T")

LETTERS, SMALL = 12, 10.5
TITLE_SIZE = 17
LEADING = 12.5
NOTE_SIZE, NOTE_LEADING = 10, 12.5
PHONE = 380
"""Pixels of a page that fits a telephone, upright; it is one page, however long."""
_MOST_ON_PHONE = 6  # lines of a title


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """How much stands on one page, in pixels of CSS."""

    wide: float
    high: float


A4 = Paper(wide=WIDE, high=HIGH)
UPRIGHT = Paper(wide=HIGH, high=WIDE)
"""A4 upright, so that letters stay large on a screen."""
ON_SCREEN = Paper(wide=640, high=inf)
"""One page, however long, in a column of text that is read on a screen."""


def draw_head(
    title: str, subtitle: Sequence[str], of: str, look: Theme, wide: float = WIDE
) -> Iterator[str]:
    """Title, the lines below it, and which page this is."""
    y: float = MARGIN + TITLE_SIZE
    for line in _title_lines(title, wide):
        yield laid_text(MARGIN, y, line, Letters(size=TITLE_SIZE, weight=600))
        y += TITLE_SIZE + 3
    if of:
        quiet = Letters(ink=look.quiet, size=SMALL, anchor="end")
        yield laid_text(wide - MARGIN, MARGIN + TITLE_SIZE, of, quiet)
    for line in subtitle:
        yield laid_text(MARGIN, y, line, Letters(ink=look.quiet, size=LETTERS))
        y += LEADING * 1.2


def head_height(title: str, subtitle: Sequence[str], wide: float = WIDE) -> float:
    """How high `draw_head` is, with the room below it."""
    lines = len(_title_lines(title, wide))
    return lines * (TITLE_SIZE + 3) + len(subtitle) * LEADING * 1.2 + 8


def _title_lines(title: str, wide: float) -> list[str]:
    if wide <= PHONE:
        return in_lines(title, wide - 2 * MARGIN, TITLE_SIZE, bold=True)[:_MOST_ON_PHONE]
    return in_lines(title, wide - 2 * MARGIN - 90, TITLE_SIZE, bold=True)[:2]


def note_lines(notes: Sequence[str], wide: float = WIDE, size: float = NOTE_SIZE) -> list[str]:
    """Sentences in lines that fit a page."""
    return [line for note in notes for line in in_lines(note, wide - 2 * MARGIN, size)]


def draw_notes(lines: Sequence[str], y: float, look: Theme) -> Iterator[str]:
    """Lines of small letters; y is the upper edge."""
    for number, line in enumerate(lines, start=1):
        small = Letters(ink=look.quiet, size=NOTE_SIZE)
        yield laid_text(MARGIN, y + number * NOTE_LEADING, line, small)


def page_of(number: int, pages: int) -> str:
    """Which page this is; empty where there is one only."""
    return f"Page {number} of {pages}" if pages > 1 else ""


def on_pages(rows: Sequence[T], high: Callable[[T], float], room: float) -> Iterator[tuple[T, ...]]:
    """Rows page by page, at least one page.

    Args:
        rows: in their order.
        high: how high each is.
        room: of a page; a row that is higher has a page of its own.
    """
    page: list[T] = []
    used = 0.0
    for row in rows:
        if page and used + high(row) > room:
            yield tuple(page)
            page, used = [], 0.0
        page.append(row)
        used += high(row)
    if page or not rows:
        yield tuple(page)
