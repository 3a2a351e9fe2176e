"""Decisions of files as both databases keep them."""

import pytest
from sqlalchemy import select

from evidence.screening.brought_in import Settled
from evidence.screening.verdicts import Stage, Verdict
from evidence.store import Role, Store, schema
from evidence.store.records import labels
from evidence.store.review.people import Person
from evidence.store.screening import brought_decisions
from evidence.store.screening.brought_decisions import NewBroughtDecision
from tests.conftest import a_reading, keep

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def work_ids(store: Store, anna: Person, review_id: int) -> list[int]:
    keep(store, anna.id, review_id, a_reading("First", "Second"))
    with store.reading_outside() as c:
        return list(c.execute(select(schema.work.c.id).order_by(schema.work.c.id)).scalars())


def new(work_id: int, person: Person | None, name: str) -> NewBroughtDecision:
    return NewBroughtDecision(
        work_id=work_id,
        person_id=person.id if person else None,
        name=name,
        stage=TA,
        verdict=Verdict.EXCLUDE,
        reasons=("Not work",),
        note="a note",
        labels=("pilot",),
        seconds=None,
        tool="Rayyan",
        decided_at="2026-01-02",
        line=7,
    )


def bring(store: Store, anna: Person, review_id: int, *rows: NewBroughtDecision) -> int:
    with store.writing(review_id, anna.id, Role.READER) as w:
        file_id = brought_decisions.add_file(w, "rayyan.ris", "0", "Rayyan")
        brought_decisions.add(w, file_id, rows)
    return file_id


def test_what_a_file_says_is_kept_and_counted_by_person(
    store: Store, anna: Person, ben: Person, review_id: int, work_ids: list[int]
) -> None:
    first, second = work_ids
    rows = new(first, ben, "ben_b"), new(second, ben, "ben_b"), new(first, None, "x")
    file_id = bring(store, anna, review_id, *rows)
    with store.writing(review_id, anna.id, Role.READER) as w:
        (row, _) = brought_decisions.of_person(w.connection, file_id, ben.id, [Settled.WAITING])
        assert (row.title, row.reasons, row.labels, row.decided_at) == (
            "First",
            ("Not work",),
            ("pilot",),
            "2026-01-02",
        )
        brought_decisions.settle(w, [row.id], Settled.DECLINED, ben.id)
        counts = {
            part.name: dict(part.counts)
            for part in brought_decisions.parts(w.connection, review_id)
        }
        assert counts == {
            "Ben": {Settled.WAITING: 1, Settled.DECLINED: 1},
            "x": {Settled.WAITING: 1},
        }
        assert brought_decisions.give(w, file_id, "x", ben.id) == 1
        assert brought_decisions.count_waiting(w.connection, review_id, ben.id) == 2


def test_a_decision_is_known_again_until_its_file_is_undone(
    store: Store, anna: Person, review_id: int, work_ids: list[int]
) -> None:
    row, other = new(work_ids[0], None, "x"), new(work_ids[0], anna, "x")
    file_id = bring(store, anna, review_id, row)
    with store.writing(review_id, anna.id, Role.READER) as w:
        known = brought_decisions.signatures(w.connection, review_id)
        assert known == {brought_decisions.signature(row)}
        assert brought_decisions.signature(other) not in known
        brought_decisions.mark_undone(w, file_id, anna.id)
        assert brought_decisions.signatures(w.connection, review_id) == set()


def test_labels_go_with_their_last_file(
    store: Store, anna: Person, review_id: int, work_ids: list[int]
) -> None:
    one, other = (bring(store, anna, review_id) for _ in range(2))
    with store.writing(review_id, anna.id, Role.READER) as w:
        labels.put(w, work_ids[1], "pilot")
        assert labels.put_from_file(w, one, "pilot", work_ids) == 1
        assert labels.put_from_file(w, other, "pilot", work_ids) == 0
        assert brought_decisions.labels_only_of(w.connection, one) == []
        brought_decisions.mark_undone(w, one, anna.id)
        assert brought_decisions.take_labels_off(w, other) == 1
        left = labels.on_works(w.connection, review_id, work_ids, anna.id)
        assert left == {work_ids[1]: ["pilot"]}
