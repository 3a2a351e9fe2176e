"""Quotes in delimited text: those that enclose a cell are kept, all others are set aside.

A cell in quotes may hold delimiters, line ends and doubled quotes. Real files also have quotes that
enclose nothing ("Scooped" risk, 5" disk), and one of them can swallow the rest of a file. After
mending, every quote belongs to a pair that encloses a cell.
"""

import re
from dataclasses import dataclass

LONE_QUOTE = "\ufdd0"  # stands for a quote that encloses nothing; no text may hold this character
_ASIDE = LONE_QUOTE.encode()


@dataclass(frozen=True, slots=True)
class MendedText:
    """Delimited text whose quotes are in order.

    Attributes:
        lines: where a cell began with a quote that was not closed by the book.
    """

    clean: bytes
    lines: frozenset[int]


def mend_quotes(clean: bytes, delimiter: bytes) -> MendedText:
    """The text with its quotes in order; no line end is added or removed."""
    mark = re.escape(delimiter)
    by_the_book = re.compile(
        rb'(?<![^%b\n])[ ]*+=?"(?:[^"]++|"")*+"[ ]*+(?![^%b\n])' % (mark, mark)
    )
    if b'"' not in by_the_book.sub(b"", clean):
        return MendedText(clean, frozenset())
    return _QuoteMender(clean, by_the_book, mark).mend()


class _QuoteMender:
    """One pass over a text with odd quotes."""

    def __init__(self, clean: bytes, by_the_book: re.Pattern[bytes], mark: bytes) -> None:
        self._clean = clean
        self._token = re.compile(b"(?P<cell>" + by_the_book.pattern + b')|"')
        self._closing = re.compile(rb'"[ ]*+(?![^%b\n])' % mark)
        self._opening = re.compile(rb"(?:\A|[%b\n])[ ]*+=?\Z" % mark)
        self._next_close = self._next_end = -1

    def mend(self) -> MendedText:
        clean, position, line = self._clean, 0, 1
        parts: list[bytes] = []
        lines: set[int] = set()
        while match := self._token.search(clean, position):
            start = match.start()
            before = clean[position:start]
            end = match.end()
            if match["cell"] is not None:
                part = match[0]
            elif self._opens(start):
                lines.add(line + before.count(b"\n"))
                end = self._close_in_line(start) or end
                part = self._enclose(start, end)
            else:
                part = _ASIDE
            parts += (before, part)
            line += before.count(b"\n") + clean.count(b"\n", start, end)
            position = end
        return MendedText(b"".join([*parts, clean[position:]]), frozenset(lines))

    def _opens(self, quote: int) -> bool:
        """Whether the quote stands where a cell begins."""
        return self._opening.search(self._clean, max(0, quote - 40), quote) is not None

    def _close_in_line(self, quote: int) -> int:
        """Where a quote closes the cell in the same line; 0 where none does."""
        if self._next_close <= quote:
            match = self._closing.search(self._clean, quote + 1)
            self._next_close = match.start() if match else len(self._clean)
        if self._next_end < quote:
            end = self._clean.find(b"\n", quote)
            self._next_end = end if end >= 0 else len(self._clean)
        return self._next_close + 1 if self._next_close < self._next_end else 0

    def _enclose(self, start: int, end: int) -> bytes:
        """The cell with the quotes within it doubled, or only its first quote set aside."""
        if end == start + 1:
            return _ASIDE
        inner = self._clean[start + 1 : end - 1]
        return b'"' + inner.replace(b'"', _ASIDE) + b'"'
