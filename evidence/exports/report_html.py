"""A report as one HTML file that asks no server; each sentence leads to its studies.

It has no script. Its policy of content allows one style by its hash and pictures inside the file.
"""

import base64
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

from evidence.charts.picture import Picture
from evidence.exports.markup import link, linked, text
from evidence.exports.page_head import page_head
from evidence.exports.report_figures import ReportFigures
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
    Words,
)
from evidence.report.evidence_marks import (
    REFERENCES,
    TITLE,
    EvidenceMark,
    StudyList,
    evidence_marks,
    row_anchors,
    study_list,
)
from evidence.report.live_content import NotLive, ReportFigure, ReportList, ReportRow, ReportTable
from evidence.report.report import Report
from evidence.report.statements import Statement

_DEEPEST = 6
_BROAD_FROM = 6  # columns of a table that may be wider than the text


def report_html(
    report: Report, pictures: Mapping[str, Picture], *, is_published: bool = False
) -> bytes:
    """The file.

    Args:
        report: with its live parts filled.
        pictures: of its figures, by the id of their tokens.
        is_published: whether it stands beside the page that leads to it and the form for comments;
            then sections and sentences have links to the form.
    """
    writer = _Writer(
        report=report,
        pictures=pictures,
        marks=evidence_marks(report),
        is_published=is_published,
    )
    body = "".join(writer.parts())
    head = page_head(report.title, _style())
    return f'{head}<main class="report">{body}</main></body></html>\n'.encode()


@cache
def _style() -> str:
    return Path(__file__).with_suffix(".css").read_text(encoding="utf-8")


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes one report.

    Attributes:
        anchored: studies and rows whose anchor stands in the file already.
        anchors: of rows to which other rows lead.
        listed: where links to studies lead.
    """

    report: Report
    pictures: Mapping[str, Picture]
    marks: Mapping[str, EvidenceMark]
    is_published: bool = False
    tables: int = 0
    figures: int = 0
    anchored: set[int | str] = field(default_factory=set)
    anchors: frozenset[str] = field(init=False)
    listed: StudyList = field(init=False)

    def __post_init__(self) -> None:
        self.anchors = row_anchors(self.report)
        self.listed = study_list(self.report)

    def parts(self) -> Iterator[str]:
        report = self.report
        if self.is_published:
            yield '<p class="comment"><a href="./">‹ Overview</a></p>'
        yield f'<h1 dir="auto">{text(report.title)}</h1>'
        if report.label:
            yield f'<p class="label">{text(report.label)}</p>'
        yield f'<p class="made">Made with {text(report.made_with)} on {text(report.made_on)}.</p>'
        sections = [(section.key, section.title) for section in report.sections]
        if self.marks:
            sections.append(("evidence", TITLE))
        entries = "".join(f'<li><a href="#s-{text(k)}">{text(t)}</a></li>' for k, t in sections)
        yield f'<nav class="contents" aria-label="Contents">Contents<ol>{entries}</ol></nav>'
        for section in report.sections:
            yield f'<h2 id="s-{text(section.key)}" dir="auto">{text(section.title)}</h2>'
            for block in section.blocks:
                yield self._block(block)
            yield self._comment_link(f"section-{section.key}", section.title)
        if self.marks:
            yield f'<h2 id="s-evidence">{TITLE}</h2>'
            yield self._evidence()

    def _comment_link(self, about: str, name: str) -> str:
        """To the form for comments, with what the comment will be about."""
        if not self.is_published:
            return ""
        href = f"comment?about={quote(about, safe='')}"
        words = f"Comment on <bdi>{text(name)}</bdi>"
        return f'<p class="comment"><a href="{text(href)}">{words}</a></p>'

    def _block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return _tagged("p", self._inlines(block.parts))
            case SubHeading():
                level = min(block.level + 1, _DEEPEST)
                return _tagged(f"h{max(level, 3)}", self._inlines(block.parts))
            case Points():
                points = "".join(f"<li>{self._blocks(point)}</li>" for point in block.points)
                name = "ol" if block.numbered else "ul"
                return f"<{name}>{points}</{name}>"
            case Quotation():
                return f"<blockquote>{self._blocks(block.blocks)}</blockquote>"
            case OwnTable():
                head = [self._inlines(cell.parts) for cell in block.head]
                rows = [[self._inlines(cell.parts) for cell in row] for row in block.rows]
                return _table("", head, rows)
            case LiveBlock():
                return self._live_block(block)

    def _blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self._block(block) for block in blocks)

    def _inlines(self, parts: Sequence[Inline]) -> str:
        return "".join(self._inline(part) for part in parts).strip()

    def _inline(self, part: Inline) -> str:
        if isinstance(part, LiveWords):
            return self._live_words(part.token.id)
        return _words(part)

    def _live_words(self, token_id: str) -> str:
        """A live part in a line; a table or a figure there is told by its title."""
        content = self.report.live[token_id]
        match content:
            case Statement():
                return self._marked(text(content.text), token_id)
            case ReportList():
                return text("; ".join(line.text for line in content.lines) or content.empty)
            case ReportTable():
                return text(content.caption)
            case _:
                return _missing(token_id)

    def _marked(self, words: str, token_id: str) -> str:
        """Words with a mark that leads to their studies; a number is its own mark."""
        mark = self.marks.get(token_id)
        if mark is None:
            return words
        count = len(mark.studies)
        name = f"Rests on {count:,} {'study' if count == 1 else 'studies'}"
        if mark.is_number:
            return f'<a href="#{mark.name}" title="{name}">{words}</a>'
        named = f'aria-label="{name}" title="{name}"'
        return f'{words}<a class="mark" href="#{mark.name}" {named}>{mark.name}</a>'

    def _live_block(self, block: LiveBlock) -> str:
        content = self.report.live[block.token.id]
        match content:
            case Statement():
                return _tagged("p", self._live_words(block.token.id))
            case ReportTable():
                return self._report_table(content)
            case ReportFigure():
                return self._figure(block.token.id)
            case ReportList():
                return self._list(content, is_of_studies=block.token.name == REFERENCES)
            case NotLive():
                return f"<p>{_missing(block.token.id)}</p>"

    def _report_table(self, table: ReportTable) -> str:
        if not table.rows:
            return _tagged("p", f"{text(table.caption)}: none.")
        self.tables += 1
        rows = [self._cells(row, table.numbers) for row in table.rows]
        caption = f"Table {self.tables}. {table.caption}"
        head = [text(name) for name in table.head]
        note = f'<p class="note">{text(table.note)}</p>' if table.note else ""
        return _table(caption, head, rows, table.numbers) + note

    def _cells(self, row: ReportRow, numbers: frozenset[int]) -> list[str]:
        """The name of a study leads to its reports; a number opens its studies."""
        cells = [text(cell) for cell in row.cells]
        if row.anchor and row.anchor not in self.anchored:
            self.anchored.add(row.anchor)
            cells[0] = f'<span id="{text(row.anchor)}">{cells[0]}</span>'
        for place, anchor in row.leads.items():
            if anchor in self.anchors:
                cells[place] = f'<a href="#{text(anchor)}">{cells[place]}</a>'
        labels, at = self.report.labels, row.study_at
        if len(row.studies) == 1 and row.cells[at] == labels.get(row.studies[0]):
            cells[at] = self._study_link(row.studies[0], cells[at])
        elif row.studies and numbers:
            place = min(numbers)
            cells[place] = f"<details><summary>{cells[place]}</summary>{self._links(row)}</details>"
        return cells

    def _links(self, row: ReportRow) -> str:
        labels = self.report.labels
        named = [(study, labels[study]) for study in row.studies if study in labels]
        links = "; ".join(self._study_link(study, text(label)) for study, label in named)
        return f'<div class="studies">{links}</div>'

    def _figure(self, token_id: str) -> str:
        picture = self.pictures.get(token_id)
        if picture is None:
            return f"<p>{_missing(token_id)}</p>"
        self.figures += 1
        drawn = ReportFigures(pictures=self.pictures, about=self.report.about)
        pages = "".join(
            f'<img alt="{text(picture.text)}" src="data:image/svg+xml;base64,'
            f'{base64.b64encode(page.encode()).decode()}">'
            for page in drawn.pages(token_id)
        )
        caption = text(f"Figure {self.figures}. {drawn.caption(token_id)}")
        scrolled = f'<div class="pages" tabindex="0" role="region" aria-label="{caption}">'
        return f"<figure>{scrolled}{pages}</div><figcaption>{caption}</figcaption></figure>"

    def _list(self, content: ReportList, *, is_of_studies: bool) -> str:
        if not content.lines:
            return _tagged("p", text(content.empty))
        points = (self._point(line, is_of_studies=is_of_studies) for line in content.lines)
        return f"<ul>{''.join(points)}</ul>"

    def _point(self, line: Statement, *, is_of_studies: bool) -> str:
        """The line of a study in the list of all is where links to this study lead."""
        anchor = ""
        if is_of_studies and len(line.studies) == 1 and line.studies[0] not in self.anchored:
            self.anchored.add(line.studies[0])
            anchor = f' id="study-{line.studies[0]}"'
        return f'<li{anchor} dir="auto">{linked(line.text)}</li>'

    def _study_link(self, study: int, words: str) -> str:
        return f'<a href="#study-{study}">{words}</a>' if study in self.listed.studies else words

    def _studies_of(self, mark: EvidenceMark) -> str:
        """Links to the studies of a sentence; where it rests on all, to the list of all."""
        studies = "; ".join(self._study_link(study, text(label)) for study, label in mark.listed)
        if not mark.in_short:
            return studies
        words, section = text(mark.in_short), text(self.listed.section)
        every = f'<a href="#s-{section}">{words}</a>' if section else words
        return f"{every} {studies}".strip()

    def _comment_on(self, mark: EvidenceMark) -> str:
        """Numbers have no entry of their own in the form."""
        return "" if mark.is_number else self._comment_link(f"statement-{mark.name}", mark.name)

    def _evidence(self) -> str:
        rows = [
            [
                f'<span id="{mark.name}">{mark.name}</span>',
                text(mark.text) + self._comment_on(mark),
                self._studies_of(mark),
            ]
            for mark in self.marks.values()
        ]
        return _table("", ["Mark", "Sentence", "Studies"], rows)


def _words(part: Words) -> str:
    written = text(part.text).replace("\n", "<br>")
    if part.emphasis:
        written = f"<em>{written}</em>"
    if part.strong:
        written = f"<strong>{written}</strong>"
    return link(text(part.link), written) if part.link else written


def _tagged(name: str, inner: str) -> str:
    """An element, unless it is empty."""
    return f'<{name} dir="auto">{inner}</{name}>' if inner else ""


def _missing(token_id: str) -> str:
    return f'<span class="missing">{text("{{" + token_id + "}}")}</span>'


def _table(
    caption: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    numbers: frozenset[int] = frozenset(),
) -> str:
    """A table of cells that are written already; it scrolls sideways where it is too wide."""
    right = [' class="number"' if place in numbers else "" for place in range(len(head))]
    heads = "".join(
        f'<th scope="col"{style}>{name}</th>' for name, style in zip(head, right, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(f"<td{style}>{cell}</td>" for cell, style in zip(row, right, strict=True))
        + "</tr>"
        for row in rows
    )
    named = text(caption) or "Table"
    told = f"<caption>{text(caption)}</caption>" if caption else ""
    broad = " broad" if len(head) >= _BROAD_FROM else ""
    return (
        f'<div class="wide{broad}" tabindex="0" role="region" aria-label="{named}"><table>{told}'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
