"""Reads a review that was screened before, to simulate it: one record per row of a CSV.

Columns: record_id, title, abstract, label_included (1 or 0); keywords, parted by semicolons, are
welcome. Other columns are ignored.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from evidence.citations.formats.decoding import decode
from evidence.citations.text import unmarked
from evidence.errors import Invalid
from evidence.problems import Code, Problem
from evidence.screening.features import Text

NEEDED = ("record_id", "title", "abstract", "label_included")
LABELS = {"1": True, "0": False, "1.0": True, "0.0": False}
LONGEST_FIELD = 10_000_000  # characters; the csv module stops at 131,072 of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A record and what was decided on it.

    Attributes:
        row: counted from 0, whatever became of the rows before.
        record_id: as the file has it; may be empty or occur twice.
        text: for the ranking; its id is the row.
    """

    row: int
    record_id: str
    text: Text
    relevant: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A review that was screened.

    Attributes:
        records: all that can be used, in the order of the file.
        problems: what was odd; a row that cannot be used is among them as lost.
    """

    records: tuple[Labelled, ...]
    problems: tuple[Problem, ...]

    @property
    def relevant(self) -> dict[int, bool]:
        """What was decided on each record, by row."""
        return {record.row: record.relevant for record in self.records}


def read_table(data: bytes, file: str) -> Table:
    """Read a table.

    Args:
        data: of a CSV, in any encoding.
        file: its name as the person knows it.

    Raises:
        Invalid: a needed column is missing, or the file is no table; the message says which.
    """
    decoded = decode(data, file)
    records: list[Labelled] = []
    problems = list(decoded.problems)
    if not decoded.encoding:
        raise Invalid(str(problems[0]))
    seen: set[str] = set()
    for entry in _rows(decoded.clean.decode(), file):
        if isinstance(entry, Problem):
            problems.append(entry)
            continue
        line, record = entry
        records.append(record)
        if record.record_id in seen:
            detail = f"record_id “{record.record_id}”"
            problems.append(Problem(code=Code.KEY_REPEATED, file=file, line=line, detail=detail))
        seen.add(record.record_id)
    return Table(records=tuple(records), problems=tuple(problems))


def _rows(text: str, file: str) -> Iterator[tuple[int, Labelled] | Problem]:
    """Each row as a record with the line it begins on, or as the reason why there is none."""
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(StringIO(text, newline=""))
    row, begin = 0, 1
    try:
        header = _header(next(reader, []), file)
        begin = reader.line_num + 1
        for cells in reader:
            if cells:
                entry = _record(row, header, cells)
                yield (begin, entry) if isinstance(entry, Labelled) else _lost(file, begin, entry)
                row += 1
            begin = reader.line_num + 1
    except csv.Error as error:
        raise Invalid(
            f"{file}, line {begin}: from here on it cannot be read as a table ({error}). "
            "Often a quotation mark is opened and never closed."
        ) from error


def _header(names: Sequence[str], file: str) -> tuple[str, ...]:
    header = tuple(name.strip().lower() for name in names)
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Invalid(
            f"{file} lacks the column{'s' * (len(missing) > 1)} {', '.join(missing)}. "
            f"Its columns are: {', '.join(header) or 'none'}."
        )
    return header


def _lost(file: str, line: int, detail: str) -> Problem:
    return Problem(code=Code.ENTRY_UNREADABLE, file=file, line=line, detail=detail)


def _record(row: int, header: Sequence[str], row_cells: Sequence[str]) -> Labelled | str:
    """The record, or why there is none."""
    if len(row_cells) != len(header):
        return f"{len(row_cells)} cells for {len(header)} columns"
    cells = dict(zip(header, row_cells, strict=True))
    label = cells["label_included"].strip()
    if label not in LABELS:
        return f"label_included is “{label[:20]}” instead of 1 or 0"
    keywords = (word.strip() for word in unmarked(cells.get("keywords", "")).split(";"))
    text = Text(
        id=row,
        title=unmarked(cells["title"]),
        abstract=unmarked(cells["abstract"]),
        keywords=tuple(filter(None, keywords)),
    )
    return Labelled(row=row, record_id=cells["record_id"], text=text, relevant=LABELS[label])
