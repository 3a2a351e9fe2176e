"""Accounts: what an issuer calls a person. People are found by issuer and subject only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, insert, select, update

from evidence.errors import NotFound
from evidence.store.schema import account, server_person

OWN_ISSUER = "waymark"  # of accounts with a password or a passkey
PROXY_ISSUER = "proxy"  # of accounts that a proxy in front of Waymark signs in


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody as an issuer tells them.

    Attributes:
        issuer: who vouches: the address of a provider, `proxy`, or `waymark` itself.
        subject: what the issuer calls them for good.
        name: how they are shown to colleagues.
        email: of theirs, only shown; empty where it is not told.
        email_is_verified: whether the issuer made sure that the address is theirs.
    """

    issuer: str
    subject: str
    name: str
    email: str = ""
    email_is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A stored account.

    Attributes:
        is_blocked: its person may not sign in any more.
    """

    id: int
    person_id: int
    issuer: str
    subject: str
    email: str
    is_blocked: bool


def find(connection: Connection, issuer: str, subject: str) -> Account | None:
    """The account that an issuer calls so."""
    query = _accounts().where(account.c.issuer == issuer, account.c.subject == subject)
    row = connection.execute(query).mappings().one_or_none()
    return Account(**row) if row else None


def get(connection: Connection, account_id: int) -> Account:
    """The account of this number.

    Raises:
        NotFound: there is none.
    """
    row = connection.execute(_accounts().where(account.c.id == account_id)).mappings().first()
    if row is None:
        raise NotFound("account", account_id)
    return Account(**row)


def of_person(connection: Connection, person_id: int) -> list[Account]:
    """The accounts of a person, oldest first."""
    rows = connection.execute(_accounts().where(account.c.person_id == person_id))
    return [Account(**row) for row in rows.mappings()]


def add(connection: Connection, person_id: int, identity: Identity, at: datetime) -> Account:
    """Store a new account of a person who is here."""
    query = (
        insert(account)
        .values(
            person_id=person_id,
            issuer=identity.issuer,
            subject=identity.subject,
            email=identity.email,
            created_at=at,
        )
        .returning(account.c.id)
    )
    return Account(
        id=connection.execute(query).scalar_one(),
        person_id=person_id,
        issuer=identity.issuer,
        subject=identity.subject,
        email=identity.email,
        is_blocked=False,
    )


def tell_email(connection: Connection, account_id: int, email: str) -> None:
    """Keep the address that the issuer told last."""
    where = (account.c.id == account_id) & (account.c.email != email)
    connection.execute(update(account).where(where).values(email=email))


def _accounts() -> Select[tuple[int, int, str, str, str, bool]]:
    return (
        select(
            account.c.id,
            account.c.person_id,
            account.c.issuer,
            account.c.subject,
            account.c.email,
            server_person.c.blocked_at.is_not(None).label("is_blocked"),
        )
        .outerjoin(server_person, server_person.c.person_id == account.c.person_id)
        .order_by(account.c.id)
    )
