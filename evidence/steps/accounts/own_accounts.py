"""Accounts of Waymark itself, for teams without a provider: an e-mail address and a password.

Passwords are kept as argon2id (RFC 9106) with what argon2-cffi recommends. Tries are limited for
each account and for each machine; who is unknown and who is wrong hear the same and wait as long.
"""

from datetime import UTC, datetime, timedelta
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from evidence.citations.text import visible
from evidence.errors import Invalid, NotAllowed
from evidence.hosts import network_of
from evidence.steps.accounts import signing_in, taking_up
from evidence.steps.accounts.signing_in import Admission
from evidence.steps.review.people import LONGEST_NAME
from evidence.store import Store, audit
from evidence.store.accounts import accounts, failures, passwords, sessions
from evidence.store.accounts.accounts import OWN_ISSUER, Identity
from evidence.store.audit import Actor, AuditKind

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SHORTEST, LONGEST = 12, 200  # letters of a password
LONGEST_EMAIL = 254  # letters of an address of e-mail (RFC 5321)
COUNTED_FOR = timedelta(minutes=15)
MOST_HERE = 10  # failures in that time, of one machine for one account
MOST_OF_MACHINE = 50  # of one machine for all accounts
MOST_OF_ACCOUNT = 100  # of all machines for one account, so that no stranger soon locks it
AT_ONCE = BoundedSemaphore(4)  # passwords looked at; each takes 64 MB, and tries count in time
WRONG = "The e-mail address or the password is not right. Please try again."
TOO_MANY = "There were too many tries. Please wait a quarter of an hour, and try again."
NO_EMAIL = "Please write your e-mail address, such as name@example.org."
NO_NAME = "Please write your name, as your colleagues know it: 1 to {most} letters."
SHORT = "Please choose a password of {shortest} to {longest} letters; a few words do well."
EASY = "Please choose another password: this one is too easy to guess."
TAKEN = "There is an account for this address already. Sign in with its password first."
WITHOUT_ARGON = (
    "Signing in with a password needs the package argon2-cffi: pip install 'waymark[accounts]'."
)
INVITED_ONLY = Admission()


def make(  # noqa: PLR0913 - what the form asks for, and from where
    store: Store,
    invitation: str,
    *,
    email: str,
    name: str,
    password: str,
    lasts: timedelta,
    address: str = "",
) -> str:
    """Make an account by an invitation, and sign it in; gives the secret for the browser.

    Where the invitation is for a person who has an account of this address already, it is how
    somebody comes in who lost their password: it gets a new one, and all their sessions end.

    Raises:
        Invalid: the address, name or password cannot be used.
        NotAllowed: the invitation does not work any more, or the address has an account.
    """
    subject = _subject(email)
    shown = visible(name)
    if not shown or len(shown) > LONGEST_NAME:
        raise Invalid(NO_NAME.format(most=LONGEST_NAME))
    _check_password(password, subject, shown)
    with store.reading_outside() as c:  # who was not invited learns of no account, and waits for no
        refusal = taking_up.refusal(c, invitation, None, datetime.now(UTC))  # hash
    if refusal:
        raise NotAllowed(refusal)
    with AT_ONCE:
        hashed = _hasher().hash(password)
    identity = Identity(issuer=OWN_ISSUER, subject=subject, name=shown, email=email.strip())
    with store.writing_outside() as c:  # account, invitation, password and session, or none of it
        before = accounts.find(c, OWN_ISSUER, subject)
        if before is not None:
            if before.person_id != taking_up.as_person(c, invitation):
                raise NotAllowed(TAKEN)
            if not taking_up.refusal(c, invitation, before, datetime.now(UTC)):
                sessions.end_all(c, before.person_id, datetime.now(UTC))
        token, refusal = signing_in.come_in(
            c, identity, INVITED_ONLY, lasts=lasts, address=address, invitation=invitation
        )
        made = accounts.find(c, OWN_ISSUER, subject)
        if made is not None and not refusal:
            passwords.put(c, made.id, hashed, datetime.now(UTC))
    if refusal:
        raise NotAllowed(refusal)
    return token


def sign_in(  # noqa: PLR0913 - what the form asks for, and from where
    store: Store,
    email: str,
    password: str,
    *,
    lasts: timedelta,
    address: str = "",
    invitation: str = "",
    token_before: str = "",
) -> str:
    """Sign somebody in by address and password; gives the secret for their browser.

    Raises:
        NotAllowed: they are not right, or there were too many tries; it is in the audit.
    """
    subject = " ".join(email.split()).casefold()[: LONGEST_EMAIL + 1]
    with AT_ONCE:
        _refuse_wrong(store, subject, password, address)
    identity = Identity(issuer=OWN_ISSUER, subject=subject, name="", email=email.strip())
    return signing_in.sign_in(
        store,
        identity,
        INVITED_ONLY,
        lasts=lasts,
        address=address,
        invitation=invitation,
        token_before=token_before,
    )


def _refuse_wrong(store: Store, subject: str, password: str, address: str) -> None:
    """Refuse a password that is not the account's, and count that.

    A stranger who guesses is refused before the person on their own machine is.

    Raises:
        NotAllowed: it is not right, or there were too many tries.
    """
    now, machine = datetime.now(UTC), network_of(address)
    counted = {
        f"account {subject} at {machine}": MOST_HERE,
        f"machine {machine}": MOST_OF_MACHINE,
        f"account {subject}": MOST_OF_ACCOUNT,
    }
    with store.reading_outside() as c:
        tries = {each: failures.since(c, each, now - COUNTED_FOR) for each in counted}
        account = accounts.find(c, OWN_ISSUER, subject)
        kept = passwords.find(c, account.id) if account else ""
    if any(tries[each] >= most for each, most in counted.items()):
        raise NotAllowed(TOO_MANY)
    if not _is_right(kept, password):
        with store.writing_outside() as c:
            failures.forget(c, now - COUNTED_FOR)
            for each in counted:
                failures.note(c, each, now)
            actor = Actor(person_id=account.person_id if account else None, address=address)
            audit.note(c, AuditKind.REFUSED, actor, now, subject=OWN_ISSUER)
        raise NotAllowed(WRONG)


def change_password(
    store: Store, token: str, before: str, password: str, *, lasts: timedelta, address: str = ""
) -> str:
    """Change the password of whoever is signed in; ends all their sessions and gives the secret of
    a new one.

    Raises:
        NotAllowed: nobody is signed in, or the password before is not right.
        Invalid: the new one cannot be used.
    """
    session = signing_in.who_holds(store, token)
    if session is None:
        raise NotAllowed(WRONG)
    with store.reading_outside() as c:
        account = accounts.get(c, session.account_id)
    if account.issuer != OWN_ISSUER:
        raise NotAllowed(WRONG)
    _check_password(password, account.subject, session.person.name)
    with AT_ONCE:
        _refuse_wrong(store, account.subject, before, address)
        hashed = _hasher().hash(password)
    identity = Identity(issuer=OWN_ISSUER, subject=account.subject, name="", email=account.email)
    with store.writing_outside() as c:
        passwords.put(c, account.id, hashed, datetime.now(UTC))
        sessions.end_all(c, account.person_id, datetime.now(UTC))
        newer, refusal = signing_in.come_in(c, identity, INVITED_ONLY, lasts=lasts, address=address)
    if refusal:
        raise NotAllowed(refusal)
    return newer


def _subject(email: str) -> str:
    shown = email.strip()
    before, at, domain = shown.rpartition("@")
    is_one = before and at and "." in domain and len(shown) <= LONGEST_EMAIL
    if not is_one or any(sign.isspace() for sign in shown):
        raise Invalid(NO_EMAIL)
    return shown.casefold()


def _check_password(password: str, subject: str, name: str) -> None:
    if not SHORTEST <= len(password) <= LONGEST:
        raise Invalid(SHORT.format(shortest=SHORTEST, longest=LONGEST))
    plain = "".join(password.casefold().split())
    known = {subject, subject.partition("@")[0] * 2, "".join(name.casefold().split())}
    if len(set(plain)) < SHORTEST // 3 or plain in known or plain.isdecimal():
        raise Invalid(EASY)


def _is_right(kept: str, password: str) -> bool:
    """Whether a password is the one of this hash; as long for an account that there is not."""
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415

    try:
        _hasher().verify(kept or _of_nobody(), password[: LONGEST + 1])
    except (InvalidHashError, VerificationError):
        return False
    return bool(kept)


@cache
def _hasher() -> "PasswordHasher":
    try:
        from argon2 import PasswordHasher  # noqa: PLC0415
    except ImportError as error:
        raise Invalid(WITHOUT_ARGON) from error
    return PasswordHasher()


@cache
def _of_nobody() -> str:
    return _hasher().hash("nobody has this password")
