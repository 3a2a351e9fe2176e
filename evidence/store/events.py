"""The audit trail: who changed what, with the state before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store.engine import Write
from evidence.store.schema import event, person


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change."""

    at: datetime
    person: str
    what: str
    subject: str
    after: Any = None


def note(write: Write, what: str, subject: str, *, before: Any = None, after: Any = None) -> None:
    """Add one line to the trail."""
    write.connection.execute(
        insert(event).values(
            **write.for_review(
                **write.by_and_at,
                what=what,
                subject=subject,
                before=before,
                after=after,
            )
        )
    )


def latest(connection: Connection, review_id: int, limit: int = 50) -> list[Event]:
    """The newest changes first."""
    query = (
        select(event.c.at, person.c.name.label("person"), event.c.what, event.c.subject)
        .join(person, person.c.id == event.c.person_id)
        .where(event.c.review_id == review_id)
        .order_by(event.c.id.desc())
        .limit(limit)
    )
    return [Event(**row) for row in connection.execute(query).mappings()]


def of_kind(connection: Connection, review_id: int, what: str, limit: int = 50) -> list[Event]:
    """The newest changes of one kind, with the state after each."""
    query = (
        select(
            event.c.at, person.c.name.label("person"), event.c.what, event.c.subject, event.c.after
        )
        .join(person, person.c.id == event.c.person_id)
        .where(event.c.review_id == review_id, event.c.what == what)
        .order_by(event.c.id.desc())
        .limit(limit)
    )
    return [Event(**row) for row in connection.execute(query).mappings()]
