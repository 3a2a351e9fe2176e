"""Codings: what one person answered about one study with one scheme."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, insert, or_, select, update

from evidence.coding.answer_rows import AnswerRow, gather
from evidence.coding.answers import Answer
from evidence.coding.finding_fields import finding_of
from evidence.coding.findings import Finding
from evidence.coding.scheme import Scheme
from evidence.errors import NotAllowed, NotFound
from evidence.store import events
from evidence.store.area_versions import Area
from evidence.store.coding import coding_changes
from evidence.store.coding.coding_changes import BY_NO_PAGE, Change, Sent
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import (
    answer,
    arm,
    coding,
    finding,
    person,
    scheme,
    study,
)

CHANGED = "Something was changed a moment ago, so this was not done; please try again."
COMPLETE = (
    "This coding is marked complete, so nothing was changed; reopen it first. What you typed is "
    "kept here until then."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """A finding as it was typed.

    Attributes:
        uid: made where it was typed first.
        fields: by name, as coding.finding_fields lists them; what is empty is left out.
        removed: taken away by its person, who may want it back.
    """

    id: int
    uid: str
    fields: Mapping[str, str]
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one person answered about one study.

    Attributes:
        is_agreed: what several codings of the study came to; `person` began to reconcile them.
        state: draft or complete; maps, tables and plots rest on complete ones.
        rows: what was said to each question and of each code.
        findings: those that were not taken away, in their order.
    """

    id: int
    study_id: int
    person_id: int
    person: str
    state: str
    changed_at: datetime
    completed_at: datetime | None
    is_agreed: bool = False
    rows: tuple[AnswerRow, ...] = ()
    findings: tuple[StoredFinding, ...] = ()

    def answers(self, scheme: Scheme) -> tuple[Answer, ...]:
        """What the rows come to in this version of the scheme."""
        return gather(self.rows, scheme)

    def whole_findings(self, scheme: Scheme) -> tuple[Finding, ...]:
        """The findings of which enough is said for maps and plots."""
        read = (finding_of(stored.fields, scheme) for stored in self.findings)
        return tuple(whole for whole in read if whole is not None)


def start(write: Write, study_id: int, scheme_id: int) -> int:
    """The writing person's coding of a study, made when there is none; gives its id."""
    c = write.connection
    coding_id = c.execute(
        select(coding.c.id).where(
            coding.c.study_id == study_id,
            coding.c.scheme_id == scheme_id,
            coding.c.person_id == write.person_id,
            ~coding.c.is_agreed,
        )
    ).scalar_one_or_none()
    _check_review(write, study_id, scheme_id)
    if coding_id is not None:
        return int(coding_id)
    query = insert(coding).values(
        study_id=study_id,
        scheme_id=scheme_id,
        person_id=write.person_id,
        state="draft",
        changed_at=write.at,
    )
    return int(c.execute(query.returning(coding.c.id)).scalar_one())


def states(
    connection: Connection, review_id: int, scheme_id: int, study_id: int | None = None
) -> dict[tuple[int, int], tuple[str, str]]:
    """For each (study, person) that has a coding, of all studies or one: its state, and the
    person's name.
    """
    query = (
        select(coding.c.study_id, coding.c.person_id, coding.c.state, person.c.name)
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(study.c.review_id == review_id, coding.c.scheme_id == scheme_id, ~coding.c.is_agreed)
        .order_by(coding.c.id)
    )
    if study_id is not None:
        query = query.where(study.c.id == study_id)
    return {
        (row.study_id, row.person_id): (row.state, row.name) for row in connection.execute(query)
    }


def of_scheme(
    connection: Connection,
    review_id: int,
    scheme_id: int,
    *,
    study_id: int | None = None,
    person_id: int | None = None,
    which: ColumnElement[bool] | None = None,
) -> list[Coding]:
    """Every coding made with a scheme, agreed ones among them, in three queries.

    Args:
        connection: to the database.
        review_id: of the review.
        scheme_id: of the scheme.
        study_id: of one study; None for all.
        person_id: by one person, without agreed ones; None for all.
        which: a condition on the rows of `coding`, as seen_codings.may_see gives one.
    """
    conditions = [study.c.review_id == review_id, coding.c.scheme_id == scheme_id]
    if study_id is not None:
        conditions.append(coding.c.study_id == study_id)
    if person_id is not None:
        conditions += [coding.c.person_id == person_id, ~coding.c.is_agreed]
    if which is not None:
        conditions.append(which)
    names = ("id", "study_id", "person_id", "is_agreed", "state", "changed_at", "completed_at")
    query = (
        select(*(coding.c[name] for name in names), person.c.name.label("person"))
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(*conditions)
        .order_by(coding.c.id)
    )
    ids = select(coding.c.id).join(study, study.c.id == coding.c.study_id).where(*conditions)
    rows, findings = _rows(connection, ids), _findings(connection, ids)
    return [
        Coding(**row, rows=tuple(rows[row["id"]]), findings=tuple(findings[row["id"]]))
        for row in connection.execute(query).mappings()
    ]


def set_state(
    write: Write,
    coding_id: int,
    state: str,
    *,
    seen: datetime | None = None,
    sent: Sent = BY_NO_PAGE,
) -> None:
    """Say whether a coding is a draft or complete.

    Args:
        write: of its person.
        coding_id: of the coding.
        state: `draft` or `complete`.
        seen: when it had been changed last as its person saw it; None for whenever.
        sent: how a page sent it.

    Raises:
        NotAllowed: it was changed since.
    """
    if coding_changes.came_before(write, coding_id, sent.client_id):
        return
    label, before = own(write, coding_id)
    require_unchanged(write, coding_id, seen)
    if state == before and not sent.client_id:
        return
    coding_changes.note(
        write, coding_id, sent, Change(field="state", before=before, after=state), {}
    )
    if state == before:
        return
    write.touch(Area.RESULTS)
    complete = state == "complete"
    when = write.at if complete else None
    write.connection.execute(
        update(coding)
        .where(coding.c.id == coding_id)
        .values(state=state, completed_at=when, changed_at=write.at)
    )
    kind = EventKind.CODING_COMPLETED if complete else EventKind.CODING_REOPENED
    events.note(write, kind, label)


def require_unchanged(write: Write, coding_id: int, seen: datetime | None) -> None:
    """Refuse what rests on an older state of a coding; None for whatever state.

    Raises:
        NotAllowed: it was changed since.
    """
    query = select(coding.c.changed_at).where(coding.c.id == coding_id)
    if seen is not None and write.connection.execute(query).scalar_one() != seen:
        raise NotAllowed(CHANGED)


def own(write: Write, coding_id: int) -> tuple[str, str]:
    """The study's label and the state of a coding of the writing person, or of an agreed one.

    Raises:
        NotFound: it is not theirs, or not of this review.
    """
    query = (
        select(study.c.label, coding.c.state)
        .join(coding, coding.c.study_id == study.c.id)
        .where(
            coding.c.id == coding_id,
            study.c.review_id == write.review_id,
            or_(coding.c.person_id == write.person_id, coding.c.is_agreed),
        )
    )
    row = write.connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("coding of yours", coding_id)
    return str(row.label), str(row.state)


def finding_id(connection: Connection, coding_id: int, uid: str) -> int:
    """The id of a finding of a coding."""
    query = select(finding.c.id).where(finding.c.coding_id == coding_id, finding.c.uid == uid)
    return int(connection.execute(query).scalar_one())


def findings_of(connection: Connection, coding_id: int) -> dict[str, StoredFinding]:
    """All findings of a coding by their uids, also those that were taken away."""
    query = select(finding).where(finding.c.coding_id == coding_id).order_by(finding.c.id)
    return {
        row.uid: StoredFinding(
            id=row.id, uid=row.uid, fields=row.fields, removed=row.removed_at is not None
        )
        for row in connection.execute(query)
    }


def scheme_of(connection: Connection, coding_id: int) -> int:
    """The scheme of a coding."""
    query = select(coding.c.scheme_id).where(coding.c.id == coding_id)
    return int(connection.execute(query).scalar_one())


def study_of(connection: Connection, coding_id: int) -> int:
    """The study of a coding."""
    query = select(coding.c.study_id).where(coding.c.id == coding_id)
    return int(connection.execute(query).scalar_one())


def require_draft(write: Write, coding_id: int) -> None:
    """Refuse changes of a coding that is complete; note that it changes.

    Raises:
        NotAllowed: it is marked complete.
    """
    _, state = own(write, coding_id)
    if state == "complete":
        raise NotAllowed(COMPLETE)
    write.connection.execute(
        update(coding).where(coding.c.id == coding_id).values(changed_at=write.at)
    )


def _check_review(write: Write, study_id: int, scheme_id: int) -> None:
    for table, noun, row_id in ((study, "study", study_id), (scheme, "scheme", scheme_id)):
        query = select(table.c.id).where(table.c.id == row_id, table.c.review_id == write.review_id)
        if write.connection.execute(query).first() is None:
            raise NotFound(noun, row_id)


def _rows(connection: Connection, codings: Any) -> dict[int, list[AnswerRow]]:
    names = ("question", "code", "arm", "chosen", "value", "note")
    query = select(answer.c.coding_id, *(answer.c[name] for name in names))
    is_away = exists().where(
        arm.c.study_id == coding.c.study_id,
        arm.c.uid == answer.c.arm,
        arm.c.removed_at.is_not(None),
    )
    query = (
        query.join(coding, coding.c.id == answer.c.coding_id)
        .where(answer.c.coding_id.in_(codings), ~is_away)
        .order_by(answer.c.id)
    )
    by_coding: dict[int, list[AnswerRow]] = defaultdict(list)
    for coding_id, question, code, arm_uid, chosen, value, note in connection.execute(query):
        row = AnswerRow(
            question=question, code=code, arm=arm_uid, chosen=chosen, value=value, note=note
        )  # by their names, as for half a million rows a dictionary of each takes twice as long
        by_coding[coding_id].append(row)
    return by_coding


def _findings(connection: Connection, codings: Any) -> dict[int, list[StoredFinding]]:
    names = ("id", "coding_id", "uid", "fields")
    query = (
        select(*(finding.c[name] for name in names))
        .where(finding.c.coding_id.in_(codings), finding.c.removed_at.is_(None))
        .order_by(finding.c.id)
    )
    by_coding: dict[int, list[StoredFinding]] = defaultdict(list)
    for row in connection.execute(query):
        stored = StoredFinding(id=row.id, uid=row.uid, fields=row.fields)
        by_coding[row.coding_id].append(stored)
    for of_coding in by_coding.values():
        of_coding.sort(key=position_of)
    return by_coding


def position_of(stored: StoredFinding) -> tuple[float, int]:
    """Where its person put it; what was never moved stands by age."""
    try:
        return float(stored.fields.get("position") or stored.id), stored.id
    except ValueError:
        return float(stored.id), stored.id
