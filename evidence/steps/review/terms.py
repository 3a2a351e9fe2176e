"""The terms that a review highlights while people screen."""

from evidence.steps.desk import Desk
from evidence.store.review import terms
from evidence.store.review.terms import Terms


def get(desk: Desk) -> Terms:
    """The terms to highlight while screening."""
    with desk.reading() as c:
        return terms.get(c, desk.review_id)
