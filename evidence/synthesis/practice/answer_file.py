"""A file with answers about services (CSV in any encoding, or an Excel workbook), row by row."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from evidence.citations.formats import archives, sheets
from evidence.citations.formats.decoding import decode
from evidence.errors import Invalid

MOST_ROWS = 5000
MOST_COLUMNS = 1000
_LONGEST_CELL = 1_000_000
_MOST_NAMED = 5
_NO_HEADS = "It needs a line of heads, and a row for each service below it."


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFile:
    """The rows of a file.

    Attributes:
        columns: the heads, each unlike the others.
        lines: the line of the file, and its cells by head.
        remarks: what was guessed or left out, in sentences.
    """

    file: str
    columns: tuple[str, ...]
    lines: tuple[tuple[int, Mapping[str, str]], ...]
    remarks: tuple[str, ...] = ()


def read_answer_file(data: bytes, file: str) -> AnswerFile:
    """Read a file with answers.

    Raises:
        Invalid: it is no table, or too large; the message says what to do.
    """
    remarks: list[str] = []
    is_workbook = archives.kind(data) is archives.Kind.WORKBOOK
    rows = list((_of_workbook if is_workbook else _of_csv)(data, file, remarks))
    if not rows:
        raise Invalid(f"{file} is empty. {_NO_HEADS}")
    _, heads = rows[0]
    columns = _columns(heads)
    if len(columns) > MOST_COLUMNS or len(rows) - 1 > MOST_ROWS:
        raise Invalid(
            f"{file} has {len(rows) - 1:,} rows and {len(columns):,} columns. Up to {MOST_ROWS:,} "
            f"and {MOST_COLUMNS:,} are read; cut it into several files."
        )
    lines = []
    ragged = []
    for line, cells in rows[1:]:
        if any(cell.strip() for cell in cells[len(columns) :]):
            ragged.append(line)
        padded = [*cells, *[""] * len(columns)]
        lines.append((line, dict(zip(columns, padded, strict=False))))
    if ragged:
        named = ", ".join(map(str, ragged[:_MOST_NAMED])) + " …" * (len(ragged) > _MOST_NAMED)
        remarks.append(
            f"{file}: lines {named} have more cells than there are heads; what stands beyond is "
            "not read. Often a comma stands without quotation marks."
        )
    return AnswerFile(file=file, columns=columns, lines=tuple(lines), remarks=tuple(remarks))


def _columns(heads: Sequence[str]) -> tuple[str, ...]:
    """The heads, numbered where two are alike or one is empty."""
    while heads and not heads[-1].strip():
        heads = heads[:-1]
    columns: list[str] = []
    for number, head in enumerate(heads, 1):
        name = " ".join(head.split()) or f"Column {number}"
        columns.append(f"{name} ({number})" if name in columns else name)
    return tuple(columns)


def _of_csv(data: bytes, file: str, remarks: list[str]) -> Iterator[tuple[int, list[str]]]:
    decoded = decode(data, file)
    remarks += [str(problem) for problem in decoded.problems]
    if not decoded.encoding and data:
        raise Invalid(remarks[0])
    text = decoded.clean.decode()
    csv.field_size_limit(_LONGEST_CELL)
    first = next((line for line in text.splitlines() if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    begin = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begin, [_unguarded(cell) for cell in row]
            begin = reader.line_num + 1
    except csv.Error as error:
        raise Invalid(f"{file}, line {begin}: it cannot be read as a table ({error}).") from error


def _of_workbook(data: bytes, file: str, remarks: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows of the first sheet that has any."""
    if reason := sheets.refusal(data):
        raise Invalid(f"{file} is not opened: {reason}.")
    found = sheets.read_sheets(data)
    remarks += [str(problem) for problem in sheets.damages(found, file)]
    used = [sheet for sheet in found if sheet.rows]
    if len(used) > 1:
        remarks.append(f"{file} has several sheets; only “{used[0].title}” is read.")
    for row in used[0].rows if used else ():
        yield row.line, [_unguarded(cell) for cell in row.cells]


def _unguarded(cell: str) -> str:
    """A cell without the apostrophe by which our own tables keep a text from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t") else cell
