"""What a file of EPPI-Reviewer holds and what became of it: in the file = kept + left out.

Sentences are general and places say where, so that a fault that stands ten thousand times is one
line with a number.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_MOST_PLACES = 3  # that are named for one sentence
_LONGEST_PLACE = 120  # characters


class Part(StrEnum):
    """What is counted of a file."""

    REFERENCES = "references"
    SETS = "sets"
    CODES = "codes"
    APPLIED = "applied"
    NOTES = "notes"
    QUOTATIONS = "quotations"
    ARMS = "arms"
    OUTCOMES = "outcomes"


Counts = Mapping[Part, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """Something that was read otherwise than it stands, or that has no place here.

    Attributes:
        sentence: what was done.
        places: where it stood first, at most three.
        number: how often.
    """

    sentence: str
    places: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What could not be kept, and why."""

    part: Part
    sentence: str
    places: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of a file.

    Attributes:
        held: how much the file holds, counted straight from its JSON (`held.py`).
        kept: how much of it was read.
        left_out: the rest, with reasons.
        repairs: what was mended or read otherwise on the way.
    """

    held: Counts
    kept: Counts
    left_out: tuple[LeftOut, ...]
    repairs: tuple[Repair, ...]

    @property
    def told(self) -> Counts:
        """How much was left out, by part."""
        numbers = Counter(dict.fromkeys(Part, 0))
        for each in self.left_out:
            numbers[each.part] += each.number
        return numbers

    @property
    def unaccounted(self) -> Counts:
        """What is neither kept nor told; empty unless Waymark itself has a fault."""
        told = self.told
        return {
            part: self.held[part] - self.kept[part] - told[part]
            for part in Part
            if self.held[part] != self.kept[part] + told[part]
        }


@dataclass(slots=True)
class _Entry:
    places: list[str] = field(default_factory=list)
    number: int = 0

    def add(self, place: str, number: int) -> None:
        self.number += number
        if len(self.places) < _MOST_PLACES and place not in self.places:
            self.places.append(place)

    def join(self, places: Iterable[str], number: int) -> None:
        self.number += number
        self.places = list(dict.fromkeys([*self.places, *places]))[:_MOST_PLACES]


@dataclass(slots=True)
class Ledger:
    """Collects repairs and what is left out while a file is read."""

    _repairs: dict[str, _Entry] = field(default_factory=dict)
    _left_out: dict[tuple[Part, str], _Entry] = field(default_factory=dict)

    def repair(self, place: str, sentence: str, number: int = 1) -> None:
        """Note what was read otherwise than it stands."""
        self._repairs.setdefault(sentence, _Entry()).add(_short(place), number)

    def leave_out(self, part: Part, place: str, sentence: str, number: int = 1) -> None:
        """Note what is not kept."""
        if number:
            self._left_out.setdefault((part, sentence), _Entry()).add(_short(place), number)

    def add(self, other: "Ledger") -> None:
        """Note all that another noted."""
        for repair in other.repairs:
            entry = self._repairs.setdefault(repair.sentence, _Entry())
            entry.join(repair.places, repair.number)
        for each in other.left_out:
            entry = self._left_out.setdefault((each.part, each.sentence), _Entry())
            entry.join(each.places, each.number)

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """All repairs, in the order in which they first occurred."""
        return tuple(
            Repair(sentence=sentence, places=tuple(entry.places), number=entry.number)
            for sentence, entry in self._repairs.items()
        )

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """All that is not kept, in the order in which it first occurred."""
        return tuple(
            LeftOut(part=part, sentence=sentence, places=tuple(e.places), number=e.number)
            for (part, sentence), e in self._left_out.items()
        )


def _short(place: str) -> str:
    line = " ".join(place.split())
    return line if len(line) <= _LONGEST_PLACE else f"{line[: _LONGEST_PLACE - 1]}…"
