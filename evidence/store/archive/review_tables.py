"""The one walk over all that belongs to a review: which tables, how each leads to the review, in an
order in which every row comes after the rows that it names.

Ways are found in the foreign keys, so a new table belongs to the walk as soon as it leads to a
review by rows that disappear with it. A table that shall stay behind is named in LEFT_OUT.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, UniqueConstraint, and_, select

from evidence.store.schema import (
    account,
    audit_entry,
    browser,
    invitation,
    job,
    metadata,
    passkey,
    password,
    person,
    public_address,
    review,
    server_person,
    session,
    sign_in_failure,
    survey_address,
    survey_response,
    upload,
)

LEFT_OUT: Mapping[Table, str] = MappingProxyType(
    {
        browser: "by which browsers people are known here, which is nobody's business elsewhere",
        public_address: "secret addresses, under which only this installation answers",
        survey_address: "secret addresses of questionnaires, under which only this one answers",
        **dict.fromkeys(
            (account, session, password, passkey, server_person, sign_in_failure),
            "by what people sign in here, which is nobody's business elsewhere",
        ),
        invitation: "secret links, which only this installation knows",
        audit_entry: "what this server answers for",
        job: "what runs in the background at the moment",
        upload: "tables that somebody looked at and has not imported",
    }
)
"""Tables that stay behind, and why; so do hidden reviews, which hold files before their import."""

ONLY: Mapping[Table, ColumnElement[bool]] = MappingProxyType(
    {survey_response: survey_response.c.sent_at.is_not(None)}  # nobody reads one before it is sent
)
"""Of these tables only rows of which this holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewTable:
    """A table whose rows belong to reviews.

    Attributes:
        way: the columns by which a row leads to its review, one foreign key after the other; of the
            table of reviews itself its key.
        people: the columns that name people.
    """

    table: Table
    way: tuple[Column[Any], ...]
    people: tuple[Column[Any], ...]

    @property
    def name(self) -> str:
        """Of the table."""
        return self.table.name

    def of_review(self, review_id: int) -> ColumnElement[bool]:
        """Which rows belong to the review of this number."""
        belongs = _leads_to(self.way, review_id)
        return and_(belongs, ONLY[self.table]) if self.table in ONLY else belongs


def key_of(table: Table) -> Column[Any]:
    """The number by which rows of a table are told apart, and stand in order."""
    keys = list(table.primary_key.columns)
    unique = (each for each in table.constraints if isinstance(each, UniqueConstraint))
    (column,) = keys or next(list(each.columns) for each in unique if len(each.columns) == 1)
    return column


def _leads_to(way: tuple[Column[Any], ...], review_id: int) -> ColumnElement[bool]:
    first, *rest = way
    if not rest:
        return first == review_id
    parent = _target(first)
    return first.in_(select(parent).where(_leads_to(tuple(rest), review_id)))


def _target(column: Column[Any]) -> Column[Any]:
    """The column that a foreign key names."""
    (key,) = column.foreign_keys
    return key.column


def named_table(column: Column[Any]) -> Table | None:
    """The table whose rows a column names; None where it names none."""
    return _target(column).table if column.foreign_keys else None


def _walk() -> Iterator[ReviewTable]:
    ways: dict[Table, tuple[Column[Any], ...]] = {}
    for table in metadata.sorted_tables:
        if table in LEFT_OUT:
            continue
        found = (review.c.id,) if table is review else min(_ways(table, ways), key=len, default=())
        if found:
            ways[table] = found
            people = tuple(column for column in table.c if named_table(column) is person)
            yield ReviewTable(table=table, way=found, people=people)


def _ways(
    table: Table, ways: Mapping[Table, tuple[Column[Any], ...]]
) -> Iterator[tuple[Column[Any], ...]]:
    """The ways from a table to the review by rows without which its own could not be."""
    for column in table.c:
        for key in column.foreign_keys:
            parent = key.column.table
            if parent in ways and not column.nullable and key.ondelete == "CASCADE":
                yield (column,) if parent is review else (column, *ways[parent])


REVIEW_TABLES: tuple[ReviewTable, ...] = tuple(_walk())
"""All of them; people, whom the rows name, are no review's and stand apart."""
