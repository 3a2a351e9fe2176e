"""Embase's other CSV: each row is one field, its name in the first cell; `TITLE` opens a record."""

import re
from collections.abc import Iterator

from evidence.citations.formats import column_meanings, table_fields
from evidence.citations.formats.delimited import rows
from evidence.citations.formats.entry_values import QUOTE_LENGTH, Values, number_of
from evidence.citations.formats.format import Entries, Format, marks, opening_line
from evidence.citations.formats.row_starts import rows_by_quotes
from evidence.citations.formats.table_layout import Row
from evidence.citations.record import Record
from evidence.problems import Code, Problem

_START = "TITLE"
_LISTS = frozenset({"authors", "keywords", "editors"})  # of which each cell holds one


def read(clean: bytes, file: str) -> Entries:
    """The records of a file of Embase with a field in each row, and what is wrong with it."""
    record: list[Row] = []
    before: list[Row] = []
    for row in rows(clean, b","):
        if row.cells[0].strip(" \t") == _START:
            yield from _record(record, file)
            record = [row]
        else:
            (record or before).append(row)
    yield from _record(record, file)
    if before:
        detail = f"{number_of(len(before), 'row')} such as “{before[0].raw.strip()[:QUOTE_LENGTH]}”"
        yield Problem(code=Code.HEADINGS_SKIPPED, file=file, line=before[0].line, detail=detail)


def _record(entry_rows: list[Row], file: str) -> Iterator[Record | Problem]:
    """The record of the rows from one title to the next."""
    if not entry_rows:
        return

    def problem(code: Code, detail: str = "") -> Problem:
        return Problem(code=code, file=file, line=entry_rows[0].line, detail=detail)

    fields = [
        (row.cells[0].strip(), [cell.strip() for cell in row.cells[1:] if cell.strip()])
        for row in entry_rows
    ]
    if not any(cells for _, cells in fields):
        yield problem(Code.ENTRY_EMPTY)
        return
    if any(row.mended for row in entry_rows):
        yield problem(Code.FIELD_REPAIRED, "quotes within a cell")
    normal, remarks = table_fields.reference(_values(fields))
    for code, detail in remarks:
        yield problem(code, detail)
    if not normal.title:
        yield problem(Code.TITLE_MISSING)
    yield Record(
        reference=normal,
        line=entry_rows[0].line,
        raw="\n".join(row.raw.strip("\n") for row in entry_rows),
        fields=tuple((name, cell) for name, cells in fields for cell in cells),
    )


def _values(fields: list[tuple[str, list[str]]]) -> Values:
    """The cells by meaning."""
    fields = [(name, cells) for name, cells in fields if cells]
    names = [name for name, _ in fields]
    values: Values = {}
    for number, word in column_meanings.by_preference(names, column_meanings.known_meanings(names)):
        cells = fields[number][1]
        values.setdefault(word, []).append("; ".join(cells) if word in _LISTS else ", ".join(cells))
    return values


_TITLE = re.compile(rb'[ \t]*(?:=?"[ \t]*TITLE[ \t]*"|TITLE)[ \t]*(?=,|\n|\Z)')


def count(clean: bytes) -> int:
    """Rows that begin with the name of the title."""
    return sum(_TITLE.match(row) is not None for _, row in rows_by_quotes(clean, b","))


_OTHER = re.compile(rb'\n"?(?:AUTHOR NAMES|SOURCE|SOURCE TITLE|PUBLICATION YEAR|ABSTRACT)"?,')


def recognise(clean: bytes) -> int:
    """How many rows name the title or another field that nearly all records have."""
    if b"TITLE" not in clean or not _OTHER.search(clean):
        return 0
    return count(clean) + sum(1 for _ in marks(_OTHER, clean))


FORMAT = Format(
    name="embase-csv",
    label="Embase (CSV, a field in each row)",
    recognise=recognise,
    opening=opening_line(re.compile(rb"\n" + _TITLE.pattern)),
    beginnings=(b"AUTHOR NAMES", b"SOURCE", b"PUBLICATION YEAR", b"ABSTRACT"),
    read=read,
    count=count,
)
