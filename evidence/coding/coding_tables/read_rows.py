"""From tables back to what left, with all that is wrong named by file and line.

A row that cannot be read is left out and named; what hangs on it is named, too.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from evidence.citations.formats.cells import restore_cell
from evidence.coding.coding_tables import cells, columns
from evidence.coding.coding_tables.columns import Column, Kind, Table
from evidence.coding.coding_tables.finding_columns import FINDING_FIELDS
from evidence.coding.coding_tables.raw_tables import RawTable, TableProblem
from evidence.coding.coding_tables.write_rows import is_label_column
from evidence.coding.finding_fields import ANSWER, ANSWER_NOTE

Made = TypeVar("Made")


class UnreadableRow(Exception):
    """A row that cannot be read; its text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table, with its texts by column."""

    file: str
    line: int
    texts: Mapping[str, str]

    def text(self, column: str) -> str:
        """A text as it was written."""
        return self.texts[column]

    def number(self, column: str) -> int:
        """A whole number."""
        text = self.texts[column].strip()
        if not text.isascii() or not text.isdecimal() or len(text) > 18:  # noqa: PLR2004 - of a row
            raise UnreadableRow(f"“{text[:40]}” in {column} is no whole number.")
        return int(text)

    def number_or_none(self, column: str) -> int | None:
        """A whole number, or nothing."""
        return self.number(column) if self.texts[column].strip() else None

    def yes_no(self, column: str) -> bool:
        """Yes or no."""
        text = self.texts[column].strip().lower()
        if text not in {"yes", "no"}:
            raise UnreadableRow(f"“{text[:40]}” in {column} is neither yes nor no.")
        return text == "yes"

    def moment(self, column: str) -> datetime:
        """A point in time, with its zone."""
        text = self.texts[column].strip()
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise UnreadableRow(
                f"“{text[:40]}” in {column} is no date and time such as 2026-11-22T12:00:00+00:00."
            )
        return moment

    def moment_or_none(self, column: str) -> datetime | None:
        """A point in time, or nothing."""
        return self.moment(column) if self.texts[column].strip() else None


@dataclass(slots=True)
class Reading:
    """The rows of all tables, and what is wrong with them so far."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    problems: list[TableProblem] = field(default_factory=list)

    def each(self, table: Table, make: Callable[[Row], Made]) -> Iterator[tuple[Row, Made]]:
        """What the rows of a table say; a row that cannot be read is named and left out."""
        for row in self.rows[table.name]:
            try:
                yield row, make(row)
            except UnreadableRow as error:
                self.refuse(row, str(error))

    def refuse(self, row: Row, why: str) -> None:
        """Name a row that is left out."""
        sentence = f"{why} The row was left out; correct it, or export the codings again."
        self.problems.append(TableProblem(file=row.file, line=row.line, sentence=sentence))


def open_tables(
    tables: Sequence[RawTable], problems: Sequence[TableProblem], name: str, *, has_long_texts: bool
) -> Reading:
    """The rows of the tables that are read back, each with all its columns.

    Args:
        tables: as they stand in the file or folder.
        problems: what was wrong with it before.
        name: of the file or folder.
        has_long_texts: whether cells may name texts that stand in the table long_texts.
    """
    reading = Reading(problems=list(problems))
    long_texts = _long_texts(tables, reading) if has_long_texts else None
    there = {table.name for table in tables}
    for table in tables:
        if table.name not in columns.TABLES:
            sentence = "It is no table of codings, so it was not read."
            reading.problems.append(TableProblem(file=table.file, sentence=sentence, is_lost=False))
        elif not columns.TABLES[table.name].for_people and table.name != columns.LONG_TEXTS:
            reading.rows[table.name] += _rows(table, long_texts, reading)
    missing = [
        table.name
        for table in columns.TABLES.values()
        if not table.for_people and table is not columns.LONG and table.name not in there
    ]
    if missing and (tables or not problems):
        sentence = f"There is no table {', '.join(missing)}; export the codings again."
        reading.problems.append(TableProblem(file=name, sentence=sentence))
    return reading


def _long_texts(tables: Iterable[RawTable], reading: Reading) -> dict[int, str]:
    parts: dict[int, dict[int, str]] = defaultdict(dict)
    of_text: dict[int, int] = {}
    for table in tables:
        if table.name == columns.LONG_TEXTS:
            for row in _rows(table, None, reading, restore=False):
                try:
                    number = row.number("number")
                    parts[number][row.number("part")] = row.text("text")
                    of_text[number] = row.number("parts")
                except UnreadableRow as error:
                    reading.refuse(row, str(error))
    return {
        number: cells.whole([found[part] for part in sorted(found)])
        for number, found in parts.items()
        if sorted(found) == list(range(1, of_text[number] + 1))
    }


def _rows(
    table: RawTable,
    long_texts: Mapping[int, str] | None,
    reading: Reading,
    *,
    restore: bool = True,
) -> list[Row]:
    meant = columns.TABLES[table.name]
    kinds = _wanted(table, meant, reading)
    if kinds is None:
        return []
    since = {
        column.name: column.where_absent
        for column in meant.columns
        if column.where_absent is not None and column.name not in table.head
    }
    rows = []
    for line, values in table.rows:
        texts, problems = dict(since), []
        for (name, column), value in zip(kinds, _padded(values, len(kinds)), strict=False):
            if column is None:
                continue
            cell, changed = _text(value)
            if changed and column.kind is Kind.TEXT:
                problems.append(
                    f"A program made {changed} of the text in {name}: “{cell[:40]}”. It is taken "
                    "as it stands; look whether it is what was written."
                )
            text: str | None = cell
            if restore:
                known = long_texts is not None
                text = cells.text_of(cell, long_texts or {}) if known else restore_cell(cell)
            if text is None:
                problems.append(
                    f"The whole text of {name} is not in {columns.LONG_TEXTS}; its beginning was "
                    "taken. Export the codings again."
                )
            texts[name] = cell if text is None else text
        if any(str(value or "").strip() for value in values[len(kinds) :]):
            problems.append("It has more cells than the table has columns; they were not read.")
        reading.problems += [
            TableProblem(file=table.file, line=line, sentence=sentence) for sentence in problems
        ]
        rows.append(Row(file=table.file, line=line, texts=texts))
    return rows


def _wanted(
    table: RawTable, meant: Table, reading: Reading
) -> list[tuple[str, Column | None]] | None:
    """For each column its name and what it is, None for one that is not read; None for a table
    that lacks columns.
    """
    by_name: dict[str, Column | None] = {
        column.name: None if column.for_people else column for column in meant.columns
    }
    absent = [column for name, column in by_name.items() if column and name not in table.head]
    missing = [column.name for column in absent if column.where_absent is None]
    twice = sorted({name for name in table.head if name and list(table.head).count(name) > 1})
    if missing or twice:
        what = f"the column {', '.join(missing)} is missing" if missing else ""
        what = what or f"the column {', '.join(twice)} is there twice"
        sentence = f"It was not read: {what}. Export the codings again."
        reading.problems.append(TableProblem(file=table.file, line=1, sentence=sentence))
        return None
    wanted, unknown = [], []
    for name in table.head:
        column = by_name.get(name)
        if name not in by_name:
            is_answer = meant is columns.FINDINGS and name.startswith((ANSWER, ANSWER_NOTE))
            column = Column(name=name, meaning="") if is_answer else None
            told = meant is columns.FINDINGS and is_label_column(name)
            if not (is_answer or told) and name:
                unknown.append(name)
        wanted.append((name, column))
    if unknown:
        sentence = f"The column {', '.join(unknown)} is not known here, so it was not read."
        problem = TableProblem(file=table.file, line=1, sentence=sentence, is_lost=False)
        reading.problems.append(problem)
    return wanted


def _padded(values: Sequence[object], columns_: int) -> Sequence[object]:
    return [*values, *("" for _ in range(columns_ - len(values)))]


def _text(value: object) -> tuple[str, str]:
    """A cell as a text, and what a spreadsheet program made of it where it is none any more."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return value, ""
    if isinstance(value, bool):
        return str(value).upper(), "a logical value"
    if isinstance(value, int | float):
        is_whole = isinstance(value, float) and value.is_integer()
        return str(int(value) if is_whole else value), "a number"
    return str(value), "a date"


def fields_of(row: Row, scheme: str) -> dict[str, str]:
    """The fields of a finding; questions lose their scheme again.

    Raises:
        UnreadableRow: an answer is to another scheme than the coding's, or what stands in the
            column further_fields is no JSON of texts.
    """
    named = {name: row.text(name) for name in FINDING_FIELDS}
    named |= {name: text for name, text in row.texts.items() if _group(name)}
    further = row.text(columns.FURTHER)
    if further.strip():
        try:
            more = json.loads(further)
        except ValueError:
            more = None
        if not isinstance(more, dict) or not all(isinstance(each, str) for each in more.values()):
            raise UnreadableRow(f"What stands in {columns.FURTHER} is no JSON of texts.")
        named |= more
    return {_plain_name(name, scheme): text for name, text in named.items() if text}


def _group(name: str) -> str:
    return next((group for group in (ANSWER, ANSWER_NOTE) if name.startswith(group)), "")


def _plain_name(name: str, scheme: str) -> str:
    group = _group(name)
    return group + question_of(name.removeprefix(group), scheme) if group else name


def question_of(text: str, scheme: str) -> str:
    """The id of a question without its scheme.

    Raises:
        UnreadableRow: it is a question of another scheme than the coding's.
    """
    named, slash, question = text.partition("/")
    if named != scheme or not slash or not question:
        raise UnreadableRow(f"“{text[:80]}” is no question of the coding's scheme, {scheme}.")
    return question
