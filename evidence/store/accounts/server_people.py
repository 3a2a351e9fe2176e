"""Who has an account on a server for teams, as whoever looks after it sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, false, func, select

from evidence.store.schema import account, person, server_person, session


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerPerson:
    """Somebody who has an account.

    Attributes:
        emails: of their accounts, with commas between.
        seen_at: when they were last heard of, to within five minutes; None for never.
        sessions: in how many browsers they are signed in.
    """

    id: int
    name: str
    emails: str
    is_administrator: bool
    blocked_at: datetime | None
    seen_at: datetime | None
    sessions: int


def listing(connection: Connection, at: datetime) -> list[ServerPerson]:
    """Everybody with an account, by name."""
    goes_on = and_(session.c.ended_at.is_(None), session.c.ends_at > at)
    heard = (
        select(
            account.c.person_id,
            func.max(session.c.seen_at).label("seen_at"),
            func.count(session.c.token_hash).filter(goes_on).label("sessions"),
        )
        .select_from(account.outerjoin(session, session.c.account_id == account.c.id))
        .group_by(account.c.person_id)
        .subquery()
    )
    query = (
        select(
            person.c.id,
            person.c.name,
            func.coalesce(server_person.c.is_administrator, false()).label("is_administrator"),
            server_person.c.blocked_at,
            heard.c.seen_at,
            heard.c.sessions,
        )
        .join(heard, heard.c.person_id == person.c.id)
        .outerjoin(server_person, server_person.c.person_id == person.c.id)
        .order_by(person.c.name, person.c.id)
    )
    emails: dict[int, list[str]] = {}
    for number, email in connection.execute(select(account.c.person_id, account.c.email)):
        emails.setdefault(number, []).append(email)
    return [
        ServerPerson(**row, emails=", ".join(filter(None, emails[row["id"]])))
        for row in connection.execute(query).mappings()
    ]


def name_of(connection: Connection, person_id: int) -> str | None:
    """The name of somebody who has an account; None for nobody."""
    query = (
        select(person.c.name)
        .join(account, account.c.person_id == person.c.id)
        .where(person.c.id == person_id)
    )
    return connection.execute(query).scalars().first()
