"""A report as a Word document: headings, contents, numbered tables and figures, links.

Written with python-docx. Numbers of tables and figures, and the contents, are fields, so that Word
renumbers them when an author goes on writing; they are filled already, for programs that do not.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Cm, Length, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph as WordParagraph

from evidence.charts.picture import Picture
from evidence.charts.pixels import as_png, height_of, width_of
from evidence.exports import word_parts
from evidence.exports.report_figures import ReportFigures
from evidence.exports.report_outline import LISTED_LEVEL, below, entries, parts
from evidence.exports.word_parts import clean
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
from evidence.report.live_content import (
    LiveContent,
    NotLive,
    ReportFigure,
    ReportList,
    ReportRow,
    ReportTable,
)
from evidence.report.report import Report
from evidence.report.statements import Statement

DOTS = 200
"""Per inch; a page of A4 is sharp in print, and the document stays small."""
_SHORT, _LONG, _MARGIN = Cm(21), Cm(29.7), Cm(2.2)
_UPRIGHT, _ACROSS, _HIGH, _HIGH_UPRIGHT = Cm(16.6), Cm(25.3), Cm(14.5), Cm(22)
"""Room for pictures: the width of either page, and heights that leave a line for the caption."""
_WIDE_FROM, _LONG_FROM, _WIDE_ALWAYS = 6, 8, 7
"""Columns and rows of a table that stands on pages across; with so many columns, any table does."""
_FULL_FROM, _FULL_ROW = 5, 240
"""Columns of a long table whose rows have so many letters on average that it does, too."""
_WIDEST = 760  # pixels of a drawing whose letters can still be read on a page upright
_PAGE_ACROSS, _CAPTION, _LEAST_HIGH = Cm(16.6), Cm(1.6), Cm(9)
_LINE, _LETTERS_ACROSS, _HEADING = Cm(0.56), 120, Cm(1.3)
"""By which it is reckoned how much of a page across its first lines fill."""
_LEVELS = 9
_EVIDENCE_HEAD = ("Mark", "Sentence", "Studies")


def report_docx(report: Report, pictures: Mapping[str, Picture]) -> bytes:
    """The document.

    Args:
        report: with its live parts filled.
        pictures: of its figures, by the id of their tokens.

    Raises:
        Invalid: a figure is too large to be drawn.
    """
    document = Document()
    _set_up(document, report)
    writer = _Writer(
        document=document,
        report=report,
        pictures=pictures,
        drawn=ReportFigures(pictures=pictures, about=report.about),
        marks=evidence_marks(report),
    )
    writer.write()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _set_up(document: WordDocument, report: Report) -> None:
    """A4, and properties that say what the document is and hold no clock's time."""
    page = document.sections[0]
    page.page_width, page.page_height = _SHORT, _LONG
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    word_parts.cell_style(document)
    word_parts.letters(document, "Calibri", Pt(11))
    core = document.core_properties
    core.title = clean(report.title)[:250]
    core.author = core.last_modified_by = clean(report.made_with)
    core.comments = clean(report.label)
    core.created = core.modified = datetime.fromisoformat(report.made_on)
    word_parts.page_numbers(page.footer.paragraphs[0])


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes one report from its first to its last paragraph.

    Attributes:
        ids: numbers for bookmarks, each once.
        is_across: whether the page lies on its side.
        is_new_page: whether nothing but words stands on the page yet, which lies on its side.
        filled: how much of that page the words fill.
        anchored: studies and rows whose bookmark stands in the document already.
        anchors: of rows to which other rows lead.
        listed: where links to studies lead.
        listed_heads: how many headings below those of sections were written, of the contents.
    """

    document: WordDocument
    report: Report
    pictures: Mapping[str, Picture]
    drawn: ReportFigures
    marks: Mapping[str, EvidenceMark]
    tables: int = 0
    figures: int = 0
    is_across: bool = False
    is_new_page: bool = False
    filled: int = 0
    listed_heads: int = 0
    ids: Iterable[int] = field(default_factory=lambda: count(1))
    anchored: set[int | str] = field(default_factory=set)

    anchors: frozenset[str] = field(init=False)
    listed: StudyList = field(init=False)

    def __post_init__(self) -> None:
        self.anchors = row_anchors(self.report)
        self.listed = study_list(self.report)

    def write(self) -> None:
        self.document.add_heading(clean(self.report.title), 0)
        if self.report.label:
            self.document.add_paragraph(clean(self.report.label), style="Intense Quote")
        made = f"Made with {self.report.made_with} on {self.report.made_on}."
        self.document.add_paragraph(made, style="Subtitle")
        self._contents()
        for number, section in enumerate(self.report.sections):
            for place, part in enumerate(parts(section.blocks)):
                self._turn(across=any(self._is_wide(block) for block in part))
                self.is_new_page &= self.is_across
                if place == 0:
                    heading = self._heading(section.title, 1, f"s_{section.key}")
                    heading.paragraph_format.page_break_before = number == 0 or None
                for block in part:
                    self._block(block)
        if self.marks:
            self._turn(across=False)
            self._heading(TITLE, 1, "s_evidence")
            self._evidence()

    def _contents(self) -> None:
        self.document.add_paragraph("Contents", style="TOC Heading")
        listed = entries(self.report, has_evidence=bool(self.marks), told=self._told)
        word_parts.contents(self.document, [*listed])

    def _heading(self, title: str, level: int, bookmark: str = "") -> WordParagraph:
        heading: WordParagraph = self.document.add_heading(clean(title), min(level, _LEVELS))
        self.filled += _HEADING
        if bookmark:
            word_parts.bookmark(heading, bookmark, self._id())
        return heading

    def _id(self) -> int:
        return next(iter(self.ids))

    def _block(self, block: Block, style: str | None = None) -> None:
        match block:
            case Paragraph():
                self._paragraph(block.parts, style)
            case SubHeading():
                self._sub_heading(block, is_listed=style is None)
            case Points():
                self._points(block)
            case Quotation():
                for quoted in block.blocks:
                    self._block(quoted, "Quote")
            case OwnTable():
                self._own_table(block)
            case LiveBlock():
                self._live_block(block)

    def _sub_heading(self, block: SubHeading, *, is_listed: bool) -> None:
        """A heading in a section; the contents lead to those right below the section's own."""
        heading = self.document.add_heading("", min(max(block.level, 2), _LEVELS))
        self._inlines(heading, block.parts)
        self.filled += _HEADING
        if is_listed and block.level <= LISTED_LEVEL:
            self.listed_heads += 1
            word_parts.bookmark(heading, below(self.listed_heads), self._id())

    def _paragraph(self, parts: Sequence[Inline], style: str | None) -> None:
        """A paragraph, unless all of its live parts have nothing to say."""
        if self._says_something(parts):
            paragraph = self.document.add_paragraph(style=style)
            self._inlines(paragraph, parts)
            self.filled += _LINE * (2 + len(paragraph.text) // _LETTERS_ACROSS)

    def _says_something(self, parts: Sequence[Inline]) -> bool:
        return any(
            bool(part.text.strip()) if isinstance(part, Words) else bool(self._told(part.token.id))
            for part in parts
        )

    def _told(self, token_id: str) -> str:
        return _in_line(self.report.live[token_id], token_id)

    def _inlines(self, paragraph: WordParagraph, parts: Sequence[Inline]) -> None:
        for part in parts:
            if isinstance(part, LiveWords):
                self._live_words(paragraph, part.token.id)
            elif part.link:
                word_parts.outer_link(paragraph, part.link, clean(part.text))
            else:
                run = paragraph.add_run(clean(part.text))
                run.bold, run.italic = part.strong or None, part.emphasis or None

    def _live_words(self, paragraph: WordParagraph, token_id: str) -> None:
        """A live part, with a mark that leads to its studies; a number is its own mark."""
        told, mark = clean(self._told(token_id)), self.marks.get(token_id)
        if mark is not None and mark.is_number:
            word_parts.inner_link(paragraph, mark.name, told)
            return
        run = paragraph.add_run(told)
        if isinstance(self.report.live[token_id], NotLive):
            word_parts.mark_missing(run)
        if mark is not None:
            word_parts.inner_link(paragraph, mark.name, mark.name, raised=True)

    def _points(self, points: Points, depth: int = 1) -> None:
        name = "List Number" if points.numbered else "List Bullet"
        style = name if depth == 1 else f"{name} {min(depth, 3)}"
        for point in points.points:
            for block in point:
                if isinstance(block, Points):
                    self._points(block, depth + 1)
                else:
                    self._block(block, style)

    def _own_table(self, table: OwnTable) -> None:
        drawn = self._table(len(table.head))
        for cell, head in zip(drawn.rows[0].cells, table.head, strict=True):
            self._inlines(cell.paragraphs[0], head.parts)
        like = word_parts.empty_row(drawn)
        for row in table.rows:
            for paragraph, written in zip(word_parts.add_row(drawn, like), row, strict=True):
                self._inlines(paragraph, written.parts)

    def _table(self, columns: int) -> Table:
        table: Table = self.document.add_table(rows=1, cols=columns)
        word_parts.rule_rows(table)
        word_parts.repeat_head(table.rows[0])
        return table

    def _live_block(self, block: LiveBlock) -> None:
        content = self.report.live[block.token.id]
        match content:
            case ReportTable():
                self._report_table(content)
            case ReportFigure():
                self._figure(block.token.id)
            case ReportList():
                self._list(content, is_of_studies=block.token.name == REFERENCES)
            case _:
                self._paragraph((LiveWords(token=block.token),), None)

    def _report_table(self, table: ReportTable) -> None:
        if not table.rows:
            self.document.add_paragraph(clean(f"{table.caption}: none."))
            return
        self.tables += 1
        self.is_new_page = False
        word_parts.caption(self.document, "Table", self.tables, clean(table.caption))
        drawn = self._table(len(table.head))
        word_parts.widths(drawn, [table.head, *(row.cells for row in table.rows)], self._width)
        for cell, head in zip(drawn.rows[0].cells, table.head, strict=True):
            cell.paragraphs[0].add_run(clean(head)).bold = True
        like = word_parts.empty_row(drawn, table.numbers)
        for row in table.rows:
            self._fill(word_parts.add_row(drawn, like), row)
        word_parts.keep_rows(drawn, with_next=bool(table.note))
        if table.note:
            self.document.add_paragraph(clean(table.note)).runs[0].font.size = Pt(9)

    @property
    def _width(self) -> Length:
        return _ACROSS if self.is_across else _UPRIGHT

    def _fill(self, cells: Sequence[WordParagraph], row: ReportRow) -> None:
        """A row; the name of a study leads to its reports, what names another row to that."""
        label = self.report.labels.get(row.studies[0]) if len(row.studies) == 1 else None
        for place, (paragraph, words) in enumerate(zip(cells, row.cells, strict=True)):
            if place == row.study_at and words == label:
                self._study_link(paragraph, row.studies[0], words)
            elif row.leads.get(place) in self.anchors:
                word_parts.inner_link(paragraph, _bookmark(row.leads[place]), clean(words))
            else:
                paragraph.add_run(clean(words))
        if row.anchor and row.anchor not in self.anchored:
            self.anchored.add(row.anchor)
            word_parts.bookmark(cells[0], _bookmark(row.anchor), self._id())

    def _is_wide(self, block: Block) -> bool:
        """Whether a page upright is too narrow for it."""
        if not isinstance(block, LiveBlock):
            return False
        content = self.report.live[block.token.id]
        if isinstance(content, ReportTable):
            columns = len(content.head)
            if not content.rows:
                return False
            is_long = len(content.rows) >= _LONG_FROM
            letters = sum(len(words) for row in content.rows for words in row.cells)
            is_full = is_long and letters > _FULL_ROW * len(content.rows)
            return columns >= (_FULL_FROM if is_full else _WIDE_FROM if is_long else _WIDE_ALWAYS)
        return any(width_of(svg) > _WIDEST for svg in self.drawn.pages(block.token.id))

    def _turn(self, *, across: bool) -> None:
        """Pages across, or upright again, from here on."""
        if across == self.is_across:
            return
        self.is_across = self.is_new_page = across
        self.filled = 0
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (_LONG, _SHORT) if across else (_SHORT, _LONG)

    def _figure(self, token_id: str) -> None:
        picture = self.pictures.get(token_id)
        if picture is None:
            self._paragraph((Words(text="{{" + token_id + "}}"),), None)
            return
        self.figures += 1
        paragraph = None
        for page in self.drawn.pages(token_id):
            drawn = io.BytesIO(as_png(page, DOTS))
            paragraph = self.document.add_paragraph()
            shape = paragraph.add_run().add_picture(drawn, **self._room(page))
            self.is_new_page = False
            word_parts.describe(shape, clean(picture.title), clean(picture.text))
        if paragraph is not None:  # the last page of it stays with the caption
            paragraph.paragraph_format.keep_with_next = True
        caption = clean(self.drawn.caption(token_id))
        word_parts.caption(self.document, "Figure", self.figures, caption)

    def _room(self, svg: str) -> dict[str, Length]:
        """As wide as the page, or as high, with room for the caption."""
        width: Length = _ACROSS if self.is_across else _UPRIGHT
        height: Length = _HIGH if self.is_across else _HIGH_UPRIGHT
        if self.is_new_page:
            left = _PAGE_ACROSS - self.filled - _CAPTION
            height = Length(min(height, left)) if left >= _LEAST_HIGH else height
        is_wide = width_of(svg) / height_of(svg) > width / height
        return {"width": width} if is_wide else {"height": height}

    def _list(self, content: ReportList, *, is_of_studies: bool) -> None:
        """A list; the line of a study in the list of all is where links to this study lead."""
        if not content.lines:
            self.document.add_paragraph(clean(content.empty))
        for line in content.lines:
            paragraph = self.document.add_paragraph(clean(line.text), style="List Bullet")
            of_one = is_of_studies and len(line.studies) == 1
            if of_one and line.studies[0] not in self.anchored:
                self.anchored.add(line.studies[0])
                word_parts.bookmark(paragraph, f"study_{line.studies[0]}", self._id())

    def _evidence(self) -> None:
        table = self._table(3)
        words = [(mark.name, mark.text, _studies(mark)) for mark in self.marks.values()]
        word_parts.widths(table, [_EVIDENCE_HEAD, *words], self._width)
        for cell, head in zip(table.rows[0].cells, _EVIDENCE_HEAD, strict=True):
            cell.paragraphs[0].add_run(head).bold = True
        like = word_parts.empty_row(table)
        for mark in self.marks.values():
            name, statement, studies = word_parts.add_row(table, like)
            name.add_run(mark.name)
            word_parts.bookmark(name, mark.name, self._id())
            statement.add_run(clean(mark.text))
            self._studies_of(mark, studies)

    def _studies_of(self, mark: EvidenceMark, paragraph: WordParagraph) -> None:
        """Links to the studies of a sentence; where it rests on all, to the list of all."""
        if mark.in_short:
            self._all_studies(mark.in_short, paragraph)
        for place, (study, label) in enumerate(mark.listed):
            paragraph.add_run("; " if place else " " * bool(mark.in_short))
            self._study_link(paragraph, study, label)

    def _study_link(self, paragraph: WordParagraph, study: int, words: str) -> None:
        if study in self.listed.studies:
            word_parts.inner_link(paragraph, f"study_{study}", clean(words))
        else:
            paragraph.add_run(clean(words))

    def _all_studies(self, words: str, paragraph: WordParagraph) -> None:
        if self.listed.section:
            word_parts.inner_link(paragraph, f"s_{self.listed.section}", words)
        else:
            paragraph.add_run(words)


def _bookmark(anchor: str) -> str:
    return anchor.replace("-", "_")


def _studies(mark: EvidenceMark) -> str:
    return " ".join(filter(None, (mark.in_short, "; ".join(label for _, label in mark.listed))))


def _in_line(content: LiveContent, token_id: str) -> str:
    """A live part within a line; a table or a figure there is told by its caption."""
    match content:
        case Statement():
            return content.text
        case ReportList():
            return "; ".join(line.text for line in content.lines) or content.empty
        case ReportTable():
            return content.caption
        case _:
            return "{{" + token_id + "}}"
