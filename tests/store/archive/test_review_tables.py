"""Every table and every column of the schema has its place in an archive, or a reason for none."""

from sqlalchemy import JSON, LargeBinary, Table

from evidence.store.archive.numbers_in_values import NUMBERS, WITHOUT_NUMBERS
from evidence.store.archive.parts import PARTS
from evidence.store.archive.review_tables import LEFT_OUT, REVIEW_TABLES, key_of, named_table
from evidence.store.schema import coding_change, metadata, person, review


def test_every_table_belongs_to_the_walk_or_says_why_not() -> None:
    walked = {each.table for each in REVIEW_TABLES}
    assert walked | set(LEFT_OUT) | {person} == set(metadata.tables.values())
    assert walked.isdisjoint(LEFT_OUT)


def test_every_row_comes_after_the_rows_that_it_names() -> None:
    before: set[Table] = {person}
    for each in REVIEW_TABLES:
        before.add(each.table)
        named = {named_table(column) for column in each.table.c} - {None}
        assert named <= before, each.name


def test_a_way_ends_at_the_review_and_is_never_empty() -> None:
    for each in REVIEW_TABLES:
        *between, last = each.way
        assert last is review.c.id or named_table(last) is review, each.name
        assert not any(column.nullable for column in (*between, last)), each.name
        assert key_of(each.table) in set(each.table.c)


def test_every_column_that_could_hold_numbers_of_rows_is_declared() -> None:
    """A new column of JSON or bytes fails here until somebody says whether it names rows."""
    columns = {
        column
        for table in metadata.tables.values()
        for column in table.c
        if isinstance(column.type, JSON | LargeBinary)
    }
    texts = {coding_change.c.client_id}
    assert set(NUMBERS) | WITHOUT_NUMBERS == columns | texts
    assert WITHOUT_NUMBERS.isdisjoint(NUMBERS)


def test_bytes_of_a_review_have_a_place_among_the_files() -> None:
    columns = {column for each in REVIEW_TABLES for column in each.table.c}
    of_bytes = {column for column in columns if isinstance(column.type, LargeBinary)}
    assert of_bytes <= set(PARTS) <= columns
