"""Who holds what, since when, until when; and works that are given back before their time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from evidence.errors import Invalid
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import State
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.steps.screening import (
    allocation,
    common_queue,
    held_works,
    messages,
    pilots,
    screening_page,
    stage_settings,
)
from evidence.store import Role, schema
from evidence.store.screening.assignments import How
from evidence.store.screening.queue import LONGEST_HOLD
from tests.conftest import a_reading, keep
from tests.steps.screening.deciding import FT, IN, TA, say, tally

WORKS = 6


@pytest.fixture
def both(desk: Desk, bens_desk: Desk) -> tuple[Desk, Desk]:
    """Anna, who made the review, and Ben, with six open works."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
    membership.join(desk)
    membership.join(bens_desk)
    return desk, bens_desk


def before(desk: Desk) -> list[int]:
    return [work.id for work in screening_page.load(desk, TA).waiting]


def decision(work_id: int) -> dict[str, object]:
    return {
        "kind": "decision",
        "client_id": f"late-{work_id}",
        "id": work_id,
        "stage": TA.value,
        "verdict": "include",
    }


def test_what_is_held_is_told_with_its_times(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    assert held_works.listing(anna) == []
    common_queue.begin(ben, TA)
    say(ben, before(ben)[0], IN)
    (hold,) = held_works.listing(anna)
    assert (hold.name, hold.stage, hold.how, hold.works) == ("Ben", TA, How.PULLED, WORKS - 1)
    assert hold.until is not None
    assert hold.until - hold.since == LONGEST_HOLD
    assert hold.lapsed == 0
    with anna.store.writing_outside() as c:
        table = schema.assignment
        late = datetime.now(UTC) - LONGEST_HOLD - timedelta(minutes=1)
        c.execute(update(table).where(table.c.work_id.in_(before(ben)[:2])).values(at=late))
    (hold,) = held_works.listing(anna)
    assert (hold.works, hold.lapsed) == (WORKS - 1, 2)
    assert hold.until is not None
    assert hold.until > hold.since + LONGEST_HOLD  # the others end later


def test_what_was_given_out_and_pilots_end_by_no_clock(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    pilots.begin(anna, TA, [anna.person_id, ben.person_id], 2)
    allocation.divide(anna, TA, {ben.person_id: 1.0})
    told = {(hold.name, hold.how): (hold.works, hold.until) for hold in held_works.listing(anna)}
    assert told == {
        ("Anna", How.PILOT): (2, None),
        ("Ben", How.PILOT): (2, None),
        ("Ben", How.ASSIGNED): (WORKS - 2, None),
    }


def test_works_that_others_decided_are_held_by_nobody(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    for work_id in before(ben):
        say(anna, work_id, IN)
    assert held_works.listing(anna) == []


def test_released_works_are_open_for_others_at_once(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    held = before(ben)
    assert not screening_page.load(anna, TA).can_begin
    assert held_works.release(anna, TA, ben.person_id) == WORKS
    assert screening_page.load(anna, TA).can_begin
    common_queue.begin(anna, TA)
    assert before(anna) == held
    assert before(ben) == []
    with pytest.raises(Invalid, match="Nothing is held"):
        held_works.release(anna, TA, ben.person_id)


def test_a_release_leaves_decisions_pilots_and_the_other_stage_alone(
    both: tuple[Desk, Desk],
) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    pilots.begin(anna, TA, [anna.person_id, ben.person_id], 2)
    free = [work_id for work_id in before(ben) if work_id not in before(anna)]
    say(ben, free[0], IN)
    common_queue.begin(anna, FT)
    assert held_works.release(ben, TA, ben.person_id) == len(free) - 1
    assert tally(anna) == {State.INCLUDE: 1, State.OPEN: WORKS - 1}
    told = [(hold.name, hold.stage, hold.how) for hold in held_works.listing(anna)]
    assert told == [
        ("Anna", TA, How.PILOT),
        ("Ben", TA, How.PILOT),
        ("Anna", FT, How.PULLED),
    ]


def test_an_own_hold_is_for_reviewers_and_others_for_editors(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    (hold,) = held_works.listing(anna)
    own = [held_works.can_release(hold, role, ben.person_id) for role in Role]
    of_others = [held_works.can_release(hold, role, anna.person_id) for role in Role]
    assert own == [False, True, True, True]
    assert of_others == [False, False, True, True]


# ── what the page of the person sends afterwards ──────────────────────────────────────────────────


def test_after_a_release_a_decision_on_its_way_counts(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    first, second, *_ = before(ben)
    held_works.release(anna, TA, ben.person_id)
    outcome = messages.apply(ben, [decision(first)])
    assert (outcome.accepted, outcome.refused) == ([f"late-{first}"], {})
    assert tally(anna)[State.INCLUDE] == 1
    assert before(ben)[0] == second  # and whoever goes on gets the next works again


def test_after_a_release_a_decision_on_what_a_colleague_decided_is_a_second_voice(
    both: tuple[Desk, Desk],
) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    first = before(ben)[0]
    held_works.release(anna, TA, ben.person_id)
    common_queue.begin(anna, TA)
    messages.apply(anna, [decision(first) | {"client_id": "annas", "verdict": "exclude"}])
    assert messages.apply(ben, [decision(first)]).refused == {}
    assert tally(anna)[State.CONFLICT] == 1


def test_after_a_release_a_decision_is_refused_where_people_read_what_is_assigned(
    both: tuple[Desk, Desk],
) -> None:
    anna, ben = both
    stage_settings.change(anna, TA, StageSettings(pulls=False), StageSettings())
    allocation.divide(anna, TA, {ben.person_id: 1.0})
    first = before(ben)[0]
    held_works.release(anna, TA, ben.person_id)
    outcome = messages.apply(ben, [decision(first)])
    assert outcome.accepted == []
    assert "was given to others to read" in outcome.refused[f"late-{first}"]
    assert tally(anna) == {State.OPEN: WORKS}
    assert allocation.shortage(anna, TA).works == WORKS
