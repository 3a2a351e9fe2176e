"""Undoing an import loses nobody's work, and leaves the rest as if it had never been there."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert

from evidence.citations.record import Reading
from evidence.errors import NotAllowed
from evidence.problems import Code
from evidence.screening.verdicts import Stage, State, Verdict
from evidence.steps.desk import Desk
from evidence.steps.records import records, sources
from evidence.steps.records.duplicates import duplicates, record_pairs
from evidence.steps.records.importing import imports
from evidence.steps.screening import conflicts, decisions, full_texts
from evidence.store import Role, events, schema
from evidence.store.records import sources as stored_sources
from evidence.store.records.filters import Filter
from evidence.store.records.undo_import import Obstacle, Undoing
from evidence.store.screening.decisions import DISCUSSION, NewDecision
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


def take_back_how_a_conflict_ended(desk: Desk, work_id: int) -> None:
    """The vote stands, of which only the end of the conflict was taken back."""
    maybe = NewDecision(
        work_id=work_id, stage=TA, verdict=Verdict.MAYBE, client_id="m", note="important"
    )
    decisions.decide(desk, [maybe])
    ends = conflicts.Resolution(verdict=Verdict.EXCLUDE, how=DISCUSSION)
    conflicts.resolve(desk, TA, work_id, ends)
    conflicts.reopen(desk, TA, work_id)
    assert [one.note for one in decisions.own(desk, TA)] == ["important"]


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


@pytest.mark.parametrize(
    "work_on",
    [add_pdf, note_search, mark_with_label, edit_a_field, take_back_how_a_conflict_ended],
)
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


def three(file: str = "c.ris") -> Reading:
    records = tuple(
        a_record(title, line=line, doi=f"10.1/{title}")
        for line, title in enumerate(("Alder", "Birch", "Cedar"), 1)
    )
    return Reading(file=file, format="ris", encoding="utf-8", seen=3, records=records, problems=())


def exclude(desk: Desk, work_id: int) -> None:
    new = NewDecision(
        work_id=work_id, stage=TA, verdict=Verdict.EXCLUDE, client_id=f"exclude-{work_id}"
    )
    decisions.decide(desk, [new])


def titles(desk: Desk) -> list[str]:
    return [line.title for line in records.page(desk, Filter(), 0, 10)]


def test_what_stops_an_undo_is_counted_by_kind(desk: Desk) -> None:
    file_id = keep(desk.store, desk.person_id, desk.review_id, three())
    assert imports.look_at_undo(desk, file_id) == Undoing(records=3, stay=0, obstacles=())
    first, second, third = ids(desk)
    exclude(desk, first)
    exclude(desk, second)
    mark_with_label(desk, second)
    assert imports.look_at_undo(desk, file_id) == Undoing(
        records=3,
        stay=2,
        obstacles=(
            Obstacle(act="screened", records=2),
            Obstacle(act="labelled", records=1),
        ),
    )
    taken_back = NewDecision(
        work_id=first, stage=TA, verdict=Verdict.WITHDRAWN, client_id="taken back"
    )
    decisions.decide(desk, [taken_back])
    record_pairs.mark_same(desk, first, third)
    undoing = imports.look_at_undo(desk, file_id)
    assert undoing.stay == 3
    assert Obstacle(act="judged as duplicates by a person", records=2) in undoing.obstacles
    with pytest.raises(NotAllowed, match=r"worked on every record of c\.ris"):
        imports.undo_untouched(desk, file_id)
    assert len(ids(desk)) == 2


def test_screened_records_stay_and_the_rest_is_taken_back(desk: Desk) -> None:
    file_id = keep(desk.store, desk.person_id, desk.review_id, three(), "sha")
    exclude(desk, ids(desk)[1])
    with pytest.raises(NotAllowed, match="already screened"):
        imports.undo(desk, file_id)
    imports.undo_untouched(desk, file_id)
    assert titles(desk) == ["Birch"]
    assert decisions.tally(desk, TA)[State.EXCLUDE] == 1
    (source,) = sources.listing(desk)
    (file,) = source.files
    assert (file.seen, file.records, file.problems) == (3, 1, 2)
    assert [(p.code, p.line) for p in sources.problems(desk, file_id)] == [
        (Code.ENTRY_TAKEN_BACK, 1),
        (Code.ENTRY_TAKEN_BACK, 3),
    ]
    with desk.reading() as c:
        newest = events.latest(c, desk.review_id)[0]
        assert stored_sources.files_by_hash(c, desk.review_id, ["sha"]) == {}  # may come in again
    assert (newest.kind, newest.subject) == (events.EventKind.IMPORT_PARTLY_UNDONE, "c.ris")
    assert newest.after == {"records": 1}
    imports.undo_untouched(desk, file_id, keep(desk.store, 1, desk.review_id, three("d.ris"), "d"))
    assert titles(desk) == ["Birch"]  # of c.ris nothing more goes, of d.ris all


@pytest.mark.parametrize("screened", [0, 1])
def test_of_a_joined_work_a_record_stays_where_the_work_was_screened(
    desk: Desk, screened: int
) -> None:
    """One record is of this import, the other of an earlier one."""
    first = keep(desk.store, desk.person_id, desk.review_id, one(TITLE, "a.ris", **SAME), "a")
    both = Reading(
        file="b.ris",
        format="ris",
        encoding="utf-8",
        seen=2,
        records=(
            a_record(TITLE, line=1, **SAME, keywords=("only in the second",)),
            a_record("Nobody's", line=2),
        ),
        problems=(),
    )
    second = keep(desk.store, desk.person_id, desk.review_id, both, "b")
    duplicates.run(desk)
    joined, alone = ids(desk)
    exclude(desk, (alone, joined)[screened])
    undoing = imports.look_at_undo(desk, second)
    assert (undoing.records, undoing.stay) == (2, 1)
    imports.undo_untouched(desk, second)
    assert decisions.tally(desk, TA)[State.EXCLUDE] == 1
    if screened:  # the joined work: its two records stay together, the other one goes
        assert ids(desk) == [joined]
        assert len(records.get(desk, joined).records) == 2
        with pytest.raises(NotAllowed, match=r"worked on every record of a\.ris"):
            imports.undo_untouched(desk, first)
    else:  # the other one: the joined work keeps the record of the earlier import only
        assert ids(desk) == [joined, alone]
        (record,) = records.get(desk, joined).records
        assert record.file == "a.ris"
        assert records.get(desk, joined).reference.keywords == ()


def test_records_joined_within_a_file_are_parted_where_one_goes(desk: Desk) -> None:
    """The decision was made on the twin before the rules joined the two."""
    twins = Reading(
        file="t.ris",
        format="ris",
        encoding="utf-8",
        seen=2,
        records=(a_record(TITLE, line=1, **SAME), a_record(TITLE, line=2, **SAME)),
        problems=(),
    )
    file_id = keep(desk.store, desk.person_id, desk.review_id, twins)
    second = ids(desk)[1]
    exclude(desk, second)
    duplicates.run(desk)
    assert len(ids(desk)) == 1
    undoing = imports.look_at_undo(desk, file_id)
    imports.undo_untouched(desk, file_id)
    left = [record.id for work_id in ids(desk) for record in records.get(desk, work_id).records]
    assert len(left) == undoing.stay
    assert decisions.tally(desk, TA)[State.EXCLUDE] == 1


def test_a_vote_whose_conflict_is_open_again_is_found_by_its_person(
    desk: Desk, files: tuple[int, int]
) -> None:
    work_id = ids(desk)[1]
    take_back_how_a_conflict_ended(desk, work_id)
    own = {
        name: [
            line.id
            for line in records.page(desk, Filter(own=name, person_id=desk.person_id), 0, 10)
        ]
        for name in ("any", "none", "maybe")
    }
    assert own == {"any": [work_id], "none": [ids(desk)[0]], "maybe": [work_id]}
