"""What a server for teams answers for: who came in, who got access, what was taken away or shown.

Entries are only added. They name acts and things, never what a record or a study says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, func, insert, select

from evidence.store.schema import audit_entry, person, review


class AuditKind(StrEnum):
    """What is written down. The codes stand in databases and never change."""

    SIGNED_IN = "signed-in"
    REFUSED = "refused"
    SIGNED_OUT = "signed-out"
    SESSIONS_ENDED = "sessions-ended"
    ACCOUNT_MADE = "account-made"
    INVITED = "invited"
    INVITATION_WITHDRAWN = "invitation-withdrawn"
    ACCESS_GIVEN = "access-given"
    ROLE_CHANGED = "role-changed"
    ACCESS_ENDED = "access-ended"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    ADMINISTRATOR_MADE = "administrator-made"
    ADMINISTRATOR_ENDED = "administrator-ended"
    EXPORTED = "exported"
    DOCUMENT_SEEN = "document-seen"
    PUBLISHED = "published"
    PUBLICATION_CHANGED = "publication-changed"
    DECISIONS_BROUGHT = "decisions-brought"
    PERSON_TAKEN_AWAY = "person-taken-away"
    PSEUDONYMISED = "pseudonymised"
    PURGED = "purged"

    @property
    def words(self) -> str:
        """What somebody did, as people read it behind their name."""
        return _WORDS[self]


_WORDS = {
    AuditKind.SIGNED_IN: "signed in",
    AuditKind.REFUSED: "was refused at sign-in",
    AuditKind.SIGNED_OUT: "signed out",
    AuditKind.SESSIONS_ENDED: "ended sessions",
    AuditKind.ACCOUNT_MADE: "got an account",
    AuditKind.INVITED: "invited somebody",
    AuditKind.INVITATION_WITHDRAWN: "withdrew an invitation",
    AuditKind.ACCESS_GIVEN: "gave access",
    AuditKind.ROLE_CHANGED: "changed a role",
    AuditKind.ACCESS_ENDED: "ended access",
    AuditKind.BLOCKED: "blocked a person",
    AuditKind.UNBLOCKED: "let a blocked person in again",
    AuditKind.ADMINISTRATOR_MADE: "made somebody an administrator",
    AuditKind.ADMINISTRATOR_ENDED: "made somebody no administrator any more",
    AuditKind.EXPORTED: "took a file away",
    AuditKind.DOCUMENT_SEEN: "opened a full text",
    AuditKind.PUBLISHED: "published",
    AuditKind.PUBLICATION_CHANGED: "withdrew what was published, or changed it",
    AuditKind.DECISIONS_BROUGHT: "brought decisions in",
    AuditKind.PERSON_TAKEN_AWAY: "took a person's file away",
    AuditKind.PSEUDONYMISED: "gave a person who left a pseudonym",
    AuditKind.PURGED: "deleted a review for good",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, as far as it is known.

    Attributes:
        person_id: who; None where nobody is signed in.
        account_id: by which account.
        address: from which machine; empty where there is none, as on the command line.
    """

    person_id: int | None = None
    account_id: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """An entry, with names for its numbers.

    Attributes:
        person: the name of who did it; empty where nobody was signed in.
        review: the title of the review; empty for none, and where it is gone.
    """

    id: int
    at: datetime
    kind: AuditKind
    person: str
    review_id: int | None
    review: str
    subject: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFilter:
    """Which entries: all that meet every condition that is set."""

    kinds: Sequence[AuditKind] = ()
    person_id: int | None = None
    review_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def note(
    connection: Connection,
    kind: AuditKind,
    actor: Actor,
    at: datetime,
    *,
    subject: str = "",
    review_id: int | None = None,
) -> None:
    """Write down what somebody did, in the transaction in which it is done."""
    connection.execute(
        insert(audit_entry).values(
            at=at,
            kind=kind.value,
            person_id=actor.person_id,
            account_id=actor.account_id,
            address=actor.address,
            review_id=review_id,
            subject=subject,
        )
    )


def entries(
    connection: Connection, which: AuditFilter, *, limit: int, before: int | None = None
) -> list[AuditEntry]:
    """Entries, the newest first; `before` goes on after the one of this number."""
    query = _filtered(
        select(
            audit_entry.c.id,
            audit_entry.c.at,
            audit_entry.c.kind,
            func.coalesce(person.c.name, "").label("person"),
            audit_entry.c.review_id,
            func.coalesce(review.c.title, "").label("review"),
            audit_entry.c.subject,
            audit_entry.c.address,
        )
        .outerjoin(person, person.c.id == audit_entry.c.person_id)
        .outerjoin(review, review.c.id == audit_entry.c.review_id),
        which,
    )
    if before is not None:
        query = query.where(audit_entry.c.id < before)
    rows = connection.execute(query.order_by(audit_entry.c.id.desc()).limit(limit)).mappings()
    return [AuditEntry(**{**row, "kind": AuditKind(row["kind"])}) for row in rows]


def count(connection: Connection, which: AuditFilter) -> int:
    """How many entries meet a filter."""
    query = _filtered(select(func.count()).select_from(audit_entry), which)
    return int(connection.execute(query).scalar_one())


def _filtered(query: Select[Any], which: AuditFilter) -> Select[Any]:
    if which.kinds:
        query = query.where(audit_entry.c.kind.in_([kind.value for kind in which.kinds]))
    if which.person_id is not None:
        query = query.where(audit_entry.c.person_id == which.person_id)
    if which.review_id is not None:
        query = query.where(audit_entry.c.review_id == which.review_id)
    if which.since is not None:
        query = query.where(audit_entry.c.at >= which.since)
    if which.until is not None:
        query = query.where(audit_entry.c.at < which.until)
    return query
