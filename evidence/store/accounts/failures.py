"""Failed tries to sign in, counted per account and per machine: nobody can go on guessing."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select

from evidence.store.accounts.tokens import hashed
from evidence.store.schema import sign_in_failure


def note(connection: Connection, counted_for: str, at: datetime) -> None:
    """Count a failure for the address of an account, or of a machine."""
    connection.execute(insert(sign_in_failure).values(counted_for=hashed(counted_for), at=at))


def since(connection: Connection, counted_for: str, after: datetime) -> int:
    """How many failures were counted since a moment."""
    query = (
        select(func.count())
        .select_from(sign_in_failure)
        .where(sign_in_failure.c.counted_for == hashed(counted_for), sign_in_failure.c.at > after)
    )
    return int(connection.execute(query).scalar_one())


def forget(connection: Connection, before: datetime) -> None:
    """Delete what is too old to count."""
    connection.execute(delete(sign_in_failure).where(sign_in_failure.c.at < before))
