"""Somebody who leaves for good: their work stays under a pseudonym, by what they were known goes.

Names stand in rows of people, and in words: in the history, the audit, invitations, and in files
with decisions. All of these are looked through.
"""

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from evidence.store import permission
from evidence.store.events import EventKind
from evidence.store.review import people
from evidence.store.schema import (
    account,
    audit_entry,
    brought_decision,
    browser,
    event,
    invitation,
    person,
    review,
    server_person,
)

PSEUDONYM = "Former reviewer {number}"
_NAMING = (
    EventKind.WORKS_DIVIDED,
    EventKind.PILOT_BEGUN,
    EventKind.CODING_PILOT_BEGUN,
    EventKind.CODING_GIVEN,
    EventKind.CODING_TAKEN_BACK,
)
"""What the history tells of several people by their names, in JSON."""
_IS_PSEUDONYM = re.compile(r"Former reviewer ([0-9]{1,9})")


def is_pseudonym(name: str) -> bool:
    """Whether somebody is called so because they left."""
    return _IS_PSEUDONYM.fullmatch(name) is not None


def next_pseudonym(connection: Connection) -> str:
    """One that nobody has."""
    query = select(person.c.name).where(person.c.name.startswith("Former reviewer "))
    found = map(_IS_PSEUDONYM.fullmatch, connection.execute(query).scalars())
    taken = [int(each[1]) for each in found if each]
    return PSEUDONYM.format(number=max(taken, default=0) + 1)


def reviews_to_leave(connection: Connection, person_id: int) -> list[int]:
    """The reviews to which somebody belongs now."""
    query = select(review.c.id).where(permission.belongs(person_id), review.c.preview_of.is_(None))
    return list(connection.execute(query.order_by(review.c.id)).scalars())


def is_example(connection: Connection, review_id: int) -> bool:
    """Whether a review is the example, which needs no owner."""
    query = select(review.c.demonstration).where(review.c.id == review_id)
    return bool(connection.execute(query).scalar_one())


def rename(connection: Connection, person_id: int, pseudonym: str, at: datetime) -> None:
    """Give somebody a pseudonym wherever their name stands, and delete by what they came in."""
    names = select(person.c.name).where(person.c.id == person_id)
    name = str(connection.execute(names).scalar_one())
    mine = account.c.person_id == person_id
    known_by = connection.execute(select(account.c.email, account.c.subject).where(mine))
    called = {name, *(word for row in known_by for word in row)} - {""}
    called |= _invitations(connection, person_id, called, at)
    _audit(connection, called, pseudonym)
    _history(connection, person_id, name, pseudonym)
    theirs = update(brought_decision).where(brought_decision.c.person_id == person_id)
    connection.execute(theirs.values(name=pseudonym))
    accounts = select(account.c.id).where(mine)
    known = update(audit_entry).where(audit_entry.c.account_id.in_(accounts))
    connection.execute(known.values(account_id=None))
    did = update(audit_entry).where(audit_entry.c.person_id == person_id)
    connection.execute(did.values(address=""))
    connection.execute(delete(account).where(mine))  # sessions, password and passkeys with it
    connection.execute(delete(browser).where(browser.c.person_id == person_id))
    connection.execute(delete(server_person).where(server_person.c.person_id == person_id))
    row = update(person).where(person.c.id == person_id)
    connection.execute(row.values(name=pseudonym))


def _invitations(
    connection: Connection, person_id: int, called: set[str], at: datetime
) -> set[str]:
    """Invitations forget for whom they were, and those that wait for them work no more; gives what
    they called the person.
    """
    lower = [each.lower() for each in called]
    theirs = or_(
        invitation.c.as_person == person_id,
        invitation.c.used_by == person_id,
        func.lower(invitation.c.for_whom).in_(lower),
    )
    waits = invitation.c.used_at.is_(None) & invitation.c.withdrawn_at.is_(None)
    words = set(connection.execute(select(invitation.c.for_whom).where(theirs)).scalars())
    connection.execute(update(invitation).where(theirs, waits).values(withdrawn_at=at))
    connection.execute(update(invitation).where(theirs).values(for_whom=""))
    return words - {""}


def _audit(connection: Connection, called: set[str], pseudonym: str) -> None:
    """Replace a name in the words of the audit, which begin with whom something was done to."""
    longest_first = sorted(called, key=len, reverse=True)
    names = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?:{names})(?=\Z|: |, | as )", re.IGNORECASE)
    begins = [audit_entry.c.subject.istartswith(each, autoescape=True) for each in longest_first]
    query = select(audit_entry.c.id, audit_entry.c.subject).where(or_(*begins))
    for row in connection.execute(query).all():
        found = pattern.match(row.subject)
        if found:
            words = pseudonym + row.subject[found.end() :]
            changed = update(audit_entry).where(audit_entry.c.id == row.id)
            connection.execute(changed.values(subject=words))


def _history(connection: Connection, person_id: int, name: str, pseudonym: str) -> None:
    """Replace a name where the history of reviews says to whom something was done."""
    query = select(event.c.id, event.c.subject, event.c.before, event.c.after)
    to_them = query.where(event.c.to_person_id == person_id)
    among_others = query.where(
        event.c.review_id.in_(people.reviews_of(connection, person_id)),
        event.c.kind.in_([each.value for each in _NAMING]),
    )
    for row in [*connection.execute(to_them), *connection.execute(among_others)]:
        values = {
            "subject": pseudonym if row.subject == name else row.subject,
            "before": _replaced(row.before, name, pseudonym),
            "after": _replaced(row.after, name, pseudonym),
        }
        changed = {each: value for each, value in values.items() if value != getattr(row, each)}
        if changed:
            connection.execute(update(event).where(event.c.id == row.id).values(**changed))


def _replaced(value: Any, name: str, pseudonym: str) -> Any:
    """What JSON holds, with a name replaced where it stands alone."""
    if isinstance(value, dict):
        return {
            pseudonym if key == name else key: _replaced(part, name, pseudonym)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [_replaced(part, name, pseudonym) for part in value]
    return pseudonym if value == name else value
