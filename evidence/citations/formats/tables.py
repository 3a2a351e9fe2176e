"""Tables nobody has seen before: which columns there are, and what each may mean.

`find_tables` shows the columns with a guess, a person corrects it, `open_table` reads with the
result.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from evidence.citations import identifiers
from evidence.citations.formats import archives, column_meanings, csv_table, sheet_count, sheets
from evidence.citations.formats.decoding import decode
from evidence.citations.formats.delimited import guess_layout, is_regular, rows
from evidence.citations.formats.detect import OpenedFile, why_no_entries
from evidence.citations.formats.table_layout import Header, Row, guess_header
from evidence.errors import Invalid

# What a column can be said to hold: the word, and the words for people.
MEANINGS: Mapping[str, str] = {
    word: meaning.label for word, meaning in column_meanings.MEANINGS.items()
}

_SAMPLES = 5
_LOOKED_AT = 100  # values of a column from which its meaning is guessed
_LONG = 300  # characters; longer texts are abstracts
_WORDS = 4  # fewer than most titles have
_YEARS = range(1500, 2100)

_BY_CONTENT: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("doi", lambda text: bool(identifiers.doi(text))),
    ("urls", lambda text: text.startswith(("http://", "https://"))),
    ("year", lambda text: text.isdecimal() and int(text[:9]) in _YEARS),
    ("abstract", lambda text: len(text) > _LONG),
    ("title", lambda text: len(text.split()) >= _WORDS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes:
        name: as the header has it; where two are alike, the second is `name (2)`.
        guess: a word of MEANINGS, None where nothing suggests one.
        known: the word as which it is read if nobody says what it means, None if it is not read.
        samples: the first values that it holds.
    """

    name: str
    guess: str | None
    samples: tuple[str, ...]
    known: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A delimited text, or one sheet of a workbook.

    Attributes:
        sheet: its title, empty for a text.
        rows: how many there are below the header.
        regular: whether it is laid out so that it can hardly be anything else than a table.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: int
    regular: bool = False

    @property
    def mapping(self) -> dict[str, str | None]:
        """What is guessed of each column, to be corrected."""
        return {column.name: column.guess for column in self.columns}


def find_tables(data: bytes, name: str) -> tuple[Table, ...]:
    """The tables of a file: one of a delimited text, one for each sheet of a workbook."""
    if archives.kind(data) is archives.Kind.WORKBOOK:
        headed = ((sheet, guess_header(sheet.rows)) for sheet in _sheets(data))
        return tuple(
            replace(
                _table(sheet.title, header, sheet.rows, sheet_count.count_as(data, header)),
                regular=len(header.names) > 1,
            )
            for sheet, header in headed
            if header
        )
    clean = decode(data, name).clean
    layout = guess_layout(clean)
    if layout is None:
        return ()
    below = _first(rows(clean, layout.delimiter), layout.header)
    table = _table("", layout.header, below, csv_table.count_as(clean, layout))
    return (replace(table, regular=is_regular(clean, layout)),)


def open_table(
    data: bytes, name: str, mapping: Mapping[str, str | None], sheet: str = ""
) -> OpenedFile:
    """A table whose columns mean what somebody says; the others are kept in the fields.

    Args:
        data: the file.
        name: its name.
        mapping: a word of MEANINGS, or None, by the name of a column as `find_tables` gives it.
        sheet: the title of a sheet; for a workbook with several tables.

    Raises:
        Invalid: a column, a sheet or a word that there is not.
    """
    if archives.kind(data) is archives.Kind.WORKBOOK:
        return _open_sheet(data, name, mapping, sheet)
    decoded = decode(data, name)
    layout = guess_layout(decoded.clean)
    if layout is None:
        problems = (*decoded.problems, *why_no_entries(decoded, name))
        return OpenedFile(
            file=name, format="", encoding=decoded.encoding, seen=0, problems=problems
        )
    meant = replace(layout, header=_with_meanings(layout.header, mapping))
    return OpenedFile(
        file=name,
        format=csv_table.FORMAT.name,
        encoding=decoded.encoding,
        seen=csv_table.count_as(decoded.clean, meant),
        problems=decoded.problems,
        clean=decoded.clean,
        reader=lambda clean, file: csv_table.read_as(clean, meant, file),
    )


def unused_columns(
    sheets: Sequence[Table], mapping: Mapping[str, Mapping[str, str | None]]
) -> tuple[str, ...]:
    """The columns that no part of a reference comes from, those that hold anything first.

    Args:
        sheets: the tables of a file.
        mapping: what their columns mean to a person, by sheet and column; empty where nobody was
            asked.
    """
    unused: list[Column] = []
    for table in sheets:
        meanings = mapping.get(table.sheet, {}) if mapping else None
        words = {
            column: column.known if meanings is None else meanings.get(column.name)
            for column in table.columns
        }
        if "title" in words.values():  # else nothing of it is read
            unused += [column for column in table.columns if not words[column]]
    return tuple(column.name for column in sorted(unused, key=lambda column: not column.samples))


def _open_sheet(
    data: bytes, name: str, mapping: Mapping[str, str | None], title: str
) -> OpenedFile:
    candidates = [sheet for sheet in _sheets(data) if not title or sheet.title == title]
    header = guess_header(candidates[0].rows) if candidates else None
    if header is None:
        raise Invalid(f"“{name}” has no sheet “{title}” with a table.")
    meant = _with_meanings(header, mapping)
    return OpenedFile(
        file=name,
        format=sheets.FORMAT.name,
        encoding="",
        seen=sheet_count.count_as(data, meant),
        problems=tuple(sheets.damages(candidates[:1], name)),
        clean=data,
        reader=lambda _, file: sheets.read_as(candidates[0], meant, file),
    )


def _sheets(data: bytes) -> tuple[sheets.Sheet, ...]:
    return (
        ()
        if sheets.refusal(data)
        else tuple(sheet for sheet in sheets.read_sheets(data) if sheet.rows)
    )


def _with_meanings(header: Header, mapping: Mapping[str, str | None]) -> Header:
    """The header with the meanings that somebody gave."""
    names = _unique(header.names)
    if unknown := [name for name in mapping if name not in names]:
        raise Invalid(f"There is no column “{unknown[0]}” in the table.")
    if wrong := [word for word in mapping.values() if word and word not in MEANINGS]:
        raise Invalid(f"A column cannot hold “{wrong[0]}”; it can hold {', '.join(MEANINGS)}.")
    return replace(header, words=tuple(mapping.get(name) for name in names))


def _unique(names: Sequence[str]) -> list[str]:
    """The names, none of which repeats another; an empty one is `column 3`."""
    unique: list[str] = []
    for number, name in enumerate(names, 1):
        candidate, copies = name or f"column {number}", 1
        while candidate in unique:
            copies += 1
            candidate = f"{name or f'column {number}'} ({copies})"
        unique.append(candidate)
    return unique


def _first(rows: Iterable[Row], header: Header) -> tuple[Row, ...]:
    """The first rows of a table, from its header on."""
    return tuple(islice((row for row in rows if row.line >= header.line), _LOOKED_AT))


def _table(sheet: str, header: Header, rows: Sequence[Row], rows_below: int) -> Table:
    below = [row.cells for row in rows[: 2 * _LOOKED_AT] if row.line > header.line][:_LOOKED_AT]
    values_by_column = [
        [text for cells in below if at < len(cells) and (text := cells[at].strip())]
        for at in range(len(header.names))
    ]
    guesses = _by_content(column_meanings.guessed_meanings(header.names), values_by_column)
    words = header.words if header.known_count else (None,) * len(guesses)
    by_column = zip(_unique(header.names), guesses, values_by_column, words, strict=True)
    return Table(
        sheet=sheet,
        columns=tuple(
            Column(name=name, guess=guess, samples=tuple(values[:_SAMPLES]), known=word)
            for name, guess, values, word in by_column
        ),
        rows=rows_below,
    )


def _by_content(
    words: list[str | None], values_by_column: Sequence[Sequence[str]]
) -> list[str | None]:
    """The guesses, with those that the values suggest where the names do not."""
    for word, fits in _BY_CONTENT:
        for number, values in enumerate(values_by_column):
            most_fit = 2 * sum(map(fits, values)) > len(values)
            if word not in words and words[number] is None and most_fit:
                words[number] = word
    return words
