"""People, and the browsers by which they are known on their own machine."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from evidence.store.schema import browser, person


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on reviews."""

    id: int
    name: str


def add(connection: Connection, name: str, at: datetime) -> Person:
    """Store a new person."""
    row = insert(person).values(name=name, created_at=at).returning(person.c.id)
    return Person(connection.execute(row).scalar_one(), name)


def everybody(connection: Connection) -> list[Person]:
    """All people, by name."""
    rows = connection.execute(select(person.c.id, person.c.name).order_by(person.c.name))
    return [Person(*row) for row in rows]


def find(connection: Connection, person_id: int) -> Person | None:
    """The person with this id."""
    query = select(person.c.id, person.c.name).where(person.c.id == person_id)
    row = connection.execute(query).one_or_none()
    return Person(*row) if row else None


def of_browser(connection: Connection, token: str) -> Person | None:
    """Who uses the browser that holds this token."""
    query = (
        select(person.c.id, person.c.name)
        .join(browser, browser.c.person_id == person.c.id)
        .where(browser.c.token_hash == _hash(token))
    )
    row = connection.execute(query).one_or_none()
    return Person(*row) if row else None


def remember(connection: Connection, token: str, person_id: int, at: datetime) -> None:
    """Note that this browser is this person's from now on."""
    forget(connection, token)
    connection.execute(
        insert(browser).values(token_hash=_hash(token), person_id=person_id, seen_at=at)
    )


def forget(connection: Connection, token: str) -> None:
    """Note that this browser is nobody's any more."""
    connection.execute(delete(browser).where(browser.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
