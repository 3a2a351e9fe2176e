"""Reviews: making one, and changing what it is about."""

from collections.abc import Sequence
from datetime import UTC, datetime

from evidence.errors import Invalid
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.review.reasons import write_reasons
from evidence.store import Connection, Role, Store, Write
from evidence.store.area_versions import Area
from evidence.store.review import access, reviews, terms
from evidence.store.review import reasons as stored_reasons
from evidence.store.review.reviews import Draft, Overview, Review
from evidence.store.review.terms import Terms

LONGEST_TITLE = 500
TOO_MANY = (
    "You own {most} reviews, as many as this server lets one person own. Make somebody else the "
    "owner of one, or ask whoever looks after the server."
)
NOBODY = 0  # a number that no person has


def overviews(store: Store, person_id: int = NOBODY) -> list[Overview]:
    """The reviews that a person may look at, newest first: all of them, or on a server for teams
    their own and the example.
    """
    with store.reading_outside() as c:
        return reviews.overviews(c, person_id if store.private else None)


def create(store: Store, person_id: int, draft: Draft) -> Desk:
    """Make a new review; gives the desk at it.

    Raises:
        Invalid: it has no title, or one that is too long to show; or, on a server for teams, the
            person owns as many reviews as they may.
    """
    checked = _checked(draft)
    with store.writing_outside() as c:
        if store.private:
            refuse_one_more(c, person_id)
        review_id = reviews.create(c, person_id, datetime.now(UTC), checked)
    return Desk(store=store, review_id=review_id, person_id=person_id)


def refuse_one_more(connection: Connection, person_id: int) -> None:
    """Refuse another review of somebody who owns as many as the server lets them.

    Raises:
        Invalid: they own as many.
    """
    most = Settings.from_environment().most_reviews
    if most and access.number_owned(connection, person_id) >= most:
        raise Invalid(TOO_MANY.format(most=most))


def change(
    desk: Desk,
    draft: Draft,
    reasons: Sequence[str],
    highlighted: Terms,
    *,
    shown: tuple[Draft, Sequence[str], Terms] | None = None,
) -> None:
    """Replace what the review is about; decisions keep the reasons they were made with.

    Args:
        desk: of an editor.
        draft: title, question and criteria.
        reasons: for exclusion, in their order.
        highlighted: the terms to highlight.
        shown: what the person saw of all this before saving; None takes any.

    Raises:
        Invalid: somebody changed it meanwhile; or a text is missing or too long.
    """
    checked = _checked(draft)
    with desk.writing(Role.EDITOR) as w:
        if shown is not None and shown != _about(w):
            raise Invalid(
                "Somebody changed the review meanwhile. What you wrote is still in the boxes; "
                "please look below at what it says now, and save again."
            )
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


def _about(write: Write) -> tuple[Draft, tuple[str, ...], Terms]:
    """What the review says of itself now."""
    review = reviews.get(write.connection, write.review_id)
    draft = Draft(title=review.title, question=review.question, criteria=tuple(review.criteria))
    in_use = stored_reasons.listing(write.connection, write.review_id)
    return draft, tuple(one.label for one in in_use), terms.get(write.connection, write.review_id)


def _checked(draft: Draft) -> Draft:
    if not draft.title.strip():
        raise Invalid("Please give the review a title.")
    if len(draft.title) > LONGEST_TITLE:
        raise Invalid(f"The title is too long; please use at most {LONGEST_TITLE} letters.")
    return draft
