"""What the text of a section consists of, whatever it was written in."""

from dataclasses import dataclass

from evidence.report.live_tokens import LiveToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A run of text.

    Attributes:
        link: an address that it leads to; empty for none.
    """

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveWords:
    """A live part within a line."""

    token: LiveToken


Inline = Words | LiveWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph, or the text of a cell."""

    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubHeading:
    """A heading inside a section.

    Attributes:
        level: 1 for the first below the section's own, and so on.
    """

    level: int
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list; each point has blocks of its own."""

    numbered: bool
    points: tuple[tuple["Block", ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What somebody else said."""

    blocks: tuple["Block", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTable:
    """A table that an author wrote."""

    head: tuple[Paragraph, ...]
    rows: tuple[tuple[Paragraph, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBlock:
    """A live part that stands alone: a table, a figure, a list, or words."""

    token: LiveToken


Block = Paragraph | SubHeading | Points | Quotation | OwnTable | LiveBlock
