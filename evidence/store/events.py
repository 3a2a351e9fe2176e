"""The history of a review: who changed what, with the state before and after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from evidence.store import audit
from evidence.store.audit import Actor, AuditKind
from evidence.store.engine import Write
from evidence.store.schema import event, person


class EventKind(StrEnum):
    """What was done. The codes stand in databases and never change."""

    REVIEW_CHANGED = "review-changed"
    REASONS_CHANGED = "reasons-changed"
    REASON_RENAMED = "reason-renamed"
    REASONS_MERGED = "reasons-merged"
    LABEL_RENAMED = "label-renamed"
    MEMBER_ADDED = "member-added"
    MEMBER_REMOVED = "member-removed"
    ROLE_CHANGED = "role-changed"
    SOURCE_CHANGED = "source-changed"
    IMPORT_UNDONE = "import-undone"
    IMPORT_PARTLY_UNDONE = "import-partly-undone"
    STAGE_SETTINGS_CHANGED = "stage-settings-changed"
    PILOT_BEGUN = "pilot-begun"
    PILOT_ENDED = "pilot-ended"
    WORKS_DIVIDED = "works-divided"
    WORKS_GIVEN = "works-given"
    WORKS_TAKEN_BACK = "works-taken-back"
    STOPPING_RULE_CHOSEN = "stopping-rule-chosen"
    DECISIONS_IMPORTED = "decisions-imported"
    DECISIONS_CONFIRMED = "decisions-confirmed"
    DECISIONS_DECLINED = "decisions-declined"
    DECISIONS_VOUCHED = "decisions-vouched"
    DECISIONS_GIVEN = "decisions-given"
    DECISION_FILE_UNDONE = "decision-file-undone"
    FULL_TEXT_ADDED = "full-text-added"
    FULL_TEXT_REMOVED = "full-text-removed"
    FULL_TEXT_RESTORED = "full-text-restored"
    STUDY_CREATED = "study-created"
    STUDY_RENAMED = "study-renamed"
    REPORTS_LINKED = "reports-linked"
    REPORT_UNLINKED = "report-unlinked"
    SCHEME_ADDED = "scheme-added"
    SCHEME_BEGUN = "scheme-begun"
    SCHEME_DISCARDED = "scheme-discarded"
    QUESTION_ANSWERED = "question-answered"
    FINDING_ADDED = "finding-added"
    FINDING_CHANGED = "finding-changed"
    FINDING_REMOVED = "finding-removed"
    CODING_COMPLETED = "coding-completed"
    CODING_REOPENED = "coding-reopened"
    CODERS_CHANGED = "coders-changed"
    CODING_GIVEN = "coding-given"
    CODING_TAKEN_BACK = "coding-taken-back"
    CODING_PILOT_BEGUN = "coding-pilot-begun"
    CODING_PILOT_ENDED = "coding-pilot-ended"
    CODINGS_BROUGHT = "codings-brought"
    CODINGS_TAKEN_BACK = "codings-taken-back"
    MAP_SETTINGS_CHANGED = "map-settings-changed"
    MAP_CELL_MARKED = "map-cell-marked"
    MAP_FROZEN = "map-frozen"
    RESULT_RULES_CHANGED = "result-rules-changed"
    CERTAINTY_JUDGED = "certainty-judged"
    REVIEW_FINDING_CHANGED = "review-finding-changed"
    CONCLUSION_CHANGED = "conclusion-changed"
    STRENGTH_RULE_CHANGED = "strength-rule-changed"
    THEMES_CHANGED = "themes-changed"
    INCLUSIONS_CHANGED = "inclusions-changed"
    ARCHIVED = "archived"
    PUBLISHED = "published"
    PUBLICATION_CHANGED = "publication-changed"
    COMMENT_ANSWERED = "comment-answered"
    ABOUT_CHANGED = "about-changed"
    STAGE_RULE_CHANGED = "stage-rule-changed"
    STAGE_OVERRULED = "stage-overruled"
    PROTOCOL_FROZEN = "protocol-frozen"
    SEARCH_ADDED = "search-added"
    SERVICES_CHANGED = "services-changed"
    SERVICE_FORMS_CHANGED = "service-forms-changed"
    SURVEY_CHANGED = "survey-changed"
    CLAIM_CHANGED = "claim-changed"
    PRINCIPLES_CHANGED = "principles-changed"
    PRINCIPLE_LINKED = "principle-linked"
    SUFFICIENCY_CHANGED = "sufficiency-changed"
    FRAMEWORK_CHANGED = "framework-changed"
    PROVISION_RATED = "provision-rated"
    OTHER = "other"  # an early Waymark noted it; the subject says in words what it was


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One change.

    Attributes:
        person: who did it.
        subject: to what it was done, in words.
    """

    at: datetime
    person: str
    kind: EventKind
    subject: str
    after: Any = None


def note(
    write: Write,
    kind: EventKind,
    subject: str,
    *,
    to_person: int | None = None,
    before: Any = None,
    after: Any = None,
) -> None:
    """Add one line to the history; `to_person` is the id of somebody to whom it was done.

    On a server for teams the audit has those for which it answers, too.
    """
    values = write.for_review(
        kind=kind.value,
        subject=subject,
        to_person_id=to_person,
        before=before,
        after=after,
        **write.by_and_at,
    )
    write.connection.execute(insert(event).values(**values))
    if write.private and kind in _AUDITED:
        actor = Actor(person_id=write.person_id)
        audit.note(
            write.connection,
            _AUDITED[kind],
            actor,
            write.at,
            subject=subject,
            review_id=write.review_id,
        )


_AUDITED = {
    EventKind.ARCHIVED: AuditKind.EXPORTED,
    EventKind.PUBLISHED: AuditKind.PUBLISHED,
    EventKind.PUBLICATION_CHANGED: AuditKind.PUBLICATION_CHANGED,
    EventKind.DECISIONS_IMPORTED: AuditKind.DECISIONS_BROUGHT,
    EventKind.CODINGS_BROUGHT: AuditKind.DECISIONS_BROUGHT,
}
"""What a server answers for, of what reviews keep in their own history."""


def latest(connection: Connection, review_id: int, limit: int = 50) -> list[Event]:
    """The newest changes first."""
    return _read(connection, _newest_first(review_id).limit(limit))


def of_kind(connection: Connection, review_id: int, kind: EventKind) -> list[Event]:
    """All changes of one kind, the newest first."""
    return _read(connection, _newest_first(review_id).where(event.c.kind == kind.value))


def newest_id(connection: Connection, review_id: int, kinds: Sequence[EventKind]) -> int:
    """The number of the newest change of one of these kinds; 0 where there is none."""
    query = select(func.max(event.c.id)).where(
        event.c.review_id == review_id, event.c.kind.in_([kind.value for kind in kinds])
    )
    return int(connection.execute(query).scalar() or 0)


def newest_to(
    connection: Connection, review_id: int, kind: EventKind, person_id: int
) -> Event | None:
    """The newest change of one kind that was done to a person."""
    query = _newest_first(review_id).where(
        event.c.kind == kind.value, event.c.to_person_id == person_id
    )
    return next(iter(_read(connection, query.limit(1))), None)


def _newest_first(review_id: int) -> Select[Any]:
    names = ("at", "kind", "subject", "after")
    return (
        select(*(event.c[name] for name in names), person.c.name.label("person"))
        .join(person, person.c.id == event.c.person_id)
        .where(event.c.review_id == review_id)
        .order_by(event.c.id.desc())
    )


def _read(connection: Connection, query: Select[Any]) -> list[Event]:
    return [
        Event(**{**row, "kind": EventKind(row["kind"])})
        for row in connection.execute(query).mappings()
    ]
