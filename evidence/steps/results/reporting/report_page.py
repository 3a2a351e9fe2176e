"""The report as its page shows it: its sections in short, and one of them as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from evidence.errors import NotFound
from evidence.report.blocks import Block
from evidence.report.edited_sections import EditedSection, edited_sections
from evidence.report.live_content import NotLive
from evidence.report.live_tokens import LiveToken
from evidence.report.part_values import PartValue
from evidence.report.read_section import read_section, tokens_of
from evidence.steps.desk import Desk
from evidence.steps.results.reporting import report_text
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.store.results.report_edits import KeptEdit

blocks_of = lru_cache(maxsize=500)(read_section)
"""The blocks of a text, kept for texts that are asked for again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLine:
    """A section in short.

    Attributes:
        edited: the section with its mark; whether it is usual, and whether it was taken out.
        kept: who left it like this, and when; None where nobody edited it.
        is_written: whether it has any text.
    """

    edited: EditedSection
    kept: KeptEdit | None
    is_written: bool

    @property
    def at(self) -> datetime | None:
        """When it was changed last."""
        return self.kept.at if self.kept else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionSigns:
    """What of a section asks to be looked at.

    Attributes:
        changed: what its live parts said before, by their ids; of those that say something else
            now than when they were written or seen.
        missing: why live parts of it cannot be filled, by their ids.
    """

    changed: Mapping[str, PartValue]
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """A section as a whole.

    Attributes:
        tokens: its live parts, each once.
    """

    line: SectionLine
    signs: SectionSigns
    blocks: tuple[Block, ...]
    tokens: tuple[LiveToken, ...]


def lines(desk: Desk, filled: FilledParts) -> tuple[SectionLine, ...]:
    """All sections in their order, also those that were taken out.

    Args:
        desk: of the person who looks.
        filled: the live parts as they may hear them.
    """
    kept = report_text.current(desk)
    edits = {key: each.edit for key, each in kept.items()}
    sections = edited_sections(filled.usual, edits)
    filled.look_through([each.section for each in sections if not each.edit.is_removed])
    return tuple(
        SectionLine(
            edited=each,
            kept=kept.get(each.section.key),
            is_written=bool(blocks_of(each.section.text)),
        )
        for each in sections
    )


def signs(desk: Desk, filled: FilledParts) -> dict[str, SectionSigns]:
    """What of each section asks to be looked at, by its key; all live parts are filled for it."""
    return {
        line.edited.section.key: _signs(line.edited, filled)
        for line in lines(desk, filled)
        if not line.edited.edit.is_removed
    }


def page(desk: Desk, filled: FilledParts, key: str) -> SectionPage:
    """One section as a whole.

    Raises:
        NotFound: the report has no such section.
    """
    line = next((each for each in lines(desk, filled) if each.edited.section.key == key), None)
    if line is None:
        raise NotFound("section", key)
    blocks = blocks_of(line.edited.section.text)
    return SectionPage(
        line=line, signs=_signs(line.edited, filled), blocks=blocks, tokens=_tokens(blocks)
    )


def _signs(edited: EditedSection, filled: FilledParts) -> SectionSigns:
    tokens = _tokens(blocks_of(edited.section.text))
    missing = {
        token.id: content.why
        for token in tokens
        if isinstance(content := filled.content(token), NotLive)
    }
    return SectionSigns(changed=_changed(edited, tokens, filled), missing=missing)


def _changed(
    edited: EditedSection, tokens: Sequence[LiveToken], filled: FilledParts
) -> dict[str, PartValue]:
    """Who may not hear of all studies is told no change: it could tell of those studies."""
    if not filled.hears_all:
        return {}
    before = edited.edit.values
    return {
        token.id: before[token.id]
        for token in tokens
        if token.id in before and filled.is_other(token, before[token.id])
    }


def _tokens(blocks: tuple[Block, ...]) -> tuple[LiveToken, ...]:
    return tuple({token.id: token for token in tokens_of(blocks)}.values())
