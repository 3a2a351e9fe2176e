"""A desk at a review, on both databases."""

import pytest

from evidence.screening.verdicts import Stage
from evidence.steps.coding import schemes
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.steps.screening import common_queue, screening_page
from evidence.store import Store
from evidence.store.review import people
from tests.conftest import a_reading, keep


@pytest.fixture
def desk(store: Store, anna: people.Person, review_id: int) -> Desk:
    return Desk(store=store, review_id=review_id, person_id=anna.id)


@pytest.fixture
def bens_desk(store: Store, ben: people.Person, review_id: int) -> Desk:
    return Desk(store=store, review_id=review_id, person_id=ben.id)


@pytest.fixture
def ids(desk: Desk) -> list[int]:
    """The ids of six new works."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(6))))
    return [work.id for work in taken(desk, Stage.TITLE_ABSTRACT).waiting]


def taken(desk: Desk, stage: Stage) -> screening_page.ScreeningPage:
    """The screening page of somebody who goes on screening, so that works are before them."""
    common_queue.refill(desk, stage)
    return screening_page.load(desk, stage)


def enter(desk: Desk) -> None:
    """Take part in the review, as people do before they screen; who was taken out stays out."""
    standing = membership.standing(desk)
    if not standing.belongs and standing.left_at is None:
        membership.join(desk)


def take_newest(desk: Desk, yaml: str, name: str) -> int:
    """Take a version of a scheme, having seen the newest one; gives the id of the scheme."""
    return schemes.add(desk, yaml, name, schemes.version_of(desk, yaml, name))
