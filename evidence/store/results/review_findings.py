"""What a review found of views and process; earlier words and judgements stay in their table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from evidence.store import events
from evidence.store.engine import Write
from evidence.store.events import EventKind
from evidence.store.schema import person, review_finding, review_finding_study
from evidence.store.schema.column_types import clean, clean_json
from evidence.synthesis.certainty.cerqual import ReviewFinding, finding_from, judgement_json


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """A review finding as somebody left it."""

    person: str
    at: datetime
    finding: ReviewFinding
    is_removed: bool


def history(connection: Connection, review_id: int) -> list[FindingChange]:
    """All changes of all review findings, newest first."""
    query = (
        select(review_finding, person.c.name)
        .join(person, person.c.id == review_finding.c.person_id)
        .where(review_finding.c.review_id == review_id)
        .order_by(review_finding.c.id.desc())
    )
    studies = _studies(connection, review_id)
    return [
        _change(row, studies.get(row["id"], ())) for row in connection.execute(query).mappings()
    ]


def current(connection: Connection, review_id: int) -> dict[str, FindingChange]:
    """The newest change of each review finding that is there, by uid, in the order of the first."""
    newest: dict[str, FindingChange] = {}
    for change in reversed(history(connection, review_id)):
        newest[change.finding.uid] = change
    return {uid: change for uid, change in newest.items() if not change.is_removed}


def put(write: Write, finding: ReviewFinding) -> None:
    """Let a review finding say this from now on; one with a new uid is added."""
    _add(write, finding, is_removed=False)


def remove(write: Write, finding: ReviewFinding) -> None:
    """Take a review finding away; what it said stays in the table."""
    _add(write, finding, is_removed=True)


def _add(write: Write, finding: ReviewFinding, *, is_removed: bool) -> None:
    values = write.for_review(
        uid=finding.uid,
        statement=finding.statement,
        judgement=clean_json(judgement_json(finding)),
        is_removed=is_removed,
        **write.by_and_at,
    )
    query = insert(review_finding).values(**values).returning(review_finding.c.id)
    finding_id = int(write.connection.execute(query).scalar_one())
    rows = [{"finding_id": finding_id, "study_id": study} for study in finding.study_ids]
    if rows:
        write.connection.execute(insert(review_finding_study), rows)
    events.note(
        write,
        EventKind.REVIEW_FINDING_CHANGED,
        clean(finding.statement),
        after={"uid": finding.uid, "removed": is_removed},
    )


def _studies(connection: Connection, review_id: int) -> dict[int, list[int]]:
    """The studies of each row, in the order in which they were chosen."""
    query = (
        select(review_finding_study.c.finding_id, review_finding_study.c.study_id)
        .join(review_finding, review_finding.c.id == review_finding_study.c.finding_id)
        .where(review_finding.c.review_id == review_id)
        .order_by(review_finding_study.c.id)
    )
    found: dict[int, list[int]] = {}
    for finding_id, study_id in connection.execute(query):
        found.setdefault(finding_id, []).append(study_id)
    return found


def _change(row: Mapping[Any, Any], studies: Sequence[int]) -> FindingChange:
    return FindingChange(
        person=row["name"],
        at=row["at"],
        finding=finding_from(row["uid"], row["statement"], studies, row["judgement"]),
        is_removed=row["is_removed"],
    )
