"""Labels: marks that people put on works while screening.

Everybody puts and takes off their own. Labels of colleagues are shown once the work is decided at
every stage to which it came, as with decisions: a label could give a verdict away.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select, update

from evidence.errors import Invalid, NotFound
from evidence.screening.verdicts import State
from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import brought_label, label, work, work_label
from evidence.store.surviving import original, originals_of, surviving, surviving_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label of a review."""

    id: int
    name: str


def listing(connection: Connection, review_id: int) -> list[Label]:
    """The labels of a review, in the order in which they were made."""
    query = select(label.c.id, label.c.name).where(label.c.review_id == review_id)
    return [Label(**row) for row in connection.execute(query.order_by(label.c.id)).mappings()]


def put(write: Write, work_id: int, name: str) -> None:
    """Put a label on a work, making the label where there is none of this name.

    One that came with a file is the person's own from now on, and stays when the file is undone.
    """
    label_id = _id_of(write, name) or _add(write, name)
    mark_id = _marks(write, label_id, work_id).get(work_id)
    if mark_id is None:
        write.connection.execute(
            insert(work_label).values(label_id=label_id, work_id=work_id, **write.by_and_at)
        )
    else:
        query = delete(brought_label).where(brought_label.c.work_label_id == mark_id)
        write.connection.execute(query)


def put_from_file(write: Write, file_id: int, name: str, work_ids: Collection[int]) -> int:
    """Put a label on works that a file with decisions has there; gives on how many it was not.
    What the person had put there by hand stays theirs.
    """
    label_id = _id_of(write, name) or _add(write, name)
    before = _marks(write, label_id)
    new = [work_id for work_id in set(work_ids) if work_id not in before]
    if new:
        rows = [{"label_id": label_id, "work_id": id_, **write.by_and_at} for id_ in new]
        write.connection.execute(insert(work_label), rows)
    marks = _marks(write, label_id)
    from_files = set(
        write.connection.execute(
            select(brought_label.c.work_label_id)
            .join(work_label, work_label.c.id == brought_label.c.work_label_id)
            .where(work_label.c.label_id == label_id, work_label.c.person_id == write.person_id)
        ).scalars()
    )
    from_files.update(marks[work_id] for work_id in new)
    links = [
        {"file_id": file_id, "work_label_id": marks[work_id]}
        for work_id in set(work_ids)
        if marks[work_id] in from_files
    ]
    if links:
        write.connection.execute(insert(brought_label), links)
    return len(new)


def not_put(write: Write, name: str, work_ids: Collection[int]) -> list[int]:
    """Those of these surviving works on which the writing person has not put a label."""
    label_id = _id_of(write, name)
    if label_id is None:
        return list(work_ids)
    query = (
        select(surviving_id)
        .select_from(work_label)
        .join(original, original.c.id == work_label.c.work_id)
        .where(work_label.c.label_id == label_id, work_label.c.person_id == write.person_id)
    )
    put = set(write.connection.execute(query).scalars())
    return [work_id for work_id in work_ids if work_id not in put]


def _marks(write: Write, label_id: int, work_id: int | None = None) -> dict[int, int]:
    """Where the writing person has put a label, or whether on one work: work id -> row id."""
    query = select(work_label.c.work_id, work_label.c.id).where(
        work_label.c.label_id == label_id, work_label.c.person_id == write.person_id
    )
    if work_id is not None:
        query = query.where(work_label.c.work_id == work_id)
    return {int(row.work_id): int(row.id) for row in write.connection.execute(query)}


def take_off(write: Write, work_id: int, name: str) -> None:
    """Take an own label off a work and off those that were merged into it."""
    originals = select(original.c.id).where(originals_of([work_id]))
    write.connection.execute(
        delete(work_label).where(
            work_label.c.label_id == _id_of(write, name),
            work_label.c.work_id.in_(originals),
            work_label.c.person_id == write.person_id,
        )
    )


def rename(write: Write, label_id: int, name: str) -> None:
    """Give a label another name; every mark of it has the new name.

    Raises:
        Invalid: another label has this name.
        NotFound: the review has no such label.
    """
    query = select(label.c.name).where(label.c.review_id == write.review_id, label.c.id == label_id)
    before = write.connection.execute(query).scalar_one_or_none()
    if before is None:
        raise NotFound("label", label_id)
    if before == name:
        return
    if _id_of(write, name) is not None:
        raise Invalid(f"There is a label called “{name}” already; choose another name.")
    write.connection.execute(update(label).where(label.c.id == label_id).values(name=name))
    events.note(write, EventKind.LABEL_RENAMED, name, before=before, after=name)


def drop_unused(write: Write) -> None:
    """Delete labels that no work has."""
    used = select(work_label.c.label_id)
    write.connection.execute(
        delete(label).where(label.c.review_id == write.review_id, label.c.id.not_in(used))
    )


def on_works(
    connection: Connection, review_id: int, work_ids: Collection[int], person_id: int
) -> dict[int, list[str]]:
    """The names of the labels on these surviving works, as far as this person may see them."""
    query = (
        select(surviving.c.id, label.c.name, label.c.id.label("label_id"))
        .select_from(work_label)
        .join(label, label.c.id == work_label.c.label_id)
        .join(original, original.c.id == work_label.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(
            label.c.review_id == review_id,
            originals_of(work_ids),
            _visible_to(person_id),
        )
        .order_by(label.c.id)
        .distinct()
    )
    names: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        names[row.id].append(row.name)
    return names


def has_label(label_id: int, person_id: int) -> ColumnElement[bool]:
    """A condition on surviving works: they have this label, as far as this person may see it."""
    query = (
        select(surviving.c.id)
        .select_from(work_label)
        .join(original, original.c.id == work_label.c.work_id)
        .join(surviving, surviving.c.id == surviving_id)
        .where(work_label.c.label_id == label_id, _visible_to(person_id))
    )
    return work.c.id.in_(query)


def _visible_to(person_id: int) -> ColumnElement[bool]:
    first, second = surviving.c.title_abstract, surviving.c.full_text
    is_at_full_text = (first == State.INCLUDE.value) & (second == State.OPEN.value)
    return or_(work_label.c.person_id == person_id, (first != State.OPEN.value) & ~is_at_full_text)


def _id_of(write: Write, name: str) -> int | None:
    query = select(label.c.id).where(label.c.review_id == write.review_id, label.c.name == name)
    label_id: int | None = write.connection.execute(query).scalar_one_or_none()
    return label_id


def _add(write: Write, name: str) -> int:
    query = insert(label).values(**write.for_review(name=name)).returning(label.c.id)
    return int(write.connection.execute(query).scalar_one())
