"""What a format is to the rest: a name, and four functions on the clean bytes of decoding.py."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence.citations.record import Record
from evidence.problems import Problem

_FIRST_LINES = 2000  # bytes; enough for the lines that one pattern looks at

Entries = Iterator[Record | Problem]


Rows = list[tuple[int, str]]
"""Lines with their numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts:
    """Where a file may be cut, so that its chunks can be read apart (chunks.py).

    Attributes:
        cut: matches up to where the file may be cut. Directly before its end an entry is closed,
            whatever came before, and directly behind it is a `start`.
        start: what opens an entry at the beginning of a line, whatever came before.
        read: the records and the problems of a chunk whose first line has a given number; lines
            between entries that need one notice for all of them are added to the rows.
    """

    cut: re.Pattern[bytes]
    start: bytes
    read: Callable[[bytes, str, int, Rows], Entries]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format of citation files.

    Attributes:
        name: the stable word for it.
        label: the word for people.
        recognise: how many marks of this format the whole file holds; none where it is another.
        opening: where the first entry begins, or what stands above it, -1 where nothing does. The
            format that opens first wins, whatever stands inside.
        beginnings: what its marks begin with, as tags or behind the blanks and quotes of a line.
            `recognise` finds nothing in a file without any of them, so it is not asked there. None
            where only `recognise` can tell.
        read: the records and the problems of a file, in the order of the file. Every entry that
            `count` counts comes out as one record or as one problem whose effect is LOST.
        count: entry starts. It shares no code with `read`, so that each checks the other.
        cuts: where a large file may be cut; a format without them is read by one process.
    """

    name: str
    label: str
    recognise: Callable[[bytes], int]
    opening: Callable[[bytes], int]
    read: Callable[[bytes, str], Entries]
    count: Callable[[bytes], int]
    beginnings: tuple[bytes, ...] = ()
    cuts: Cuts | None = None


def opening_line(pattern: re.Pattern[bytes]) -> Callable[[bytes], int]:
    """A function that finds the first line for a pattern that begins with a newline."""

    def find(clean: bytes) -> int:
        if pattern.match(b"\n" + clean[:_FIRST_LINES]):
            return 0
        match = pattern.search(clean)
        return match.start() + 1 if match else -1

    return find


def opening_mark(pattern: re.Pattern[bytes]) -> Callable[[bytes], int]:
    """A function that finds the first match of a pattern, wherever in a line it stands."""

    def find(clean: bytes) -> int:
        match = pattern.search(clean)
        return match.start() if match else -1

    return find


def marks(pattern: re.Pattern[bytes], clean: bytes) -> Iterator[re.Match[bytes]]:
    """All matches of a pattern that begins with a newline, in the first line too.

    Looking for the newline itself, and not for the start of a line, is four times as fast.
    """
    first = pattern.match(b"\n" + clean[: clean.find(b"\n") + 1 or len(clean)])
    if first:
        yield first
    yield from pattern.finditer(clean)
