"""Works of a pilot come first, always, and nothing before them."""

from dataclasses import replace

import pytest

from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.verdicts import Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership
from evidence.steps.screening import (
    allocation,
    common_queue,
    held_works,
    messages,
    pilots,
    priority,
    screening_page,
    stage_settings,
)
from evidence.store.screening import pilots as stored_pilots
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken
from tests.steps.screening.deciding import EX, IN, TA, say

WORKS, SAMPLE = 40, 10


@pytest.fixture
def anna(desk: Desk, bens_desk: Desk) -> Desk:
    """Anna, who holds works already; Ben is in the team, too."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
    membership.join(bens_desk)
    common_queue.begin(desk, TA)
    return desk


def pilot(desk: Desk, bens_desk: Desk, size: int = SAMPLE, seed: int = 1) -> list[int]:
    """Begin a pilot; gives its works."""
    people = [desk.person_id, bens_desk.person_id]
    made = pilots.begin(desk, TA, people, size, seed=seed)
    with desk.reading() as c:
        by_work = stored_pilots.pilot_by_work(c, desk.review_id, TA)
    return sorted(work_id for work_id, pilot_id in by_work.items() if pilot_id == made.id)


def before(desk: Desk) -> list[int]:
    """What the deck holds, in its order."""
    return [work.id for work in taken(desk, TA).waiting]


def place(desk: Desk) -> tuple[int, int]:
    """How many works of the pilot of the first work are decided, and how many it has."""
    page = screening_page.load(desk, TA)
    part = page.parts[page.pilots[page.waiting[0].id]]
    return part.works - part.waiting, part.works


def test_a_pilot_comes_before_what_one_held_already(anna: Desk, bens_desk: Desk) -> None:
    held = before(anna)
    sample = pilot(anna, bens_desk)
    now = before(anna)
    assert now[:SAMPLE] == sample
    assert (
        now[SAMPLE:] == [work_id for work_id in held if work_id not in sample][: len(now) - SAMPLE]
    )
    assert place(anna) == (0, SAMPLE)


def test_a_pilot_comes_before_what_is_given_out_later(anna: Desk, bens_desk: Desk) -> None:
    sample = pilot(anna, bens_desk)
    allocation.divide(anna, TA, {bens_desk.person_id: 1.0})
    assert before(bens_desk)[:SAMPLE] == sample


def test_it_is_counted_on_until_the_last_and_then_the_rest_comes(
    anna: Desk, bens_desk: Desk
) -> None:
    sample = pilot(anna, bens_desk)
    for number, work_id in enumerate(sample):
        assert (before(anna)[0], place(anna)) == (work_id, (number, SAMPLE))
        say(anna, work_id, IN)
    assert not set(before(anna)) & set(sample)
    page = screening_page.load(anna, TA)
    assert page.waiting[0].id not in page.pilots


def test_after_an_undo_the_work_of_the_pilot_is_first_again(anna: Desk, bens_desk: Desk) -> None:
    outside = before(anna)[-1]
    say(anna, outside, EX)
    sample = pilot(anna, bens_desk)
    say(anna, sample[0], IN)
    say(anna, sample[0], Verdict.WITHDRAWN)
    assert (before(anna)[0], place(anna)) == (sample[0], (0, SAMPLE))
    say(anna, outside, Verdict.WITHDRAWN)  # no work of the pilot: it comes behind it
    assert before(anna)[:SAMPLE] == sample


def test_another_order_of_the_queue_changes_nothing(
    anna: Desk, bens_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    learn = priority.learn
    monkeypatch.setattr(priority, "learn", lambda at: learn(at, wait=True))
    stage_settings.change(
        anna, TA, StageSettings(order=Order.PRIORITY, chance=0.0), StageSettings()
    )
    sample = pilot(anna, bens_desk)
    for number, work_id in enumerate(sample[:4]):
        say(anna, work_id, IN if number % 2 else EX)  # after each, the order is learnt anew
        assert before(anna)[: SAMPLE - number - 1] == sample[number + 1 :]


def test_what_is_skipped_in_a_pilot_still_comes_before_all_else(
    anna: Desk, bens_desk: Desk
) -> None:
    first, *rest = pilot(anna, bens_desk, size=3)
    item = {"kind": "skip", "client_id": "skip", "id": first, "stage": TA.value}
    assert messages.apply(anna, [item]).refused == {}
    assert before(anna)[:3] == [*rest, first]


def test_two_pilots_come_one_after_the_other(anna: Desk, bens_desk: Desk) -> None:
    first = pilot(anna, bens_desk, size=3)
    second = pilot(anna, bens_desk, size=3, seed=2)
    assert before(anna)[:6] == [*first, *second]


def test_nothing_is_taken_from_colleagues_while_a_pilot_waits(anna: Desk, bens_desk: Desk) -> None:
    sample = pilot(anna, bens_desk, size=3)
    common_queue.begin(bens_desk, TA)
    assert before(bens_desk) == sample
    say(anna, sample[0], IN)
    item = {"kind": "decision", "client_id": "1", "id": sample[0], "stage": TA.value}
    messages.apply(bens_desk, [item | {"verdict": "include"}])
    assert before(bens_desk) == sample[1:]
    rest = [item | {"id": one, "client_id": f"r{one}", "verdict": "include"} for one in sample[1:]]
    messages.apply(bens_desk, rest)
    held = [hold.works for hold in held_works.listing(anna) if hold.name == "Ben"]
    assert held == [len(before(bens_desk))]  # and then the real screening begins
    assert held[0] > 0


def test_a_pilot_at_the_other_stage_changes_nothing_here(anna: Desk, bens_desk: Desk) -> None:
    held = before(anna)
    say(anna, held[0], IN)
    pilots.begin(anna, TA.FULL_TEXT, [anna.person_id, bens_desk.person_id], 1)
    page = screening_page.load(anna, TA)
    assert ([work.id for work in page.waiting], page.pilots) == (held[1:], {})
    assert before(replace(anna)) == held[1:]
