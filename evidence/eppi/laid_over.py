"""Code sets of several exports laid over each other, as one scheme.

Copies of a set have other ids, so codes are the same where set and names are the same from the top
of the tree. Within a pair of exports of one review ids decide; a code that was renamed between the
two is still the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from evidence.coding.scheme import (
    Judges,
    Option,
    Purpose,
    Question,
    QuestionKind,
    Scheme,
    Section,
)
from evidence.eppi.export import Code, CodeSet, CodeType

STEP = " › "
_LONGEST = 80  # characters of a name that a sentence quotes

Trail = tuple[str, ...]
"""A code by the names of its set, of the codes above it, and its own."""

Trails = Mapping[int, Trail]
"""The codes of one export, by their ids there."""


@dataclass(slots=True)
class _Node:
    name: str
    selectable: bool = False
    below: dict[str, "_Node"] = field(default_factory=dict)

    def option(self, above: Trail) -> Option:
        trail = (*above, self.name)
        return Option(
            id=option_id(trail),
            label=self.name,
            selectable=self.selectable,
            options=tuple(node.option(trail) for node in self.below.values()),
        )


@dataclass(slots=True)
class LaidOver:
    """Takes up the sets of one export after another.

    Attributes:
        trails: all codes so far, in the order in which they came.
    """

    trails: dict[Trail, None] = field(default_factory=dict)
    _sets: dict[str, _Node] = field(default_factory=dict)

    def add(self, sets: Iterable[CodeSet], of_pair: Trails | None = None) -> dict[int, Trail]:
        """Take up the sets of an export; gives where each of its codes stands, by id.

        Args:
            sets: of the export.
            of_pair: the codes of the other export of its pair.
        """
        trails: dict[int, Trail] = {}

        def take(codes: Iterable[Code], above: Trail) -> None:
            for code in codes:
                own = (*above, _name(code.name, code.id))
                trail = own if code.id is None or not of_pair else of_pair.get(code.id, own)
                self._node(trail).selectable |= code.type is not CodeType.NOT_SELECTABLE
                self.trails[trail] = None
                if code.id is not None:
                    trails[code.id] = trail
                take(code.codes, trail)

        for each in sets:
            name = _name(each.name, each.id)
            self._node((name,))
            take(each.codes, (name,))
        return trails

    def scheme(self) -> Scheme:
        """One question for each set; all its codes are options, ticked or not."""
        questions = tuple(
            Question(
                id=top.name,
                text=top.name,
                kind=QuestionKind.TREE,
                options=tuple(node.option((top.name,)) for node in top.below.values()),
            )
            for top in self._sets.values()
        )
        title = shortened(", ".join(question.text for question in questions))
        return Scheme(
            id="eppi",
            title=title,
            version="",
            purpose=Purpose.CODING,
            judges=Judges.STUDY,
            sections=(Section(title=title, questions=questions),),
        )

    def _node(self, trail: Trail) -> _Node:
        node = self._sets.setdefault(trail[0], _Node(trail[0]))
        for name in trail[1:]:
            node = node.below.setdefault(name, _Node(name))
        return node


def option_id(trail: Trail) -> str:
    """The id of the option that a code becomes."""
    return STEP.join(trail)


def shortened(text: str) -> str:
    """A name or title as a sentence can quote it."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _name(name: str, number: int | None) -> str:
    return " ".join(name.split()) or f"(no name, {number})"
