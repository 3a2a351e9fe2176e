"""Lists as people type them, a name on each line, made fit to be codes of a scheme.

A line that ends with a colon begins a group of the names below it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from evidence.coding.yaml_reader import MAX_LABEL
from evidence.errors import Invalid

MOST_NAMES = 500
MOST_FAULTS = 5  # that are told at once
_BULLET = re.compile(r"^(?:[-*•·–—]|\d{1,3}[.)])\s+")
_LEFT_OUT = {"Cc", "Cf", "Cs", "Co", "Cn"}  # categories of what cannot be seen or has no meaning
_JOINERS = "\u200c\u200d"  # which some scripts are written with


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Names under a heading; `title` is "" for those above the first heading."""

    title: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedList:
    """What a list names.

    Attributes:
        groups: in the order typed; a heading with nothing below it is a name itself.
        repeated: names that stood twice in a group, and are taken once.
    """

    groups: tuple[NameGroup, ...] = ()
    repeated: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names, whatever their group."""
        return tuple(name for group in self.groups for name in group.names)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    words: str

    @property
    def heading(self) -> str:
        """The heading that it is; "" where it is a name."""
        return self.words[:-1].rstrip() if self.words.endswith(":") else ""


def read_list(text: str, what: str) -> TypedList:
    """The names that were typed.

    Args:
        text: with a name on each line; bullets, numbers before names and empty lines are left out.
        what: the names are, for what is wrong with them ("outcomes").

    Raises:
        Invalid: with the lines that are too long, or that there are too many.
    """
    lines = list(_lines(text))
    faults = [
        f"Line {line.number:,} of the {what} has {len(line.words):,} characters; a name has at "
        f"most {MAX_LABEL}, so shorten it."
        for line in lines
        if len(line.words) > MAX_LABEL
    ]
    if faults:
        more = [f"{len(faults) - MOST_FAULTS:,} more lines are too long."]
        raise Invalid(" ".join(faults[:MOST_FAULTS] + more * (len(faults) > MOST_FAULTS)))
    typed = _grouped(lines)
    if len(typed.names) > MOST_NAMES:
        raise Invalid(
            f"There are {len(typed.names):,} {what}; a first scheme takes {MOST_NAMES}. Put like "
            "ones together, or add the others in the editor."
        )
    return typed


def plain_words(text: str) -> str:
    """A text on one line, without characters that cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    seen = (
        character if character in _JOINERS else " " * character.isspace()
        if unicodedata.category(character) in _LEFT_OUT
        else character
        for character in composed
    )  # fmt: skip
    words = " ".join("".join(seen).split())
    return words if words.strip(_JOINERS + " ") else ""


def _lines(text: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        words = _BULLET.sub("", plain_words(line))
        if words.strip(":*•·–— -"):
            yield _Line(number, words)


def _grouped(lines: list[_Line]) -> TypedList:
    names: dict[str, dict[str, str]] = {"": {}}  # by folded heading, then by folded name
    titles = {"": ""}
    repeated: list[str] = []
    group = ""
    for line, below in zip_longest(lines, lines[1:]):
        heading = line.heading
        if heading and below is not None and not below.heading:
            group = heading.casefold()
            titles.setdefault(group, heading)
            names.setdefault(group, {})
            continue
        name = heading or line.words
        if heading:  # nothing stands below it
            group = ""
        if name.casefold() in names[group]:
            repeated.append(name)
        names[group].setdefault(name.casefold(), name)
    groups = (
        NameGroup(title=titles[folded], names=tuple(under.values()))
        for folded, under in names.items()
        if under
    )
    return TypedList(groups=tuple(groups), repeated=tuple(repeated))
