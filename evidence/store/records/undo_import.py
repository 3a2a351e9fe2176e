"""Undoing imports: what people worked on stays, unless they took it back themselves."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, or_, select, update

from evidence.errors import NotAllowed, NotFound
from evidence.problems import Code, Problem
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.id_batches import batches
from evidence.store.records.import_previews import add_problems
from evidence.store.schema import imported_file, pair_verdict, record, source, work
from evidence.store.undo_merge_split import WORK_REFERENCES, IsSetAnew, StaysWithOriginal

JUDGED = "judged as duplicates by a person"
_SIDES = (pair_verdict.c.record_a, pair_verdict.c.record_b)


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What people did to records of an import.

    Attributes:
        act: as a participle: `screened`.
        records: to how many of its records.
    """

    act: str
    records: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undoing:
    """What an undo of imports would do.

    Attributes:
        records: how many the files have.
        stay: how many of these somebody worked on.
        obstacles: by what was done; a record can be counted with several.
    """

    records: int
    stay: int
    obstacles: tuple[Obstacle, ...]

    @property
    def go(self) -> int:
        """How many records can be taken back."""
        return self.records - self.stay


def look(connection: Connection, review_id: int, file_ids: Sequence[int]) -> Undoing:
    """What an undo of these files would do, and what stops it."""
    records: set[int] = set()
    by_act: dict[str, set[int]] = {}
    for file_id in file_ids:
        _file(connection, review_id, file_id)
        query = select(record.c.id).where(record.c.file_id == file_id)
        records |= set(connection.execute(query).scalars())
        for act, ids in _worked_on(connection, file_id):
            by_act.setdefault(act, set()).update(ids)
    return Undoing(
        records=len(records),
        stay=len(set().union(*by_act.values())),
        obstacles=tuple(Obstacle(act=act, records=len(ids)) for act, ids in by_act.items() if ids),
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
    file = _file(c, write.review_id, file_id)
    for act, worked_on in _worked_on(c, file_id):
        if worked_on:
            raise NotAllowed(
                f"The import of {file.name} cannot be undone: some of its records were already "
                f"{act}."
            )
    ids = list(c.execute(select(record.c.id).where(record.c.file_id == file_id)).scalars())
    others = _remove(c, ids)
    c.execute(delete(imported_file).where(imported_file.c.id == file_id))
    other_files = select(imported_file.c.id).where(imported_file.c.source_id == file.source_id)
    if c.execute(other_files.limit(1)).first() is None:
        updates = update(source).where(source.c.update_of == file.source_id)
        c.execute(updates.values(update_of=None))
        c.execute(delete(source).where(source.c.id == file.source_id))
    events.note(write, EventKind.IMPORT_UNDONE, file.name, before={"records": file.records})
    return others


def undo_untouched(write: Write, file_id: int) -> list[int]:
    """Remove the records of a file on which nobody worked; the others stay, and so does the file,
    whose remarks name what was removed. It is not known again as imported before.

    Returns:
        The ids of all records that shared a work with removed ones, as `undo` does.

    Raises:
        NotAllowed: there is none.
    """
    c = write.connection
    file = _file(c, write.review_id, file_id)
    stay = set().union(*(ids for _, ids in _worked_on(c, file_id)))
    if not stay:
        return undo(write, file_id)
    query = select(record.c.id, record.c.line).where(record.c.file_id == file_id)
    lines = {row.id: row.line for row in c.execute(query) if row.id not in stay}
    if not lines:
        raise NotAllowed(f"Somebody worked on every record of {file.name}, so all of them stay.")
    others = _remove(c, lines)
    add_problems(
        write,
        file_id,
        [Problem(code=Code.ENTRY_TAKEN_BACK, file=file.name, line=line) for line in lines.values()],
    )
    c.execute(
        update(imported_file)
        .where(imported_file.c.id == file_id)
        .values(records=len(stay), sha256="")  # so that the rest can be imported again
    )
    events.note(
        write,
        EventKind.IMPORT_PARTLY_UNDONE,
        file.name,
        before={"records": file.records},
        after={"records": len(stay)},
    )
    return others


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    records: int
    source_id: int


def _file(connection: Connection, review_id: int, file_id: int) -> _File:
    row = connection.execute(
        select(imported_file.c.name, imported_file.c.records, imported_file.c.source_id)
        .join(source, source.c.id == imported_file.c.source_id)
        .where(imported_file.c.id == file_id, source.c.review_id == review_id)
    ).one_or_none()
    if row is None:
        raise NotFound("imported file", file_id)
    return _File(*row)


def _worked_on(connection: Connection, file_id: int) -> Iterator[tuple[str, set[int]]]:
    """What people may have done, with the records of a file to which they did it; deleting these
    would delete that, too. Work on a work of several records holds for each of them.
    """
    in_file = record.c.file_id == file_id
    works = select(record.c.work_id).where(in_file)
    own = select(record.c.first_work_id).where(in_file)
    for column, treatment in WORK_REFERENCES.items():
        if isinstance(treatment, StaysWithOriginal):
            of_file = column.in_(works) | column.in_(own)
            done_to = select(column).where(of_file, *treatment.standing)
            touched = record.c.work_id.in_(done_to) | record.c.first_work_id.in_(done_to)
            yield treatment.act, _records(connection, in_file, touched)
    ids = select(record.c.id).where(in_file)
    standing = pair_verdict.c.stands & pair_verdict.c.person_id.is_not(None)
    judged = or_(*(record.c.id.in_(select(side).where(side.in_(ids), standing)) for side in _SIDES))
    yield JUDGED, _records(connection, in_file, judged)


def _records(connection: Connection, *conditions: ColumnElement[bool]) -> set[int]:
    return set(connection.execute(select(record.c.id).where(*conditions)).scalars())


def _remove(connection: Connection, ids: Iterable[int]) -> list[int]:
    """Delete records with the works that were made with them; gives the ids of records that shared
    a work with one of them, each of which has its own work again.
    """
    going = set(ids)
    works, first_works = set(), set()
    columns = (record.c.work_id, record.c.first_work_id)
    for batch in batches(going):
        for work_id, first_work_id in connection.execute(
            select(*columns).where(record.c.id.in_(batch))
        ):
            works.add(work_id)
            first_works.add(first_work_id)
    sharing: set[int] = set()
    for batch in batches(works):
        sharing |= _records(connection, record.c.work_id.in_(batch))
    for column, treatment in WORK_REFERENCES.items():
        if isinstance(treatment, IsSetAnew):
            for batch in batches(works):
                alone = update(column.table).where(column.in_(batch))
                connection.execute(alone.values({column.name: treatment.alone}))
    for batch in batches(first_works):
        connection.execute(delete(work).where(work.c.id.in_(batch)))
    return sorted(sharing - going)
