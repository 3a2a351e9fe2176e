"""Giving a work a value that its sources lack, and taking it back."""

from evidence.errors import Invalid
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates.form_works import describe
from evidence.store import Role, Write
from evidence.store.records import edits, works
from evidence.store.records.edits import Edit

EDITABLE = frozenset({"abstract"})
LONGEST = 20_000  # letters


def give(desk: Desk, work_id: int, field: str, value: str) -> None:
    """Let this value stand for a field, whatever the sources say; who and when is kept.

    Raises:
        Invalid: a field that is not edited by hand, an empty value, or one that is too long.
    """
    with desk.writing(Role.REVIEWER) as w:
        give_in(w, work_id, field, value)


def give_in(write: Write, work_id: int, field: str, value: str) -> None:
    """The same inside a transaction."""
    text = value.replace("\x00", "").strip()
    if field not in EDITABLE:
        raise Invalid("Only a missing abstract can be written by hand.")
    if not text:
        raise Invalid("Nothing was written; to remove what you gave, take it back.")
    if len(text) > LONGEST:
        raise Invalid(f"The text is too long; please use at most {LONGEST:,} letters.")
    work = works.get(write.connection, write.review_id, work_id)
    now = edits.standing(write.connection, write.review_id, [work.id]).get(work.id, {})
    if field not in now or now[field].value != text:  # what is sent twice is kept once
        edits.add(write, work.id, field, text)
        _describe(write, work)


def take_back(desk: Desk, work_id: int, field: str) -> None:
    """What the sources say stands again."""
    with desk.writing(Role.REVIEWER) as w:
        take_back_in(w, work_id, field)


def take_back_in(write: Write, work_id: int, field: str) -> None:
    """The same inside a transaction."""
    work = works.get(write.connection, write.review_id, work_id)
    given = {
        edit.work_id: edit.value
        for edit in edits.history(write.connection, write.review_id, [work.id])
        if edit.field == field
    }
    for made_on, value in given.items():
        if value:
            edits.add(write, made_on, field, "")
    _describe(write, work)


def history(desk: Desk, work_id: int) -> list[Edit]:
    """All that people gave to a work or took back, oldest first."""
    with desk.reading() as c:
        work = works.get(c, desk.review_id, work_id)
        return edits.history(c, desk.review_id, [work.id])


def _describe(write: Write, work: works.Work) -> None:
    references = {record.id: record.reference for record in work.records}
    describe(write, {work.id: list(references)}, references)
