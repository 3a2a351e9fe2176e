"""Undoing imports, for as long as nobody worked on their records."""

from typing import Any

from sqlalchemy import Connection, Select, Table, delete, func, select, update

from evidence.errors import NotAllowed, NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
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


def undo(write: Write, file_id: int) -> list[int]:
    """Remove a file with its records, as if it had never been imported.

    Returns:
        The ids of records of other files that shared a work with removed ones; each has a work of
        its own again, and the caller merges them anew.

    Raises:
        NotAllowed: somebody worked on one of the records.
    """
    c = write.connection
    file = c.execute(
        select(imported_file.c.name, imported_file.c.kept, imported_file.c.source_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(imported_file.c.id == file_id, source.c.review_id == write.review_id)
    ).one_or_none()
    if file is None:
        raise NotFound("imported file", file_id)
    _refuse_if_worked_on(c, file_id, file.name)
    others = _separate(c, file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    c.execute(delete(work).where(work.c.id.in_(own)))
    c.execute(delete(imported_file).where(imported_file.c.id == file_id))
    other_files = select(imported_file.c.id).where(imported_file.c.source_id == file.source_id)
    if c.execute(other_files.limit(1)).first() is None:
        updates = update(source).where(source.c.update_of == file.source_id)
        c.execute(updates.values(update_of=None))
        c.execute(delete(source).where(source.c.id == file.source_id))
    events.note(write, EventKind.IMPORT_UNDONE, file.name, before={"records": file.kept})
    return others


def _refuse_if_worked_on(connection: Connection, file_id: int, name: str) -> None:
    """People's work on a record outlasts the wish to undo its import, unless they took it back."""
    ids = select(record.c.id).where(record.c.file_id == file_id)
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    own = select(record.c.first_work_id).where(record.c.file_id == file_id)
    newest = select(func.max(decision.c.id)).group_by(
        decision.c.work_id, decision.c.stage, decision.c.person_id
    )
    screened = select(decision.c.id).where(
        decision.c.work_id.in_(works) | decision.c.work_id.in_(own),
        decision.c.id.in_(newest),
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
    searches = select(func.max(retrieval.c.id)).group_by(retrieval.c.work_id)
    sought = of_works(retrieval).where(retrieval.c.id.in_(searches), retrieval.c.state != "sought")
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
    for act, query in checks:
        if connection.execute(query.limit(1)).first() is not None:
            raise NotAllowed(
                f"The import of {name} cannot be undone: some of its records were already {act}."
            )


def _separate(connection: Connection, file_id: int) -> list[int]:
    """Give every record that shares a work with one of the file its own work again; gives the ids
    of those of other files.
    """
    works = select(record.c.work_id).where(record.c.file_id == file_id)
    others = select(record.c.id).where(record.c.work_id.in_(works), record.c.file_id != file_id)
    ids = list(connection.execute(others).scalars())
    # Rows of assignments go with the work for which they were made, and with no other.
    inactive = update(assignment).where(assignment.c.work_id.in_(works)).values(work_id=None)
    connection.execute(inactive)
    connection.execute(update(work).where(work.c.merged_into.in_(works)).values(merged_into=None))
    connection.execute(
        update(record).where(record.c.work_id.in_(works)).values(work_id=record.c.first_work_id)
    )
    return ids
