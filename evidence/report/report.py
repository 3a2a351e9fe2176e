"""A report as it is written to a file: sections as blocks, and what each live part came to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evidence.report.asked_studies import asked_about
from evidence.report.blocks import Block
from evidence.report.facts import ReviewFacts, SectionText
from evidence.report.live_content import LiveContent, NotLive
from evidence.report.live_parts import live_content
from evidence.report.live_tokens import LiveToken
from evidence.report.read_section import (
    MOST_COLUMNS,
    has_too_broad_table,
    read_section,
    tokens_of,
)

TOO_BROAD = (
    f"a table has more than {MOST_COLUMNS} columns, more than Word opens; tables of this section "
    "stand as they were typed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """A section that has text."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A whole report.

    Attributes:
        label: such as that it is a demonstration.
        sections: those that have text, in order.
        live: what each live part came to, by the id of its token.
        labels: of studies, by id.
        about: of which studies live parts speak, in words, by the id of their token; those that
            speak of all have no entry.
        unwritten: titles of sections without text.
        faults: what is wrong with live parts, each with its section.
        made_with, made_on: program and day.
    """

    title: str
    label: str
    sections: tuple[ReportSection, ...]
    live: Mapping[str, LiveContent]
    labels: Mapping[int, str]
    about: Mapping[str, str]
    unwritten: tuple[str, ...]
    faults: tuple[str, ...]
    made_with: str
    made_on: str


def report(facts: ReviewFacts, sections: Iterable[SectionText]) -> Report:
    """Fill the live parts of sections; each is filled once, however often it stands there."""
    standing = tuple(sections)
    facts = facts.with_sections(standing)
    live: dict[str, LiveContent] = {}
    written, unwritten, faults = [], [], []
    for section in standing:
        blocks = read_section(section.text)
        if has_too_broad_table(section.text):
            faults.append(f"Section “{section.title}”: {TOO_BROAD}")
        if not blocks:
            unwritten.append(section.title)
            continue
        for token in tokens_of(blocks):
            if token.id not in live:
                live[token.id] = live_content(facts, token)
            faults += _faults(section, token, live[token.id])
        written.append(ReportSection(key=section.key, title=section.title, blocks=blocks))
    return Report(
        title=facts.title,
        label=facts.label,
        sections=tuple(written),
        live=live,
        labels={study.id: study.label for study in facts.studies},
        about={token_id: words for token_id in live if (words := asked_about(facts, token_id))},
        unwritten=tuple(unwritten),
        faults=tuple(dict.fromkeys(faults)),
        made_with=facts.made_with,
        made_on=facts.made_on,
    )


def _faults(section: SectionText, token: LiveToken, content: LiveContent) -> list[str]:
    if not isinstance(content, NotLive):
        return []
    return [f"Section “{section.title}”, {token.written}: {content.why}"]
