"""Making reviews and saying what they are about; and who works on them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Store, Write, events
from evidence.store.review import people, reviews
from evidence.store.review.people import Person
from evidence.store.review.reviews import Draft, Overview, Reason, Review, Terms

__all__ = ["Draft", "Overview", "Person", "Reason", "Review", "Terms"]

LONGEST_TITLE = 500
LONGEST_NAME = 100


def overviews(store: Store) -> list[Overview]:
    """All reviews, newest first."""
    with store.reading() as c:
        return reviews.overviews(c)


def create(store: Store, person_id: int, draft: Draft) -> Desk:
    """Keep a new review; gives the desk at it.

    Raises:
        Invalid: it has no title, or one that is too long to show.
    """
    checked = _checked(draft)
    with store.changing() as c:
        review_id = reviews.create(c, person_id, datetime.now(UTC), checked)
    return Desk(store=store, review_id=review_id, person_id=person_id)


def change(desk: Desk, draft: Draft, reasons: Sequence[str], terms: Terms) -> None:
    """Replace what is said of a review; decisions keep the reasons they were made with."""
    checked = _checked(draft)
    with desk.writing() as w:
        reviews.change(w, checked)
        _set_reasons(w, reasons)
        reviews.set_terms(w, terms)


def get(desk: Desk) -> Review:
    """The review at the desk."""
    with desk.reading() as c:
        return reviews.get(c, desk.review_id)


def reasons(desk: Desk) -> list[Reason]:
    """The exclusion reasons in use."""
    with desk.reading() as c:
        return reviews.reasons(c, desk.review_id)


def set_reasons(desk: Desk, labels: Sequence[str]) -> None:
    """Make these the reasons in use; decisions keep the reasons they were made with."""
    with desk.writing() as w:
        _set_reasons(w, labels)


def rename_reason(desk: Desk, reason_id: int, label: str) -> None:
    """Give a reason other words, on the decisions made with it, too.

    Raises:
        Invalid: no words, or those of another reason.
        NotFound: it is not in use in this review.
    """
    wanted = " ".join(label.split())
    if not wanted:
        raise Invalid("Please write the new words of the reason.")
    with desk.writing() as w:
        reviews.rename_reason(w, reason_id, wanted)


def terms(desk: Desk) -> Terms:
    """The terms to highlight while screening."""
    with desk.reading() as c:
        return reviews.terms(c, desk.review_id)


def lines(text: str) -> tuple[str, ...]:
    """What was written into a box, one entry per line, without empty lines and repeats."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def everybody(store: Store) -> list[Person]:
    """All people who ever gave their name."""
    with store.reading() as c:
        return people.everybody(c)


def who(store: Store, token: str) -> Person | None:
    """Whose browser this is, if anybody said so."""
    with store.reading() as c:
        return people.of_browser(c, token) if token else None


def welcome(store: Store, name: str, token: str = "") -> Person:
    """Take somebody's name, and remember their browser.

    A name that is known is that person; there are no accounts on one's own machine.
    """
    wanted = " ".join(name.split())
    if not wanted:
        raise Invalid("Please write your name; it stands beside your decisions.")
    if len(wanted) > LONGEST_NAME:
        raise Invalid(f"Please use at most {LONGEST_NAME} letters.")
    now = datetime.now(UTC)
    with store.changing() as c:
        known = (person for person in people.everybody(c) if person.name == wanted)
        person = next(known, None) or people.add(c, wanted, now)
        if token:
            people.remember(c, token, person.id, now)
    return person


def leave(store: Store, token: str) -> None:
    """The next person at this browser is asked for a name again."""
    with store.changing() as c:
        people.forget(c, token)


def _set_reasons(write: Write, labels: Sequence[str]) -> None:
    before = [reason.label for reason in reviews.reasons(write.connection, write.review_id)]
    after = list(dict.fromkeys(labels))
    if before != after:
        reviews.set_reasons(write, after)
        events.note(write, "changed the reasons", "", before=before, after=after)


def _checked(draft: Draft) -> Draft:
    if not draft.title.strip():
        raise Invalid("Please give the review a title.")
    if len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"The title is too long; please use at most {LONGEST_TITLE} letters.")
    return draft
