"""A missing abstract is written by hand: recorded, kept through joins, taken back."""

import pytest

from evidence.errors import Invalid, NotAllowed, NotFound
from evidence.screening.verdicts import Stage
from evidence.steps.desk import Desk
from evidence.steps.records import editing, labels, records, sources
from evidence.steps.records.duplicates import record_pairs
from evidence.steps.records.importing import imports
from evidence.store import Role
from evidence.store.records.filters import Filter
from evidence.store.review import people
from tests.conftest import a_reading, keep
from tests.steps.conftest import taken


@pytest.fixture
def work_ids(desk: Desk, anna: people.Person) -> list[int]:
    keep(desk.store, anna.id, desk.review_id, a_reading("One", "Two", "Three"))
    return [line.id for line in records.page(desk, Filter(), 0, 9)]


def set_field(desk: Desk, work_id: int, field: str, value: str) -> None:
    with desk.writing(Role.REVIEWER) as w:
        editing.set_field(w, work_id, field, value)


def set_label(desk: Desk, work_id: int, name: str, *, on: bool = True) -> None:
    with desk.writing(Role.REVIEWER) as w:
        labels.set_label(w, work_id, name, on=on)


def abstract(desk: Desk, work_id: int) -> str:
    return records.get(desk, work_id).reference.abstract


def test_what_is_written_stands_and_says_who(desk: Desk, work_ids: list[int]) -> None:
    set_field(desk, work_ids[0], "abstract", "  Gardens at work.\x00 ")
    set_field(desk, work_ids[0], "abstract", "Gardens at work.")
    assert abstract(desk, work_ids[0]) == "Gardens at work."
    (edit,) = editing.history(desk, work_ids[0])
    assert (edit.person, edit.field, edit.value) == ("Anna", "abstract", "Gardens at work.")
    page = taken(desk, Stage.TITLE_ABSTRACT)
    told = page.contexts[work_ids[0]].edit
    assert told is not None
    assert told.person == "Anna"
    assert page.contexts[work_ids[1]].edit is None


def test_taking_back_uncovers_the_source_and_is_recorded(desk: Desk, work_ids: list[int]) -> None:
    set_field(desk, work_ids[0], "abstract", "First")
    set_field(desk, work_ids[0], "abstract", "Second")
    editing.clear(desk, work_ids[0], "abstract")
    assert abstract(desk, work_ids[0]) == ""
    editing.clear(desk, work_ids[0], "abstract")
    values = [edit.value for edit in editing.history(desk, work_ids[0])]
    assert values == ["First", "Second", ""]


def test_an_edit_survives_joining_and_parting(desk: Desk, work_ids: list[int]) -> None:
    one, two, _ = work_ids
    set_field(desk, two, "abstract", "Gardens at work.")
    record_pairs.mark_same(desk, one, two)
    joined = records.get(desk, two)
    assert joined.id == one
    assert joined.reference.abstract == "Gardens at work."
    assert "abstract" not in joined.origin
    record_pairs.split_off(desk, joined.records[1].id)
    assert (abstract(desk, one), abstract(desk, two)) == ("", "Gardens at work.")


def test_an_edit_is_taken_back_from_the_joined_work(desk: Desk, work_ids: list[int]) -> None:
    one, two, _ = work_ids
    set_field(desk, two, "abstract", "Gardens at work.")
    record_pairs.mark_same(desk, one, two)
    editing.clear(desk, one, "abstract")
    assert abstract(desk, one) == ""


@pytest.mark.parametrize(
    ("field", "value"), [("title", "x"), ("abstract", " "), ("abstract", "x" * 20_001)]
)
def test_what_cannot_be_is_refused(desk: Desk, work_ids: list[int], field: str, value: str) -> None:
    with pytest.raises(Invalid):
        set_field(desk, work_ids[0], field, value)


def test_nothing_of_another_review_is_edited(desk: Desk, work_ids: list[int]) -> None:
    with pytest.raises(NotFound):
        set_field(desk, max(work_ids) + 1, "abstract", "x")


def test_an_import_is_not_undone_while_something_written_by_hand_stands(
    desk: Desk, work_ids: list[int]
) -> None:
    set_field(desk, work_ids[0], "abstract", "Gardens at work.")
    (there,) = sources.listing(desk)
    (file,) = there.files
    with pytest.raises(NotAllowed, match="given an abstract by hand"):
        imports.undo(desk, file.id)
    editing.clear(desk, work_ids[0], "abstract")
    set_label(desk, work_ids[0], "Key paper")
    with pytest.raises(NotAllowed, match="labelled"):
        imports.undo(desk, file.id)
    set_label(desk, work_ids[0], "Key paper", on=False)
    imports.undo(desk, file.id)
    assert records.count(desk, Filter()) == 0
