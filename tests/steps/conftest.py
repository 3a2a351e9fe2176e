"""A desk at a review, on both databases."""

import pytest

from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.store import Store
from evidence.store.review import people


@pytest.fixture
def desk(store: Store, anna: people.Person, review_id: int) -> Desk:
    return Desk(store=store, review_id=review_id, person_id=anna.id)


@pytest.fixture
def bens_desk(store: Store, ben: people.Person, review_id: int) -> Desk:
    return Desk(store=store, review_id=review_id, person_id=ben.id)


def enter(desk: Desk) -> None:
    """Take part in the review, as people do before they screen; who was taken out stays out."""
    standing = membership.standing(desk)
    if not standing.belongs and standing.left_at is None:
        membership.join(desk)
