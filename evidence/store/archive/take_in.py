"""The rows of an archive on their way into a database: with new numbers, in one transaction.

Each table's new numbers are taken before its first row goes in, in the order of the old ones: the
newest row of something stays the newest.
"""

import json
from array import array
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, Column, Connection, Table, insert, select, text
from sqlalchemy.exc import DataError, IntegrityError

from evidence import __version__
from evidence.errors import Invalid
from evidence.store import migrate
from evidence.store.archive.cells import kind_of
from evidence.store.archive.container import ArchiveFile, Manifest
from evidence.store.archive.numbers_in_values import NUMBERS
from evidence.store.archive.parts import is_bytes, part_of
from evidence.store.archive.read_tables import CheckedTables, FileName, ReadRow, rows_of
from evidence.store.archive.review_tables import REVIEW_TABLES, named_table
from evidence.store.archive.write_tables import Told, table_path
from evidence.store.bulk import insert_rows, new_ids, to_json, to_moment, update_rows
from evidence.store.schema import map_version, person, review

AT_ONCE = 500  # rows that one statement inserts
MOST_BYTES = 16_000_000  # of files that wait to be inserted together
LONGEST_NAME = 100  # letters of a person's name
_TOLD = 1_000  # rows

NumberHere = Callable[[Table, int], int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPerson:
    """Somebody whom an archive names.

    Attributes:
        name: in the archive.
        name_here: by which they are known here; another one where somebody had the name already.
        was_here: whether they are the person of that name who was here before.
    """

    name: str
    name_here: str
    was_here: bool


def refuse_newer(manifest: Manifest) -> None:
    """See that this Waymark knows all that an archive can hold.

    Raises:
        Invalid: it was made by a newer Waymark, or by one with another form of its database.
    """
    newest = migrate.newest_step()
    if migrate.is_known(manifest.schema) and (
        manifest.schema != newest or _parts(manifest.program) <= _parts(__version__)
    ):
        return
    raise Invalid(
        f"The archive was made by Waymark {manifest.program} (step {manifest.schema} of its "
        f"database), which is newer than this one ({__version__}, step {newest}). Use the "
        "newest Waymark; nothing was taken in."
    )


def _parts(version: str) -> list[int]:
    return [int(part) if part.isdecimal() else 0 for part in version.split(".")]


def insert_people(
    connection: Connection,
    checked: CheckedTables,
    same: Collection[str],
) -> tuple[dict[int, int], list[TakenPerson]]:
    """Everybody whom the archive names, as persons of their own or, of these names, as those who
    are here; gives the new number of each.
    """
    here = {name: number for number, name in connection.execute(_everybody())}
    free = dict.fromkeys(here)
    wanted = set(same)
    numbers, taken = {}, []
    for number, (name, created_at) in checked.people.items():
        was_here = name in wanted and name in here
        if was_here:
            numbers[number], name_here = here[name], name
            wanted.discard(name)
        else:
            name_here = _free_name(name, free)
            values = {"name": name_here, "created_at": created_at}
            query = insert(person).values(**values).returning(person.c.id)
            numbers[number] = int(connection.execute(query).scalar_one())
        free[name_here] = None
        taken.append(TakenPerson(name=name, name_here=name_here, was_here=was_here))
    return numbers, taken


def _everybody() -> Any:
    return select(person.c.id, person.c.name).order_by(person.c.id.desc())  # the oldest is kept


def _free_name(name: str, taken: Collection[str]) -> str:
    names = (f"{name[: LONGEST_NAME - 6]} ({number})" for number in range(2, 1000))
    return name if name not in taken else next(each for each in names if each not in taken)


def insert_review(
    connection: Connection,
    archive: ArchiveFile,
    checked: CheckedTables,
    people: Mapping[int, int],
    tell: Told,
) -> int:
    """All rows of the review; gives its number here.

    Raises:
        Invalid: rows name rows that are not there, or contradict each other.
    """
    new = _NewNumbers(connection, checked, people)
    done = 0
    for each in REVIEW_TABLES:
        table = Insertion(connection, archive, each.table, new.of)
        for row in rows_of(archive, each.table):
            table.add(row)
            done += 1
            if done % _TOLD == 0:
                tell(done, checked.rows, each.name)
        table.end()
    (number,) = checked.numbers[review]
    return new.of(review, number) or 0


class _NewNumbers:
    """The numbers that rows get here."""

    def __init__(
        self, connection: Connection, checked: CheckedTables, people: Mapping[int, int]
    ) -> None:
        self._checked = checked
        self._people = people
        self._new = {
            each.table: array("q", _numbers(connection, each.table, checked))
            for each in REVIEW_TABLES
            if "id" in each.table.c
        }

    def of(self, table: Table, number: int) -> int | None:
        """The new number of a row; None where the archive has no such row."""
        if table is person:
            return self._people.get(number)
        place = self._checked.place(table, number)
        return None if place is None else self._new[table][place]


def _numbers(connection: Connection, table: Table, checked: CheckedTables) -> list[int]:
    """As many numbers as the table has rows, none of which was ever given to a row that may still
    be named.
    """
    count = len(checked.numbers[table])
    if connection.dialect.name == "sqlite" and table.dialect_options["sqlite"]["autoincrement"]:
        query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        last = connection.execute(query, {"name": table.name}).scalar_one_or_none() or 0
        return list(range(last + 1, last + 1 + count))
    return new_ids(connection, table, count)


class Insertion:
    """Rows of one table that wait to be inserted together."""

    def __init__(
        self, connection: Connection, archive: ArchiveFile, table: Table, new: NumberHere
    ) -> None:
        """Begin with no row.

        Args:
            connection: of a transaction that writes.
            archive: with the files that rows name.
            table: into which they go.
            new: gives the number here of a row; None where the archive has no such row.
        """
        self._connection = connection
        self._archive = archive
        self._table = table
        self._new = new
        self._rows: list[tuple[Any, ...]] = []
        self._bytes = 0
        self._later: dict[Column[Any], list[tuple[int, int]]] = {}
        self._columns = list(table.c)
        self._own = [place for place, column in enumerate(table.c) if named_table(column) is table]
        self._converts = [self._convert(column) for column in table.c]

    def add(self, row: ReadRow) -> None:
        """Let a row go in."""
        values = [
            value if value is None or convert is None else convert(row, value)
            for convert, value in zip(self._converts, row.values, strict=True)
        ]
        if self._table is map_version:
            self._follow_document(values)
        for place in self._own:
            if values[place] is not None:
                later = self._later.setdefault(self._columns[place], [])
                later.append((values[place], values[0]))
                values[place] = None
        self._bytes += sum(len(each) for each in values if isinstance(each, bytes))
        self._rows.append(tuple(values))
        if len(self._rows) == AT_ONCE or self._bytes > MOST_BYTES:
            self._flush()

    def end(self) -> None:
        """Insert what waits; then say of rows which other rows of the table they name."""
        self._flush()
        for column, rows in self._later.items():
            update_rows(self._connection, self._table, [column.name], rows)

    def _flush(self) -> None:
        names = [column.name for column in self._table.c]
        try:
            insert_rows(self._connection, self._table, names, self._rows)
        except (IntegrityError, DataError) as error:
            raise Invalid(
                f"{table_path(self._table)}: two rows contradict each other, or one lacks what it "
                f"needs ({str(error.orig).splitlines()[0][:200]}). Nothing was taken in."
            ) from error
        self._rows.clear()
        self._bytes = 0

    def _convert(self, column: Column[Any]) -> Callable[[ReadRow, Any], Any] | None:
        """What makes of a value what goes in; None where it goes in as it is."""
        named = named_table(column)
        if named is not None or column.name == "id":
            table = self._table if named is None else named
            return lambda row, value: self._number(row, column, table, value)
        if column in NUMBERS or kind_of(column) in {"string", "any"}:
            return lambda row, value: self._text(row, column, value)
        if kind_of(column) == "datetime":
            return lambda _, value: to_moment(self._connection, value)
        return None

    def _number(self, row: ReadRow, column: Column[Any], table: Table, value: int) -> int:
        number = self._new(table, value)
        if number is None:
            raise row.fault(column, f"names row {value} of {table.name}, which is not there")
        return number

    def _text(self, row: ReadRow, column: Column[Any], value: Any) -> Any:
        if isinstance(value, FileName):
            value = self._content(row, column, value.path)
        if column in NUMBERS:
            value = self._renumbered(row, column, value)
        if is_bytes(column):
            return part_of(column).value(value.encode() if isinstance(value, str) else value)
        return value

    def _content(self, row: ReadRow, column: Column[Any], path: str) -> Any:
        content = self._archive.content(path)
        if is_bytes(column) and column not in NUMBERS:
            return content
        try:
            return content.decode()
        except UnicodeDecodeError as error:
            raise row.fault(column, f"names {path}, which is not in UTF-8") from error

    def _renumbered(self, row: ReadRow, column: Column[Any], value: str) -> str:
        try:
            if isinstance(column.type, JSON):
                return to_json(NUMBERS[column](json.loads(value), self._new))
            return str(NUMBERS[column](value, self._new))
        except (ValueError, TypeError, KeyError, RecursionError) as error:
            raise row.fault(column, f"cannot be read ({error})") from error

    def _follow_document(self, values: list[Any]) -> None:
        """A frozen map with new numbers of studies has another seal, which stands beside it."""
        packed, digest = (
            self._columns.index(column) for column in (map_version.c.document, map_version.c.digest)
        )
        content = json.loads(part_of(map_version.c.document).content(values[packed]))
        if isinstance(content, dict) and content.get("version"):
            values[digest] = str(content["version"])
