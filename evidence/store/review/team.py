"""Who is in the team of a review, and who may change how it works."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from evidence.errors import Invalid
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.schema import event, member, person, review

STRANGE = (
    "Only people of the team can change how this review is screened and who reads what. "
    "Press “Take part in this review” on the page Team first."
)
GONE = (
    "{name} is no longer in the team of this review, so this cannot be kept. Somebody of the team "
    "can take them back on the page Team."
)
TOOK_OUT = "took out of the team"


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
    query = (
        select(person.c.name)
        .join(event, event.c.person_id == person.c.id)
        .where(event.c.review_id == review_id, event.c.what == TOOK_OUT, event.c.at == at)
        .limit(1)
    )
    return Removal(at=at, by=connection.execute(query).scalar_one_or_none() or "")


def take_part(write: Write) -> None:
    """Take the writing person into the team, unless they were taken out of it.

    Raises:
        Invalid: they were taken out of the team.
    """
    query = select(member.c.left_at, person.c.name).join(person, person.c.id == member.c.person_id)
    me = member.c.review_id == write.review_id, member.c.person_id == write.person_id
    membership = write.connection.execute(query.where(*me)).one_or_none()
    if membership is None:
        add(write, write.person_id)
    elif membership.left_at is not None:
        raise Invalid(GONE.format(name=membership.name))


def add(write: Write, person_id: int) -> None:
    """Take somebody into the team, for the first time or again."""
    membership = member.c.review_id == write.review_id, member.c.person_id == person_id
    returned = write.connection.execute(update(member).where(*membership).values(left_at=None))
    if not returned.rowcount:
        values = write.for_review(person_id=person_id, added_by=write.person_id, joined_at=write.at)
        write.connection.execute(insert(member).values(**values))
    events.note(write, "took into the team", _name(write, person_id))


def remove(write: Write, person_id: int) -> None:
    """Take somebody out of the team; what they decided stands."""
    write.connection.execute(
        update(member)
        .where(
            member.c.review_id == write.review_id,
            member.c.person_id == person_id,
            member.c.left_at.is_(None),
        )
        .values(left_at=write.at)
    )
    events.note(write, TOOK_OUT, _name(write, person_id))


def may_lead(write: Write) -> None:
    """Only the team, and who made the review, change how it works and who reads what.

    Raises:
        Invalid: the writing person is neither, or was taken out.
    """
    name, left, leads = _standing(write.connection, write.review_id, write.person_id)
    if left:
        raise Invalid(GONE.format(name=name))
    if not leads:
        raise Invalid(STRANGE)


def leads(connection: Connection, review_id: int, person_id: int) -> bool:
    """Whether somebody may change how the review works and who reads what."""
    _, left, leads_ = _standing(connection, review_id, person_id)
    return leads_ and not left


def _standing(connection: Connection, review_id: int, person_id: int) -> tuple[str, bool, bool]:
    """The name of a person, whether they left the team, and whether they are in it or began it."""
    query = (
        select(person.c.name, member.c.id, member.c.left_at, review.c.created_by)
        .select_from(person)
        .join(review, review.c.id == review_id)
        .outerjoin(
            member, (member.c.person_id == person.c.id) & (member.c.review_id == review.c.id)
        )
        .where(person.c.id == person_id)
    )
    found = connection.execute(query).one_or_none()
    if found is None:
        return "", False, False
    belongs = found.id is not None or found.created_by == person_id
    return str(found.name), found.left_at is not None, belongs


def _name(write: Write, person_id: int) -> str:
    query = select(person.c.name).where(person.c.id == person_id)
    name = write.connection.execute(query).scalar_one_or_none()
    if name is None:
        raise Invalid("Nobody is known by that number; please reload the page.")
    return str(name)
