"""Full texts: where the search for each stands, and the documents that were found."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    ScalarSelect,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from evidence.citations.record import Reference
from evidence.errors import NotFound
from evidence.screening.verdicts import State
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.records.references import from_row
from evidence.store.schema import document, person, retrieval, work

_joined = work.alias("joined")


class Search(StrEnum):
    """Where the search for a full text stands."""

    SOUGHT = "sought"  # nobody has it yet
    ASKED = "asked"  # somebody was asked for it: authors, a library
    RETRIEVED = "retrieved"  # there is a document, or somebody read it elsewhere
    NOT_RETRIEVED = "not_retrieved"  # given up; PRISMA counts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A full text that is kept; its content is fetched apart."""

    id: int
    work_id: int
    name: str
    size: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A report that is sought.

    Attributes:
        note: why it was not retrieved, or who was asked.
    """

    work_id: int
    reference: Reference
    search: Search
    note: str
    documents: tuple[Document, ...]


def add(write: Write, work_id: int, name: str, content: bytes) -> bool:
    """Keep a document of a work; gives False where the work has the same one already."""
    digest = hashlib.sha256(content).hexdigest()
    here = document.c.work_id == work_id, document.c.removed_at.is_(None)
    known = select(document.c.id).where(*here, document.c.sha256 == digest)
    if write.connection.execute(known).first():
        return False
    values = write.for_review(
        work_id=work_id,
        name=name,
        sha256=digest,
        size=len(content),
        content=content,
        **write.by_and_at,
    )
    write.connection.execute(insert(document).values(**values))
    events.note(write, "added a full text", name)
    return True


def remove(write: Write, document_id: int) -> None:
    """Take a document away; it is not shown any more, and can be brought back."""
    _set_removed(write, document_id, write.at, "removed a full text")


def bring_back(write: Write, document_id: int) -> None:
    """Show a document again that was taken away."""
    _set_removed(write, document_id, None, "brought back a full text")


def note(write: Write, work_id: int, search: Search, text: str) -> None:
    """Say where the search for a full text stands; what was said before stays in the table."""
    values = write.for_review(work_id=work_id, state=search.value, note=text, **write.by_and_at)
    write.connection.execute(insert(retrieval).values(**values))


def resume(write: Write, work_id: int) -> None:
    """Note what was said of a search before it was given up, where it is not given up any more."""
    query = select(
        work.c.full_text,
        _latest(retrieval.c.state).label("noted"),
        func.coalesce(_latest_sought(retrieval.c.state), Search.SOUGHT.value).label("state"),
        func.coalesce(_latest_sought(retrieval.c.note), "").label("note"),
    ).where(work.c.id == work_id)
    row = write.connection.execute(query).one()
    if row.noted == Search.NOT_RETRIEVED.value and row.full_text != State.NOT_RETRIEVED.value:
        note(write, work_id, Search(row.state), row.note)


def content(connection: Connection, document_id: int) -> tuple[str, bytes]:
    """Name and bytes of a document; raises NotFound, for those that were removed too."""
    query = select(document.c.name, document.c.content).where(
        document.c.id == document_id, document.c.removed_at.is_(None)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("document", document_id)
    return row.name, bytes(row.content)


def of_works(
    connection: Connection, review_id: int, work_ids: Collection[int]
) -> dict[int, list[Document]]:
    """The documents of these works, and of those joined to them, oldest first."""
    root = func.coalesce(work.c.merged_into, work.c.id)
    names = ("id", "name", "size", "at")
    query = (
        select(
            root.label("work_id"),
            person.c.name.label("person"),
            *(document.c[name] for name in names),
        )
        .join(work, work.c.id == document.c.work_id)
        .join(person, person.c.id == document.c.person_id)
        .where(
            document.c.review_id == review_id,
            document.c.removed_at.is_(None),
            root.in_(list(work_ids)),
        )
        .order_by(document.c.id)
    )
    found: dict[int, list[Document]] = {}
    for row in connection.execute(query).mappings():
        one = Document(**{name: row[name] for name in (*names, "work_id", "person")})
        found.setdefault(one.work_id, []).append(one)
    return found


def counts(connection: Connection, review_id: int) -> dict[Search, int]:
    """How many of the reports that are sought stand where."""
    each = select(_status().label("status")).where(*_sought(review_id)).subquery()
    query = select(each.c.status, func.count()).group_by(each.c.status)
    found = {Search(row[0]): int(row[1]) for row in connection.execute(query)}
    return {search: found.get(search, 0) for search in Search}


def page(
    connection: Connection, review_id: int, search: Search | None, *, offset: int, limit: int
) -> list[Sought]:
    """Some of the reports that are sought, in the order of their import."""
    status = _status()
    query = select(
        work,
        status.label("status"),
        func.coalesce(_status_note(), "").label("status_note"),
    ).where(*_sought(review_id))
    if search is not None:
        query = query.where(status == search.value)
    rows = connection.execute(query.order_by(work.c.id).offset(offset).limit(limit))
    found = rows.mappings().all()
    documents = of_works(connection, review_id, [row["id"] for row in found])
    return [
        Sought(
            work_id=row["id"],
            reference=from_row(row),
            search=Search(row["status"]),
            note=row["status_note"],
            documents=tuple(documents.get(row["id"], ())),
        )
        for row in found
    ]


def _set_removed(write: Write, document_id: int, at: datetime | None, what: str) -> None:
    here = document.c.id == document_id, document.c.review_id == write.review_id
    query = update(document).where(*here).values(removed_at=at).returning(document.c.name)
    name = write.connection.execute(query).scalar_one_or_none()
    if name is None:
        raise NotFound("document", document_id)
    events.note(write, what, name)


def _sought(review_id: int) -> list[ColumnElement[bool]]:
    """Live works that are included by title and abstract: their reports are sought."""
    return [
        work.c.review_id == review_id,
        work.c.merged_into.is_(None),
        work.c.title_abstract == State.INCLUDE.value,
    ]


def _status() -> ColumnElement[str]:
    """Where the search for a work's full text stands; what was decided on it comes first."""
    has_document = exists().where(_of_work(document.c.work_id), document.c.removed_at.is_(None))
    read = work.c.full_text.not_in([State.OPEN.value, State.NOT_RETRIEVED.value])
    return case(
        (work.c.full_text == State.NOT_RETRIEVED.value, Search.NOT_RETRIEVED.value),
        (read | has_document, Search.RETRIEVED.value),
        else_=func.coalesce(_latest_sought(retrieval.c.state), Search.SOUGHT.value),
    )


def _status_note() -> ColumnElement[str]:
    """What was noted with where the search for a work's full text stands."""
    given_up = work.c.full_text == State.NOT_RETRIEVED.value
    return case((given_up, _latest(retrieval.c.note)), else_=_latest_sought(retrieval.c.note))


def _latest_sought(column: Column[Any]) -> ScalarSelect[Any]:
    """What was noted last of the search for a work's full text, other than that it was given up.

    Only a decision that counts gives a search up.
    """
    return _latest(column, retrieval.c.state != Search.NOT_RETRIEVED.value)


def _latest(column: Column[Any], *conditions: ColumnElement[bool]) -> ScalarSelect[Any]:
    """What was noted last of the search for a work's full text, under these conditions."""
    return (
        select(column)
        .where(_of_work(retrieval.c.work_id), *conditions)
        .order_by(retrieval.c.id.desc())
        .limit(1)
        .correlate(work)
        .scalar_subquery()
    )


def _of_work(column: Column[Any]) -> ColumnElement[bool]:
    """Rows of a work, and of those whose records it holds now."""
    joined = select(_joined.c.id).where(_joined.c.merged_into == work.c.id).correlate(work)
    return or_(column == work.c.id, column.in_(joined))
