"""Undoing an import loses nobody's work, and leaves the rest as if it had never been there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert

from evidence.citations.record import Reading
from evidence.errors import NotAllowed
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports
from evidence.steps.screening import decisions, full_texts
from evidence.store import Role, schema
from evidence.store.records.filters import Filter
from evidence.store.screening.decisions import NewDecision
from evidence.store.screening.full_texts import Search
from tests.conftest import a_record, keep

TA = Stage.TITLE_ABSTRACT
TITLE = "Gardening and paid employment after severe mental illness"
SAME: dict[str, Any] = {
    "doi": "10.1234/garden.1",
    "year": 2001,
    "pages": "1-9",
    "volume": "3",
    "journal": "J",
}


def one(title: str, file: str, **values: Any) -> Reading:
    record = a_record(title, **values)
    return Reading(
        file=file, format="ris", encoding="utf-8", seen=1, records=(record,), problems=()
    )


@pytest.fixture
def files(desk: Desk) -> tuple[int, int]:
    """Two files with one record each, which a person will join."""
    first = one("Gardening and paid employment", "a.ris", year=2001, abstract="Long. " * 40)
    second = one("Horticulture at work", "b.ris", year=2009)
    return (
        keep(desk.store, desk.person_id, desk.review_id, first, "a"),
        keep(desk.store, desk.person_id, desk.review_id, second, "b"),
    )


def ids(desk: Desk) -> list[int]:
    return [line.id for line in records.page(desk, Filter(), 0, 10)]


def add_pdf(desk: Desk, work_id: int) -> None:
    full_texts.add(desk, work_id, "paper.pdf", b"%PDF-1.7 invented")


def note_search(desk: Desk, work_id: int) -> None:
    full_texts.set_search(desk, work_id, Search.ASKED, "the library")


def mark_with_label(desk: Desk, work_id: int) -> None:
    with desk.writing(Role.REVIEWER) as w:
        made = (
            insert(schema.label)
            .values(w.for_review(name="background"))
            .returning(schema.label.c.id)
        )
        label_id = w.connection.execute(made).scalar_one()
        w.connection.execute(
            insert(schema.work_label).values(
                label_id=label_id, work_id=work_id, person_id=w.person_id, at=w.at
            )
        )


def edit_a_field(desk: Desk, work_id: int) -> None:
    with desk.writing(Role.REVIEWER) as w:
        w.connection.execute(
            insert(schema.field_edit).values(
                w.for_review(
                    work_id=work_id, field="year", value="2002", person_id=w.person_id, at=w.at
                )
            )
        )


@pytest.mark.parametrize("work_on", [add_pdf, note_search, mark_with_label, edit_a_field])
def test_what_people_added_to_a_work_keeps_its_import(
    desk: Desk, files: tuple[int, int], work_on: Callable[[Desk, int], None]
) -> None:
    work_on(desk, ids(desk)[1])
    imports.undo(desk, files[0])  # nobody worked on this one
    with pytest.raises(NotAllowed, match=r"b\.ris cannot be undone"):
        imports.undo(desk, files[1])
    assert len(ids(desk)) == 1


@pytest.mark.parametrize("goes", [0, 1])
def test_what_stays_says_only_what_its_own_records_say(desk: Desk, goes: int) -> None:
    both = (
        one(TITLE, "a.ris", **SAME, abstract="Only in the first. " * 20),
        one(TITLE, "b.ris", **SAME, keywords=("only in the second",)),
    )
    made = [
        keep(desk.store, desk.person_id, desk.review_id, reading, reading.file) for reading in both
    ]
    duplicates.run(desk)
    assert len(ids(desk)) == 1
    imports.undo(desk, made[goes])
    (left,) = ids(desk)
    stays = records.get(desk, left)
    assert stays.reference == both[1 - goes].records[0].reference
    with desk.reading() as c:
        row = c.execute(schema.work.select().where(schema.work.c.id == left)).mappings().one()
    assert row["origin"] == {}


def test_a_work_that_is_freed_comes_to_what_was_said_of_it(desk: Desk) -> None:
    goes = keep(desk.store, desk.person_id, desk.review_id, one(TITLE, "a.ris", **SAME), "a")
    keep(desk.store, desk.person_id, desk.review_id, one(TITLE, "b.ris", **SAME), "b")
    second = ids(desk)[1]
    duplicates.run(desk)
    new = NewDecision(  # by a page that was opened before the two were joined
        work_id=second, stage=TA, verdict=Verdict.EXCLUDE, client_id="old page"
    )
    decisions.decide(desk, [new])
    assert decisions.tally(desk, TA)[State.EXCLUDE] == 1
    imports.undo(desk, goes)
    assert decisions.tally(desk, TA)[State.EXCLUDE] == 1
