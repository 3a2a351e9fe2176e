"""What a join or a split of works does to who reads them."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import update

from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import duplicates, pair_history, record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.review import team
from evidence.steps.screening import (
    allocation,
    decisions,
    messages,
    pilots,
    progress,
    stage_settings,
)
from evidence.store import Role
from evidence.store.records.filters import Filter
from evidence.store.schema import assignment
from evidence.store.screening import assignments, decision_queries
from evidence.store.screening import pilots as rounds
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.decisions_by_person import DecisionFilter
from evidence.store.screening.queue import LONGEST_HOLD
from tests.conftest import a_reading, a_record, keep
from tests.steps.conftest import enter, taken

TA = Stage.TITLE_ABSTRACT
ONE, TWO = StageSettings(), StageSettings(voices=2)


@pytest.fixture
def works(desk: Desk, bens_desk: Desk) -> tuple[int, int]:
    """Two works of two files, the older first, that are one publication as a person will say."""
    for file, title in (("a.ris", "Gardens"), ("b.ris", "Working in gardens")):
        keep(desk.store, desk.person_id, desk.review_id, a_reading(title, file=file), file)
    team.add(desk, "Anna")
    team.add(desk, "Ben")
    one, other = records.page(desk, Filter(), 0, 9)
    return one.id, other.id


def say(desk: Desk, work_id: int, verdict: Verdict = Verdict.INCLUDE) -> None:
    client_id = f"{desk.person_id}-{work_id}-{verdict}"
    new = NewDecision(work_id=work_id, stage=TA, verdict=verdict, client_id=client_id)
    enter(desk)
    decisions.decide(desk, [new])


def waiting(desk: Desk) -> list[int]:
    with desk.reading() as c:
        return assignments.waiting(c, desk.review_id, TA, desk.person_id, 9)


def give(desk: Desk, other: Desk, work_id: int) -> None:
    assert allocation.assign(desk, TA, other.person_id, ids=[work_id]).assigned == 1


def pilot(desk: Desk, bens_desk: Desk, work_id: int) -> None:
    """A pilot of this work for both."""
    with desk.writing(Role.REVIEWER) as w:
        rounds.begin(w, TA, "Pilot 1", [work_id], [desk.person_id, bens_desk.person_id])


def undo(desk: Desk) -> None:
    last = pair_history.newest_own(desk)
    assert last is not None
    pair_history.withdraw_act(desk, last.newest.verdict.id)


def test_a_pilot_work_under_an_older_one_stays_in_its_pilot_and_blind(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    pilot(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    assert waiting(desk) == waiting(bens_desk) == [one]
    say(desk, one)
    assert decisions.tally(desk, TA)[State.OPEN] == 1
    with desk.reading() as c:
        assert decision_queries.of_work(c, desk.review_id, one, bens_desk.person_id) == []
    (going,) = pilots.listing(desk, TA)
    assert (going.works, going.decided) == (1, 0)
    say(bens_desk, one)
    assert decisions.tally(desk, TA)[State.INCLUDE] == 1


def test_who_decided_the_joined_work_is_not_asked_again(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    stage_settings.change(desk, TA, TWO, ONE)
    say(desk, other)
    record_pairs.mark_same(bens_desk, one, other)
    assert taken(desk, TA).waiting == []
    assert [one.id for one in taken(bens_desk, TA).waiting] == [one]
    assert progress.own_progress(desk, TA).decided == 1


def test_nobody_too_many_is_asked_for_a_joined_work(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    give(desk, desk, one)
    give(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    assert (waiting(desk), waiting(bens_desk)) == ([one], [])
    assert allocation.shortage(desk, TA).works == 0


def test_each_work_gets_back_what_belonged_to_it(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    give(desk, desk, one)
    give(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    undo(desk)
    assert (waiting(desk), waiting(bens_desk)) == ([one], [other])


def test_who_slept_at_a_joined_work_is_asked_when_a_decision_is_undone_after_the_split(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    give(desk, desk, other)
    item = {"kind": "decision", "client_id": "1", "id": other, "stage": TA, "verdict": "include"}
    assert messages.apply(bens_desk, [item]).accepted == ["1"]
    record_pairs.mark_same(desk, one, other)
    undo(desk)
    say(bens_desk, other, Verdict.WITHDRAWN)
    assert waiting(desk) == [other]


def test_who_left_is_not_asked_again_after_the_split(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    """Their row at the older work was done by a decision on the other one."""
    one, other = works
    give(desk, bens_desk, one)
    record_pairs.mark_same(desk, one, other)
    say(bens_desk, other)
    team.take_out(desk, bens_desk.person_id)
    undo(desk)
    assert waiting(bens_desk) == []
    assert allocation.shortage(desk, TA).works == 1
    assert [each.id for each in taken(desk, TA).waiting] == [one]


def test_what_was_assigned_counts_before_what_was_taken_from_the_queue_and_left(
    desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    taken(desk, TA)
    with desk.writing(Role.REVIEWER) as w:
        long_ago = w.at - 2 * LONGEST_HOLD
        w.connection.execute(update(assignment).values(at=long_ago))
    give(desk, desk, other)
    record_pairs.mark_same(desk, one, other)
    assert allocation.shortage(desk, TA).works == 0
    assert waiting(desk) == [one]


def test_what_is_done_without_a_decision_behind_it_is_asked_again(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    pilot(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    say(desk, one)
    undo(desk)
    assert decisions.tally(desk, TA) == decisions.tally(desk, TA) | {State.INCLUDE: 1}
    assert waiting(desk) == waiting(bens_desk) == [other]


def test_who_leaves_makes_room_for_one_whose_row_slept(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    give(desk, desk, one)
    give(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    team.take_out(bens_desk, desk.person_id)
    assert waiting(bens_desk) == [one]


def test_more_people_per_record_wake_those_who_slept(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    give(desk, desk, one)
    give(desk, bens_desk, other)
    record_pairs.mark_same(desk, one, other)
    stage_settings.change(desk, TA, TWO, ONE)
    assert waiting(desk) == waiting(bens_desk) == [one]


@pytest.mark.parametrize("goes", [0, 1])
def test_an_import_that_is_undone_takes_only_its_own_assignments_along(
    desk: Desk, bens_desk: Desk, goes: int
) -> None:
    title = "Gardening and paid employment after severe mental illness"
    same: dict[str, Any] = {"doi": "10.1234/garden.1", "year": 2001, "pages": "1-9", "volume": "3"}
    files = []
    for file in ("a.ris", "b.ris"):
        reading = replace(a_reading(title, file=file), records=(a_record(title, **same),))
        files.append(keep(desk.store, desk.person_id, desk.review_id, reading, file))
    team.add(desk, "Anna")
    team.add(desk, "Ben")
    ids = [line.id for line in records.page(desk, Filter(), 0, 9)]
    give(desk, desk, ids[0])
    give(desk, bens_desk, ids[1])
    duplicates.run(desk)
    assert (waiting(desk), waiting(bens_desk)) == ([ids[0]], [])
    imports.undo(desk, files[goes])
    left = [([], [ids[1]]), ([ids[0]], [])]
    assert (waiting(desk), waiting(bens_desk)) == left[goes]


def test_an_old_page_that_names_a_joined_work_skips_and_judges_what_holds_it_now(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    stage_settings.change(desk, TA, StageSettings(pulls=False), ONE)
    give(desk, desk, other)
    record_pairs.mark_same(desk, one, other)
    keep(desk.store, desk.person_id, desk.review_id, a_reading("Third", file="c.ris"), "c")
    third = records.page(desk, Filter(), 0, 9)[1].id
    give(desk, desk, third)
    item = {"client_id": "1", "id": other, "stage": "title_abstract", "verdict": "include"}
    assert messages.apply(desk, [item | {"kind": "skip"}]).refused == {}
    assert waiting(desk) == [third, one]
    outcome = messages.apply(bens_desk, [item | {"kind": "decision"}])
    assert "given to others" in outcome.refused["1"]
    assert messages.apply(desk, [item | {"kind": "decision"}]).refused == {}
    assert waiting(desk) == [third]


def test_a_pilot_takes_no_joined_work_that_somebody_decided(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    stage_settings.change(desk, TA, TWO, ONE)
    say(desk, other)
    record_pairs.mark_same(desk, one, other)
    with desk.writing(Role.REVIEWER) as w:
        assert rounds.candidates(w, TA, [desk.person_id, bens_desk.person_id]) == []


def test_who_decided_both_works_finds_the_joined_one_once_in_their_list(
    desk: Desk, bens_desk: Desk, works: tuple[int, int]
) -> None:
    one, other = works
    say(desk, one)
    say(desk, other, Verdict.EXCLUDE)
    record_pairs.mark_same(desk, one, other)
    (mine,) = decisions.own(desk, TA)
    assert (mine.work_id, mine.verdict) == (one, Verdict.EXCLUDE)
    assert decisions.count_own(desk, TA, DecisionFilter()) == 1
    undo(desk)
    assert len(decisions.own(desk, TA)) == decisions.count_own(desk, TA, DecisionFilter()) == 2
