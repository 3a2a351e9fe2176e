"""Works are taken by an act: “Begin”, a decision, a skip; looking takes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from evidence.errors import NotAllowed
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import membership, team
from evidence.steps.screening import common_queue, messages, screening_page, stage_settings
from evidence.store import schema
from evidence.store.screening.queue import LONGEST_HOLD
from tests.conftest import a_reading, keep
from tests.steps.screening.deciding import TA, a_decision

WORKS = 30


@pytest.fixture
def full(desk: Desk) -> Desk:
    keep(desk.store, desk.person_id, desk.review_id, a_reading(*map(str, range(WORKS))))
    return desk


def before(desk: Desk) -> list[int]:
    return [work.id for work in screening_page.load(desk, TA).waiting]


def sent(kind: str, work_id: int, number: int = 0) -> dict[str, object]:
    client_id = f"{kind}-{work_id}-{number}"
    common = {"kind": kind, "client_id": client_id, "id": work_id, "stage": TA.value}
    return common | {"verdict": "include", "label": "key", "on": True, "value": "Words."}


def long_ago(desk: Desk) -> None:
    """Let all that is held have been taken too long ago."""
    with desk.store.writing_outside() as c:
        table = schema.assignment
        c.execute(update(table).values(at=datetime.now(UTC) - LONGEST_HOLD - timedelta(minutes=1)))


def test_begin_takes_the_first_works_and_the_maker_takes_part_by_it(full: Desk) -> None:
    page = screening_page.load(full, TA)
    assert (page.waiting, page.can_begin) == ([], True)
    assert team.names(full) == {}
    common_queue.begin(full, TA)
    page = screening_page.load(full, TA)
    assert (len(page.waiting), page.can_begin) == (common_queue.LOADED, False)
    assert list(team.names(full)) == [full.person_id]


def test_a_second_begin_takes_no_more(full: Desk) -> None:
    common_queue.begin(full, TA)
    held = before(full)
    common_queue.begin(full, TA)
    assert before(full) == held


@pytest.mark.parametrize("kind", ["decision", "skip"])
def test_whoever_goes_on_gets_more_before_they_run_out(full: Desk, kind: str) -> None:
    common_queue.begin(full, TA)
    works = before(full)[: common_queue.LOADED - common_queue.REFILL_BELOW + 1]
    messages.apply(full, [sent(kind, work_id) for work_id in works])
    assert len(before(full)) == common_queue.LOADED


@pytest.mark.parametrize("kind", ["label", "abstract"])
def test_what_is_no_step_onwards_takes_nothing(full: Desk, ids_of: list[int], kind: str) -> None:
    assert messages.apply(full, [sent(kind, ids_of[0])]).refused == {}
    assert before(full) == []


@pytest.fixture
def ids_of(full: Desk, bens_desk: Desk) -> list[int]:
    """The works that Ben holds."""
    membership.join(bens_desk)
    common_queue.begin(bens_desk, TA)
    return before(bens_desk)


def test_works_held_since_yesterday_are_there_at_once(
    full: Desk, ids_of: list[int], bens_desk: Desk
) -> None:
    long_ago(full)
    page = screening_page.load(bens_desk, TA)
    assert ([work.id for work in page.waiting], page.can_begin) == (ids_of, False)


def test_begin_is_offered_only_where_there_is_something_to_take(
    full: Desk, ids_of: list[int], bens_desk: Desk
) -> None:
    assert screening_page.load(full, TA).can_begin
    common_queue.begin(full, TA)  # the ten that Ben does not hold
    assert len(before(full)) == WORKS - len(ids_of)
    messages.apply(full, [sent("decision", work_id) for work_id in before(full)])
    assert not screening_page.load(full, TA).can_begin
    long_ago(full)
    assert screening_page.load(full, TA).can_begin
    common_queue.begin(full, TA)
    assert before(full) == ids_of


def test_begin_is_not_offered_where_people_read_what_is_assigned(full: Desk) -> None:
    stage_settings.change(full, TA, StageSettings(pulls=False), StageSettings())
    assert not screening_page.load(full, TA).can_begin
    common_queue.begin(full, TA)
    assert before(full) == []


def test_a_stranger_cannot_begin_and_is_offered_nothing(full: Desk, bens_desk: Desk) -> None:
    assert not screening_page.load(bens_desk, TA).can_begin
    with pytest.raises(NotAllowed, match="Only people of the team"):
        common_queue.begin(bens_desk, TA)
    assert team.names(full) == {}


@pytest.mark.parametrize("kind", ["decision", "skip", "label", "abstract"])
@pytest.mark.parametrize("stage", Stage)
def test_what_a_stranger_sends_is_refused_in_words_one_by_one(
    full: Desk, bens_desk: Desk, kind: str, stage: Stage
) -> None:
    common_queue.begin(full, TA)
    works = before(full)[:3]
    items = [sent(kind, work_id) | {"stage": stage.value} for work_id in works]
    outcome = messages.apply(bens_desk, items)
    assert list(outcome.refused) == [item["client_id"] for item in items]
    assert all("Take part" in words for words in outcome.refused.values())
    assert (outcome.accepted, outcome.trouble) == ([], "")
    assert list(team.names(full)) == [full.person_id]
    assert len(before(full)) == common_queue.LOADED


def test_who_takes_part_then_can_send_it_again(full: Desk, bens_desk: Desk) -> None:
    common_queue.begin(full, TA)
    item = sent("decision", before(full)[0])
    assert messages.apply(bens_desk, [item]).refused
    membership.join(bens_desk)
    again = item | {"client_id": "again"}
    assert messages.apply(bens_desk, [again]).accepted == ["again"]


def test_a_refill_that_is_refused_does_not_undo_what_was_kept(
    full: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    common_queue.begin(full, TA)
    works = before(full)

    def refuse(*_: object) -> None:
        raise NotAllowed("Not now.")

    monkeypatch.setattr(common_queue, "begin", refuse)
    items = [sent("decision", work_id) for work_id in works]
    outcome = messages.apply(full, items)
    assert outcome.accepted == [item["client_id"] for item in items]
    assert (outcome.refused, outcome.trouble) == ({}, "")
    assert a_decision(full, works[0], Verdict.INCLUDE, TA).work_id not in before(full)
