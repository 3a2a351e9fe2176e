"""The outline of a report as a Word document: its contents, and the parts that turn together."""

from collections.abc import Callable, Iterator, Sequence
from itertools import count

from evidence.report.blocks import Block, SubHeading, Words
from evidence.report.evidence_marks import TITLE
from evidence.report.report import Report

LISTED_LEVEL = 2
"""The deepest headings that the contents have."""


def entries(
    report: Report, *, has_evidence: bool, told: Callable[[str], str]
) -> Iterator[tuple[str, str, int]]:
    """Bookmark, words and level of each heading in the contents.

    Args:
        report: with its live parts filled.
        has_evidence: whether the table of what sentences rest on follows.
        told: the words of a live part, by the id of its token.
    """
    numbers = count(1)
    for section in report.sections:
        yield f"s_{section.key}", section.title, 1
        for block in section.blocks:
            if isinstance(block, SubHeading) and block.level <= LISTED_LEVEL:
                words = (p.text if isinstance(p, Words) else told(p.token.id) for p in block.parts)
                yield below(next(numbers)), "".join(words), LISTED_LEVEL
    if has_evidence:
        yield "s_evidence", TITLE, 1


def below(number: int) -> str:
    """The bookmark of a heading below that of a section, counted through the report."""
    return f"h_{number}"


def parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """A section from heading to heading: each part stands on pages of one kind, so that no page
    holds a heading alone.
    """
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, SubHeading) and found[-1]:
            found.append([])
        found[-1].append(block)
    return found
