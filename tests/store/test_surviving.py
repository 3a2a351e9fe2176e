"""Merged works: which work holds the records, and what came to a stage."""

import pytest
from sqlalchemy import select, update

from evidence.screening.verdicts import Stage, State
from evidence.store import Store
from evidence.store.review import people
from evidence.store.schema import document, work
from evidence.store.surviving import (
    in_state,
    made_for_work,
    open_at,
    original,
    originals_of,
    surviving_ids,
    surviving_in,
)
from tests.conftest import NOW, a_reading, keep

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def merged(store: Store, anna: people.Person, review_id: int) -> list[int]:
    """Four works, of which the second was merged into the first."""
    keep(store, anna.id, review_id, a_reading("One", "Two", "Three", "Four"))
    with store.writing_outside() as c:
        query = select(work.c.id).where(work.c.review_id == review_id).order_by(work.c.id)
        ids = list(c.execute(query).scalars())
        c.execute(update(work).where(work.c.id == ids[1]).values(merged_into=ids[0]))
    return ids


def test_each_work_is_counted_for_the_one_that_holds_its_records(
    store: Store, review_id: int, merged: list[int]
) -> None:
    first, second, third, fourth = merged
    with store.reading_outside() as c:
        found = surviving_ids(c, review_id, [*merged, 10_000])
        assert found == {first: first, second: first, third: third, fourth: fourth}
        assert surviving_ids(c, review_id + 1, merged) == {}
        originals = select(original.c.id).where(originals_of([first])).order_by(original.c.id)
        assert list(c.execute(originals).scalars()) == [first, second]
        alive = select(work.c.id).where(*surviving_in(review_id)).order_by(work.c.id)
        assert list(c.execute(alive).scalars()) == [first, third, fourth]


def test_rows_of_a_merged_work_count_for_the_surviving_one(
    store: Store, anna: people.Person, review_id: int, merged: list[int]
) -> None:
    first, second, third, _ = merged
    with store.writing_outside() as c:
        for work_id in (second, third):
            values = {"name": "a.pdf", "sha256": "", "size": 1, "content": b"%PDF"}
            values |= {"review_id": review_id, "work_id": work_id, "person_id": anna.id, "at": NOW}
            c.execute(document.insert().values(**values))
    query = select(work.c.id, document.c.work_id).where(
        *surviving_in(review_id), made_for_work(document.c.work_id)
    )
    with store.reading_outside() as c:
        rows = {tuple(row) for row in c.execute(query)}
    assert rows == {(first, second), (third, third)}


def test_a_work_comes_to_full_text_by_being_included(
    store: Store, review_id: int, merged: list[int]
) -> None:
    first, _, third, fourth = merged
    with store.writing_outside() as c:
        c.execute(update(work).where(work.c.id.in_(merged[:3])).values(title_abstract="include"))
        c.execute(update(work).where(work.c.id == third).values(full_text="exclude"))
        c.execute(update(work).where(work.c.id == fourth).values(full_text="exclude"))
    with store.reading_outside() as c:
        at_full_text = select(work.c.id).where(*open_at(FT)).order_by(work.c.id)
        assert list(c.execute(at_full_text).scalars()) == [first]
        assert list(c.execute(select(work.c.id).where(*open_at(TA))).scalars()) == [fourth]
        excluded = select(work.c.id).where(*in_state(FT, State.EXCLUDE))
        assert list(c.execute(excluded).scalars()) == [third]
