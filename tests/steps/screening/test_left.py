"""“Left” is one number everywhere, and it is what a person really gets to read."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from evidence.errors import WaymarkError
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates, record_pairs
from evidence.steps.results import prisma_flow
from evidence.steps.review import membership, team
from evidence.steps.screening import (
    allocation,
    common_queue,
    decisions,
    held_works,
    messages,
    pilots,
    progress,
    screening_page,
    stage_settings,
    stopping,
)
from evidence.store import schema
from evidence.store.screening import assignments, queue
from evidence.store.screening import stage_settings as stored_settings
from evidence.store.screening.queue import LONGEST_HOLD
from tests.conftest import a_reading, keep
from tests.steps.prepared import bring_in, ris
from tests.steps.screening.deciding import EX, FT, IN, MAYBE, ONE, TA, TWO, say

WORKS = 30
SAME = {"AU": "Meyer, Eva", "PY": "2004", "JO": "Work", "VL": "9", "SP": "1", "EP": "9"}


@pytest.fixture
def both(desk: Desk, bens_desk: Desk) -> tuple[Desk, Desk]:
    """Anna and Ben, with thirty open works that nobody holds."""
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
    membership.join(desk)
    membership.join(bens_desk)
    return desk, bens_desk


def left(desk: Desk) -> int:
    """What is left for a person, in every place that says it; all must say the same."""
    mine = progress.own_progress(desk, TA)
    (row,) = (one for one in team.everybody(desk, TA) if one.person_id == desk.person_id)
    tally = decisions.tally(desk, TA)
    open_works = tally[State.OPEN]
    assert (row.left, row.pace, row.time_left) == (mine.left, mine.per_hour, mine.time_left)
    assert mine.left + mine.elsewhere == open_works
    evaluation = stopping.evaluate(desk)
    assert evaluation.sample.among - evaluation.sample.read <= open_works
    told = [line for line in prisma_flow.still_open(prisma_flow.flow(desk)) if "screened" in line]
    unsettled = open_works + tally[State.MAYBE] + tally[State.CONFLICT]
    assert [int(line.split()[0]) for line in told] == ([unsettled] if unsettled else [])
    return mine.left


def read_all(desk: Desk) -> int:
    """Let a person go on until nothing comes; gives how many works they got to read."""
    seen: set[int] = set()
    common_queue.begin(desk, TA)
    while page := [work.id for work in screening_page.load(desk, TA).waiting]:
        assert left(desk) >= len(page)
        seen.update(page)
        items = [
            {"kind": "decision", "client_id": f"{desk.person_id}-{one}", "id": one}
            | {"stage": TA.value, "verdict": "exclude"}
            for one in page
        ]
        assert messages.apply(desk, items).refused == {}
    assert left(desk) == 0
    return len(seen)


def two_of_one_publication(desk: Desk) -> None:
    """Import a publication from two databases, of which one gives an abstract."""
    title = "Gardens, paid employment and recovery"
    bring_in(desk, "a.ris", ris(title, **SAME))
    bring_in(desk, "b.ris", ris(title, **SAME, AB="They worked in gardens."))


def long_ago(desk: Desk) -> None:
    with desk.store.writing_outside() as c:
        late = datetime.now(UTC) - LONGEST_HOLD - timedelta(minutes=1)
        c.execute(update(schema.assignment).values(at=late))


def test_after_an_import_and_a_comparison(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    assert (left(anna), left(ben)) == (WORKS, WORKS)
    two_of_one_publication(anna)
    assert (left(anna), left(ben)) == (WORKS + 2, WORKS + 2)
    assert screening_page.uncompared_records(anna) == WORKS + 2
    duplicates.run(anna)
    joined = WORKS + 2 - sum(decisions.tally(anna, TA).values())
    assert joined >= 1
    assert (left(anna), left(ben)) == (WORKS + 2 - joined, WORKS + 2 - joined)
    assert read_all(anna) == WORKS + 2 - joined


def test_a_comparison_joins_what_somebody_holds(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    two_of_one_publication(anna)
    common_queue.begin(ben, TA)
    common_queue.begin(anna, TA)
    assert left(anna) + left(ben) == WORKS + 2
    duplicates.run(anna)
    now = decisions.tally(anna, TA)[State.OPEN]
    assert left(anna) + left(ben) == now < WORKS + 2


def test_while_a_colleague_holds_works_until_they_let_go(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(ben, TA)
    held = common_queue.LOADED
    assert (left(anna), left(ben)) == (WORKS - held, WORKS)
    long_ago(anna)
    assert (left(anna), left(ben)) == (WORKS, WORKS)
    common_queue.begin(ben, TA)
    assert left(anna) == WORKS - held
    held_works.release(anna, TA, ben.person_id)
    assert (left(anna), left(ben)) == (WORKS, WORKS)
    common_queue.begin(ben, TA)
    assert read_all(anna) == WORKS - held
    assert left(ben) == held


def test_after_a_decision_and_an_undo(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(anna, TA)
    first = screening_page.load(anna, TA).waiting[0].id
    say(anna, first, IN)
    assert (left(anna), left(ben)) == (WORKS - 1, WORKS - common_queue.LOADED)
    say(anna, first, Verdict.WITHDRAWN)
    assert (left(anna), left(ben)) == (WORKS, WORKS - common_queue.LOADED)


def test_in_and_after_a_pilot(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    team.add(anna, "Cleo")
    cleo = next(i for i, name in team.names(anna).items() if name == "Cleo")
    made = pilots.begin(anna, TA, [anna.person_id, ben.person_id], 10)
    cleos = Desk(store=anna.store, review_id=anna.review_id, person_id=cleo)
    assert (left(anna), left(ben), left(cleos)) == (WORKS, WORKS, WORKS - 10)
    sample = [work.id for work in screening_page.load(anna, TA).waiting]
    for work_id in sample:
        say(anna, work_id, EX)
    assert (left(anna), left(ben), left(cleos)) == (WORKS - 10, WORKS, WORKS - 10)
    for work_id in sample[:4]:
        say(ben, work_id, EX)
    assert (left(anna), left(ben), left(cleos)) == (WORKS - 10, WORKS - 4, WORKS - 10)
    pilots.end(anna, TA, made.id)
    assert (left(anna), left(ben), left(cleos)) == (WORKS - 10,) * 3
    assert read_all(cleos) == WORKS - 10


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_where_several_read_a_work(both: tuple[Desk, Desk], share: float) -> None:
    anna, ben = both
    stage_settings.change(anna, TA, StageSettings(voices=2, share=share), ONE)
    common_queue.begin(ben, TA)
    annas = left(anna)
    assert annas == WORKS if share == 1.0 else WORKS - common_queue.LOADED < annas < WORKS
    assert read_all(anna) == annas
    bens = left(ben)
    assert read_all(ben) == bens
    assert decisions.tally(anna, TA)[State.OPEN] == 0


def test_a_third_is_not_asked_where_two_read_a_work(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    stage_settings.change(anna, TA, TWO, ONE)
    for one in both:
        common_queue.begin(one, TA)
    team.add(anna, "Cleo")
    cleo = next(i for i, name in team.names(anna).items() if name == "Cleo")
    cleos = Desk(store=anna.store, review_id=anna.review_id, person_id=cleo)
    assert left(cleos) == WORKS - common_queue.LOADED
    assert read_all(cleos) == WORKS - common_queue.LOADED
    assert (left(anna), left(ben)) == (WORKS, WORKS)


def test_where_people_read_what_is_assigned(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    stage_settings.change(anna, TA, StageSettings(pulls=False), ONE)
    assert (left(anna), left(ben)) == (0, 0)
    allocation.divide(anna, TA, {ben.person_id: 1.0}, most=12)
    assert (left(anna), left(ben)) == (0, 12)
    say(ben, screening_page.load(ben, TA).waiting[0].id, IN)
    assert (left(anna), left(ben)) == (0, 11)


def test_a_skip_leaves_as_much(both: tuple[Desk, Desk]) -> None:
    anna, _ = both
    common_queue.begin(anna, TA)
    first = screening_page.load(anna, TA).waiting[0].id
    item = {"kind": "skip", "client_id": "s", "id": first, "stage": TA.value}
    assert messages.apply(anna, [item]).refused == {}
    assert left(anna) == WORKS
    assert read_all(anna) == WORKS


def test_each_stage_counts_its_own(both: tuple[Desk, Desk]) -> None:
    anna, ben = both
    common_queue.begin(anna, TA)
    for work in screening_page.load(anna, TA).waiting[:3]:
        say(anna, work.id, IN)
    assert progress.own_progress(ben, FT).left == 3
    common_queue.begin(anna, FT)
    assert [progress.own_progress(one, FT).left for one in both] == [3, 0]
    assert left(anna) == WORKS - 3


@pytest.mark.journey
@pytest.mark.parametrize("seed", range(4))
def test_it_is_what_looking_at_each_work_gives_whatever_people_do(
    both: tuple[Desk, Desk], seed: int
) -> None:
    """Forty acts in any order; what is refused changes nothing."""
    rnd = random.Random(seed)  # noqa: S311
    anna, _ = both
    team.add(anna, "Cleo")
    people = [replace(anna, person_id=person_id) for person_id in team.names(anna)]
    settings = (ONE, TWO, StageSettings(voices=2, share=0.5), StageSettings(voices=3, share=0.3))
    done = 0
    for number in range(40):
        desk = rnd.choice(people)
        ids = [work.id for work in screening_page.load(desk, TA).waiting]
        one, other = rnd.choices(open_ids(anna) or [1], k=2)
        acts: list[Callable[[], object]] = [
            lambda: common_queue.begin(desk, TA),  # noqa: B023
            *[lambda: say(desk, (ids or [one])[0], rnd.choice([IN, EX, MAYBE]), note=str(number))]  # noqa: B023
            * 4,
            lambda: say(desk, one, IN, note=str(number)),  # noqa: B023
            lambda: say(desk, rnd.choice(own(desk)), Verdict.WITHDRAWN, note=str(number)),  # noqa: B023
            lambda: held_works.release(anna, TA, desk.person_id),  # noqa: B023
            lambda: pilots.begin(anna, TA, [one.person_id for one in people[:2]], 3, seed=number),  # noqa: B023
            lambda: record_pairs.mark_same(desk, one, other),  # noqa: B023
            lambda: allocation.assign(anna, TA, desk.person_id, ids=[one]),  # noqa: B023
            lambda: stage_settings.change(
                anna, TA, rnd.choice(settings), stage_settings.current(anna, TA)
            ),
            lambda: long_ago(anna),
        ]
        with suppress(WaymarkError, IndexError):
            rnd.choice(acts)()
            done += 1
        for person in people:
            told = progress.own_progress(person, TA).left
            assert told == looked_at_one_by_one(person), number
    assert done > 20


def own(desk: Desk) -> list[int]:
    return [decision.work_id for decision in decisions.own(desk, TA)]


def open_ids(desk: Desk) -> list[int]:
    return [line.id for line in allocation.search(desk, TA, "", 99)[1]]


def looked_at_one_by_one(desk: Desk) -> int:
    """What somebody has before them, and the works that lack people of which they are none."""
    with desk.reading() as c:
        settings = stored_settings.current(c, desk.review_id, TA)
        vacant = queue.vacancies(c, desk.review_id, TA, settings, datetime.now(UTC))
        has = assignments.assigned_to(c, TA, open_ids(desk), desk.person_id)
        before = assignments.count_waiting(c, desk.review_id, TA, desk.person_id)
    return before + (len(set(vacant) - has) if settings.pulls else 0)
