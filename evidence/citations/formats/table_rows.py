"""From the rows of a table to records, whatever kind of file the table stood in."""

from collections.abc import Iterable, Iterator

from evidence.citations.formats import ciw_fields, column_meanings, table_fields
from evidence.citations.formats.entry_values import QUOTE_LENGTH, number_of
from evidence.citations.formats.format import Entries
from evidence.citations.formats.table_layout import Header, Row, bare, is_blank, is_remark
from evidence.citations.record import Record
from evidence.citations.text import NOTHING
from evidence.problems import Code, Problem


def records(rows: Iterable[Row], header: Header, file: str) -> Entries:
    """The records of a table, and what is wrong with it.

    Args:
        rows: all of them, with those above the header.
        header: of the table.
        file: its name.
    """
    table = _Table(header, file)
    skipped: list[Row] = []
    short: list[Row] = []
    for row in rows:
        if row.line < header.line or bare(row.raw) == table.bare_header:
            skipped += [row] if row.line != header.line else []
        elif is_remark([not is_blank(cell) for cell in row.cells], header.words):
            yield table.problem(Code.TEXT_OUTSIDE, row, f"“{row.raw[:QUOTE_LENGTH]}”")
        else:
            short += [row] if table.is_short(row) else []
            yield from table.record(row)
    if skipped:
        sample = skipped[0].raw.strip()[:QUOTE_LENGTH]
        detail = f"{number_of(len(skipped), 'row')} such as “{sample}”"
        yield table.problem(Code.HEADINGS_SKIPPED, skipped[0], detail)
    if short:
        detail = f"in {number_of(len(short), 'row')}, fewer than the {len(header.names)} columns"
        yield table.problem(Code.ROW_RAGGED, short[0], detail)


class _Table:
    """The header of a table, and what follows from it for the records of all its rows."""

    def __init__(self, header: Header, file: str) -> None:
        self.bare_header = bare(header.raw)
        self._names = [name or f"column {n}" for n, name in enumerate(header.names, 1)]
        self._order = column_meanings.by_preference(header.names, header.words)
        self._file = file
        self._of_tags = column_meanings.are_tags(header.names) and not header.is_corrected

    def problem(self, code: Code, row: Row, detail: str = "") -> Problem:
        return Problem(code=code, file=self._file, line=row.line, detail=detail)

    def is_short(self, row: Row) -> bool:
        """Whether cells are missing, and not because the row names its only field itself."""
        return len(row.cells) < len(self._names) and not _only_field(row)

    def record(self, row: Row) -> Iterator[Record | Problem]:
        """The record of a row behind what is wrong with it."""
        fields = tuple(self._fields(row))
        values = self._values(row)
        if not fields:
            yield self.problem(Code.ENTRY_EMPTY, row)
            return
        extra = [cell for cell in row.cells[len(self._names) :] if cell.strip()]
        if extra:
            sample = extra[0][:QUOTE_LENGTH]
            detail = f"{len(extra)} more than the {len(self._names)} columns, “{sample}”"
            yield self.problem(Code.ROW_RAGGED, row, detail)
        if row.mended:
            yield self.problem(Code.FIELD_REPAIRED, row, "quotes within a cell")
        normal, remarks = table_fields.reference(values)
        if self._of_tags and all(code is not Code.VALUE_DAMAGED for code, _ in remarks):
            normal, remarks = ciw_fields.reference(fields)
        for code, detail in remarks:
            yield self.problem(code, row, detail)
        if not normal.title:
            yield self.problem(Code.TITLE_MISSING, row)
        key = values.get("key", [""])[0]
        yield Record(reference=normal, line=row.line, raw=row.raw, fields=fields, key=key)

    def _fields(self, row: Row) -> Iterator[tuple[str, str]]:
        """Every cell that holds anything, under the name of its column."""
        for number, cell in enumerate(row.cells):
            if text := cell.strip():
                name = self._names[number] if number < len(self._names) else f"column {number + 1}"
                yield name, text

    def _values(self, row: Row) -> dict[str, list[str]]:
        """The cells by meaning; a row may name its only field in its first cell (Embase)."""
        if only_field := _only_field(row):
            return only_field
        values: dict[str, list[str]] = {}
        for number, word in self._order:
            cell = row.cells[number].strip() if number < len(row.cells) else ""
            if cell not in NOTHING or (cell and word == "title"):
                values.setdefault(word, []).append(cell)
        return values


def _only_field(row: Row) -> dict[str, list[str]]:
    filled = [cell.strip() for cell in row.cells if cell.strip()]
    if len(filled) == len(("name", "value")) and column_meanings.known_meanings(filled[:1]) == [
        "title"
    ]:
        return {"title": filled[1:]}
    return {}
