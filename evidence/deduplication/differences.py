"""Two values side by side: which words both have, and which only one has."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Side(StrEnum):
    """Where a piece of text stands."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words. `text` is as its side writes it; what BOTH have, as the left writes it."""

    side: Side
    text: str


def differences(a: str, b: str) -> tuple[Piece, ...]:
    """Two values as runs of words, in reading order; capitals and spaces are not differences."""
    words_a, words_b = a.split(), b.split()
    matcher = SequenceMatcher(None, _folded(words_a), _folded(words_b), autojunk=False)
    pieces = []
    for same, begin_a, end_a, begin_b, end_b in matcher.get_opcodes():
        if same == "equal":
            pieces.append(Piece(Side.BOTH, " ".join(words_a[begin_a:end_a])))
            continue
        pieces.append(Piece(Side.LEFT, " ".join(words_a[begin_a:end_a])))
        pieces.append(Piece(Side.RIGHT, " ".join(words_b[begin_b:end_b])))
    return tuple(piece for piece in pieces if piece.text)


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]
