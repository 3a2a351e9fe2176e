"""Reviews: making one, and changing what it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.review.reasons import write_reasons
from evidence.store import Role, Store
from evidence.store.area_versions import Area
from evidence.store.review import reviews, terms
from evidence.store.review.reviews import Draft, Overview, Review
from evidence.store.review.terms import Terms

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


def change(desk: Desk, draft: Draft, reasons: Sequence[str], highlighted: Terms) -> None:
    """Replace what the review is about; decisions keep the reasons they were made with."""
    checked = _checked(draft)
    with desk.writing(Role.EDITOR) as w:
        reviews.change(w, checked)
        write_reasons(w, reasons)
        terms.replace(w, highlighted)


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


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text box, without empty lines and repeats."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def _checked(draft: Draft) -> Draft:
    if not draft.title.strip():
        raise Invalid("Please give the review a title.")
    if len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"The title is too long; please use at most {LONGEST_TITLE} letters.")
    return draft
