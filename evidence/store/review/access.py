"""Who has access to a review, in which role. Who ends conflicts is a flag beside the role."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from evidence.store import events, permission
from evidence.store.area_versions import Area
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.permission import Role
from evidence.store.review import team
from evidence.store.schema import member, person, review


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Somebody who has access to a review.

    Attributes:
        is_arbiter: they end conflicts.
        since: when they got access; None for whoever made the review and is not in its team.
    """

    person_id: int
    name: str
    role: Role
    is_arbiter: bool
    since: datetime | None


def listing(connection: Connection, review_id: int) -> list[Access]:
    """Who has access, owners first, then by name."""
    rows = connection.execute(
        select(
            member.c.person_id,
            person.c.name,
            member.c.role,
            member.c.is_arbiter,
            member.c.joined_at,
        )
        .join(person, person.c.id == member.c.person_id)
        .where(member.c.review_id == review_id, member.c.left_at.is_(None))
    )
    found = [
        Access(
            person_id=row.person_id,
            name=row.name,
            role=Role[row.role.upper()],
            is_arbiter=row.is_arbiter,
            since=row.joined_at,
        )
        for row in rows
    ]
    return sorted([*found, *_maker_alone(connection, review_id)], key=lambda a: (-a.role, a.name))


def owners(connection: Connection, review_id: int) -> set[int]:
    """Who owns a review."""
    return {each.person_id for each in listing(connection, review_id) if each.role is Role.OWNER}


def number_owned(connection: Connection, person_id: int) -> int:
    """How many reviews somebody owns, the example and previews of imports not counted."""
    is_owner = select(member.c.review_id).where(
        member.c.person_id == person_id, member.c.role == Role.OWNER.name.lower()
    )
    has_row = select(member.c.review_id).where(member.c.person_id == person_id)
    alone = (review.c.created_by == person_id) & review.c.id.not_in(has_row)
    query = select(func.count()).where(
        permission.belongs(person_id),
        review.c.id.in_(is_owner) | alone,
        review.c.preview_of.is_(None),
        review.c.demonstration.is_(False),
    )
    return int(connection.execute(query).scalar_one())


def arbiters(connection: Connection, review_id: int) -> set[int]:
    """Who ends the conflicts of a review; nobody in particular where it is empty."""
    query = select(member.c.person_id).where(
        member.c.review_id == review_id, member.c.is_arbiter, member.c.left_at.is_(None)
    )
    return set(connection.execute(query).scalars())


def set_role(write: Write, person_id: int, role: Role) -> None:
    """Give somebody who has access another role."""
    before = permission.standing(write.connection, write.review_id, person_id)
    _set(write, person_id, role=role.name.lower())
    events.note(
        write,
        EventKind.ROLE_CHANGED,
        before.name,
        to_person=person_id,
        before=before.role.name.lower(),
        after=role.name.lower(),
    )


def set_arbiter(write: Write, person_id: int, *, is_arbiter: bool) -> None:
    """Say whether somebody ends conflicts."""
    before = permission.standing(write.connection, write.review_id, person_id)
    _set(write, person_id, is_arbiter=is_arbiter)
    words = "arbiter" if is_arbiter else "no arbiter"
    events.note(write, EventKind.ROLE_CHANGED, before.name, to_person=person_id, after=words)


def give_by_invitation(
    connection: Connection,
    review_id: int,
    person_id: int,
    role: Role,
    *,
    invited_by: int | None,
    at: datetime,
) -> None:
    """Let somebody in who took up an invitation; a higher role that they have stays theirs."""
    write = Write(
        connection=connection, review_id=review_id, person_id=invited_by or person_id, at=at
    )
    now = permission.standing(connection, review_id, person_id)
    if not now.belongs:
        team.add(write, person_id, role)
    elif now.role < role:
        set_role(write, person_id, role)


def _set(write: Write, person_id: int, **values: Any) -> None:
    """Change somebody's row, or make one for who made the review and has none yet."""
    mine = member.c.review_id == write.review_id, member.c.person_id == person_id
    changed = write.connection.execute(update(member).where(*mine).values(**values))
    if not changed.rowcount:
        row = write.for_review(person_id=person_id, added_by=write.person_id, joined_at=write.at)
        write.connection.execute(insert(member).values(**{"role": "owner", **row, **values}))
    write.touch(Area.SCREENING)


def _maker_alone(connection: Connection, review_id: int) -> list[Access]:
    """Whoever made the review, where they never were in its team."""
    has_row = select(func.count()).where(
        member.c.review_id == review.c.id, member.c.person_id == review.c.created_by
    )
    rows = connection.execute(
        select(person.c.id, person.c.name)
        .join(review, review.c.created_by == person.c.id)
        .where(review.c.id == review_id, has_row.scalar_subquery() == 0)
    )
    return [
        Access(person_id=row.id, name=row.name, role=Role.OWNER, is_arbiter=False, since=None)
        for row in rows
    ]
