"""Parts of a Word document that python-docx has no function for: fields, links, bookmarks."""

import re
from collections.abc import Collection, Sequence
from copy import deepcopy

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shape import InlineShape
from docx.shared import Cm, Length, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

LINK = "1F5FA8"
_BESIDE_NUMBERS = Pt(8)
_DEEPER = Pt(14)  # of the next level of the contents
CELL_STYLE = "Table text"
_LETTER, _ASIDE = Pt(5.8), Cm(0.45)
"""The width of a letter of 9 points, bold, and of what is left free beside a cell's words."""
_LONGEST_WORD = 22  # letters; longer ones are broken
_SHORT_TABLE = 8  # rows with the head; more may be parted by the end of a page
_BREAKS = re.compile(r"\s+|(?<=[-/])")
_NOT_XML = re.compile(r"[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def clean(text: str) -> str:
    """A text without the characters that XML cannot hold; each is shown as �."""
    return _NOT_XML.sub("\ufffd", text)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that links of the document lead to: the whole paragraph.

    Args:
        paragraph: with its words already.
        name: letters, digits and underscores; each once in a document.
        number: each once in a document.
    """
    begins, ends = _element("w:bookmarkStart"), _element("w:bookmarkEnd")
    for element in (begins, ends):
        element.set(qn("w:id"), str(number))
    begins.set(qn("w:name"), name[:40])
    properties = paragraph._p.pPr
    paragraph._p.insert(0 if properties is None else 1, begins)
    paragraph._p.append(ends)


def inner_link(
    paragraph: Paragraph, bookmark_name: str, words: str, *, raised: bool = False
) -> None:
    """Words that lead to a bookmark; raised ones are small, as marks behind a sentence."""
    link = _element("w:hyperlink")
    link.set(qn("w:anchor"), bookmark_name[:40])
    link.append(_linked_run(paragraph, words, raised=raised))
    paragraph._p.append(link)


def outer_link(paragraph: Paragraph, address: str, words: str) -> None:
    """Words that lead to a page of the web."""
    part = paragraph.part
    relation = part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = _element("w:hyperlink")
    link.set(qn("r:id"), relation)
    link.append(_linked_run(paragraph, words))
    paragraph._p.append(link)


def caption(document: WordDocument, noun: str, number: int, words: str) -> None:
    """`Table 3. Searches`, with a number that Word counts anew."""
    paragraph = document.add_paragraph(style="Caption")
    paragraph.paragraph_format.keep_with_next = noun == "Table"
    paragraph.add_run(f"{noun} ")
    _field(paragraph, f"SEQ {noun} \\* ARABIC", str(number))
    paragraph.add_run(f". {words}")


def contents(document: WordDocument, entries: Sequence[tuple[str, str, int]]) -> None:
    """A table of contents, filled with links; Word adds the numbers of pages when it is renewed.

    The document does not ask for that by itself (`updateFields`): then Word would ask everybody who
    opens it whether its fields may be renewed.

    Args:
        document: where it is added.
        entries: bookmark, title and level of each.
    """
    first = document.add_paragraph()
    _field_mark(first, "begin")
    _instruction(first, 'TOC \\o "1-2" \\h \\z \\u')
    _field_mark(first, "separate")
    paragraph = first
    for place, (name, title, level) in enumerate(entries):
        paragraph = first if place == 0 else document.add_paragraph()
        paragraph.style = CELL_STYLE  # small, so that a page has room for them
        paragraph.paragraph_format.left_indent = Length(_DEEPER * (level - 1))
        inner_link(paragraph, name, clean(title))
    _field_mark(paragraph, "end")


def page_numbers(paragraph: Paragraph) -> None:
    """The number of the page."""
    _field(paragraph, "PAGE", "1")
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def describe(shape: InlineShape, title: str, text: str) -> None:
    """The words of a picture, for those who hear it."""
    properties = shape._inline.docPr
    properties.set("title", title)
    properties.set("descr", text)


def cell_style(document: WordDocument) -> None:
    """The style of paragraphs in tables: small, and close to those above and below."""
    style = document.styles.add_style(CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    if isinstance(style, ParagraphStyle):
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(9)
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1)
        style.paragraph_format.line_spacing = 1.0


def empty_row(table: Table, right: Collection[int] = ()) -> BaseOxmlElement:
    """A row like the head, without words, from which others are made.

    Args:
        table: with its head and the widths of its columns.
        right: places of columns whose words stand at the right, from 0.
    """
    for place, cell in enumerate(table.rows[0].cells):
        cell.paragraphs[0].style = CELL_STYLE
        if place in right:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif place - 1 in right:  # else a number and the words beside it read as one
            cell.paragraphs[0].paragraph_format.left_indent = _BESIDE_NUMBERS
    row: BaseOxmlElement = deepcopy(table.rows[0]._tr)
    for child in list(row):
        if child.tag == qn("w:trPr"):
            row.remove(child)
    for paragraph in row.iter(qn("w:p")):
        for child in list(paragraph):
            if child.tag != qn("w:pPr"):
                paragraph.remove(child)
    properties, whole = _element("w:trPr"), _element("w:cantSplit")
    whole.set(qn("w:val"), "true")
    properties.append(whole)
    row.insert(0, properties)
    return row


def add_row(table: Table, like: BaseOxmlElement) -> list[Paragraph]:
    """A row below all others; gives the paragraph of each cell.

    python-docx's own way takes longer the more rows a table has. The row is not broken at the end
    of a page, unless it is longer than one.
    """
    row = deepcopy(like)
    table._tbl.append(row)
    return [Paragraph(paragraph, table) for paragraph in row.iter(qn("w:p"))]


def keep_rows(table: Table, *, with_next: bool) -> None:
    """Keep a short table on one page, and of a long one the head with its first row.

    Args:
        table: with all of its rows.
        with_next: whether the last row stays with the paragraph below the table.
    """
    rows = table._tbl.tr_lst
    kept = list(rows[:-1] if len(rows) <= _SHORT_TABLE else rows[:1])
    for row in kept + [rows[-1]] * with_next:
        for paragraph in row.iter(qn("w:p")):
            Paragraph(paragraph, table).paragraph_format.keep_with_next = True


def repeat_head(row: _Row) -> None:
    """The row stands at the top of each page that the table reaches."""
    properties = row._tr.get_or_add_trPr()
    head = _element("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)


def rule_rows(table: Table) -> None:
    """Fine lines above, below and between the rows, and none between columns."""
    borders = _element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = _element(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "A0A7B2")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def widths(table: Table, rows: Sequence[Sequence[str]], room: Length) -> None:
    """Columns wide enough for their longest word; what is left goes to those with most to say.

    LibreOffice goes by the widths of columns, Word by those of cells.

    Args:
        table: without rows but its head; rows that are added take these widths.
        rows: the words of all cells, the head among them.
        room: for all columns together.
    """
    columns = list(zip(*rows, strict=True))
    needed = [_LETTER * min(_longest_word(column), _LONGEST_WORD) + _ASIDE for column in columns]
    wanted = [sum(map(len, column)) / len(column) for column in columns]
    spare = max(0.0, room - sum(needed)) / max(1.0, sum(wanted))
    scale = min(1.0, room / sum(needed))
    table.autofit = False
    head = table.rows[0].cells
    for column, cell, least, words in zip(table.columns, head, needed, wanted, strict=True):
        column.width = cell.width = Length(int(least * scale + spare * words))


def _longest_word(cells: Sequence[str]) -> int:
    return max(len(word) for cell in cells for word in [*_BREAKS.split(cell), ""])


def letters(document: WordDocument, family: str, size: Length) -> None:
    """One typeface for text and headings."""
    for name in ("Normal", "Title", "Subtitle", *(f"Heading {level}" for level in range(1, 10))):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in [each for each in fonts.attrib if each.endswith("Theme")]:
            del fonts.attrib[kind]
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), family)
    style = document.styles["Normal"]
    if isinstance(style, ParagraphStyle):
        style.font.size = size


def mark_missing(run: Run) -> None:
    """A live part that could not be filled stands out."""
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _element(name: str) -> BaseOxmlElement:
    element: BaseOxmlElement = OxmlElement(name)
    return element


def _linked_run(paragraph: Paragraph, words: str, *, raised: bool = False) -> BaseOxmlElement:
    run = paragraph.add_run(words)
    run.font.superscript = raised or None
    colour = _element("w:color")
    colour.set(qn("w:val"), LINK)
    run._r.get_or_add_rPr().append(colour)
    element = run._r
    paragraph._p.remove(element)
    return element


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    _field_mark(paragraph, "begin")
    _instruction(paragraph, instruction)
    _field_mark(paragraph, "separate")
    paragraph.add_run(shown)
    _field_mark(paragraph, "end")


def _field_mark(paragraph: Paragraph, kind: str) -> None:
    mark = _element("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _instruction(paragraph: Paragraph, words: str) -> None:
    element = _element("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = words
    paragraph.add_run()._r.append(element)
