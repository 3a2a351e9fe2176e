"""The arms of a study, and the times at which it measured something."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Table, exists, insert, select, update

from evidence.coding.answer_rows import AnswerRow
from evidence.coding.arms_taken_away import ArmTakenAway
from evidence.coding.finding_fields import GROUP_FIELDS
from evidence.errors import NotAllowed, NotFound
from evidence.store.area_versions import Area
from evidence.store.coding.coding_changes import came_before, clashed_before
from evidence.store.coding.coding_edits import (
    REMOVED,
    YES,
    Clash,
    Edit,
    begin,
    is_seen,
    note,
)
from evidence.store.engine import Write
from evidence.store.schema import (
    answer,
    arm,
    coding,
    coding_change,
    finding,
    person,
    study,
    time_point,
)

NAMED = (
    "A complete coding of this study rests on it, so it stays. Whoever made that coding can reopen "
    "it first."
)
AWAY = (
    "The arm “{name}” was taken away by {by}, so this was not kept. It stands in the history; add "
    "the arm again, and say it there."
)
UNKNOWN = "The study has no such arm, so this was not kept; please reload the page."
SOMEBODY = "somebody"
COUNTED = ("people", REMOVED)
"""What results tell of an arm, also where a complete coding of the study rests on it."""
RENAMED = (
    "A complete coding of this study rests on “{name}”, and would say something else under another "
    "name, so the name stays. Whoever made that coding can reopen it first; or add another."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arm:
    """A group of people that a study compares; `people` as the report says how many."""

    uid: str
    label: str
    people: str = ""


def is_of_arm_taken_away() -> ColumnElement[bool]:
    """That a row of `answer`, of a row of `coding`, is on an arm that was taken away."""
    return exists().where(
        arm.c.study_id == coding.c.study_id,
        arm.c.uid == answer.c.arm,
        arm.c.removed_at.is_not(None),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePoint:
    """A time at which a study measured something."""

    uid: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupChange:
    """What somebody said of an arm or a time point.

    Attributes:
        field: `label`, `people` or `removed`.
        before, after: what stood there, and what was to stand there.
        is_kept: no, where the field had changed meanwhile, so that `before` stayed.
    """

    field: str
    before: str
    after: str
    is_kept: bool
    person: str
    at: datetime


def of_study(connection: Connection, study_id: int) -> tuple[Arm, ...]:
    """The arms of a study that were not taken away, in the order in which they were added."""
    query = select(arm.c.uid, arm.c.label, arm.c.people)
    query = query.where(arm.c.study_id == study_id, arm.c.removed_at.is_(None))
    rows = connection.execute(query.order_by(arm.c.id)).mappings()
    return tuple(Arm(**row) for row in rows)


def people_by_arm(connection: Connection, review_id: int) -> dict[int, dict[str, str]]:
    """How many people each arm of a review's studies had, as typed: by study, then by uid."""
    query = select(arm.c.study_id, arm.c.uid, arm.c.people).join(study)
    query = query.where(study.c.review_id == review_id, arm.c.removed_at.is_(None))
    people: dict[int, dict[str, str]] = {}
    for row in connection.execute(query.order_by(arm.c.id)):
        people.setdefault(row.study_id, {})[row.uid] = row.people
    return people


def time_points_of(connection: Connection, study_id: int) -> tuple[TimePoint, ...]:
    """The time points of a study, in the order in which they were added."""
    query = select(time_point.c.uid, time_point.c.label)
    query = query.where(time_point.c.study_id == study_id, time_point.c.removed_at.is_(None))
    rows = connection.execute(query.order_by(time_point.c.id)).mappings()
    return tuple(TimePoint(**row) for row in rows)


def time_labels(connection: Connection, review_id: int) -> dict[str, str]:
    """The labels of the time points of all studies of a review, by uid."""
    query = select(time_point.c.uid, time_point.c.label).join(
        study, study.c.id == time_point.c.study_id
    )
    query = query.where(study.c.review_id == review_id, time_point.c.removed_at.is_(None))
    return {row.uid: row.label for row in connection.execute(query)}


def why_not(connection: Connection, study_id: int, uid: str) -> str:
    """Why nothing can be said for an arm, in words; "" where it stands."""
    query = select(arm.c.id, arm.c.label, arm.c.removed_at)
    row = connection.execute(
        query.where(arm.c.study_id == study_id, arm.c.uid == uid)
    ).one_or_none()
    if row is None:
        return UNKNOWN
    if row.removed_at is None:
        return ""
    by = _who_took_away(connection, [row.id]).get(row.id, SOMEBODY)
    return AWAY.format(name=row.label, by=by)


def taken_away_from(connection: Connection, coding_id: int) -> tuple[ArmTakenAway, ...]:
    """Arms that were taken away although this coding says something for them, and what it says."""
    names = ("question", "code", "arm", "chosen", "value", "note")
    query = (
        select(*(answer.c[name] for name in names), arm.c.id.label("arm_id"), arm.c.label)
        .join(coding, coding.c.id == answer.c.coding_id)
        .join(arm, (arm.c.study_id == coding.c.study_id) & (arm.c.uid == answer.c.arm))
        .where(coding.c.id == coding_id, arm.c.removed_at.is_not(None))
        .where(answer.c.chosen | (answer.c.value != "") | (answer.c.note != ""))
        .order_by(arm.c.id, answer.c.id)
    )
    said: dict[tuple[int, str], list[AnswerRow]] = {}
    for row in connection.execute(query).mappings():
        answered = AnswerRow(**{name: row[name] for name in names})
        said.setdefault((row["arm_id"], row["label"]), []).append(answered)
    who = _who_took_away(connection, [arm_id for arm_id, _ in said]) if said else {}
    return tuple(
        ArmTakenAway(label=label, by=who.get(arm_id, SOMEBODY), rows=tuple(rows))
        for (arm_id, label), rows in said.items()
    )


def edit_arm(write: Write, coding_id: int, study_id: int, uid: str, edit: Edit) -> Clash | None:
    """Change the `label` or the `people` of an arm, or say that it is `removed`; the first edit
    makes it.

    Arms are the study's, and are changed from a draft of one's own.

    Raises:
        NotAllowed: the coding is marked complete, or a complete one names what shall go or be
            called otherwise.
        NotFound: it is no coding of the writing person, or there is no such study.
        Invalid: the version is not one of the coding's scheme.
    """
    return _edit(write, arm, coding_id, study_id, uid, edit)


def edit_time_point(
    write: Write, coding_id: int, study_id: int, uid: str, edit: Edit
) -> Clash | None:
    """The same for a time point, which has a `label`, and may be `removed`."""
    return _edit(write, time_point, coding_id, study_id, uid, edit)


def changes_of(connection: Connection, study_id: int, uid: str) -> list[GroupChange]:
    """All that was said of an arm or a time point of a study, by all its coders, the newest first.

    Also what was not kept, since somebody had changed the field meanwhile.
    """
    names = ("field", "before", "after", "is_kept", "at")
    query = (
        select(*(coding_change.c[name] for name in names), person.c.name.label("person"))
        .outerjoin(arm, arm.c.id == coding_change.c.arm_id)
        .outerjoin(time_point, time_point.c.id == coding_change.c.time_point_id)
        .join(person, person.c.id == coding_change.c.person_id)
        .where(
            ((arm.c.study_id == study_id) & (arm.c.uid == uid))
            | ((time_point.c.study_id == study_id) & (time_point.c.uid == uid))
        )
        .order_by(coding_change.c.id.desc())
    )
    return [GroupChange(**row) for row in connection.execute(query).mappings()]


def _edit(
    write: Write, table: Table, coding_id: int, study_id: int, uid: str, edit: Edit
) -> Clash | None:
    if came_before(write, coding_id, edit.client_id):
        return None
    begin(write, coding_id, edit)
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
    if clashed_before(write, coding_id, edit.client_id):
        return Clash(now=now)
    kept = is_seen(edit, now)
    if kept and edit.field != "people" and edit.after != now and _is_named(c, study_id, uid):
        raise NotAllowed(NAMED if removing else RENAMED.format(name=row["label"]))
    about = {f"{table.name}_id": int(row["id"])}
    note(write, coding_id, edit, now, about, None if kept else "")
    if not kept:
        return Clash(now=now)
    values: dict[str, object] = {edit.field: edit.after}
    if removing:
        values = {"removed_at": write.at if edit.after else None}
    c.execute(update(table).where(here).values(values))
    if edit.field in COUNTED:
        write.touch(Area.RESULTS)
    return None


def _who_took_away(connection: Connection, arm_ids: Collection[int]) -> dict[int, str]:
    """Who took these arms away last, by name."""
    query = (
        select(coding_change.c.arm_id, person.c.name)
        .join(person, person.c.id == coding_change.c.person_id)
        .where(
            coding_change.c.arm_id.in_(arm_ids),
            coding_change.c.field == REMOVED,
            coding_change.c.after == YES,
            coding_change.c.is_kept,
        )
        .order_by(coding_change.c.id)
    )
    return {row.arm_id: row.name for row in connection.execute(query)}


def _is_named(connection: Connection, study_id: int, uid: str) -> bool:
    """Whether a complete coding of the study, whoever made it, rests on an arm or a time point."""
    complete = select(coding.c.id).where(
        coding.c.study_id == study_id, coding.c.state == "complete"
    )
    answered = select(answer.c.id).where(answer.c.coding_id.in_(complete), answer.c.arm == uid)
    said = answered.where(answer.c.chosen | (answer.c.value != "") | (answer.c.note != ""))
    if connection.execute(said.limit(1)).first() is not None:
        return True
    findings = select(finding.c.fields).where(
        finding.c.coding_id.in_(complete), finding.c.removed_at.is_(None)
    )
    return any(
        fields.get(name) == uid
        for fields in connection.execute(findings).scalars()
        for name in GROUP_FIELDS
    )
