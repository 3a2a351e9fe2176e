"""Starts of blocks that stand within a value, as where an abstract quotes an entry of BibTeX.

A start is part of a value if it stands two braces deep at least in the block above it, and that
block is closed further down. Where a brace is missing, it is not; so a damaged entry still harms no
other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise

HIDDEN = "\ufdd1"  # stands for the @ of an entry within a value, which parsers take for a start
_QUOTED = re.compile(r"(?<=[\n}])([ \t]*+)@(?=\w+\s*+[{(])")
_BRACE = re.compile(rb"(?<!\\)[{}]")
_IN_A_VALUE = 2  # braces: that of the block, and that of the value

Start = tuple[int, int]
"""Where the @ of a block stands, and where its brace does; -1 if it is a parenthesis."""


def in_values(clean: bytes, starts: Iterable[Start]) -> frozenset[int]:
    """The places of those starts that are part of a value."""
    found: set[int] = set()
    partners: dict[int, int] | None = None
    brace, last, depth = -1, 0, 0
    for place, own_brace in starts:
        if brace >= 0:
            depth += _opened(clean, last, place)
            last = place
            if depth >= _IN_A_VALUE:
                partners = _partners(clean) if partners is None else partners
                if partners.get(brace, -1) > place:
                    found.add(place)
                    continue
        brace, last, depth = own_brace, own_brace, 0
    return frozenset(found)


def hide(block: str) -> str:
    """The text of a block with the @ of the entries hidden that its values quote."""
    return _QUOTED.sub(rf"\1{HIDDEN}", block) if block.find("@", 1) > 0 else block


def _opened(clean: bytes, start: int, end: int) -> int:
    """How many more braces are opened than closed between two places."""
    opened = clean.count(b"{", start, end) - clean.count(b"}", start, end)
    if clean.find(b"\\", start, end) >= 0:
        opened -= clean.count(b"\\{", start, end) - clean.count(b"\\}", start, end)
    return opened


def _partners(clean: bytes) -> dict[int, int]:
    """Where each brace that is opened is closed."""
    partners: dict[int, int] = {}
    opened: list[int] = []
    for brace in _BRACE.finditer(clean):
        if brace[0] == b"{":
            opened.append(brace.start())
        elif opened:
            partners[opened.pop()] = brace.start()
    return partners


def count_outside(clean: bytes, starts: Sequence[tuple[int, int, bool]]) -> int:
    """How many entries there are, but for those within values.

    It looks at how deep the file is at each place, and how shallow it ever becomes behind it.

    Args:
        clean: the file.
        starts: the places of the @ and of the brace of each block, and whether it is an entry.
    """
    if not any(_may_be_within(clean, starts)):
        return sum(is_entry for *_, is_entry in starts)
    places = [(brace.start(), 1 if brace[0] == b"{" else -1) for brace in _BRACE.finditer(clean)]
    depths = [0, *accumulate(step for _, step in places)]
    shallowest = [*accumulate(reversed(depths), min)][::-1]
    entries, at, above = 0, 0, None
    for place, brace, is_entry in starts:
        while at < len(places) and places[at][0] < place:
            at += 1
        if above is not None and depths[at] - above >= _IN_A_VALUE and shallowest[at] <= above:
            continue
        entries += is_entry
        above = depths[at] if brace >= 0 else None
    return entries


def _may_be_within(clean: bytes, starts: Sequence[tuple[int, int, bool]]) -> Iterator[bool]:
    """Whether more than one brace is open between a start and the next; a quick look."""
    for (place, *_), (next_place, *_) in pairwise(starts):
        opened = clean.count(b"{", place, next_place) - clean.count(b"}", place, next_place)
        if clean.find(b"\\", place, next_place) >= 0:
            opened += clean.count(b"\\}", place, next_place)
            opened -= clean.count(b"\\{", place, next_place)
        yield opened > 1
