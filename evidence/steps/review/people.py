"""People who work on reviews, and the browsers they are known by; there are no accounts."""

from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.screening.name_matching import folded_name
from evidence.steps.desk import Desk
from evidence.store import Connection, Store
from evidence.store.review import people
from evidence.store.review.people import Person

LONGEST_NAME = 100


def everybody(store: Store) -> list[Person]:
    """All people who ever gave their name, by name."""
    with store.reading_outside() as c:
        return people.everybody(c)


def known(desk: Desk) -> list[Person]:
    """Whom the person at the desk may know by name: on a server for teams the people of the
    review, otherwise everybody.
    """
    with desk.reading() as c:
        return people.known(c, scope(desk))


def without_account(desk: Desk) -> list[Person]:
    """People of the review who have no account on this server, so that somebody can take their work
    over.
    """
    with desk.reading() as c:
        known = people.known(c, desk.review_id)
        having = people.having_account(c, [person.id for person in known])
    return [person for person in known if person.id not in having]


def scope(desk: Desk) -> int | None:
    """In which review names are looked up, for `known` and `find_or_add`; None for everywhere.

    A name proves nothing, so that on a server for teams it leads to people of the review only.
    """
    return desk.review_id if desk.store.private else None


def alike(store: Store, name: str) -> list[Person]:
    """People whose name differs from this one only in case, spaces or accents.

    Nobody where somebody has just this name, or where it is no name at all.
    """
    form, known = folded_name(name), everybody(store)
    if not form or any(person.name == " ".join(name.split()) for person in known):
        return []
    return [person for person in known if folded_name(person.name) == form]


def of_browser(store: Store, token: str) -> Person | None:
    """Whose browser this is, where somebody signed in at it."""
    with store.reading_outside() as c:
        return people.of_browser(c, token) if token else None


def named(store: Store, name: str) -> Person:
    """The person of this name, who is added if nobody has it yet.

    Raises:
        Invalid: no name, or too long a one.
    """
    with store.writing_outside() as c:
        return find_or_add(c, name, datetime.now(UTC))


def sign_in(store: Store, name: str, token: str) -> Person:
    """The person of this name, to whom the browser that holds this token belongs from now on.

    Raises:
        Invalid: no name, or too long a one.
    """
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        person = find_or_add(c, name, now)
        if token:
            people.remember(c, token, person.id, now)
    return person


def sign_out(store: Store, token: str) -> None:
    """Ask the next person at this browser for a name again."""
    with store.writing_outside() as c:
        people.forget(c, token)


def find_or_add(
    connection: Connection, name: str, at: datetime, within: int | None = None
) -> Person:
    """The person of this name, who is added if nobody has it yet, in a transaction of the caller.

    Args:
        connection: of the transaction.
        name: as it was written.
        at: when.
        within: the number of the review whose people are meant; None for everybody.

    Raises:
        Invalid: no name, or too long a one.
    """
    name = " ".join(name.split())
    if not name:
        raise Invalid("Please write your name; it stands beside your decisions.")
    if len(name) > LONGEST_NAME:
        raise Invalid(f"Please use at most {LONGEST_NAME} letters.")
    by_name = {person.name: person for person in people.known(connection, within)}
    return by_name.get(name) or people.add(connection, name, at)
