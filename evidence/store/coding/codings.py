"""Codings: what one person answered about one study with one scheme."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from evidence.coding.answers import Answer
from evidence.coding.findings import Direction, Finding, Significance
from evidence.errors import NotFound
from evidence.store import events
from evidence.store.area_versions import Area
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import answer, coding, finding, person, scheme, study


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredScheme:
    """A scheme of a review; `yaml` is read with coding.load."""

    id: int
    name: str
    version: str
    yaml: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFinding:
    """A finding with its id."""

    id: int
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What one person answered about one study.

    Attributes:
        state: draft or complete; maps, tables and plots rest on complete ones.
    """

    id: int
    study_id: int
    person_id: int
    person: str
    state: str
    changed_at: datetime
    completed_at: datetime | None
    answers: tuple[Answer, ...] = ()
    findings: tuple[StoredFinding, ...] = ()


def add_scheme(write: Write, name: str, version: str, yaml: str) -> int:
    """Add a scheme to the review; gives its id. The same version again changes nothing."""
    for stored in schemes(write.connection, write.review_id):
        if (stored.name, stored.version) == (name, version):
            return stored.id
    query = insert(scheme).values(
        **write.for_review(
            name=name, version=version, yaml=yaml, added_by=write.person_id, added_at=write.at
        )
    )
    events.note(write, EventKind.SCHEME_ADDED, f"{name} {version}")
    return int(write.connection.execute(query.returning(scheme.c.id)).scalar_one())


def schemes(connection: Connection, review_id: int) -> list[StoredScheme]:
    """The schemes of a review, in the order in which they were added."""
    query = select(scheme.c.id, scheme.c.name, scheme.c.version, scheme.c.yaml)
    rows = connection.execute(query.where(scheme.c.review_id == review_id).order_by(scheme.c.id))
    return [StoredScheme(**row) for row in rows.mappings()]


def start(write: Write, study_id: int, scheme_id: int) -> int:
    """The writing person's coding of a study, made when there is none; gives its id."""
    c = write.connection
    coding_id = c.execute(
        select(coding.c.id).where(
            coding.c.study_id == study_id,
            coding.c.scheme_id == scheme_id,
            coding.c.person_id == write.person_id,
        )
    ).scalar_one_or_none()
    if coding_id is not None:
        return int(coding_id)
    _check_review(write, study_id, scheme_id)
    query = insert(coding).values(
        study_id=study_id,
        scheme_id=scheme_id,
        person_id=write.person_id,
        state="draft",
        changed_at=write.at,
    )
    return int(c.execute(query.returning(coding.c.id)).scalar_one())


def states(
    connection: Connection, review_id: int, scheme_id: int
) -> dict[tuple[int, int], tuple[str, str]]:
    """For each (study, person) that has a coding: its state, and the person's name."""
    query = (
        select(coding.c.study_id, coding.c.person_id, coding.c.state, person.c.name)
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(study.c.review_id == review_id, coding.c.scheme_id == scheme_id)
        .order_by(coding.c.id)
    )
    return {
        (row.study_id, row.person_id): (row.state, row.name) for row in connection.execute(query)
    }


def of_scheme(
    connection: Connection, review_id: int, scheme_id: int, *, study_id: int | None = None
) -> list[Coding]:
    """Every coding made with a scheme (of one study, or of all), in three queries."""
    conditions = [study.c.review_id == review_id, coding.c.scheme_id == scheme_id]
    if study_id is not None:
        conditions.append(coding.c.study_id == study_id)
    names = ("id", "study_id", "person_id", "state", "changed_at", "completed_at")
    query = (
        select(*(coding.c[name] for name in names), person.c.name.label("person"))
        .join(study, study.c.id == coding.c.study_id)
        .join(person, person.c.id == coding.c.person_id)
        .where(*conditions)
        .order_by(coding.c.id)
    )
    ids = select(coding.c.id).join(study, study.c.id == coding.c.study_id).where(*conditions)
    answers, findings = _answers(connection, ids), _findings(connection, ids)
    return [
        Coding(**row, answers=tuple(answers[row["id"]]), findings=tuple(findings[row["id"]]))
        for row in connection.execute(query).mappings()
    ]


def put_answer(write: Write, coding_id: int, new: Answer) -> None:
    """Store an answer in place of the one before, which stays in the history."""
    c = write.connection
    label = _touch(write, coding_id)
    same = (answer.c.coding_id == coding_id) & (answer.c.question == new.question)
    old = c.execute(select(answer.c.codes, answer.c.value, answer.c.note).where(same))
    before = next(({**row} for row in old.mappings()), None)
    c.execute(delete(answer).where(same))
    values = {"codes": list(new.codes), "value": new.value, "note": new.note}
    if new.is_answered or new.note:
        c.execute(insert(answer).values(coding_id=coding_id, question=new.question, **values))
    after = {"question": new.question, **values}
    events.note(write, EventKind.QUESTION_ANSWERED, label, before=before, after=after)


def put_finding(write: Write, coding_id: int, new: Finding, finding_id: int | None = None) -> int:
    """Store a new finding, or change one; gives its id."""
    c = write.connection
    label = _touch(write, coding_id)
    values = _finding_row(new)
    if finding_id is None:
        query = insert(finding).values(coding_id=coding_id, **values).returning(finding.c.id)
        finding_id = int(c.execute(query).scalar_one())
        events.note(write, EventKind.FINDING_ADDED, label, after=values)
        return finding_id
    before = _finding_before(write, coding_id, finding_id)
    c.execute(update(finding).where(finding.c.id == finding_id).values(**values))
    events.note(write, EventKind.FINDING_CHANGED, label, before=before, after=values)
    return finding_id


def remove_finding(write: Write, coding_id: int, finding_id: int) -> None:
    """Take a finding away; it stays in the history."""
    label = _touch(write, coding_id)
    before = _finding_before(write, coding_id, finding_id)
    write.connection.execute(delete(finding).where(finding.c.id == finding_id))
    events.note(write, EventKind.FINDING_REMOVED, label, before=before)


def set_state(write: Write, coding_id: int, state: str) -> None:
    """Say whether a coding is a draft or complete."""
    label = _touch(write, coding_id)
    write.touch(Area.RESULTS)
    complete = state == "complete"
    when = write.at if complete else None
    write.connection.execute(
        update(coding).where(coding.c.id == coding_id).values(state=state, completed_at=when)
    )
    kind = EventKind.CODING_COMPLETED if complete else EventKind.CODING_REOPENED
    events.note(write, kind, label)


def _touch(write: Write, coding_id: int) -> str:
    """Note the change; gives the study's label. Only the coding's own person may change it.

    Maps rest on what is complete, so a change in a draft leaves them as they are.
    """
    c = write.connection
    query = (
        select(study.c.label, coding.c.state)
        .join(coding, coding.c.study_id == study.c.id)
        .where(
            coding.c.id == coding_id,
            study.c.review_id == write.review_id,
            coding.c.person_id == write.person_id,
        )
    )
    row = c.execute(query).one_or_none()
    if row is None:
        raise NotFound("coding of yours", coding_id)
    c.execute(update(coding).where(coding.c.id == coding_id).values(changed_at=write.at))
    if row.state == "complete":
        write.touch(Area.RESULTS)
    return str(row.label)


def _check_review(write: Write, study_id: int, scheme_id: int) -> None:
    for table, noun, row_id in ((study, "study", study_id), (scheme, "scheme", scheme_id)):
        query = select(table.c.id).where(table.c.id == row_id, table.c.review_id == write.review_id)
        if write.connection.execute(query).first() is None:
            raise NotFound(noun, row_id)


def _answers(connection: Connection, codings: Any) -> dict[int, list[Answer]]:
    query = select(answer).where(answer.c.coding_id.in_(codings)).order_by(answer.c.id)
    by_coding: dict[int, list[Answer]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        by_coding[row["coding_id"]].append(
            Answer(
                question=row["question"],
                codes=tuple(row["codes"]),
                value=row["value"],
                note=row["note"],
            )
        )
    return by_coding


def _findings(connection: Connection, codings: Any) -> dict[int, list[StoredFinding]]:
    query = select(finding).where(finding.c.coding_id.in_(codings)).order_by(finding.c.id)
    by_coding: dict[int, list[StoredFinding]] = defaultdict(list)
    for row in connection.execute(query).mappings():
        by_coding[row["coding_id"]].append(StoredFinding(id=row["id"], finding=_finding(row)))
    return by_coding


COPIED = (
    "intervention", "outcome", "contrast", "measure", "time", "n_intervention", "n_comparison",
    "quotation", "note",
)  # fmt: skip


def _finding_row(new: Finding) -> dict[str, Any]:
    return {
        **{name: getattr(new, name) for name in COPIED},
        "direction": new.direction.value,
        "significance": new.significance.value,
        "answers": [[a.question, list(a.codes), a.value, a.note] for a in new.answers],
    }


def _finding(row: Any) -> Finding:
    return Finding(
        **{name: row[name] for name in COPIED},
        direction=Direction(row["direction"]),
        significance=Significance(row["significance"]),
        answers=tuple(
            Answer(question=question, codes=tuple(codes), value=value, note=note)
            for question, codes, value, note in row["answers"]
        ),
    )


def _finding_before(write: Write, coding_id: int, finding_id: int) -> dict[str, Any]:
    query = select(finding).where(finding.c.id == finding_id, finding.c.coding_id == coding_id)
    row = write.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound("finding", finding_id)
    return _finding_row(_finding(row))
