"""What a reporting guideline asks of a report, item by item, in our own words."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from evidence.report.facts import ReviewFacts

Lack = Callable[[ReviewFacts], str]
"""What a review lacks, in a sentence; empty for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One item.

    Attributes:
        number: as the guideline has it.
        section: of a report, such as `Methods`.
        name: what is asked.
        parts: live parts that answer it, any of them.
        within: keys of the sections in which these answer it; all sections without any.
        own: keys of the sections in which words of authors may answer it.
        lacks: what must not be missing.
        is_optional: whether it is asked only where it was done.
    """

    number: str
    section: str
    name: str
    parts: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    lacks: tuple[Lack, ...] = ()
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """All items of a guideline.

    Attributes:
        title: of the guideline.
        source: where its items are from.
        note: what is to be known before it is handed in; empty for nothing.
    """

    title: str
    source: str
    items: tuple[ChecklistItem, ...]
    note: str = ""


def item(
    number: str,
    section: str,
    name: str,
    parts: str = "",
    own: str = "",
    lacks: tuple[Lack, ...] = (),
) -> ChecklistItem:
    """An item in one line of a checklist; several names are divided by spaces."""
    return ChecklistItem(
        number=number,
        section=section,
        name=name,
        parts=frozenset(parts.split()),
        own=frozenset(own.split()),
        lacks=lacks,
    )


def in_summary(asked: ChecklistItem) -> ChecklistItem:
    """An item that only the section with the summary answers."""
    return replace(asked, within=frozenset({"summary"}))


def if_done(asked: ChecklistItem) -> ChecklistItem:
    """An item that is asked only where it was done."""
    return replace(asked, is_optional=True)
