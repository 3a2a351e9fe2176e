"""Reviews: what they are about, their reasons for exclusion, and the terms they highlight."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.store import Role, Store, Write, events
from evidence.store.areas import Area
from evidence.store.events import EventKind
from evidence.store.review import reviews
from evidence.store.review.reviews import Draft, Overview, Reason, Review, Terms

LONGEST_TITLE = 500


def overviews(store: Store) -> list[Overview]:
    """All reviews, newest first."""
    with store.reading_outside() as c:
        return reviews.overviews(c)


def create(store: Store, person_id: int, draft: Draft) -> Desk:
    """Make a new review; gives the desk at it.

    Raises:
        Invalid: it has no title, or one that is too long to show.
    """
    checked = _checked(draft)
    with store.writing_outside() as c:
        review_id = reviews.create(c, person_id, datetime.now(UTC), checked)
    return Desk(store=store, review_id=review_id, person_id=person_id)


def change(desk: Desk, draft: Draft, reasons: Sequence[str], terms: Terms) -> None:
    """Replace what the review is about; decisions keep the reasons they were made with."""
    checked = _checked(draft)
    with desk.writing(Role.EDITOR) as w:
        reviews.change(w, checked)
        _set_reasons(w, reasons)
        reviews.set_terms(w, terms)


def get(desk: Desk) -> Review:
    """The review at the desk."""
    with desk.reading() as c:
        return reviews.get(c, desk.review_id)


def versions(desk: Desk, areas: Area) -> tuple[int, ...]:
    """The versions of areas of the review; none of them changes while no write touches it.

    Raises:
        NotFound: there is no such review.
    """
    with desk.reading() as c:
        return reviews.versions(c, desk.review_id, areas)


def reasons(desk: Desk) -> list[Reason]:
    """The exclusion reasons in use."""
    with desk.reading() as c:
        return reviews.reasons(c, desk.review_id)


def set_reasons(desk: Desk, labels: Sequence[str]) -> None:
    """Make these the reasons in use; decisions keep the reasons they were made with."""
    with desk.writing(Role.EDITOR) as w:
        _set_reasons(w, labels)


def rename_reason(desk: Desk, reason_id: int, label: str) -> None:
    """Give a reason other words, on the decisions made with it, too.

    Raises:
        Invalid: no words, or those of another reason.
        NotFound: it is not in use in this review.
    """
    label = " ".join(label.split())
    if not label:
        raise Invalid("Please write the new words of the reason.")
    with desk.writing(Role.EDITOR) as w:
        reviews.rename_reason(w, reason_id, label)


def terms(desk: Desk) -> Terms:
    """The terms to highlight while screening."""
    with desk.reading() as c:
        return reviews.terms(c, desk.review_id)


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text box, without empty lines and repeats."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _set_reasons(write: Write, labels: Sequence[str]) -> None:
    before = [reason.label for reason in reviews.reasons(write.connection, write.review_id)]
    after = list(dict.fromkeys(labels))
    if before != after:
        reviews.set_reasons(write, after)
        events.note(write, EventKind.REASONS_CHANGED, "", before=before, after=after)


def _checked(draft: Draft) -> Draft:
    if not draft.title.strip():
        raise Invalid("Please give the review a title.")
    if len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"The title is too long; please use at most {LONGEST_TITLE} letters.")
    return draft
