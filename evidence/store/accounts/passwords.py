"""The hashes of passwords of Waymark's own accounts."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from evidence.store.schema import password


def put(connection: Connection, account_id: int, hashed: str, at: datetime) -> None:
    """Keep the hash of an account's password, in place of the one before."""
    connection.execute(delete(password).where(password.c.account_id == account_id))
    connection.execute(insert(password).values(account_id=account_id, hash=hashed, at=at))


def find(connection: Connection, account_id: int) -> str:
    """The hash of an account's password; empty where it has none."""
    query = select(password.c.hash).where(password.c.account_id == account_id)
    return str(connection.execute(query).scalar_one_or_none() or "")
