"""The tables of an export as CSV files, one for each, in UTF-8 with a byte order mark.

A CSV takes texts of any length and nearly all signs, so nothing has to stand elsewhere.
"""

import codecs
import csv
from collections.abc import Callable, Iterable, Mapping
from io import StringIO
from typing import IO

from evidence.citations.formats.cells import neutralise
from evidence.coding.coding_tables.columns import TABLES
from evidence.coding.coding_tables.raw_tables import RawTable, TableProblem
from evidence.coding.coding_tables.write_rows import TableRow

ENDING = "csv"
_LONGEST_CELL = 2**31 - 1  # characters; the csv module refuses 131,073 unless it is told


def write(rows: Iterable[TableRow], open_table: Callable[[str], IO[bytes]]) -> None:
    """Write each table to the file that is opened for its name; who opened it closes it."""
    files: dict[str, IO[bytes]] = {}
    line = StringIO()
    writer = csv.writer(line)
    for table, row in rows:
        if table not in files:
            files[table] = open_table(table)
            files[table].write(codecs.BOM_UTF8)
        writer.writerow([neutralise(cell) if isinstance(cell, str) else cell for cell in row])
        files[table].write(line.getvalue().encode())
        line.seek(0)
        line.truncate()


def read(files: Mapping[str, bytes]) -> tuple[list[RawTable], list[TableProblem]]:
    """The tables of CSV files, by their names, and what cannot be read."""
    tables, problems = [], []
    for name, data in files.items():
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            sentence = "It is not in UTF-8; save it as “CSV UTF-8”, or export the codings again."
            problems.append(TableProblem(file=name, sentence=sentence))
            continue
        try:
            tables.append(_table(name, text))
        except csv.Error as error:
            sentence = f"It is no CSV ({error}); export the codings again."
            problems.append(TableProblem(file=name, sentence=sentence))
    return tables, problems


def _table(file: str, text: str) -> RawTable:
    name = file.removesuffix(f".{ENDING}")
    if name not in TABLES:
        return RawTable(name=name, file=file, head=(), rows=())
    csv.field_size_limit(_LONGEST_CELL)
    first = text.partition("\n")[0]
    # Excel writes semicolons where people write decimals with a comma.
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    head = next(reader, [])
    rows, line = [], reader.line_num + 1
    for row in reader:
        if any(row):
            rows.append((line, row))
        line = reader.line_num + 1
    return RawTable(name=name, file=file, head=tuple(head), rows=tuple(rows))
