"""Invitations: links by which people get access, each once and until it ends."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, select, update

from evidence.store.accounts.tokens import hashed
from evidence.store.permission import Role
from evidence.store.schema import invitation, person, review

_inviter = person.alias("inviter")
_as_person = person.alias("as_person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an invitation gives.

    Attributes:
        review_id: access to which review; None for an account on this server alone.
        role: in that review.
        makes_administrator: whoever takes it up looks after the server.
        as_person: who they are here already, so that the work that stands under that name is
            theirs from then on; None for somebody new.
        for_whom: a name or an address, as whoever invites knows them.
    """

    for_whom: str
    review_id: int | None = None
    role: Role = Role.REVIEWER
    makes_administrator: bool = False
    as_person: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A stored invitation.

    Attributes:
        draft: what it gives.
        review: the title of its review, or empty.
        inviter: the name of who made it; empty for the command line.
        as_name: the name of the person that it gives; empty for somebody new.
        withdrawn_at: since when it does not work any more.
        used_at: when it was taken up.
    """

    id: int
    draft: Draft
    review: str
    inviter: str
    invited_by: int | None
    as_name: str
    created_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    used_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether it can be taken up."""
        return self.used_at is None and self.withdrawn_at is None and self.ends_at > at


def add(
    connection: Connection,
    draft: Draft,
    invited_by: int | None,
    token: str,
    at: datetime,
    ends_at: datetime,
) -> None:
    """Store an invitation under the hash of its secret."""
    connection.execute(
        insert(invitation).values(
            token_hash=hashed(token),
            review_id=draft.review_id,
            role=draft.role.name.lower(),
            makes_administrator=draft.makes_administrator,
            as_person=draft.as_person,
            for_whom=draft.for_whom,
            invited_by=invited_by,
            created_at=at,
            ends_at=ends_at,
        )
    )


def find(connection: Connection, token: str) -> Invitation | None:
    """The invitation of a link, also one that does not work any more."""
    rows = connection.execute(_invitations().where(invitation.c.token_hash == hashed(token)))
    return next((_invitation(row) for row in rows), None)


def open_ones(connection: Connection, review_id: int | None, at: datetime) -> list[Invitation]:
    """The invitations to a review, or to the server alone, that still work, the newest first."""
    query = _invitations().where(
        invitation.c.review_id.is_not_distinct_from(review_id), *_is_open(at)
    )
    return [_invitation(row) for row in connection.execute(query.order_by(invitation.c.id.desc()))]


def use(connection: Connection, token: str, person_id: int, at: datetime) -> bool:
    """Take an invitation up; gives whether it still worked, so that it works once."""
    query = (
        update(invitation)
        .where(invitation.c.token_hash == hashed(token), *_is_open(at))
        .values(used_at=at, used_by=person_id)
    )
    return connection.execute(query).rowcount == 1


def withdraw(
    connection: Connection, review_id: int | None, invitation_id: int, at: datetime
) -> bool:
    """End an invitation to a review that nobody has taken up; gives whether there was one."""
    query = (
        update(invitation)
        .where(
            invitation.c.id == invitation_id,
            invitation.c.review_id.is_not_distinct_from(review_id),
            invitation.c.used_at.is_(None),
            invitation.c.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=at)
    )
    return connection.execute(query).rowcount == 1


def _is_open(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Of a query over invitations: those that can be taken up."""
    unused = invitation.c.used_at.is_(None), invitation.c.withdrawn_at.is_(None)
    return (*unused, invitation.c.ends_at > at)


def _invitations() -> Select[Any]:
    return (
        select(
            invitation,
            review.c.title.label("title"),
            _inviter.c.name.label("inviter"),
            _as_person.c.name.label("as_name"),
        )
        .outerjoin(review, review.c.id == invitation.c.review_id)
        .outerjoin(_inviter, _inviter.c.id == invitation.c.invited_by)
        .outerjoin(_as_person, _as_person.c.id == invitation.c.as_person)
    )


def _invitation(row: Any) -> Invitation:
    return Invitation(
        id=row.id,
        draft=Draft(
            review_id=row.review_id,
            role=Role[row.role.upper()],
            makes_administrator=row.makes_administrator,
            as_person=row.as_person,
            for_whom=row.for_whom,
        ),
        review=row.title or "",
        inviter=row.inviter or "",
        invited_by=row.invited_by,
        as_name=row.as_name or "",
        created_at=row.created_at,
        ends_at=row.ends_at,
        withdrawn_at=row.withdrawn_at,
        used_at=row.used_at,
    )
