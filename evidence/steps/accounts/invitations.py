"""Inviting people: to a review by its owners, to the server by whoever looks after it.

An invitation is a link with a secret that works once and ends. Taking it up is part of signing in
(signing_in.py).
"""

from datetime import UTC, datetime, timedelta

from evidence.errors import Invalid, NotAllowed
from evidence.steps.desk import Desk
from evidence.store import Connection, Role, Store, audit
from evidence.store.accounts import administrators, invitations
from evidence.store.accounts.invitations import Draft, Invitation
from evidence.store.accounts.tokens import new_token
from evidence.store.area_versions import NOTHING
from evidence.store.audit import Actor, AuditKind
from evidence.store.review import access, people

DAYS = 14  # for which an invitation works if nothing else is said
MOST_DAYS = 90
LONGEST_NAME = 200  # letters of for whom it is
MOST_OPEN = 200  # open invitations to one review, or to the server
MOST = "There are {most} invitations that nobody has taken up. Withdraw some first."
NO_DAYS = "An invitation works for 1 to {most} days."
NOBODY = "Please say for whom the invitation is: a name or an e-mail address."
TOO_LONG = "Please use at most {most} letters to say for whom the invitation is."
NO_WORK_HERE = "Nobody of that number has worked on this review."
ELSEWHERE = (
    "{name} has worked on other reviews, too, which you do not own. Whoever looks after the server "
    "can invite them as {name}."
)
HAS_ACCOUNT = "{name} has an account already; invite them without saying who they are here."
NOT_ADMINISTRATOR = "Only whoever looks after this server can do that."


def invite(desk: Desk, draft: Draft, *, days: int = DAYS) -> str:
    """Invite somebody to the review at the desk; gives the secret of the link, told only once.

    Args:
        desk: of an owner.
        draft: what it gives; its review is the desk's, whatever it says, and it makes nobody an
            administrator.
        days: for how many it works.

    Raises:
        Invalid: nobody is named, or the days are too many or none.
        NotAllowed: it names a person whose other work is none of the owner's business.
    """
    checked = Draft(
        for_whom=_name(draft.for_whom),
        review_id=desk.review_id,
        role=draft.role,
        as_person=draft.as_person,
    )
    _check_days(days)
    with desk.writing(Role.OWNER, areas=NOTHING) as w:
        if checked.as_person is not None:
            _refuse_strangers(w.connection, desk, checked.as_person)
        actor = Actor(person_id=desk.person_id)
        return _add(w.connection, checked, actor, w.at, days)


def of_review(desk: Desk) -> list[Invitation]:
    """The invitations to the review that still work, the newest first.

    Raises:
        NotAllowed: the person does not own it.
    """
    with desk.reading(Role.OWNER) as c:
        return invitations.open_ones(c, desk.review_id, datetime.now(UTC))


def withdraw(desk: Desk, invitation_id: int) -> bool:
    """End an invitation to the review; gives whether it was still open."""
    with desk.writing(Role.OWNER, areas=NOTHING) as w:
        done = invitations.withdraw(w.connection, desk.review_id, invitation_id, w.at)
        if done:
            actor = Actor(person_id=desk.person_id)
            audit.note(
                w.connection,
                AuditKind.INVITATION_WITHDRAWN,
                actor,
                w.at,
                review_id=desk.review_id,
            )
    return done


def invite_to_server(store: Store, person_id: int | None, draft: Draft, *, days: int = DAYS) -> str:
    """Invite somebody to the server itself; gives the secret of the link, told only once.

    Args:
        store: of the server.
        person_id: who invites; None on the command line, whose user holds the database anyway.
        draft: what it gives. Only the command line gives access to a review in this way, or says
            who somebody is here already (also to let them in who lost their password): whoever
            looks after the server must not see reviews by that alone.
        days: for how many it works.

    Raises:
        Invalid: nobody is named, or the days are too many or none.
        NotAllowed: who invites does not look after the server.
    """
    by_hand = person_id is None
    checked = Draft(
        for_whom=_name(draft.for_whom),
        makes_administrator=draft.makes_administrator,
        as_person=draft.as_person if by_hand else None,
        review_id=draft.review_id if by_hand else None,
        role=draft.role,
    )
    _check_days(days)
    with store.writing_outside() as c:
        require_administrator(c, person_id)
        return _add(c, checked, Actor(person_id=person_id), datetime.now(UTC), days)


def to_server(store: Store, person_id: int | None) -> list[Invitation]:
    """The invitations to the server itself that still work, the newest first.

    Raises:
        NotAllowed: who asks does not look after the server.
    """
    with store.reading_outside() as c:
        require_administrator(c, person_id)
        return invitations.open_ones(c, None, datetime.now(UTC))


def withdraw_from_server(store: Store, person_id: int | None, invitation_id: int) -> bool:
    """End an invitation to the server; gives whether it was still open.

    Raises:
        NotAllowed: who asks does not look after the server.
    """
    now = datetime.now(UTC)
    with store.writing_outside() as c:
        require_administrator(c, person_id)
        done = invitations.withdraw(c, None, invitation_id, now)
        if done:
            audit.note(c, AuditKind.INVITATION_WITHDRAWN, Actor(person_id=person_id), now)
    return done


def path_of(token: str) -> str:
    """Where the link of an invitation leads, below the address of the server."""
    return f"account/invitation/{token}"


def opened(store: Store, token: str) -> Invitation | None:
    """The invitation that a link leads to, if it can still be taken up."""
    with store.reading_outside() as c:
        found = invitations.find(c, token)
    return found if found is not None and found.is_open(datetime.now(UTC)) else None


def require_administrator(connection: Connection, person_id: int | None) -> None:
    """Refuse whoever does not look after the server; None is the command line, which may.

    Raises:
        NotAllowed: they do not.
    """
    if person_id is not None and not administrators.is_one(connection, person_id):
        raise NotAllowed(NOT_ADMINISTRATOR)


def _add(connection: Connection, draft: Draft, actor: Actor, at: datetime, days: int) -> str:
    if len(invitations.open_ones(connection, draft.review_id, at)) >= MOST_OPEN:
        raise Invalid(MOST.format(most=MOST_OPEN))
    token = new_token()
    ends_at = at + timedelta(days=days)
    invitations.add(connection, draft, actor.person_id, token, at, ends_at)
    audit.note(
        connection,
        AuditKind.INVITED,
        actor,
        at,
        subject=f"{draft.for_whom} as {_as_what(draft)}",
        review_id=draft.review_id,
    )
    return token


def _as_what(draft: Draft) -> str:
    if draft.review_id is not None:
        return draft.role.words
    return "an administrator" if draft.makes_administrator else "somebody of the server"


def _name(for_whom: str) -> str:
    name = " ".join(for_whom.split())
    if not name:
        raise Invalid(NOBODY)
    if len(name) > LONGEST_NAME:
        raise Invalid(TOO_LONG.format(most=LONGEST_NAME))
    return name


def _check_days(days: int) -> None:
    if not 1 <= days <= MOST_DAYS:
        raise Invalid(NO_DAYS.format(most=MOST_DAYS))


def _refuse_strangers(connection: Connection, desk: Desk, person_id: int) -> None:
    """An owner hands over a name's work only where all of it is in reviews that they own."""
    person = people.find(connection, person_id)
    if person is None or person_id not in people.of_review(connection, desk.review_id):
        raise Invalid(NO_WORK_HERE)
    _refuse_who_has_an_account(connection, person_id)
    for review_id in people.reviews_of(connection, person_id):
        if desk.person_id not in access.owners(connection, review_id):
            raise NotAllowed(ELSEWHERE.format(name=person.name))


def _refuse_who_has_an_account(connection: Connection, person_id: int) -> None:
    person = people.find(connection, person_id)
    if person is None:
        raise Invalid(NO_WORK_HERE)
    if people.having_account(connection, [person_id]):
        raise NotAllowed(HAS_ACCOUNT.format(name=person.name))
