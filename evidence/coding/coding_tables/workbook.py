"""The tables of an export as an Excel workbook: one sheet for each, written row by row.

Written by hand, since openpyxl takes seven times as long (docs/benchmarks.md).
Cells are texts, but for numbers of rows and years; a text is no formula, whatever it begins with.
"""

import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Any
from xml.sax.saxutils import escape

from evidence.citations.formats import archives, sheets
from evidence.citations.formats.cells import neutralise
from evidence.coding.coding_tables import cells
from evidence.coding.coding_tables.columns import ABOUT, DICTIONARY, LONG, LONG_TEXTS, TABLES
from evidence.coding.coding_tables.raw_tables import RawTable, TableProblem
from evidence.coding.coding_tables.write_rows import Cell, TableRow

ENDING = "xlsx"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_000_000  # of a sheet, with its head; Excel takes 1,048,576
_SHARED_LENGTH = 80  # characters; longer texts seldom come twice
_MOST_SHARED = 200_000
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_SHEET_BEGIN = f'{_XML}<worksheet xmlns="{_MAIN}">'
_SHEET_VIEW = (
    '<sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
)
_LEAST_WIDTH, _MOST_WIDTH = 9, 60  # of a column, in characters
_LINE, _MOST_HIGH = 15, 405  # points; Excel takes rows of 409
_ROOM = 2  # characters beside the longest text, for the mark of the filter
_MOST_WRAPPED = 1_000  # characters of a text whose line breaks are shown; longer ones stay one line
_PLAIN, _HEAD, _WRAPPED = "1", "2", "3"  # styles
_READ_WHOLE = frozenset({ABOUT.name, DICTIONARY.name})  # sheets whose texts are shown whole
# Style 1 is text, so that a program does not make a number of what somebody types there later; the
# head is bold; the third shows line breaks and long texts.
_TEXT = '<xf numFmtId="49" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/>'
    '<name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/>'
    '</fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border>'
    '<left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top"/></xf>'
    f'{_TEXT.format(font=0)} applyAlignment="1"><alignment vertical="top"/></xf>'
    f'{_TEXT.format(font=1)} applyFont="1"/>'
    f'{_TEXT.format(font=0)} applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def write(rows: Iterable[TableRow], out: IO[bytes]) -> None:
    """Write a workbook of all tables; rows wait on disk until their sheet is complete."""
    book = _Book()
    for table, row in rows:
        book.add(table, row)
    book.save(out)


class _Sheet:
    """A sheet on disk, row by row."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows = 0
        self.widths: list[int] = []
        self.file = TemporaryFile("w+b")  # noqa: SIM115 - closed when the workbook is saved

    def measure(self, row: Sequence[Cell]) -> None:
        """Let columns be as wide as their longest line, as far as that is sensible."""
        while len(self.widths) < len(row):
            self.widths.append(_LEAST_WIDTH)
        for at, cell in enumerate(row):
            if isinstance(cell, str) and len(cell) > self.widths[at] < _MOST_WIDTH:
                longest = max(map(len, cell.splitlines()), default=0)
                self.widths[at] = min(max(self.widths[at], longest), _MOST_WIDTH)

    @property
    def begin(self) -> str:
        """What stands before the rows."""
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{width + _ROOM}" customWidth="1"/>'
            for at, width in enumerate(self.widths, 1)
        )
        # Without its size, openpyxl reads a sheet twice: once only to learn that none is there.
        size = f'<dimension ref="{self.extent}"/>'
        return f"{_SHEET_BEGIN}{size}{_SHEET_VIEW}<cols>{widths}</cols><sheetData>"

    @property
    def end(self) -> str:
        """What stands after the rows: the head filters."""
        return f'</sheetData><autoFilter ref="{self.extent}"/></worksheet>'

    @property
    def extent(self) -> str:
        """From the first cell to the last."""
        return f"A1:{_letters(max(1, len(self.widths)))}{max(1, self.rows)}"

    def add(self, row: str, lines: int = 1) -> None:
        """Add a row that is as high as so many lines; not every program sees to that itself."""
        self.rows += 1
        high = f' ht="{min(lines * _LINE, _MOST_HIGH)}" customHeight="1"' if lines > 1 else ""
        self.file.write(f'<row r="{self.rows}"{high}>{row}</row>'.encode())


class _Book:
    """The sheets of a workbook, and the short texts that several cells have."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self.newest: dict[str, _Sheet] = {}
        self.heads: dict[str, Sequence[Cell]] = {}
        self.sheets_of: Counter[str] = Counter()
        self.shared: dict[str, int] = {}
        self.letters: list[str] = []
        self.long_texts = 0

    def add(self, table: str, row: Sequence[Cell]) -> None:
        """Add a row to a table; the first is its head. A full sheet is followed by another."""
        if table not in self.heads:
            self.heads[table] = row
            self._open(table)
        elif self.newest[table].rows >= MOST_ROWS:
            self._open(table)
            self._put(table, self.heads[table])
        self._put(table, row)

    def _open(self, table: str) -> None:
        self.sheets_of[table] += 1
        number = self.sheets_of[table]
        sheet = _Sheet(table if number == 1 else f"{table}_{number}")
        self.sheets.append(sheet)
        self.newest[table] = sheet

    def _put(self, table: str, row: Sequence[Cell]) -> None:
        while len(self.letters) < len(row):
            self.letters.append(_letters(len(self.letters) + 1))
        sheet = self.newest[table]
        sheet.measure(row)
        number = sheet.rows + 1
        styles = [_style(table, number, cell) for cell in row]
        lines = [_lines(str(cell)) for cell, s in zip(row, styles, strict=True) if s == _WRAPPED]
        made = [
            self._cell(f"{letter}{number}", cell, style)
            for letter, cell, style in zip(self.letters, row, styles, strict=False)
            if cell is not None and cell != ""
        ]
        sheet.add("".join(made), max(lines, default=1))

    def _cell(self, place: str, cell: str | float, style: str) -> str:
        if not isinstance(cell, str):
            return f'<c r="{place}"><v>{cell!r}</v></c>'
        known = self.shared.get(cell)
        if known is None and cells.needs_room(cell):
            return _inline(place, self._long(cell), _PLAIN)
        if len(cell) > _SHARED_LENGTH or (known is None and len(self.shared) >= _MOST_SHARED):
            return _inline(place, neutralise(cell), style)
        if known is None:
            known = self.shared[cell] = len(self.shared)
        return f'<c r="{place}" s="{style}" t="s"><v>{known}</v></c>'

    def _long(self, text: str) -> str:
        """Put a text into long_texts; gives what stands in its cell."""
        self.long_texts += 1
        if LONG_TEXTS not in self.heads:
            self.add(LONG_TEXTS, [column.name for column in LONG.columns])
        pieces = list(cells.parts(text))
        for part, piece in enumerate(pieces, 1):
            sheet = self.newest[LONG_TEXTS]
            line = sheet.rows + 1
            numbers = zip("ABC", (self.long_texts, part, len(pieces)), strict=True)
            of_part = "".join(f'<c r="{at}{line}"><v>{each}</v></c>' for at, each in numbers)
            sheet.add(of_part + _inline(f"D{line}", piece, _PLAIN))
        return cells.named(text, self.long_texts)

    def save(self, out: IO[bytes]) -> None:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
            for name, content in _parts([sheet.name for sheet in self.sheets]).items():
                packed.writestr(name, content)
            with packed.open("xl/sharedStrings.xml", "w") as part:
                part.write(f'{_XML}<sst xmlns="{_MAIN}">'.encode())
                for text in self.shared:
                    part.write(f"<si>{_t(neutralise(text))}</si>".encode())
                part.write(b"</sst>")
            for number, sheet in enumerate(self.sheets, 1):
                sheet.file.seek(0)
                with packed.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as part:
                    part.write(sheet.begin.encode())
                    while chunk := sheet.file.read(1 << 20):
                        part.write(chunk)
                    part.write(sheet.end.encode())
                sheet.file.close()


def _style(table: str, number: int, cell: Cell) -> str:
    """In which style a cell of a row stands."""
    if number == 1:
        return _HEAD
    if not isinstance(cell, str):
        return _PLAIN
    breaks = "\n" in cell and len(cell) <= _MOST_WRAPPED
    return _WRAPPED if breaks or table in _READ_WHOLE else _PLAIN


def _lines(text: str) -> int:
    """How many lines a text takes in a column that is as wide as its longest, or as any may be."""
    return sum(max(1, -(-len(line) // _MOST_WIDTH)) for line in text.splitlines())


def _t(text: str) -> str:
    return f'<t xml:space="preserve">{escape(text)}</t>'


def _inline(place: str, text: str, style: str) -> str:
    return f'<c r="{place}" s="{style}" t="inlineStr"><is>{_t(text)}</is></c>'


def _parts(names: Sequence[str]) -> dict[str, str]:
    """The parts of a workbook beside its sheets."""
    numbers = range(1, len(names) + 1)
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    links = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    links += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    overrides = [(f"/xl/worksheets/sheet{number}.xml", _SHEET_TYPE) for number in numbers]
    overrides += [
        ("/xl/workbook.xml", f"{base}.sheet.main+xml"),
        ("/xl/styles.xml", f"{base}.styles+xml"),
        ("/xl/sharedStrings.xml", f"{base}.sharedStrings+xml"),
    ]
    types = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in overrides
    )
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship '
        f'Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(links, 1)
        )
        + "</Relationships>",
        "xl/styles.xml": _STYLES,
    }


def _letters(column: int) -> str:
    """What a column is called, counted from 1: A to Z, then AA."""
    name = ""
    while column:
        column, at = divmod(column - 1, 26)
        name = chr(ord("A") + at) + name
    return name


def read(data: bytes, file: str) -> tuple[list[RawTable], list[TableProblem]]:
    """The tables of a workbook, as they stand in its sheets, and why it cannot be read."""
    from openpyxl import load_workbook  # noqa: PLC0415 - loads slowly, and help needs none

    reason = "it is no Excel workbook"
    if archives.kind(data) is archives.Kind.WORKBOOK:
        reason = sheets.refusal(data)
    if reason:
        return [], [TableProblem(file=file, sentence=f"It was not opened: {reason}.")]
    try:
        with warnings.catch_warnings():  # about styles and other things that do not matter here
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            return list(_tables(book, file)), []
    except Exception:  # noqa: BLE001 - a workbook is damaged in more ways than the library names
        return [], [TableProblem(file=file, sentence="It is damaged; export the codings again.")]


def _tables(book: Any, file: str) -> Iterator[RawTable]:
    for sheet in book.worksheets:
        base = re.sub(r"_[0-9]+\Z", "", sheet.title)
        name = sheet.title if sheet.title in TABLES else base
        if name not in TABLES:
            yield RawTable(name=sheet.title, file=f"{file}, sheet {sheet.title}", head=(), rows=())
            continue
        sheet.reset_dimensions()  # which some programs write wrong
        first = next(sheet.iter_rows(values_only=True, max_row=1), ())
        head = tuple("" if value is None else str(value) for value in first)
        # One column more, in which cells beyond the head are noticed.
        rows = sheet.iter_rows(values_only=True, min_row=2, max_col=len(head) + 1)
        yield RawTable(
            name=name,
            file=f"{file}, sheet {sheet.title}",
            head=head,
            rows=tuple((line, row) for line, row in enumerate(rows, 2) if any(row)),
        )
