"""What taking up an invitation does, in the transaction in which somebody signs in by it."""

from datetime import datetime

from evidence.errors import NotAllowed
from evidence.store import Connection, audit
from evidence.store.accounts import administrators, invitations
from evidence.store.accounts.accounts import Account
from evidence.store.accounts.invitations import Invitation
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import access

GONE = (
    "This invitation does not work (any more): it was used, withdrawn, its time is over, or who "
    "sent it may not invite people any more. Please ask for a new one."
)
HAS_ACCOUNT = (
    "This invitation is for “{name}”, whose work is here already, and you have an account here "
    "under another name. Sign in with an account that is new here, or ask for an invitation of "
    "your own."
)


def refusal(connection: Connection, token: str, account: Account | None, at: datetime) -> str:
    """Why an invitation cannot be taken up by this account (None for a new one); or empty."""
    found = invitations.find(connection, token)
    if found is None or not found.is_open(at):
        return GONE
    if not _may_invite_still(connection, found):
        return GONE
    wanted = found.draft.as_person
    if account is not None and wanted is not None and account.person_id != wanted:
        return HAS_ACCOUNT.format(name=found.as_name)
    return ""


def _may_invite_still(connection: Connection, found: Invitation) -> bool:
    """Whether who made an invitation may still give what it gives: by one that they kept they would
    come back after they were taken out. The command line's are good until somebody withdraws them.
    """
    by, review_id = found.invited_by, found.draft.review_id
    if by is None:
        return True
    if review_id is None:
        return administrators.is_one(connection, by)
    return by in access.owners(connection, review_id)


def as_person(connection: Connection, token: str) -> int | None:
    """Who whoever takes an invitation up is here already."""
    found = invitations.find(connection, token)
    return found.draft.as_person if found else None


def take_up(connection: Connection, token: str, actor: Actor, at: datetime) -> Invitation:
    """Give what an invitation promises to a person who has an account.

    Raises:
        NotAllowed: somebody used or withdrew it meanwhile.
    """
    found = invitations.find(connection, token)
    if found is None or actor.person_id is None:
        raise NotAllowed(GONE)
    if not invitations.use(connection, token, actor.person_id, at):
        raise NotAllowed(GONE)
    draft = found.draft
    if draft.review_id is not None:
        access.give_by_invitation(
            connection,
            draft.review_id,
            actor.person_id,
            draft.role,
            invited_by=found.invited_by,
            at=at,
        )
        audit.note(
            connection,
            AuditKind.ACCESS_GIVEN,
            actor,
            at,
            subject=f"themselves, by invitation, as {draft.role.words}",
            review_id=draft.review_id,
        )
    if draft.makes_administrator:
        administrators.make(connection, actor.person_id)
        audit.note(connection, AuditKind.ADMINISTRATOR_MADE, actor, at, subject="by invitation")
    return found
