"""Signing in and out on a server for teams: from what an issuer tells to a session.

An issuer's word makes nobody known by itself: it must be admitted, by an invitation or by the
setting WAYMARK_ADMITS, and from then on the account is found by issuer and subject, never by a
name or an address.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from evidence.citations.text import visible
from evidence.errors import Invalid, NotAllowed, Unavailable
from evidence.settings import Settings
from evidence.steps.accounts import taking_up
from evidence.steps.review.people import LONGEST_NAME
from evidence.store import Connection, Store, audit
from evidence.store.accounts import accounts, sessions
from evidence.store.accounts.accounts import Account, Identity
from evidence.store.accounts.sessions import HEARD_EVERY, Session
from evidence.store.accounts.tokens import new_token
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import people

LONGEST_SUBJECT = 500  # letters; providers promise at most 255
NOT_INVITED = (
    "You are known as {whom} there, but nobody has invited you here. Ask somebody of the review, "
    "or whoever looks after this server, for an invitation, and open its link."
)
BLOCKED = "{whom} may not sign in here any more. Whoever looks after this server can say why."
NO_NAME = "nameless"
NOT_SIGNED_IN = "You are signed out. Please sign in again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Who gets an account without an invitation.

    Attributes:
        everybody: whom the issuer knows.
        domains: also people whose verified e-mail address ends in `@` and one of these, which are
            in small letters.
    """

    everybody: bool = False
    domains: Collection[str] = ()

    def admits(self, identity: Identity) -> bool:
        """Whether somebody needs no invitation."""
        before, _, domain = identity.email.rpartition("@")
        is_known = bool(before) and domain.casefold() in self.domains
        return self.everybody or (identity.email_is_verified and is_known)


def sign_in(  # noqa: PLR0913 - who, how, from where, for how long
    store: Store,
    identity: Identity,
    admission: Admission,
    *,
    lasts: timedelta,
    address: str = "",
    invitation: str = "",
    token_before: str = "",
) -> str:
    """Sign somebody in whom an issuer vouches for; gives the secret for their browser, a new one.

    Args:
        store: of the server.
        identity: whom the issuer tells.
        admission: who needs no invitation.
        lasts: after what time the session ends by itself.
        address: of their machine, for the audit.
        invitation: the secret of an invitation's link that they opened before, or empty.
        token_before: what their browser held before; that session ends.

    Raises:
        NotAllowed: they were not invited, or may not sign in any more. It is in the audit.
        Invalid: the issuer tells no subject, or a very long one.
    """
    with store.writing_outside() as c:
        token, refusal = come_in(
            c,
            identity,
            admission,
            lasts=lasts,
            address=address,
            invitation=invitation,
            token_before=token_before,
        )
    if refusal:
        raise NotAllowed(refusal)
    return token


def come_in(  # noqa: PLR0913 - as of sign_in
    connection: Connection,
    identity: Identity,
    admission: Admission,
    *,
    lasts: timedelta,
    address: str = "",
    invitation: str = "",
    token_before: str = "",
) -> tuple[str, str]:
    """`sign_in` within a transaction, which has more to keep; gives the secret, and why not. One of
    both is empty: a refusal is kept in the audit, so it must not undo the transaction.

    Raises:
        Invalid: the issuer tells no subject, or a very long one.
    """
    _check(identity)
    c, now = connection, datetime.now(UTC)
    account = accounts.find(c, identity.issuer, identity.subject)
    refusal = _refusal(c, account, identity, admission, invitation)
    if refusal:
        actor = Actor(
            person_id=account.person_id if account else None,
            account_id=account.id if account else None,
            address=address,
        )
        audit.note(c, AuditKind.REFUSED, actor, now, subject=_whom(identity))
        return "", refusal
    account = account or _new_account(c, identity, invitation, address, now)
    actor = Actor(person_id=account.person_id, account_id=account.id, address=address)
    if invitation:
        taking_up.take_up(c, invitation, actor, now)
    if identity.email:
        accounts.tell_email(c, account.id, identity.email)
    if token_before:
        sessions.end(c, token_before, now, sessions.SIGNED_IN_AGAIN)
    most = Settings.from_environment().most_sessions
    if most:  # one less than may go on, as this one begins now
        sessions.end_oldest(c, account.person_id, now, most=most - 1)
    token = new_token()
    sessions.begin(c, account.id, token, now, now + lasts)
    audit.note(c, AuditKind.SIGNED_IN, actor, now, subject=identity.issuer)
    return token, ""


def who_holds(store: Store, token: str) -> Session | None:
    """Who is signed in at the browser that holds this secret; None where nobody is.

    Asked at every page, message, file and route, so an ended session ends everywhere at once.
    """
    if not token:
        return None
    now = datetime.now(UTC)
    with store.reading_outside() as c:
        found = sessions.find(c, token, now)
    if found is not None and now - found.seen_at > HEARD_EVERY:
        # a full disk keeps nobody from reading
        with suppress(Unavailable), store.writing_outside() as c:
            sessions.hear(c, token, now)
    return found


def sessions_of(store: Store, person_id: int) -> list[Session]:
    """Where somebody is signed in, the newest first."""
    with store.reading_outside() as c:
        return sessions.of_person(c, person_id, datetime.now(UTC))


def take_up(store: Store, token: str, invitation: str, address: str = "") -> None:
    """Take an invitation up for whoever is signed in at the browser that holds this secret.

    Raises:
        NotAllowed: it does not work, or is for somebody else; or nobody is signed in.
    """
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        found = sessions.find(c, token, now)
        if found is None:
            raise NotAllowed(NOT_SIGNED_IN)
        refusal = taking_up.refusal(c, invitation, accounts.get(c, found.account_id), now)
        if refusal:
            raise NotAllowed(refusal)
        taking_up.take_up(c, invitation, _actor(found, address), now)


def sign_out(store: Store, token: str, address: str = "", *, everywhere: bool = False) -> None:
    """End the session of a browser, or all sessions of whoever is signed in at it; nothing where
    nobody is.
    """
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        found = sessions.find(c, token, now)
        if found is None:
            return
        if everywhere:
            sessions.end_all(c, found.person.id, now)
        else:
            sessions.end(c, token, now)
        kind = AuditKind.SESSIONS_ENDED if everywhere else AuditKind.SIGNED_OUT
        audit.note(c, kind, _actor(found, address), now)


def note(store: Store, found: Session, kind: AuditKind, subject: str, address: str) -> None:
    """Write down what somebody did for which the server answers."""
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        audit.note(c, kind, _actor(found, address), now, subject=subject[:LONGEST_SUBJECT])


def _actor(found: Session, address: str) -> Actor:
    return Actor(person_id=found.person.id, account_id=found.account_id, address=address)


def _check(identity: Identity) -> None:
    if not identity.issuer or not identity.subject.strip():
        raise Invalid("The sign-in told nobody; please try again.")
    if len(identity.subject) > LONGEST_SUBJECT:
        raise Invalid("The sign-in told a name that is too long to be one.")


def _refusal(
    connection: Connection,
    account: Account | None,
    identity: Identity,
    admission: Admission,
    invitation: str,
) -> str:
    """Why somebody does not come in; empty where they do."""
    if account is not None and account.is_blocked:
        return BLOCKED.format(whom=_whom(identity))
    if invitation:
        return taking_up.refusal(connection, invitation, account, datetime.now(UTC))
    if account is None and not admission.admits(identity):
        return NOT_INVITED.format(whom=_whom(identity))
    return ""


def _whom(identity: Identity) -> str:
    return identity.email or identity.name or identity.subject


def _new_account(
    connection: Connection, identity: Identity, invitation: str, address: str, at: datetime
) -> Account:
    """An account for somebody new, or for the person whose work is here already."""
    person_id = taking_up.as_person(connection, invitation) if invitation else None
    if person_id is None:
        name = visible(identity.name)[:LONGEST_NAME] or identity.email or NO_NAME
        person_id = people.add(connection, name, at).id
    account = accounts.add(connection, person_id, identity, at)
    actor = Actor(person_id=person_id, account_id=account.id, address=address)
    audit.note(connection, AuditKind.ACCOUNT_MADE, actor, at, subject=identity.issuer)
    return account
