"""Looking after a server for teams: who has an account, who may sign in, what was done.

Whoever does this sees no review by that. The command line does it without a person (None): whoever
uses it holds the database anyway.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from evidence.citations.formats.plain_tables import csv_pieces
from evidence.errors import Invalid, NotAllowed
from evidence.steps.accounts.invitations import require_administrator
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Store, audit
from evidence.store.accounts import administrators, server_people, sessions
from evidence.store.accounts.server_people import ServerPerson
from evidence.store.audit import Actor, AuditEntry, AuditFilter, AuditKind

AT_ONCE = 100  # entries on a page
LAST_ADMINISTRATOR = (
    "Nobody would look after the server then. Make somebody else an administrator first."
)
NOBODY = "Nobody of that number has an account here."
COLUMNS = ("at", "kind", "person", "review", "subject", "address")


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """Entries of the audit, the newest first.

    Attributes:
        total: how many meet the filter.
        before: number of the last entry that is shown, from which the next page goes on; None
            where there is none.
    """

    entries: list[AuditEntry]
    total: int
    before: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """What whoever looks after the server does to somebody, in one transaction.

    Attributes:
        whom: their name.
    """

    connection: Connection
    actor: Actor
    at: datetime
    whom: str

    def note(self, kind: AuditKind) -> None:
        """Write down what was done."""
        audit.note(self.connection, kind, self.actor, self.at, subject=self.whom)


@contextmanager
def _acting(store: Store, person_id: int | None, whom: int, address: str) -> Iterator[_Act]:
    """The transaction of such an act; of two administrators the second sees what the first did."""
    with store.writing_outside() as c:
        administrators.hold(c)
        require_administrator(c, person_id)
        actor = Actor(person_id=person_id, address=address)
        yield _Act(connection=c, actor=actor, at=datetime.now(UTC), whom=_name(c, whom))


def everybody(store: Store, person_id: int | None) -> list[ServerPerson]:
    """Who has an account, by name.

    Raises:
        NotAllowed: who asks does not look after the server.
    """
    with store.reading_outside() as c:
        require_administrator(c, person_id)
        return server_people.listing(c, datetime.now(UTC))


def block(store: Store, person_id: int | None, whom: int, address: str = "") -> None:
    """Let somebody sign in no more, and end their sessions; their work stays and counts.

    Raises:
        NotAllowed: who asks does not look after the server, or nobody would any more.
        Invalid: nobody of that number has an account.
    """
    with _acting(store, person_id, whom, address) as act:
        refuse_without_administrator(act.connection, whom)
        administrators.block(act.connection, whom, act.at)
        sessions.end_all(act.connection, whom, act.at, sessions.BLOCKED)
        act.note(AuditKind.BLOCKED)


def unblock(store: Store, person_id: int | None, whom: int, address: str = "") -> None:
    """Let somebody sign in again.

    Raises:
        NotAllowed: who asks does not look after the server.
        Invalid: nobody of that number has an account.
    """
    with _acting(store, person_id, whom, address) as act:
        administrators.block(act.connection, whom, None)
        act.note(AuditKind.UNBLOCKED)


def end_sessions(store: Store, person_id: int | None, whom: int, address: str = "") -> None:
    """Sign somebody out everywhere.

    Raises:
        NotAllowed: who asks does not look after the server.
        Invalid: nobody of that number has an account.
    """
    with _acting(store, person_id, whom, address) as act:
        sessions.end_all(act.connection, whom, act.at)
        act.note(AuditKind.SESSIONS_ENDED)


def change_administrator(
    store: Store, person_id: int | None, whom: int, *, is_one: bool, address: str = ""
) -> None:
    """Say whether somebody looks after the server.

    Raises:
        NotAllowed: who asks does not look after it, or nobody would any more.
        Invalid: nobody of that number has an account.
    """
    with _acting(store, person_id, whom, address) as act:
        if is_one:
            administrators.make(act.connection, whom)
            kind = AuditKind.ADMINISTRATOR_MADE
        else:
            refuse_without_administrator(act.connection, whom)
            administrators.unmake(act.connection, whom)
            kind = AuditKind.ADMINISTRATOR_ENDED
        act.note(kind)


def audit_page(
    store: Store, person_id: int | None, which: AuditFilter, before: int | None = None
) -> AuditPage:
    """What was done on the server.

    Raises:
        NotAllowed: who asks does not look after the server.
    """
    with store.reading_outside() as c:
        require_administrator(c, person_id)
        return _page(c, which, before)


def audit_of_review(desk: Desk, before: int | None = None) -> AuditPage:
    """What was done about access to the review at the desk, and what was taken out of it.

    Raises:
        NotAllowed: the person does not own it.
    """
    with desk.reading(Role.OWNER) as c:
        return _page(c, AuditFilter(review_id=desk.review_id), before)


def audit_csv(store: Store, person_id: int | None, which: AuditFilter) -> Iterator[bytes]:
    """All entries that meet a filter as the pieces of a CSV file, the newest first; no cell runs as
    a formula.

    Raises:
        NotAllowed: who asks does not look after the server.
    """
    return csv_pieces(COLUMNS, _rows(store, person_id, which))


def _rows(store: Store, person_id: int | None, which: AuditFilter) -> Iterator[Sequence[str]]:
    before: int | None = None
    while True:
        page = audit_page(store, person_id, which, before)
        for entry in page.entries:
            yield (entry.at.isoformat(), entry.kind.value, entry.person, entry.review,
                   entry.subject, entry.address)  # fmt: skip
        if page.before is None:
            return
        before = page.before


def _page(connection: Connection, which: AuditFilter, before: int | None) -> AuditPage:
    entries = audit.entries(connection, which, limit=AT_ONCE, before=before)
    more = entries[-1].id if len(entries) == AT_ONCE else None
    return AuditPage(entries=entries, total=audit.count(connection, which), before=more)


def _name(connection: Connection, person_id: int) -> str:
    name = server_people.name_of(connection, person_id)
    if name is None:
        raise Invalid(NOBODY)
    return name


def refuse_without_administrator(connection: Connection, whom: int) -> None:
    """Refuse an act after which nobody would look after the server.

    Raises:
        NotAllowed: this person is the only one who does.
    """
    if administrators.is_one(connection, whom) and administrators.count(connection) == 1:
        raise NotAllowed(LAST_ADMINISTRATOR)
