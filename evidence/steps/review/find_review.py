"""The review that somebody names, for commands and notebooks."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.review import people, reviews
from evidence.steps.review.reviews import NOBODY
from evidence.store import Store

BY = "Command line"  # the person in whose name scripts work


def find_review(opened: Store, name: str) -> Desk:
    """The desk at a review that is named by number or title; a number comes first.

    Raises:
        Invalid: there is no such review, or several have this title.
    """
    all_reviews = [overview.review for overview in reviews.overviews(opened)]
    by_title = [review for review in all_reviews if review.title == name]
    found = [review for review in all_reviews if str(review.id) == name] or by_title
    if len(found) == 1:
        return Desk(store=opened, review_id=found[0].id, person_id=_person_id(opened))
    if found:
        numbers = ", ".join(str(review.id) for review in found)
        raise Invalid(f"{len(found)} reviews are called “{name}”; name a number: {numbers}.")
    names = ", ".join(f"{review.id} “{review.title}”" for review in all_reviews)
    raise Invalid(f"There is no review “{name}”. There are: {names or 'none'}.")


def _person_id(opened: Store) -> int:
    """The number of the person in whose name scripts work; who only looks need not be there."""
    return next((one.id for one in people.everybody(opened) if one.name == BY), NOBODY)
