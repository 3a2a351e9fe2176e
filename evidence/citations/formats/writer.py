"""What a writer is to the rest, and text as it can stand in any file."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from evidence.citations.record import Reference

KeyedReferences = Iterable[tuple[str, Reference]]
"""References, each with its key in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One format in which references can be written.

    Attributes:
        name: the stable word for it, as the command line has it.
        label: the word for people.
        ending: of the name of such a file, without a dot.
        media_type: for browsers.
        write: the file, piece by piece. Our readers make the same references of it.
    """

    name: str
    label: str
    ending: str
    media_type: str
    write: Callable[[KeyedReferences], Iterator[bytes]]


_LINE_END = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Controls, byte order marks, what no encoding has, and two characters that our reader of tables
# uses.
_NOWHERE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0\ufdd1\ufeff\ufffe\uffff\ud800-\udfff]"
)

# A line within a value must not look like the first line of a field or of an entry.
_LOOKS_TAGGED = re.compile(r"[^\w(“‘•\"'*]|_|[A-Z][A-Z0-9]{1,3}(?:[ \-–]|$)|ID: |Record #")


def line(text: str) -> str:
    """The text in one line."""
    if text.isprintable() and "  " not in text:  # as nearly all are
        return text.strip(" ")
    return " ".join(_NOWHERE.sub("", text).split())


def lines(text: str) -> list[str]:
    """The lines of a text that are not blank."""
    rows = _LINE_END.sub("\n", text).split("\n")
    return [row for row in map(line, rows) if row]


def paragraphs(text: str) -> str:
    """The text with its line ends, but for those behind which a line could be misunderstood."""
    first, *others = lines(text) or [""]
    return first + "".join((" " if _LOOKS_TAGGED.match(row) else "\n") + row for row in others)


def join_keywords(texts: Iterable[str]) -> str:
    """Keywords in one text; a semicolon keeps a single one from being parted at its comma."""
    keywords = [keyword for text in texts if (keyword := line(text))]
    text = "; ".join(keywords)
    return f"{text};" if len(keywords) == 1 and "," in text else text


def join_notes(notes: Iterable[str]) -> str:
    """Notes in one text, parted by blank lines."""
    first, *others = [text for note in notes if (text := paragraphs(note))] or [""]
    return first + "".join((" " if _LOOKS_TAGGED.match(row) else "\n\n") + row for row in others)
