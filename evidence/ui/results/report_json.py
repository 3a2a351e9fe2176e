"""A section of the report, and what can be put into one, as JSON for the page's script."""

from collections.abc import Iterable, Sequence
from typing import Any

from evidence.report.asked_results import choices_of
from evidence.report.blocks import (
    Block,
    Inline,
    LiveBlock,
    LiveWords,
    OwnTable,
    Paragraph,
    Points,
    Quotation,
    SubHeading,
)
from evidence.report.facts import ReviewFacts
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    PartKind,
    ReportFigure,
    ReportList,
    ReportTable,
)
from evidence.report.live_parts import LIVE_PARTS
from evidence.report.live_tokens import Choice, LiveToken
from evidence.report.part_words import studies_behind
from evidence.report.statements import Statement
from evidence.steps.results.reporting.report_page import SectionLine, SectionPage, SectionSigns
from evidence.steps.results.reporting.report_parts import FilledParts
from evidence.store.results.report_edits import KeptEdit

Json = dict[str, Any]
MOST_LINES = 40  # rows of a table or lines of a list that the page shows; files have all


def line_json(line: SectionLine) -> Json:
    """A section in the list of sections."""
    section, edit = line.edited.section, line.edited.edit
    return {
        "key": section.key,
        "title": section.title,
        "mark": edit.mark,
        "removed": edit.is_removed,
        "written": line.is_written,
        **_author(line.kept),
    }


def signs_json(signs: SectionSigns) -> Json:
    """What of a section asks to be looked at."""
    return {"changed": len(signs.changed), "missing": list(signs.missing.values())}


def section_json(shown: SectionPage, filled: FilledParts, figures: str) -> Json:
    """A section with its text, and its blocks for the preview.

    Args:
        shown: the section.
        filled: its live parts.
        figures: the address of a figure, to which its parameters are added.
    """
    section = shown.line.edited.section
    return {
        **line_json(shown.line),
        "text": section.text,
        "guidance": section.guidance,
        "blocks": [_block(block) for block in shown.blocks],
        "live": {token.id: _live(token, shown.signs, filled, figures) for token in shown.tokens},
    }


def history_json(kept: KeptEdit, *, text: bool) -> Json:
    """A row of a section's history; without its text it is one line of a list."""
    edit = kept.edit
    row = {"id": kept.id, "removed": edit.is_removed, "title": edit.title, **_author(kept)}
    if text:
        return row | {"text": edit.text}
    return row | {"length": None if edit.text is None else len(edit.text)}


def parts_json(facts: ReviewFacts) -> Json:
    """All live parts that can be put into a text, with the questions and codes they take."""
    parts = [
        {
            "name": name,
            "title": part.title,
            "kind": part.kind.value,
            "takes": sorted(part.takes),
            "chooses": [choice.value for choice in Choice if choice in part.chooses],
        }
        for name, part in LIVE_PARTS.items()
    ]
    questions = [
        {
            "id": dimension.id.removeprefix("question:"),
            "title": dimension.title,
            "codes": [{"id": each.id, "label": each.label} for each in dimension.headings],
        }
        for dimension in facts.dimensions
    ]
    choices = {
        choice.value: [{"id": option, "label": label} for option, label in labels.items()]
        for choice, labels in choices_of(facts).items()
    }
    return {"parts": parts, "questions": questions, "choices": choices}


def words_json(content: LiveContent, figure: str) -> Json:
    """What a live part says, in a line, or why it says nothing."""
    match content:
        case NotLive():
            return {"why": content.why}
        case Statement():
            return {"says": content.text or "Nothing, as the review is now."}
        case ReportTable():
            return {"says": f"{content.caption}: a table of {len(content.rows):,} rows."}
        case ReportList():
            return {"says": f"A list of {len(content.lines):,}."}
        case ReportFigure():
            return {"says": figure}


def _author(kept: KeptEdit | None) -> Json:
    return {"by": kept.person if kept else "", "at": f"{kept.at:%Y-%m-%d %H:%M}" if kept else ""}


def _block(block: Block) -> Json:
    match block:
        case Paragraph():
            return {"type": "paragraph", "parts": _parts(block.parts)}
        case SubHeading():
            return {"type": "heading", "level": block.level, "parts": _parts(block.parts)}
        case Points():
            points = [_blocks(point) for point in block.points]
            return {"type": "points", "numbered": block.numbered, "points": points}
        case Quotation():
            return {"type": "quotation", "blocks": _blocks(block.blocks)}
        case OwnTable():
            rows = [[_parts(cell.parts) for cell in row] for row in block.rows]
            return {"type": "table", "head": [_parts(c.parts) for c in block.head], "rows": rows}
        case LiveBlock():
            return {"type": "live", "live": block.token.id}


def _blocks(blocks: Iterable[Block]) -> list[Json]:
    return [_block(block) for block in blocks]


def _parts(parts: Sequence[Inline]) -> list[Json]:
    return [_inline(part) for part in parts]


def _inline(part: Inline) -> Json:
    if isinstance(part, LiveWords):
        return {"live": part.token.id}
    style = {"strong": part.strong, "emphasis": part.emphasis, "link": part.link}
    return {"text": part.text, **{name: value for name, value in style.items() if value}}


def _live(token: LiveToken, signs: SectionSigns, filled: FilledParts, figures: str) -> Json:
    content = filled.content(token)
    if isinstance(content, NotLive):
        return {"kind": "missing", "why": content.why}
    value = filled.value(token)
    before = signs.changed.get(token.id)
    told: Json = {
        "title": LIVE_PARTS[token.name].title,
        "studies": len(studies_behind(content)),
        "digest": value.digest if value else "",
        **({"was": before.text} if before else {}),
    }
    match content:
        case Statement():
            return told | {"kind": LIVE_PARTS[token.name].kind.value, "text": content.text}
        case ReportTable():
            return told | _table(content)
        case ReportList():
            lines = [each.text for each in content.lines[:MOST_LINES]]
            more = max(0, len(content.lines) - MOST_LINES)
            return told | {
                "kind": PartKind.LIST.value, "lines": lines, "more": more, "empty": content.empty
            }  # fmt: skip
        case ReportFigure():
            return told | _figure(token, filled, figures)


def _table(table: ReportTable) -> Json:
    return {
        "kind": PartKind.TABLE.value,
        "caption": table.caption,
        "head": list(table.head),
        "rows": [list(row.cells) for row in table.rows[:MOST_LINES]],
        "more": max(0, len(table.rows) - MOST_LINES),
        "numbers": sorted(table.numbers),
        "note": table.note,
    }


def _figure(token: LiveToken, filled: FilledParts, figures: str) -> Json:
    drawn = filled.picture(token)
    return {
        "kind": PartKind.FIGURE.value,
        "caption": drawn.title if drawn else "",
        "alt": drawn.text if drawn else "",
        "pages": len(filled.pages(token, "light")),
        "address": figures,
    }
