"""Who looks after the server. That shows them no review: for its content they need a role in it."""

from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from evidence.store.schema import account, server_person


def make(connection: Connection, person_id: int) -> None:
    """Let somebody look after the server."""
    _set(connection, person_id, is_administrator=True)


def unmake(connection: Connection, person_id: int) -> None:
    """Let somebody look after the server no more."""
    _set(connection, person_id, is_administrator=False)


def block(connection: Connection, person_id: int, at: datetime | None) -> None:
    """Let somebody sign in no more, from a moment on; with None, let them again."""
    _set(connection, person_id, blocked_at=at)


def hold(connection: Connection) -> None:
    """Let nobody else change who looks after the server until this transaction ends.

    On SQLite there is one writer at a time anyway.
    """
    rows = select(server_person.c.person_id).where(server_person.c.is_administrator)
    connection.execute(rows.with_for_update()).all()


def count(connection: Connection) -> int:
    """How many people who can sign in look after the server."""
    query = (
        select(func.count(func.distinct(server_person.c.person_id)))
        .join(account, account.c.person_id == server_person.c.person_id)
        .where(server_person.c.is_administrator, server_person.c.blocked_at.is_(None))
    )
    return int(connection.execute(query).scalar_one())


def is_one(connection: Connection, person_id: int) -> bool:
    """Whether somebody looks after the server."""
    query = select(server_person.c.is_administrator).where(
        server_person.c.person_id == person_id, server_person.c.blocked_at.is_(None)
    )
    return bool(connection.execute(query).scalar_one_or_none())


def _set(connection: Connection, person_id: int, **values: object) -> None:
    mine = server_person.c.person_id == person_id
    if not connection.execute(update(server_person).where(mine).values(**values)).rowcount:
        row = {"person_id": person_id, "is_administrator": False, **values}
        connection.execute(insert(server_person).values(**row))
