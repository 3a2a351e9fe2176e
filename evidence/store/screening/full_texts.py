"""Full texts: where the search for each stands, and the documents that people added."""

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
    select,
    update,
)

from evidence.citations.record import Reference
from evidence.errors import NotFound
from evidence.screening.verdicts import Stage, State
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.id_batches import batches
from evidence.store.records.references import from_row
from evidence.store.schema import document, person, retrieval, work
from evidence.store.surviving import (
    made_for_work,
    original,
    originals_of,
    reached,
    surviving_id,
    surviving_in,
)

LEFT_OUT = "it was left out of the archive of this review; add it once more"


class Search(StrEnum):
    """Where the search for a full text stands."""

    SOUGHT = "sought"  # nobody has it yet
    ASKED = "asked"  # somebody was asked for it: authors, a library
    RETRIEVED = "retrieved"  # there is a document, or somebody read it elsewhere
    NOT_RETRIEVED = "not_retrieved"  # given up; PRISMA counts it


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A full text that is stored; its content is fetched apart."""

    id: int
    work_id: int
    name: str
    size: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SoughtReport:
    """A report that is sought.

    Attributes:
        note: why it was not retrieved, or who was asked.
    """

    work_id: int
    reference: Reference
    search: Search
    note: str
    documents: tuple[Document, ...]


def room_taken(connection: Connection, review_id: int) -> int:
    """How many bytes the files of a review have, those that were taken away included."""
    query = select(func.coalesce(func.sum(document.c.size), 0))
    return int(connection.execute(query.where(document.c.review_id == review_id)).scalar_one())


def add(write: Write, work_id: int, name: str, content: bytes) -> bool:
    """Store a document of a work; gives False where the work has the same one already.

    One whose file was left out of an archive gets its file back.
    """
    digest = hashlib.sha256(content).hexdigest()
    same = select(document.c.id, (func.length(document.c.content) == 0).label("is_left_out")).where(
        document.c.work_id == work_id,
        document.c.removed_at.is_(None),
        document.c.sha256 == digest,
    )
    if found := write.connection.execute(same).first():
        if found.is_left_out and content:
            here = update(document).where(document.c.id == found.id)
            write.connection.execute(here.values(content=content))
            return True
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
    events.note(write, EventKind.FULL_TEXT_ADDED, name)
    return True


def remove(write: Write, document_id: int) -> None:
    """Take a document away; it is not shown any more, and can be brought back."""
    _set_removed(write, document_id, write.at, EventKind.FULL_TEXT_REMOVED)


def restore(write: Write, document_id: int) -> None:
    """Show a document again that was taken away."""
    _set_removed(write, document_id, None, EventKind.FULL_TEXT_RESTORED)


def note(write: Write, work_id: int, search: Search, text: str) -> None:
    """Say where the search for a full text stands; earlier notes stay in the table."""
    values = write.for_review(work_id=work_id, state=search.value, note=text, **write.by_and_at)
    write.connection.execute(insert(retrieval).values(**values))


def given_up(connection: Connection, work_ids: Collection[int]) -> set[int]:
    """Those of these surviving works whose search was ever given up."""
    found: set[int] = set()
    for batch in batches(work_ids):
        query = (
            select(surviving_id)
            .select_from(retrieval)
            .join(original, original.c.id == retrieval.c.work_id)
            .where(originals_of(batch), retrieval.c.state == Search.NOT_RETRIEVED.value)
        )
        found |= set(connection.execute(query).scalars())
    return found


def resume(write: Write, work_id: int) -> None:
    """Note again where a search stood before it was given up, where it is not given up any more."""
    query = select(
        work.c.full_text,
        _latest(retrieval.c.state).label("noted"),
        func.coalesce(_latest_sought(retrieval.c.state), Search.SOUGHT.value).label("state"),
        func.coalesce(_latest_sought(retrieval.c.note), "").label("note"),
    ).where(work.c.id == work_id)
    row = write.connection.execute(query).one()
    if row.noted == Search.NOT_RETRIEVED.value and row.full_text != State.NOT_RETRIEVED.value:
        note(write, work_id, Search(row.state), row.note)


def review_of(connection: Connection, document_id: int) -> int:
    """The review that a document belongs to; raises NotFound, for removed documents too."""
    query = select(document.c.review_id).where(
        document.c.id == document_id, document.c.removed_at.is_(None)
    )
    review_id = connection.execute(query).scalar_one_or_none()
    if review_id is None:
        raise NotFound("document", document_id)
    return int(review_id)


def digest_of(connection: Connection, document_id: int) -> str:
    """SHA-256 of a document's bytes; raises NotFound, for documents that were removed too."""
    query = select(document.c.sha256).where(
        document.c.id == document_id, document.c.removed_at.is_(None)
    )
    digest = connection.execute(query).scalar_one_or_none()
    if digest is None:
        raise NotFound("document", document_id)
    return str(digest)


def content(connection: Connection, document_id: int) -> tuple[str, bytes]:
    """Name and bytes of a document; raises NotFound, for those that were removed, too, and for
    those whose file was left out of the archive that brought them.
    """
    query = select(document.c.name, document.c.size, document.c.content).where(
        document.c.id == document_id, document.c.removed_at.is_(None)
    )
    row = connection.execute(query).first()
    if row is None:
        raise NotFound("document", document_id)
    if row.size and not row.content:
        raise NotFound("file here", f"{row.name}: {LEFT_OUT}")
    return row.name, bytes(row.content)


def of_works(
    connection: Connection, review_id: int, work_ids: Collection[int]
) -> dict[int, list[Document]]:
    """The documents of these works, and of those merged into them, oldest first."""
    names = ("id", "name", "size", "at")
    query = (
        select(
            surviving_id.label("work_id"),
            person.c.name.label("person"),
            *(document.c[name] for name in names),
        )
        .join(original, original.c.id == document.c.work_id)
        .join(person, person.c.id == document.c.person_id)
        .where(
            document.c.review_id == review_id,
            document.c.removed_at.is_(None),
            surviving_id.in_(list(work_ids)),
        )
        .order_by(document.c.id)
    )
    documents: dict[int, list[Document]] = {}
    for row in connection.execute(query).mappings():
        documents.setdefault(row["work_id"], []).append(Document(**row))
    return documents


def counts(connection: Connection, review_id: int) -> dict[Search, int]:
    """How many of the reports that are sought stand where."""
    each = select(_status().label("status")).where(*_sought(review_id)).subquery()
    query = select(each.c.status, func.count()).group_by(each.c.status)
    by_status = {Search(status): int(count) for status, count in connection.execute(query)}
    return {search: by_status.get(search, 0) for search in Search}


def retrieved_elsewhere(connection: Connection, review_id: int) -> int:
    """How many of the reports that count as retrieved have no document here: they were decided at
    full text, so somebody has read them.
    """
    query = select(func.count()).where(
        *_sought(review_id), _status() == Search.RETRIEVED.value, ~_has_document()
    )
    return int(connection.execute(query).scalar_one())


def page(
    connection: Connection, review_id: int, search: Search | None, *, offset: int, limit: int
) -> list[SoughtReport]:
    """Some of the reports that are sought, in the order of their import."""
    status = _status()
    query = select(
        work,
        status.label("status"),
        func.coalesce(_status_note(), "").label("status_note"),
    ).where(*_sought(review_id))
    if search is not None:
        query = query.where(status == search.value)
    query = query.order_by(work.c.id).offset(offset).limit(limit)
    rows = connection.execute(query).mappings().all()
    documents = of_works(connection, review_id, [row["id"] for row in rows])
    return [
        SoughtReport(
            work_id=row["id"],
            reference=from_row(row),
            search=Search(row["status"]),
            note=row["status_note"],
            documents=tuple(documents.get(row["id"], ())),
        )
        for row in rows
    ]


def _set_removed(write: Write, document_id: int, at: datetime | None, kind: EventKind) -> None:
    query = (
        update(document)
        .where(document.c.id == document_id, document.c.review_id == write.review_id)
        .values(removed_at=at)
        .returning(document.c.name)
    )
    name = write.connection.execute(query).scalar_one_or_none()
    if name is None:
        raise NotFound("document", document_id)
    events.note(write, kind, name)


def _sought(review_id: int) -> list[ColumnElement[bool]]:
    """Works that came to full text: their reports are sought."""
    return [*surviving_in(review_id), *reached(Stage.FULL_TEXT)]


def _status() -> ColumnElement[str]:
    """Where the search for a work's full text stands; what was decided on it comes first."""
    read = work.c.full_text.not_in([State.OPEN.value, State.NOT_RETRIEVED.value])
    return case(
        (work.c.full_text == State.NOT_RETRIEVED.value, Search.NOT_RETRIEVED.value),
        (read | _has_document(), Search.RETRIEVED.value),
        else_=func.coalesce(_latest_sought(retrieval.c.state), Search.SOUGHT.value),
    )


def _has_document() -> ColumnElement[bool]:
    return exists().where(made_for_work(document.c.work_id), document.c.removed_at.is_(None))


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
        .where(made_for_work(retrieval.c.work_id), *conditions)
        .order_by(retrieval.c.id.desc())
        .limit(1)
        .correlate(work)
        .scalar_subquery()
    )
