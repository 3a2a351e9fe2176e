"""What stands on every page of a picture: its head above, its notes below."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from evidence.charts.direction_pages import MARGIN, WIDE
from evidence.charts.letters import in_lines, laid_text
from evidence.charts.palette import Theme
from evidence.charts.svg_parts import Letters

T = TypeVar("T")

LETTERS, SMALL = 12, 10.5
TITLE_SIZE = 17
LEADING = 12.5
NOTE_SIZE, NOTE_LEADING = 10, 12.5


def draw_head(title: str, subtitle: Sequence[str], of: str, look: Theme) -> Iterator[str]:
    """Title, the lines below it, and which page this is."""
    y: float = MARGIN + TITLE_SIZE
    for line in in_lines(title, WIDE - 2 * MARGIN - 90, TITLE_SIZE, bold=True)[:2]:
        yield laid_text(MARGIN, y, line, Letters(size=TITLE_SIZE, weight=600))
        y += TITLE_SIZE + 3
    if of:
        quiet = Letters(ink=look.quiet, size=SMALL, anchor="end")
        yield laid_text(WIDE - MARGIN, MARGIN + TITLE_SIZE, of, quiet)
    for line in subtitle:
        yield laid_text(MARGIN, y, line, Letters(ink=look.quiet, size=LETTERS))
        y += LEADING * 1.2


def head_height(title: str, subtitle: Sequence[str]) -> float:
    """How high `draw_head` is, with the room below it."""
    lines = len(in_lines(title, WIDE - 2 * MARGIN - 90, TITLE_SIZE, bold=True)[:2])
    return lines * (TITLE_SIZE + 3) + len(subtitle) * LEADING * 1.2 + 8


def note_lines(notes: Sequence[str]) -> list[str]:
    """Sentences in lines that fit a page."""
    return [line for note in notes for line in in_lines(note, WIDE - 2 * MARGIN, NOTE_SIZE)]


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
