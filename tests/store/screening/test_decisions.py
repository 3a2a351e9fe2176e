"""Decisions are added and never lost; what counts follows from them."""

import pytest

from evidence.errors import Invalid
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.store import Role, Store
from evidence.store.records import records_of_works, works
from evidence.store.records.filters import Filter
from evidence.store.review import people, reasons, reviews
from evidence.store.screening import (
    assignments_after_merge,
    decision_queries,
    decisions,
    decisions_by_person,
)
from tests.conftest import NOW, a_reading, keep

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def work_ids(store: Store, anna: people.Person, review_id: int) -> list[int]:
    keep(store, anna.id, review_id, a_reading("One", "Two", "Three"))
    with store.reading_outside() as c:
        return [line.id for line in works.page(c, review_id, Filter())]


class Screener:
    """A person at the screening page of a review."""

    def __init__(self, store: Store, review_id: int, person: people.Person) -> None:
        self.store, self.review_id, self.person = store, review_id, person
        self.count = 0

    def say(self, work_id: int, verdict: Verdict, stage: Stage = TA, **values: object) -> int:
        self.count += 1
        client_id = str(values.pop("client_id", f"{self.person.name}-{self.count}"))
        new = decisions.NewDecision(
            work_id=work_id,
            stage=stage,
            verdict=verdict,
            client_id=client_id,
            **values,  # type: ignore[arg-type]
        )
        with self.store.writing(self.review_id, self.person.id, Role.READER) as w:
            return decisions.add(w, [new])

    def tally(self, stage: Stage = TA) -> dict[str, int]:
        with self.store.reading_outside() as c:
            found = decisions.tally(c, self.review_id, stage)
        return {state.value: count for state, count in found.items() if count}


@pytest.fixture
def screener(store: Store, review_id: int, anna: people.Person) -> Screener:
    return Screener(store, review_id, anna)


def test_the_newest_verdict_of_a_person_counts(screener: Screener, work_ids: list[int]) -> None:
    screener.say(work_ids[0], Verdict.INCLUDE)
    screener.say(work_ids[0], Verdict.EXCLUDE)
    assert screener.tally() == {"open": 2, "exclude": 1}
    with screener.store.reading_outside() as c:
        history = decision_queries.of_work(c, screener.review_id, work_ids[0], screener.person.id)
    assert [d.verdict for d in history] == [Verdict.INCLUDE, Verdict.EXCLUDE]


def test_undo_uncovers_nothing_said(screener: Screener, work_ids: list[int]) -> None:
    screener.say(work_ids[0], Verdict.INCLUDE)
    screener.say(work_ids[0], Verdict.WITHDRAWN)
    assert screener.tally() == {"open": 3}
    with screener.store.reading_outside() as c:
        assert decisions_by_person.of_person(c, screener.review_id, TA, screener.person.id) == []


def test_a_decision_sent_twice_is_kept_once(screener: Screener, work_ids: list[int]) -> None:
    assert screener.say(work_ids[0], Verdict.INCLUDE, client_id="same") == 1
    assert screener.say(work_ids[0], Verdict.INCLUDE, client_id="same") == 0


def test_two_people_who_differ_are_a_conflict(
    screener: Screener, work_ids: list[int], ben: people.Person
) -> None:
    other = Screener(screener.store, screener.review_id, ben)
    screener.say(work_ids[0], Verdict.INCLUDE)
    other.say(work_ids[0], Verdict.EXCLUDE)
    assert screener.tally() == {"open": 2, "conflict": 1}
    other.say(work_ids[0], Verdict.INCLUDE)
    assert screener.tally() == {"open": 2, "include": 1}


def test_full_text_follows_inclusion(screener: Screener, work_ids: list[int]) -> None:
    screener.say(work_ids[0], Verdict.INCLUDE)
    screener.say(work_ids[1], Verdict.EXCLUDE)
    with screener.store.reading_outside() as c:
        waiting = decisions.works_in_state(c, screener.review_id, FT, state=State.OPEN, limit=20)
    assert [one.id for one in waiting] == [work_ids[0]]
    screener.say(work_ids[0], Verdict.NOT_RETRIEVED, FT)
    assert screener.tally(FT) == {"not_retrieved": 1}


def test_decisions_move_with_a_joined_work_and_come_back(
    screener: Screener, work_ids: list[int]
) -> None:
    one, two, _ = work_ids
    screener.say(two, Verdict.INCLUDE)
    with screener.store.writing(screener.review_id, screener.person.id, Role.READER) as w:
        records_of_works.set_merged_into(w, [(two, one)])
        assignments_after_merge.follow(w, [one])
        decisions.refresh(w, TA, [one])
    assert screener.tally() == {"open": 1, "include": 1}
    screener.say(two, Verdict.EXCLUDE)  # a page that still shows the old work
    assert screener.tally() == {"open": 1, "exclude": 1}
    with screener.store.writing(screener.review_id, screener.person.id, Role.READER) as w:
        records_of_works.set_merged_into(w, [(two, None)])
        assignments_after_merge.follow(w, [one, two])
        decisions.refresh(w, TA, [one, two])
    assert screener.tally() == {"open": 2, "exclude": 1}


def test_reasons_of_the_excluded_are_counted_once_per_work(
    screener: Screener, work_ids: list[int]
) -> None:
    with screener.store.writing(screener.review_id, screener.person.id, Role.READER) as w:
        reasons.replace(w, ["Not about work", "Not adults"])
    with screener.store.reading_outside() as c:
        first, second = reasons.listing(c, screener.review_id)
    screener.say(work_ids[0], Verdict.EXCLUDE, reason_id=first.id)
    screener.say(work_ids[0], Verdict.EXCLUDE, reason_id=second.id)
    screener.say(work_ids[1], Verdict.EXCLUDE)
    screener.say(work_ids[2], Verdict.EXCLUDE, reason_id=first.id)
    screener.say(work_ids[2], Verdict.INCLUDE)
    with screener.store.reading_outside() as c:
        found = decision_queries.reason_by_work(c, screener.review_id, TA)
    assert found == {work_ids[0]: "Not adults", work_ids[1]: "No reason given"}


def test_nothing_of_another_review_can_be_decided_or_named(
    screener: Screener, work_ids: list[int]
) -> None:
    with screener.store.writing_outside() as c:
        other = reviews.create(c, screener.person.id, NOW, reviews.Draft(title="Other"))
    with screener.store.writing(other, screener.person.id, Role.READER) as w:
        reasons.replace(w, ["Theirs"])
        (theirs,) = reasons.listing(w.connection, other)
    stranger = Screener(screener.store, other, screener.person)
    with pytest.raises(Invalid, match="does not belong to this review"):
        stranger.say(work_ids[0], Verdict.INCLUDE)
    with pytest.raises(Invalid, match="Reason"):
        screener.say(work_ids[0], Verdict.EXCLUDE, reason_id=theirs.id)
    with pytest.raises(Invalid, match="cannot be said at this stage"):
        screener.say(work_ids[0], Verdict.NOT_RETRIEVED)


def test_two_people_may_send_the_same_number_and_both_are_kept(
    screener: Screener, work_ids: list[int], ben: people.Person
) -> None:
    screener.say(work_ids[0], Verdict.INCLUDE, client_id="run-1")
    bens = Screener(screener.store, screener.review_id, ben)
    bens.say(work_ids[1], Verdict.EXCLUDE, client_id="run-1")
    bens.say(work_ids[1], Verdict.EXCLUDE, client_id="run-1")
    assert screener.tally() == {"open": 1, "include": 1, "exclude": 1}
