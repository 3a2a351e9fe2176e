"""Joining works by hand opens no vote that is blind for the one who joins."""

import pytest

from evidence.errors import NotAllowed
from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import pair_history, record_pairs
from evidence.steps.review import team
from evidence.steps.screening import stage_settings
from evidence.store.records.filters import Filter
from evidence.store.screening import decision_queries
from tests.conftest import a_reading, keep
from tests.steps.screening.deciding import EX, IN, ONE, TA, TWO, say

Works = tuple[int, int]


@pytest.fixture
def works(desk: Desk, bens_desk: Desk) -> Works:
    """Two works of two files, in a review that asks two people."""
    for file, title in (("a.ris", "Gardens"), ("b.ris", "Working in gardens")):
        keep(desk.store, desk.person_id, desk.review_id, a_reading(title, file=file), file)
    for name in ("Anna", "Ben"):
        team.add(desk, name)
    stage_settings.change(desk, TA, TWO, ONE)
    one, other = records.page(desk, Filter(), 0, 9)
    return one.id, other.id


def read_by(desk: Desk, work_ids: Works) -> set[str]:
    """Who said what on these works, as far as this person may know it."""
    with desk.reading() as c:
        by_work = decision_queries.of_works(c, desk.review_id, TA, work_ids, desk.person_id)
    return {f"{row.person}: {row.verdict}" for rows in by_work.values() for row in rows}


def records_of(desk: Desk, works: Works) -> Works:
    first, second = (records.get(desk, work_id).records[0].id for work_id in works)
    return first, second


@pytest.mark.parametrize("closed", [0, 1])
@pytest.mark.parametrize("by", ["works", "records"])
def test_an_open_work_is_not_opened_by_joining_it_to_a_closed_one(
    desk: Desk, bens_desk: Desk, works: Works, closed: int, by: str
) -> None:
    for colleague in (desk, bens_desk):
        say(colleague, works[closed], EX)
    say(bens_desk, works[1 - closed], IN)

    with pytest.raises(NotAllowed, match="what a colleague said of “"):
        if by == "works":
            record_pairs.mark_same(desk, *works)
        else:
            record_pairs.decide(desk, records_of(desk, works), "same")

    assert {row.id for row in records.page(desk, Filter(), 0, 9)} == set(works)
    assert pair_history.newest_own(desk) is None
    assert read_by(desk, works) == {"Anna: exclude", "Ben: exclude"}
    say(desk, works[1 - closed], IN)
    record_pairs.mark_same(desk, *works)
    assert len(records.page(desk, Filter(), 0, 9)) == 1


def test_two_votes_of_others_are_not_put_together_by_a_third_who_has_not_voted(
    desk: Desk, bens_desk: Desk, works: Works
) -> None:
    carl = _another(desk, "Carl")
    say(desk, works[0], IN)
    say(bens_desk, works[1], EX)

    with pytest.raises(NotAllowed, match="Nothing was joined"):
        record_pairs.mark_same(carl, *works)

    assert not read_by(carl, works)


def test_taking_back_that_works_differ_opens_nothing_either(
    desk: Desk, bens_desk: Desk, works: Works
) -> None:
    record_pairs.mark_same(desk, *works)
    record = records_of(desk, (works[0], works[0]))[0]
    record_pairs.split_off(desk, record)
    for colleague in (desk, bens_desk):
        say(colleague, works[0], EX)
    say(bens_desk, works[1], IN)
    last = pair_history.newest_own(desk)
    assert last is not None

    with pytest.raises(NotAllowed, match="Nothing was joined"):
        pair_history.withdraw_act(desk, last.newest.verdict.id)


def test_works_are_joined_where_nothing_hidden_comes_to_light(
    desk: Desk, bens_desk: Desk, works: Works
) -> None:
    say(bens_desk, works[0], IN)

    record_pairs.mark_same(desk, *works)

    [row] = records.page(desk, Filter(), 0, 9)
    assert row.title_abstract == State.OPEN
    assert not read_by(desk, works)


def _another(desk: Desk, name: str) -> Desk:
    team.add(desk, name)
    [person_id] = [id_ for id_, known in team.names(desk).items() if known == name]
    return Desk(store=desk.store, review_id=desk.review_id, person_id=person_id)
