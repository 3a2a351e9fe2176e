"""Undoing imports, for as long as nobody worked on their records."""

from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select, update

from evidence.errors import NotAllowed, NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.schema import (
    assignment,
    decision,
    document,
    field_edit,
    imported_file,
    pair_verdict,
    record,
    retrieval,
    source,
    study_work,
    work,
    work_label,
)


def take_back(write: Write, file_id: int) -> list[int]:
    """Remove a file with its records, as if it had never been imported.

    Returns:
        The ids of records of other files that had been joined with removed ones; they stand alone
        again, and the caller joins them anew and works out what their works say and come to.

    Raises:
        NotAllowed: somebody worked on one of the records.
    """
    c = write.connection
    found = c.execute(
        select(imported_file.c.name, imported_file.c.kept, imported_file.c.source_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(imported_file.c.id == file_id, source.c.review_id == write.review_id)
    ).one_or_none()
    if found is None:
        raise NotFound("imported file", file_id)
    _refuse_if_worked_on(c, file_id, found.name)
    others = _separate(c, file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    c.execute(delete(work).where(work.c.id.in_(own)))
    c.execute(delete(imported_file).where(imported_file.c.id == file_id))
    left = select(imported_file.c.id).where(imported_file.c.source_id == found.source_id)
    if c.execute(left.limit(1)).first() is None:
        later = update(source).where(source.c.update_of == found.source_id)
        c.execute(later.values(update_of=None))
        c.execute(delete(source).where(source.c.id == found.source_id))
    events.note(write, "undid an import", found.name, before={"records": found.kept})
    return others


def _refuse_if_worked_on(connection: Connection, file_id: int, name: str) -> None:
    """People's work on a record outlasts the wish to undo its import, unless they took it back."""
    ids = select(record.c.id).where(record.c.file_id == file_id)
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    said = select(func.max(decision.c.id)).group_by(
        decision.c.work_id, decision.c.stage, decision.c.person_id
    )
    screened = select(decision.c.id).where(
        decision.c.work_id.in_(works) | decision.c.work_id.in_(own),
        decision.c.id.in_(said),
        decision.c.verdict != "withdrawn",
    )
    judged = select(pair_verdict.c.id).where(
        pair_verdict.c.record_a.in_(ids) | pair_verdict.c.record_b.in_(ids),
        pair_verdict.c.stands,
        pair_verdict.c.person_id.is_not(None),
    )

    def of_works(table: Table) -> Select[Any]:
        return select(table.c.work_id).where(table.c.work_id.in_(works) | table.c.work_id.in_(own))

    edited = select(func.max(field_edit.c.id)).group_by(field_edit.c.work_id, field_edit.c.field)
    written = of_works(field_edit).where(field_edit.c.id.in_(edited), field_edit.c.value != "")
    told = select(func.max(retrieval.c.id)).group_by(retrieval.c.work_id)
    sought = of_works(retrieval).where(retrieval.c.id.in_(told), retrieval.c.state != "sought")
    # Deleting a work deletes its rows in these tables, too.
    checks: list[tuple[str, Select[Any]]] = [
        ("screened", screened),
        ("labelled", of_works(work_label)),
        ("given an abstract by hand", written),
        ("given full texts", of_works(document).where(document.c.removed_at.is_(None))),
        ("looked for in full text", sought),
        ("linked to a study", of_works(study_work)),
        ("judged as duplicates by a person", judged),
    ]
    for done, query in checks:
        if connection.execute(query.limit(1)).first() is not None:
            raise NotAllowed(
                f"The import of {name} cannot be undone: some of its records were already {done}."
            )


def _separate(connection: Connection, file_id: int) -> list[int]:
    """Let every record that shares a work with one of the file stand alone; the others' ids."""
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    others = select(record.c.id).where(record.c.work_id.in_(works), record.c.file_id != file_id)
    ids = list(connection.execute(others).scalars())
    # Rows of assignments go with the work for which they were made, and with no other.
    asleep = update(assignment).where(assignment.c.work_id.in_(works)).values(work_id=None)
    connection.execute(asleep)
    connection.execute(update(work).where(work.c.merged_into.in_(works)).values(merged_into=None))
    connection.execute(
        update(record).where(record.c.work_id.in_(works)).values(work_id=record.c.first_work_id)
    )
    return ids
