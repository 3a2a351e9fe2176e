"""Writing a value that the records of a work lack, and clearing it."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import describe
from evidence.store import Role, Write
from evidence.store.area_versions import Area
from evidence.store.records import edits, works
from evidence.store.records.edits import Edit
from evidence.store.records.works import Work

EDITABLE = frozenset({"abstract"})
LONGEST = 20_000  # letters


def set_field(write: Write, work_id: int, field: str, value: str) -> None:
    """Let this value stand for a field, whatever the records say; the trail keeps who and when.

    Raises:
        Invalid: a field that is not edited by hand, an empty value, or one that is too long.
    """
    text = value.replace("\x00", "").strip()
    if field not in EDITABLE:
        raise Invalid("Only a missing abstract can be written by hand.")
    if not text:
        raise Invalid("Nothing was written; to remove what you gave, take it back.")
    if len(text) > LONGEST:
        raise Invalid(f"The text is too long; please use at most {LONGEST:,} letters.")
    work = works.get(write.connection, write.review_id, work_id)
    standing = edits.standing(write.connection, write.review_id, [work.id]).get(work.id, {})
    if field not in standing or standing[field].value != text:  # what is sent twice is stored once
        edits.add(write, work.id, field, text)
        _describe(write, work)


def clear_field(write: Write, work_id: int, field: str) -> None:
    """Let what the records say stand again for a field."""
    work = works.get(write.connection, write.review_id, work_id)
    newest_values = {
        edit.work_id: edit.value
        for edit in edits.history(write.connection, write.review_id, [work.id])
        if edit.field == field
    }
    for edited_id, value in newest_values.items():
        if value:
            edits.add(write, edited_id, field, "")
    _describe(write, work)


def clear(desk: Desk, work_id: int, field: str) -> None:
    """Let what the records say stand again for a field, in a transaction of its own."""
    with desk.writing(Role.REVIEWER, areas=Area.RECORDS) as w:
        clear_field(w, work_id, field)


def history(desk: Desk, work_id: int) -> list[Edit]:
    """All edits of a work, oldest first."""
    with desk.reading() as c:
        work = works.get(c, desk.review_id, work_id)
        return edits.history(c, desk.review_id, [work.id])


def _describe(write: Write, work: Work) -> None:
    references = {record.id: record.reference for record in work.records}
    describe(write, {work.id: list(references)}, references)
