"""Everything about one person, as a file that is theirs: rows that name them, of all reviews.

Of a row that is somebody else's, only that it names them is written; so is it of what a review
holds for all, where they have no access to it any more. Nothing is there that they may not see.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import TextIOWrapper
from types import MappingProxyType
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    literal,
    or_,
    select,
)

from evidence.store import permission
from evidence.store.archive.cells import cell_writer, guarded
from evidence.store.archive.dictionary import HEAD, rows_about
from evidence.store.archive.parts import is_bytes
from evidence.store.archive.review_tables import REVIEW_TABLES, key_of, named_table
from evidence.store.audit import AuditKind
from evidence.store.schema import (
    account,
    answer,
    assignment,
    audit_entry,
    browser,
    coding,
    event,
    finding,
    invitation,
    job,
    passkey,
    password,
    person,
    quotation,
    server_person,
    session,
)
from evidence.store.schema.column_types import Moment

AT_ONCE = 500  # rows that stand in memory together
DICTIONARY = "dictionary.csv"
ABOUT = "about.txt"
REVIEW = "in_review"  # the label of the number of a row's review
SECRET: Mapping[Column[Any], str] = MappingProxyType(
    {
        **dict.fromkeys(
            (browser.c.token_hash, session.c.token_hash, invitation.c.token_hash, password.c.hash),
            "by which one could come in",
        ),
        assignment.c.at_random: "people do not learn which works were drawn for estimates",
    }
)
"""Columns that are in nobody's file, and why; neither are files themselves."""
OF_ACCOUNT = (session, password, passkey)
OF_CODING = (answer, finding, quotation)  # they name nobody, and belong to whose coding it is
OUTSIDE = (server_person, account, browser, audit_entry, invitation, job)
ABOUT_OTHERS = frozenset(
    kind.value
    for kind in AuditKind
    if kind
    in {
        AuditKind.INVITED,
        AuditKind.ACCESS_GIVEN,
        AuditKind.ROLE_CHANGED,
        AuditKind.ACCESS_ENDED,
        AuditKind.BLOCKED,
        AuditKind.UNBLOCKED,
        AuditKind.SESSIONS_ENDED,
        AuditKind.ADMINISTRATOR_MADE,
        AuditKind.ADMINISTRATOR_ENDED,
    }
)
"""What the audit names another person in."""
_WORDS = """\
Everything that this installation of Waymark holds about {name} (person {number}),
{at:%Y-%m-%d %H:%M} UTC.

tables/ has one CSV file for each table with rows that name this person, in UTF-8; {dictionary} says
what every table and column holds. A cell that a spreadsheet would run as a formula begins with one
apostrophe more.

Other people are left out: where a row names one, the cell is empty. Of rows that belong to somebody
else, and of what a review holds for all its people where this person has no access to it any more,
only the numbers, the times and what kind of thing it is are given. Files (full texts, imported
files) are not repeated here, nor by what somebody could sign in.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A table with rows about a person.

    Attributes:
        columns: that are written.
        people: the columns that name people.
        where: which rows.
        review_id: of the review to which a row belongs.
    """

    table: Table
    columns: list[Column[Any]]
    people: list[Column[Any]]
    where: ColumnElement[bool]
    review_id: ColumnElement[Any]


def write(
    connection: Connection, person_id: int, name: str, out: IO[bytes], *, at: Any, private: bool
) -> int:
    """Write the file of a person as a ZIP; gives how many rows it has.

    Args:
        connection: to read by, at one moment.
        person_id: of the person.
        name: of theirs.
        out: where to.
        at: now.
        private: reviews are for their teams only.
    """
    access = _Access(connection, person_id, private=private)
    written = 0
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        words = _WORDS.format(name=name, number=person_id, at=at, dictionary=DICTIONARY)
        packed.writestr(ABOUT, words)
        about = [HEAD]
        for each in _tables(person_id):
            rows = _write(connection, packed, each, person_id, access)
            if rows:
                about += rows_about(each.table, each.columns)
            written += rows
        with packed.open(DICTIONARY, "w") as file:
            text = TextIOWrapper(file, encoding="utf-8", newline="")
            csv.writer(text).writerows(
                [guarded(cell, is_nullable=False) for cell in row] for row in about
            )
            text.close()
    return written


class _Access:
    """Which reviews somebody may look at; each is asked for once."""

    def __init__(self, connection: Connection, person_id: int, *, private: bool) -> None:
        self._connection, self._person_id, self._private = connection, person_id, private
        self._known: dict[int, bool] = {}

    def to(self, review_id: int | None) -> bool:
        """Whether they may look at it."""
        if review_id is None or not self._private:
            return True
        if review_id not in self._known:
            now = permission.standing(self._connection, review_id, self._person_id)
            self._known[review_id] = now.belongs or now.shown
        return self._known[review_id]


def _tables(person_id: int) -> Iterator[_Named]:
    none = literal(None)
    yield _named(person, person.c.id == person_id, none)
    for table in OUTSIDE:
        people = [column for column in table.c if named_table(column) is person]
        yield _named(table, or_(*(each == person_id for each in people)), none)
    accounts = select(account.c.id).where(account.c.person_id == person_id)
    for table in OF_ACCOUNT:
        yield _named(table, table.c.account_id.in_(accounts), none)
    codings = select(coding.c.id).where(coding.c.person_id == person_id)
    for each in REVIEW_TABLES:
        if each.table in OF_CODING:
            yield _named(each.table, each.table.c.coding_id.in_(codings), none)
        elif each.people:
            names_them = or_(*(column == person_id for column in each.people))
            yield _named(each.table, names_them, _review_id(each.way))


def _named(table: Table, where: ColumnElement[bool], review_id: ColumnElement[Any]) -> _Named:
    return _Named(
        table=table,
        columns=[each for each in table.c if each not in SECRET and not is_bytes(each)],
        people=[each for each in table.c if named_table(each) is person],
        where=where,
        review_id=review_id,
    )


def _review_id(way: tuple[Column[Any], ...]) -> ColumnElement[Any]:
    """The number of the review to which a row leads."""
    first, *rest = way
    if not rest:
        return first
    (key,) = first.foreign_keys
    return select(_review_id(tuple(rest))).where(key.column == first).scalar_subquery()


def _write(
    connection: Connection, packed: ZipFile, each: _Named, person_id: int, access: _Access
) -> int:
    """Write the rows of a table about a person; no file where there are none."""
    shown = (cast(c, Text).label(c.name) if isinstance(c.type, JSON) else c for c in each.columns)
    query = select(*shown, each.review_id.label(REVIEW)).where(each.where)
    query = query.order_by(*(c for c in [_order(each.table)] if c is not None))
    found = connection.execute(query, execution_options={"yield_per": AT_ONCE}).mappings()
    first = next(iter(found), None)
    if first is None:
        return 0
    cells = [(column, cell_writer(column)) for column in each.columns]
    count = 0
    with packed.open(f"tables/{each.table.name}.csv", "w") as file:
        text = TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.writer(text)
        writer.writerow([column.name for column in each.columns])
        for row in _and_then(first, found):
            whole = _is_theirs(each, row, person_id, access)
            writer.writerow(
                [
                    write_cell(row[column.name])
                    if _is_shown(column, row, person_id, whole=whole)
                    else ""
                    for column, write_cell in cells
                ]
            )
            count += 1
        text.close()
    return count


def _and_then(first: Any, rest: Any) -> Iterator[Any]:
    yield first
    yield from rest


def _order(table: Table) -> Column[Any]:
    return table.c.began_at if table is session else key_of(table)


def _is_theirs(each: _Named, row: Any, person_id: int, access: _Access) -> bool:
    """Whether all that a row holds is about this person, or for everybody who sees its review."""
    if each.table is event:
        to = row["to_person_id"]
        return to == person_id or (to is None and row["person_id"] == person_id)
    if each.table is audit_entry:
        return row["kind"] not in ABOUT_OTHERS
    if each.table is invitation:
        return person_id in {row["as_person"], row["used_by"]}
    if "person_id" in each.table.c:
        return bool(row["person_id"] == person_id)
    return access.to(row[REVIEW])


def _is_shown(column: Column[Any], row: Any, person_id: int, *, whole: bool) -> bool:
    named = named_table(column)
    if named is person:
        return bool(row[column.name] == person_id)
    is_number_or_time = column.primary_key or named is not None or isinstance(column.type, Moment)
    return whole or is_number_or_time or column.name == "kind"
