"""Labels: marks that people put on works while screening.

Everybody puts and takes off their own. Labels of colleagues are shown once the work is decided at
every stage to which it came, as with decisions: a label could give a verdict away.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, delete, insert, or_, select

from evidence.screening.verdicts import State
from evidence.store.engine import Write
from evidence.store.schema import label, work, work_label
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
    """Put a label on a work, making the label where there is none of this name."""
    label_id = _id_of(write, name) or _add(write, name)
    same_mark = (
        work_label.c.label_id == label_id,
        work_label.c.work_id == work_id,
        work_label.c.person_id == write.person_id,
    )
    if write.connection.execute(select(work_label.c.id).where(*same_mark)).first() is None:
        write.connection.execute(
            insert(work_label).values(label_id=label_id, work_id=work_id, **write.by_and_at)
        )


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
