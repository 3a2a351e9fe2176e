"""Sessions: the browsers in which people are signed in. An ended one never begins again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    false,
    func,
    insert,
    select,
    update,
)

from evidence.store.accounts.tokens import hashed
from evidence.store.review.people import Person
from evidence.store.schema import account, person, server_person, session

HEARD_EVERY = timedelta(minutes=5)  # how exactly it is kept when a session was last heard of
SIGNED_OUT = "signed out"
ENDED = "ended"  # by its person elsewhere, or by somebody who looks after the server
BLOCKED = "blocked"
SIGNED_IN_AGAIN = "signed in again"
TOO_MANY = "too many"  # they came in elsewhere more often than the server lets them at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session that goes on.

    Attributes:
        account_id: by which account.
        issuer, subject: what that account is called.
        email: as its issuer told it.
        person: who is signed in.
        is_administrator: they look after the server.
        seen_at: when it was last heard of, to within five minutes.
    """

    account_id: int
    issuer: str
    subject: str
    email: str
    person: Person
    is_administrator: bool
    began_at: datetime
    seen_at: datetime
    ends_at: datetime


def begin(
    connection: Connection, account_id: int, token: str, at: datetime, ends_at: datetime
) -> None:
    """Sign an account in at the browser that holds a token, which must be new."""
    connection.execute(
        insert(session).values(
            token_hash=hashed(token),
            account_id=account_id,
            began_at=at,
            seen_at=at,
            ends_at=ends_at,
        )
    )


def find(connection: Connection, token: str, at: datetime) -> Session | None:
    """Who is signed in at the browser that holds this token; None where nobody is any more."""
    return _first(connection, and_(session.c.token_hash == hashed(token), _goes_on(at)))


def of_person(connection: Connection, person_id: int, at: datetime) -> list[Session]:
    """Where somebody is signed in, the newest first."""
    query = _sessions().where(account.c.person_id == person_id, _goes_on(at))
    return [_session(row) for row in connection.execute(query.order_by(session.c.began_at.desc()))]


def hear(connection: Connection, token: str, at: datetime) -> None:
    """Note that a session was heard of."""
    where = session.c.token_hash == hashed(token)
    connection.execute(update(session).where(where).values(seen_at=at))


def end(connection: Connection, token: str, at: datetime, by: str = SIGNED_OUT) -> None:
    """End the session of a token, if it goes on."""
    _end(connection, session.c.token_hash == hashed(token), at, by)


def end_all(connection: Connection, person_id: int, at: datetime, by: str = ENDED) -> None:
    """End all sessions of a person, by whichever account."""
    accounts = select(account.c.id).where(account.c.person_id == person_id)
    _end(connection, session.c.account_id.in_(accounts), at, by)


def end_oldest(connection: Connection, person_id: int, at: datetime, *, most: int) -> int:
    """End sessions of a person until so many go on, the oldest first; gives how many ended."""
    newest_first = (
        select(session.c.token_hash)
        .join(account, account.c.id == session.c.account_id)
        .where(account.c.person_id == person_id)
        .where(session.c.ended_at.is_(None), session.c.ends_at > at)
        .order_by(session.c.began_at.desc(), session.c.token_hash)
    )
    too_many = list(connection.execute(newest_first).scalars())[most:]
    if too_many:
        _end(connection, session.c.token_hash.in_(too_many), at, TOO_MANY)
    return len(too_many)


def _end(connection: Connection, which: ColumnElement[bool], at: datetime, by: str) -> None:
    query = update(session).where(which, session.c.ended_at.is_(None))
    connection.execute(query.values(ended_at=at, ended_by=by))


def _goes_on(at: datetime) -> ColumnElement[bool]:
    return and_(
        session.c.ended_at.is_(None), session.c.ends_at > at, server_person.c.blocked_at.is_(None)
    )


def _sessions() -> Select[Any]:
    return (
        select(
            session.c.account_id,
            account.c.issuer,
            account.c.subject,
            account.c.email,
            person.c.id,
            person.c.name,
            func.coalesce(server_person.c.is_administrator, false()).label("is_administrator"),
            session.c.began_at,
            session.c.seen_at,
            session.c.ends_at,
        )
        .join(account, account.c.id == session.c.account_id)
        .join(person, person.c.id == account.c.person_id)
        .outerjoin(server_person, server_person.c.person_id == person.c.id)
    )


def _first(connection: Connection, which: ColumnElement[bool]) -> Session | None:
    row = connection.execute(_sessions().where(which)).one_or_none()
    return _session(row) if row else None


def _session(row: Row[Any]) -> Session:
    return Session(
        account_id=row.account_id,
        issuer=row.issuer,
        subject=row.subject,
        email=row.email,
        person=Person(row.id, row.name),
        is_administrator=row.is_administrator,
        began_at=row.began_at,
        seen_at=row.seen_at,
        ends_at=row.ends_at,
    )
