"""Effect directions written as plain rows, one finding a row, as people keep them in a table."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.coding.findings import Direction, Finding
from evidence.coding.scheme import Of
from evidence.problems import Code, Problem
from evidence.synthesis.dimensions import Dimension, Heading
from evidence.synthesis.direction_rules import USUAL, DirectionRules
from evidence.synthesis.direction_spellings import COLUMNS, DIRECTIONS, REQUIRED
from evidence.synthesis.directions import EffectDirections, contrasts_of, effect_directions
from evidence.synthesis.group_people import read_people
from evidence.synthesis.studies import CodedStudy


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionRow:
    """One finding as a row says it.

    Attributes:
        direction: NOT_STATED where the row's word was not understood; a problem says so.
        line: where the row begins, counted from 1, the line of heads included.
    """

    line: int
    study: str
    outcome: str
    direction: Direction
    n_intervention: int | None = None
    contrast: str = ""


def read_rows(
    lines: Iterable[str], name: str
) -> tuple[tuple[DirectionRow, ...], tuple[Problem, ...]]:
    """Read CSV text with the columns study, outcome, direction and, if known, n_intervention.

    A column `contrast` is understood too. Commas, semicolons or tabs part the columns.

    Args:
        lines: of the text, with or without their line ends.
        name: of the file, for the problems.
    """
    text = [line.removeprefix("\ufeff").rstrip("\r\n") + "\n" for line in lines]
    notes = _Notes(name)
    table = _table(text, notes)
    line, head = next(table, (1, []))
    if not head:
        return (), (Problem(code=Code.FILE_EMPTY, file=name),)
    columns = _columns(head)
    missing = [column for column in REQUIRED if column not in columns]
    if missing:
        heads = ", ".join(f"“{cell}”" for cell in head)
        notes.unreadable(line, f"no column {' or '.join(missing)}; the heads are {heads}")
        return (), tuple(notes.problems)
    if "n_intervention" not in columns:
        notes.repaired(line, "no column n_intervention: sizes are unknown")
    cells_by_line = ((line, _cells(row, head, columns, notes, line)) for line, row in table)
    rows = tuple(_row(line, cells, notes) for line, cells in cells_by_line if cells)
    return rows, tuple(notes.problems)


def studies_of(rows: Sequence[DirectionRow]) -> tuple[CodedStudy, ...]:
    """Join the rows of each study; studies are told apart by what the rows call them."""
    findings: dict[str, list[Finding]] = {}
    for row in rows:
        findings.setdefault(row.study, []).append(
            Finding(
                intervention="",
                outcome=row.outcome,
                contrast=row.contrast,
                direction=row.direction,
                n_intervention=row.n_intervention,
            )
        )
    return tuple(
        CodedStudy(id=number, label=label, year=None, codes={}, findings=tuple(study_findings))
        for number, (label, study_findings) in enumerate(findings.items(), start=1)
    )


def from_rows(
    rows: Sequence[DirectionRow], rules: DirectionRules = USUAL
) -> tuple[EffectDirections, ...]:
    """One result for each type of contrast, since these are never pooled unasked."""
    studies = studies_of(rows)
    outcomes = _outcomes(rows)
    return tuple(
        effect_directions(studies, outcomes, (contrast,), rules=rules)
        for contrast in contrasts_of(studies)
    )


class _Notes:
    """The problems of one file as they are met."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def unreadable(self, line: int, detail: str) -> None:
        self._add(Code.VALUE_UNREADABLE, line, detail)

    def repaired(self, line: int, detail: str) -> None:
        self._add(Code.FIELD_REPAIRED, line, detail)

    def _add(self, code: Code, line: int, detail: str) -> None:
        self.problems.append(Problem(code=code, file=self.file, line=line, detail=detail))


def _table(text: Sequence[str], notes: _Notes) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the line it begins on."""
    head = next((line for line in text if line.strip()), "")
    reader = csv.reader(text, delimiter=max(",;\t", key=head.count))
    begin = 1
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield begin, cells
            begin = reader.line_num + 1
    except csv.Error as error:
        notes.unreadable(begin, f"the rest of the file was not read: {error}")


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Where each column stands; the first one counts where two have the same meaning."""
    plain = [re.sub(r"[\s_-]+", " ", cell).strip().casefold() for cell in head]
    place_of: dict[str, int] = {}
    for column, heads in COLUMNS.items():
        places = [place for place, cell in enumerate(plain) if cell in heads]
        if places:
            place_of[column] = places[0]
    return place_of


def _cells(
    row: Sequence[str],
    head: Sequence[str],
    columns: Mapping[str, int],
    notes: _Notes,
    line: int,
) -> dict[str, str]:
    """The cells of a row by column; empty where the row cannot be used."""
    if any(row[len(head) :]):
        notes.unreadable(
            line,
            "more cells than heads, perhaps a comma without quotation marks; the row was left out",
        )
        return {}
    padded = [*row, *[""] * len(head)]
    cells = {column: padded[place] for column, place in columns.items()}
    blank = [column for column in ("study", "outcome") if not cells[column]]
    if blank:
        notes.unreadable(line, f"no {' and no '.join(blank)}; the row was left out")
        return {}
    return cells


def _row(line: int, cells: Mapping[str, str], notes: _Notes) -> DirectionRow:
    return DirectionRow(
        line=line,
        study=cells["study"],
        outcome=cells["outcome"],
        direction=_direction(cells["direction"], notes, line),
        n_intervention=_number(cells.get("n_intervention", ""), notes, line),
        contrast=cells.get("contrast", ""),
    )


def _direction(written: str, notes: _Notes, line: int) -> Direction:
    if not written:
        notes.repaired(line, "no direction, read as not stated")
        return Direction.NOT_STATED
    direction = DIRECTIONS.get(written.casefold())
    if direction is None:
        notes.unreadable(line, f"direction “{written}”, counted as not stated")
        return Direction.NOT_STATED
    return direction


def _number(written: str, notes: _Notes, line: int) -> int | None:
    if not written:
        return None
    number = read_people(written)
    if number is None:
        notes.unreadable(line, f"n_intervention “{written}”, taken as unknown")
        return None
    if str(number) != written:
        notes.repaired(line, f"n_intervention “{written}”, read as {number}")
    return number


def _outcomes(rows: Sequence[DirectionRow]) -> Dimension:
    names = dict.fromkeys(row.outcome for row in rows)
    return Dimension(
        id="axis:outcome",
        title="Outcome",
        of=Of.FINDING,
        headings=tuple(Heading(id=n, label=n, covers=frozenset({n})) for n in names),
    )
