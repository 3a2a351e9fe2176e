"""People, the reviews that name them, and the browsers by which they are known on their own
machine.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, delete, insert, select, union

from evidence.store.schema import (
    account,
    browser,
    coding,
    decision,
    event,
    member,
    person,
    review,
    study,
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works on reviews."""

    id: int
    name: str


def add(connection: Connection, name: str, at: datetime) -> Person:
    """Store a new person."""
    row = insert(person).values(name=name, created_at=at).returning(person.c.id)
    return Person(connection.execute(row).scalar_one(), name)


def everybody(connection: Connection) -> list[Person]:
    """All people, by name."""
    rows = connection.execute(select(person.c.id, person.c.name).order_by(person.c.name))
    return [Person(*row) for row in rows]


def find(connection: Connection, person_id: int) -> Person | None:
    """The person with this id."""
    query = select(person.c.id, person.c.name).where(person.c.id == person_id)
    row = connection.execute(query).one_or_none()
    return Person(*row) if row else None


def known(connection: Connection, within: int | None) -> list[Person]:
    """The people of a review by name, those who left it and those whom it only names included;
    with None, all people.
    """
    if within is None:
        return everybody(connection)
    query = select(person.c.id, person.c.name).where(person.c.id.in_(_of_review(within)))
    return [Person(*row) for row in connection.execute(query.order_by(person.c.name))]


def of_review(connection: Connection, review_id: int) -> set[int]:
    """Who made a review, was ever in its team, or is named by its decisions, codings or history."""
    return {row.id for row in connection.execute(_of_review(review_id))}


def reviews_of(connection: Connection, person_id: int) -> set[int]:
    """The reviews that name a person in one of these ways."""
    ways = [select(review_of).where(who == person_id) for review_of, who in _WAYS]
    coded = select(study.c.review_id).select_from(_CODED).where(coding.c.person_id == person_id)
    return set(connection.execute(union(*ways, coded)).scalars())


def having_account(connection: Connection, person_ids: Collection[int]) -> set[int]:
    """Who of these people can sign in on a server for teams."""
    query = select(account.c.person_id).where(account.c.person_id.in_(person_ids))
    return set(connection.execute(query).scalars())


_CODED = coding.join(study, study.c.id == coding.c.study_id)
_WAYS = (
    (review.c.id, review.c.created_by),
    (member.c.review_id, member.c.person_id),
    (decision.c.review_id, decision.c.person_id),
    (event.c.review_id, event.c.person_id),
    (event.c.review_id, event.c.to_person_id),
)
"""How reviews name people: the column of the review, and that of the person."""


def _of_review(review_id: int) -> Select[tuple[int]]:
    ways = [select(who.label("id")).where(review_of == review_id) for review_of, who in _WAYS]
    coders = select(coding.c.person_id).select_from(_CODED).where(study.c.review_id == review_id)
    named = union(*ways, coders).subquery()
    return select(named.c.id).where(named.c.id.is_not(None))


def of_browser(connection: Connection, token: str) -> Person | None:
    """Who uses the browser that holds this token."""
    query = (
        select(person.c.id, person.c.name)
        .join(browser, browser.c.person_id == person.c.id)
        .where(browser.c.token_hash == _hash(token))
    )
    row = connection.execute(query).one_or_none()
    return Person(*row) if row else None


def remember(connection: Connection, token: str, person_id: int, at: datetime) -> None:
    """Note that this browser is this person's from now on."""
    forget(connection, token)
    connection.execute(
        insert(browser).values(token_hash=_hash(token), person_id=person_id, seen_at=at)
    )


def forget(connection: Connection, token: str) -> None:
    """Note that this browser is nobody's any more."""
    connection.execute(delete(browser).where(browser.c.token_hash == _hash(token)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
