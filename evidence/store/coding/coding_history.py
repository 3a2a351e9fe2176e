"""The history of a coding, field by field; also what was typed and not kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from evidence.store.schema import answer, coding, coding_change, finding, person, scheme_version

_change = coding_change.c


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingChange:
    """A change of one field.

    Attributes:
        code, arm: of an answer; "" for the question itself, and for the whole study.
        before, after: what stood there, and what was to stand there.
        is_kept: no, where `before` stayed.
        reason: why it was not kept; "" where the field had changed meanwhile.
        version: of the scheme that was seen, as the scheme says it; "" where none is known.
        act: the same for changes that one act made, such as choosing one option for another; ""
            where that is not known.
    """

    question: str
    code: str
    arm: str
    field: str
    before: str
    after: str
    is_kept: bool
    reason: str
    version: str
    act: str
    person: str
    at: datetime


def of_question(
    connection: Connection,
    study_id: int,
    scheme_id: int,
    person_id: int,
    question: str,
    most: int | None = None,
) -> list[CodingChange]:
    """All that a person said to a question about a study, and of its codes, the newest first, or
    the newest of it.
    """
    query = _changes(study_id, scheme_id, person_id).where(answer.c.question == question)
    rows = connection.execute(query.limit(most)).mappings()
    return [CodingChange(**row) for row in rows]


def of_finding(
    connection: Connection,
    study_id: int,
    scheme_id: int,
    person_id: int,
    uid: str,
    most: int | None = None,
) -> list[CodingChange]:
    """All that a person said in one finding, the newest first, or the newest of it."""
    query = _changes(study_id, scheme_id, person_id).where(finding.c.uid == uid)
    rows = connection.execute(query.limit(most)).mappings()
    return [CodingChange(**{**row, "question": "", "code": "", "arm": ""}) for row in rows]


def _changes(study_id: int, scheme_id: int, person_id: int) -> Select[tuple[object, ...]]:
    names = ("field", "before", "after", "is_kept", "reason", "at")
    return (
        select(
            answer.c.question,
            answer.c.code,
            answer.c.arm,
            *(_change[name] for name in names),
            func.coalesce(scheme_version.c.version, "").label("version"),
            _change.client_id.label("act"),
            person.c.name.label("person"),
        )
        .select_from(coding_change)
        .join(coding, coding.c.id == _change.coding_id)
        .join(person, person.c.id == _change.person_id)
        .outerjoin(answer, answer.c.id == _change.answer_id)
        .outerjoin(finding, finding.c.id == _change.finding_id)
        .outerjoin(scheme_version, scheme_version.c.id == _change.version_id)
        .where(
            coding.c.study_id == study_id,
            coding.c.scheme_id == scheme_id,
            coding.c.person_id == person_id,
            ~coding.c.is_agreed,
        )
        .order_by(_change.id.desc())
    )
