"""Undoing imports, for as long as nobody worked on their records."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, delete, select, update

from evidence.errors import NotAllowed, NotFound
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.id_batches import batches
from evidence.store.schema import imported_file, pair_verdict, record, source, work
from evidence.store.undo_merge_split import WORK_REFERENCES, IsSetAnew, StaysWithOriginal


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
        select(imported_file.c.name, imported_file.c.records, imported_file.c.source_id)
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
    events.note(write, EventKind.IMPORT_UNDONE, file.name, before={"records": file.records})
    return others


def _refuse_if_worked_on(connection: Connection, file_id: int, name: str) -> None:
    """People's work on a record outlasts the wish to undo its import, unless they took it back."""
    ids = select(record.c.id).where(record.c.file_id == file_id)
    judged = select(pair_verdict.c.id).where(
        pair_verdict.c.record_a.in_(ids) | pair_verdict.c.record_b.in_(ids),
        pair_verdict.c.stands,
        pair_verdict.c.person_id.is_not(None),
    )
    checks = [*_done_to_works(file_id), ("judged as duplicates by a person", judged)]
    for act, query in checks:
        if connection.execute(query.limit(1)).first() is not None:
            raise NotAllowed(
                f"The import of {name} cannot be undone: some of its records were already {act}."
            )


def _done_to_works(file_id: int) -> Iterator[tuple[str, Select[Any]]]:
    """What people may have done to the works of a file, and whether they did; deleting a work
    would delete that, too.
    """
    in_file = record.c.file_id == file_id
    works = select(record.c.work_id).where(in_file)
    own = select(record.c.first_work_id).where(in_file)
    for column, treatment in WORK_REFERENCES.items():
        if isinstance(treatment, StaysWithOriginal):
            of_file = column.in_(works) | column.in_(own)
            yield treatment.act, select(column).where(of_file, *treatment.standing)


def _separate(connection: Connection, file_id: int) -> list[int]:
    """Give every record that shares a work with one of the file its own work again; gives the ids
    of those of other files.
    """
    shared = select(record.c.work_id).where(record.c.file_id == file_id)
    others = select(record.c.id).where(record.c.work_id.in_(shared), record.c.file_id != file_id)
    ids = list(connection.execute(others).scalars())
    works = set(connection.execute(shared).scalars())
    for column, treatment in WORK_REFERENCES.items():
        if isinstance(treatment, IsSetAnew):
            for batch in batches(works):
                alone = update(column.table).where(column.in_(batch))
                connection.execute(alone.values({column.name: treatment.alone}))
    return ids
