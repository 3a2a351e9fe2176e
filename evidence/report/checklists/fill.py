"""Filling a checklist: where the report answers each item, and what is missing.

An item counts as answered only where a section has a live part that says something of it; words of
authors are pointed at, and people look whether they say it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evidence.report.blocks import Block, Paragraph, Points, Quotation, Words
from evidence.report.checklists.item import Checklist, ChecklistItem
from evidence.report.facts import ReviewFacts, SectionText
from evidence.report.live_content import ReportRow, ReportTable
from evidence.report.live_tokens import LiveToken
from evidence.report.numerals import within_a_sentence
from evidence.report.read_section import read_section, tokens_of

TITLE = "title"
"""Key of the title of the report, which is no section."""
LOOK = "Look whether the words there say it."
NOTHING = "Nothing in the report says it."


class ItemState(StrEnum):
    """How far a report answers an item."""

    ANSWERED = "answered"
    PARTLY = "partly"
    OWN_WORDS = "own words"
    OPEN = "not answered"
    IF_DONE = "only if done"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledItem:
    """An item with what the report has of it.

    Attributes:
        where: sections and what stands there; empty for nowhere.
        missing: in sentences; empty for nothing.
    """

    item: ChecklistItem
    state: ItemState
    where: str
    missing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadSection:
    """What of a section can answer an item: its live parts, and words that authors wrote."""

    key: str
    title: str
    tokens: tuple[LiveToken, ...]
    has_own_words: bool


def filled_items(
    checklist: Checklist,
    facts: ReviewFacts,
    sections: Sequence[SectionText],
    usual: Sequence[SectionText],
    part_title: Callable[[LiveToken], str],
) -> tuple[FilledItem, ...]:
    """Each item of a checklist.

    Args:
        checklist: which.
        facts: of the review.
        sections: of the report, as they stand.
        usual: the sections before anybody edited them: their words are nobody's own.
        part_title: what a live part gives, for a list; empty where it says nothing.
    """
    usual_words = {words for section in usual for words in _paragraphs(section.text)}
    read = [
        _ReadSection(
            key=section.key,
            title=section.title,
            tokens=tuple(tokens_of(read_section(section.text))),
            has_own_words=any(words not in usual_words for words in _paragraphs(section.text)),
        )
        for section in sections
    ]
    return tuple(_filled(each, facts, read, part_title) for each in checklist.items)


def as_table(checklist: Checklist, items: Sequence[FilledItem]) -> ReportTable:
    """A checklist as a table of the report, or of a file."""
    counts = [
        f"{sum(each.state is state for each in items):,} {state}"
        for state in ItemState
        if any(each.state is state for each in items)
    ]
    note = f"Of {len(items):,} items: {', '.join(counts)}. {checklist.source} {checklist.note}"
    return ReportTable(
        caption=f"{checklist.title}: where the report answers it",
        head=("Item", "What is asked", "State", "Where", "What is missing"),
        rows=tuple(
            ReportRow(
                cells=(
                    each.item.number,
                    f"{each.item.section}: {each.item.name}",
                    each.state.capitalize(),
                    each.where or "–",
                    each.missing or "–",
                )
            )
            for each in items
        ),
        note=note.strip(),
    )


def _filled(
    item: ChecklistItem,
    facts: ReviewFacts,
    sections: Sequence[_ReadSection],
    part_title: Callable[[LiveToken], str],
) -> FilledItem:
    lacking = " ".join(filter(None, (lack(facts) for lack in item.lacks)))
    answers = list(_answers(item, sections, part_title))
    if TITLE in item.own and not lacking:
        answers.append("Title")
    if answers:
        state = ItemState.PARTLY if lacking else ItemState.ANSWERED
        return FilledItem(item=item, state=state, where="; ".join(answers), missing=lacking)
    own = [each.title for each in sections if each.key in item.own]
    written = [each.title for each in sections if each.key in item.own and each.has_own_words]
    if written:
        where = "; ".join(f"{title} (own words)" for title in written)
        return FilledItem(item=item, state=ItemState.OWN_WORDS, where=where, missing=LOOK)
    write = f"Write it in “{own[0]}”." if own else ""
    missing = " ".join(filter(None, (lacking, write))) or NOTHING
    state = ItemState.IF_DONE if item.is_optional else ItemState.OPEN
    return FilledItem(item=item, state=state, where="", missing=missing)


def _answers(
    item: ChecklistItem, sections: Sequence[_ReadSection], part_title: Callable[[LiveToken], str]
) -> Iterator[str]:
    """Each section with its live parts that answer an item, each named once."""
    for section in sections:
        if item.within and section.key not in item.within:
            continue
        tokens = (token for token in section.tokens if token.name in item.parts)
        titles = dict.fromkeys(filter(None, map(part_title, tokens)))
        if titles:
            yield f"{section.title} ({'; '.join(map(within_a_sentence, titles))})"


def _paragraphs(text: str) -> Iterator[str]:
    """The words of each paragraph that has any outside its live parts."""
    for block in read_section(text):
        yield from _words_of(block)


def _words_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            words = "".join(part.text for part in block.parts if isinstance(part, Words)).strip()
            if any(letter.isalnum() for letter in words):
                yield words
        case Points():
            yield from (
                words for point in block.points for each in point for words in _words_of(each)
            )
        case Quotation():
            yield from (words for each in block.blocks for words in _words_of(each))
        case _:
            return
