"""The arms of a study, and the times at which it measured something."""

from dataclasses import dataclass

from sqlalchemy import Connection, Table, insert, select, update

from evidence.errors import NotFound
from evidence.store.coding.coding_edits import REMOVED, YES, Clash, Edit
from evidence.store.engine import Write
from evidence.store.schema import arm, study, time_point
from evidence.store.schema.column_types import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A group of people that a study compares; `people` as the report says how many."""

    uid: str
    label: str
    people: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """A time at which a study measured something."""

    uid: str
    label: str


def of_study(connection: Connection, study_id: int) -> tuple[Arm, ...]:
    """The arms of a study that were not taken away, in the order in which they were added."""
    query = select(arm.c.uid, arm.c.label, arm.c.people)
    query = query.where(arm.c.study_id == study_id, arm.c.removed_at.is_(None))
    rows = connection.execute(query.order_by(arm.c.id)).mappings()
    return tuple(Arm(**row) for row in rows)


def time_points_of(connection: Connection, study_id: int) -> tuple[TimePoint, ...]:
    """The time points of a study, in the order in which they were added."""
    query = select(time_point.c.uid, time_point.c.label)
    query = query.where(time_point.c.study_id == study_id, time_point.c.removed_at.is_(None))
    rows = connection.execute(query.order_by(time_point.c.id)).mappings()
    return tuple(TimePoint(**row) for row in rows)


def edit_arm(write: Write, study_id: int, uid: str, edit: Edit) -> Clash | None:
    """Change the `label` or the `people` of an arm, or say that it is `removed`; the first edit
    makes it.
    """
    return _edit(write, arm, study_id, uid, edit)


def edit_time_point(write: Write, study_id: int, uid: str, edit: Edit) -> Clash | None:
    """Change the `label` of a time point, or say that it is `removed`; the first edit makes it."""
    return _edit(write, time_point, study_id, uid, edit)


def _edit(write: Write, table: Table, study_id: int, uid: str, edit: Edit) -> Clash | None:
    c = write.connection
    known = select(study.c.id).where(study.c.id == study_id, study.c.review_id == write.review_id)
    if c.execute(known).first() is None:
        raise NotFound("study", study_id)
    here = (table.c.study_id == study_id) & (table.c.uid == uid)
    row = c.execute(select(table).where(here)).mappings().one_or_none()
    if row is None:
        made = {"created_by": write.person_id, "created_at": write.at}
        query = insert(table).values(study_id=study_id, uid=uid, **made).returning(table)
        row = c.execute(query).mappings().one()
    removing = edit.field == REMOVED
    now = (YES if row["removed_at"] else "") if removing else str(row[edit.field])
    if now not in {clean(edit.before), clean(edit.after)}:
        return Clash(now=now)
    values: dict[str, object] = {edit.field: edit.after}
    if removing:
        values = {"removed_at": write.at if edit.after else None}
    c.execute(update(table).where(here).values(values))
    return None
