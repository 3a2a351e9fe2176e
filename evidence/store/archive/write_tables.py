"""The tables of a review on their way out: row by row, whatever their number."""

import csv
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from tempfile import TemporaryFile
from typing import Any

from sqlalchemy import JSON, Column, Connection, Select, Table, Text, cast, func, select

from evidence.store.archive.cells import BESIDE, cell_writer, kind_of
from evidence.store.archive.container import ArchiveWriter
from evidence.store.archive.parts import is_bytes, is_part, part_name, part_of
from evidence.store.archive.review_tables import REVIEW_TABLES, ReviewTable, key_of
from evidence.store.id_batches import batches
from evidence.store.schema import person

TABLES = "tables"  # the folder
AT_ONCE = 500  # rows that stand in memory together
TOLD = 1_000  # rows after which it is told how many are written

Told = Callable[[int, int, str], None]
"""Hears how many rows are done, of how many, and of which table."""


def table_path(table: Table) -> str:
    """Where a table stands in an archive."""
    return f"{TABLES}/{table.name}.csv"


def number_of_rows(connection: Connection, review_id: int) -> int:
    """How many rows a review has in all tables."""
    return sum(
        connection.execute(
            select(func.count()).select_from(each.table).where(each.of_review(review_id))
        ).scalar_one()
        for each in REVIEW_TABLES
    )


def write_tables(
    connection: Connection,
    review_id: int,
    archive: ArchiveWriter,
    *,
    with_full_texts: bool,
    tell: Told,
) -> None:
    """Write all rows of a review, and the people whom they name."""
    total = number_of_rows(connection, review_id)
    people: set[int] = set()
    done = 0

    def rows_of(each: ReviewTable) -> Iterator[Any]:
        nonlocal done
        for row in _stored(connection, each, review_id):
            people.update(row[column.name] for column in each.people if row[column.name])
            done += 1
            if done % TOLD == 0:
                tell(done, total, each.name)
            yield row

    for each in REVIEW_TABLES:
        _write(archive, each.table, rows_of(each), with_full_texts=with_full_texts)
    named = (
        row for batch in batches(people) for row in connection.execute(_people(batch)).mappings()
    )
    _write(archive, person, named, with_full_texts=with_full_texts)


def _people(ids: list[int]) -> Select[Any]:
    return select(person).where(person.c.id.in_(ids)).order_by(person.c.id)


def _stored(connection: Connection, each: ReviewTable, review_id: int) -> Iterator[Any]:
    """The rows of a table by number, JSON as its text; files stand in memory one at a time."""
    columns = (cast(c, Text).label(c.name) if isinstance(c.type, JSON) else c for c in each.table.c)
    query = select(*columns).where(each.of_review(review_id)).order_by(key_of(each.table))
    at_once = 1 if any(is_bytes(column) for column in each.table.c) else AT_ONCE
    rows = connection.execute(query, execution_options={"yield_per": at_once})
    yield from rows.mappings()


def _write(
    archive: ArchiveWriter, table: Table, rows: Iterator[Any], *, with_full_texts: bool
) -> None:
    key = key_of(table).name
    cells = [
        (column.name, _cell_of(archive, column, with_full_texts=with_full_texts))
        for column in table.c
    ]
    with TemporaryFile() as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
        writer = csv.writer(text)  # its line ends make it quote those within texts
        writer.writerow([name for name, _ in cells])
        count = 0
        for row in rows:
            number = row[key]
            writer.writerow([cell(row[name], number) for name, cell in cells])
            count += 1
        text.flush()
        archive.add_table(table_path(table), file, count)
        text.detach()


def _cell_of(
    archive: ArchiveWriter, column: Column[Any], *, with_full_texts: bool
) -> Callable[[Any, int], str]:
    """What makes a cell of a value and of its row's number; values that stand in files are written
    there.
    """
    part, write = part_of(column), cell_writer(column)
    can_be_long = part.is_always or kind_of(column) in {"string", "any"}

    def cell(value: Any, number: int) -> str:
        if part.is_full_text and not with_full_texts:
            return ""
        if not can_be_long or not is_part(part, value):
            return write(value)
        name = part_name(column, number)
        archive.add(name, part.content(value))
        return f"{BESIDE}{name}"

    return cell
