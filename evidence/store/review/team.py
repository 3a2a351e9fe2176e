"""Who is in the team of a review, and who may change how it works."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evidence.errors import Invalid, NotAllowed
from evidence.store import events, permission
from evidence.store.area_versions import Area
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.permission import Role
from evidence.store.schema import member, person, review


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the team; `left_at` is None while they are in it."""

    person_id: int
    name: str
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """When somebody was taken out of the team, and by whom; "" where that is not known."""

    at: datetime
    by: str


def members(connection: Connection, review_id: int, *, former: bool = False) -> list[Member]:
    """The team in the order in which people joined; with `former`, those who left as well."""
    query = (
        select(member.c.person_id, person.c.name, member.c.joined_at, member.c.left_at)
        .join(person, person.c.id == member.c.person_id)
        .where(member.c.review_id == review_id)
        .order_by(member.c.id)
    )
    if not former:
        query = query.where(member.c.left_at.is_(None))
    return [Member(**row) for row in connection.execute(query).mappings()]


def former_ids(connection: Connection, review_id: int) -> set[int]:
    """Ids of the people who left the team."""
    query = select(member.c.person_id).where(
        member.c.review_id == review_id, member.c.left_at.is_not(None)
    )
    return set(connection.execute(query).scalars())


def removal(connection: Connection, review_id: int, person_id: int) -> Removal | None:
    """When somebody was taken out of the team; None for who is in it, or never was."""
    left_at = select(member.c.left_at).where(
        member.c.review_id == review_id, member.c.person_id == person_id
    )
    at = connection.execute(left_at).scalar_one_or_none()
    if at is None:
        return None
    event = events.newest_to(connection, review_id, EventKind.MEMBER_REMOVED, person_id)
    return Removal(at=at, by=event.person if event else "")


def take_part(write: Write) -> None:
    """Take the writing person into the team, unless they were taken out of it.

    Raises:
        NotAllowed: they were taken out of the team.
    """
    query = select(member.c.left_at, person.c.name).join(person, person.c.id == member.c.person_id)
    me = member.c.review_id == write.review_id, member.c.person_id == write.person_id
    membership = write.connection.execute(query.where(*me)).one_or_none()
    if membership is None:
        add(write, write.person_id)
    elif membership.left_at is not None:
        raise NotAllowed(permission.REMOVED.format(name=membership.name))


def add(write: Write, person_id: int, role: Role | None = None) -> None:
    """Take somebody into the team, for the first time or again.

    Args:
        write: of who takes them in.
        person_id: who comes in.
        role: what they may do; None for what they were before, the owner where they made the
            review, and else an editor.
    """
    membership = member.c.review_id == write.review_id, member.c.person_id == person_id
    named = {} if role is None else {"role": role.name.lower()}
    returned = write.connection.execute(
        update(member).where(*membership).values(left_at=None, **named)
    )
    if not returned.rowcount:
        values = write.for_review(person_id=person_id, added_by=write.person_id, joined_at=write.at)
        if role is None and _made_it(write, person_id):
            named = {"role": Role.OWNER.name.lower()}
        write.connection.execute(insert(member).values(**values, **named))
    write.touch(Area.SCREENING)  # also where somebody takes part by their first act
    events.note(write, EventKind.MEMBER_ADDED, _name(write, person_id), to_person=person_id)


def remove(write: Write, person_id: int) -> None:
    """Take somebody out of the team; what they decided stands."""
    membership = member.c.review_id == write.review_id, member.c.person_id == person_id
    left = write.connection.execute(
        update(member)
        .where(*membership, member.c.left_at.is_(None))
        .values(left_at=write.at, is_arbiter=False)
    )
    if not left.rowcount and _made_it(write, person_id):  # and never was in the team
        row = write.for_review(person_id=person_id, added_by=write.person_id, joined_at=write.at)
        write.connection.execute(insert(member).values(**row, left_at=write.at, role="owner"))
    events.note(write, EventKind.MEMBER_REMOVED, _name(write, person_id), to_person=person_id)


def _made_it(write: Write, person_id: int) -> bool:
    query = select(review.c.created_by).where(review.c.id == write.review_id)
    return bool(write.connection.execute(query).scalar_one() == person_id)


def _name(write: Write, person_id: int) -> str:
    query = select(person.c.name).where(person.c.id == person_id)
    name = write.connection.execute(query).scalar_one_or_none()
    if name is None:
        raise Invalid("Nobody is known by that number; please reload the page.")
    return str(name)
