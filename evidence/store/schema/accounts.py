"""Tables of a server for teams: accounts, sessions, invitations, and what the server writes down.

On one's own machine they stay empty.
"""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, UniqueConstraint

from evidence.store.schema.base import table
from evidence.store.schema.column_types import (
    Id,
    Moment,
    column,
    key,
    link,
    moment,
    pointer,
    text,
    who,
)

HASH = 64  # letters of a SHA-256 in hexadecimal


def _maybe(name: str, about: str = "") -> Column[Any]:
    return column(name, Moment, about, nullable=True)


account = table(
    "account",
    "by what somebody signs in: what an issuer calls them. A person may have several.",
    key(),
    who("person_id", "whose account it is", index=True),
    text("issuer", "who vouches: the address of a provider, `proxy`, or `waymark` itself"),
    text("subject", "what the issuer calls them for good; never a name"),
    text("email", "as the issuer told it last; only shown, nobody is found by it"),
    moment("created_at"),
    UniqueConstraint("issuer", "subject"),
)

server_person = table(
    "server_person",
    "what somebody is to the server, beside their roles in reviews; most people have none.",
    Column("person_id", Id, ForeignKey("person.id"), primary_key=True),
    column("is_administrator", Boolean, "they look after it; that shows them no review"),
    _maybe("blocked_at", "since when they may not sign in any more"),
)

session = table(
    "session",
    "a browser in which somebody is signed in; asked at every page, message, file and route.",
    Column(
        "token_hash",
        String(HASH),
        primary_key=True,
        info={"about": "the browser has the token, the database only its hash"},
    ),
    link("account_id", "account.id"),
    moment("began_at"),
    moment("seen_at", "when it was last heard of, to within some minutes"),
    moment("ends_at", "when it ends by itself"),
    _maybe("ended_at", "when somebody ended it; it never begins again"),
    text("ended_by", "`signed out`, `ended`, `blocked`, `signed in again` or `too many`"),
)

password = table(
    "password",
    "what proves an account of Waymark itself.",
    Column("account_id", Id, ForeignKey("account.id", ondelete="CASCADE"), primary_key=True),
    text("hash", "argon2id with its parameters and salt"),
    moment("at"),
)

passkey = table(
    "passkey",
    "a key of a device that proves an account of Waymark itself (WebAuthn).",
    key(),
    link("account_id", "account.id"),
    column("credential_id", LargeBinary, "what the device calls the key"),
    column("public_key", LargeBinary, "by which its signatures are checked"),
    column("sign_count", Integer, "how often it signed, where it counts", default=0),
    text("name", "what its person calls the device"),
    moment("created_at"),
    _maybe("used_at"),
    UniqueConstraint("credential_id"),
)

invitation = table(
    "invitation",
    "a link by which somebody gets access; it works once and until it ends.",
    key(),
    column("token_hash", String(HASH), "the link has the token, the database only its hash"),
    link("review_id", "review.id", "to which review; empty for the server alone", nullable=True),
    text("role", "in that review: the name of a store.permission.Role, in lower case"),
    column("makes_administrator", Boolean, "of the server", default=False),
    who("as_person", "who they are here already, where work of theirs is here", nullable=True),
    text("for_whom", "a name or an e-mail address, as written by who invited"),
    who("invited_by", "empty for one that was made on the command line", nullable=True),
    moment("created_at"),
    moment("ends_at"),
    _maybe("withdrawn_at"),
    _maybe("used_at"),
    who("used_by", nullable=True),
    UniqueConstraint("token_hash"),
)

sign_in_failure = table(
    "sign_in_failure",
    "a try to sign in that failed; counted for a while, then deleted.",
    key(),
    column(
        "counted_for", String(HASH), "the hash of an account's or a machine's address", index=True
    ),
    moment("at"),
)

audit_entry = table(
    "audit_entry",
    "what the server answers for: who came in, got access, took something away, saw or published.",
    key(),
    column("at", Moment, index=True),
    text("kind", "the code of a store.audit.AuditKind"),
    who("person_id", "who did it; empty where nobody was signed in", nullable=True),
    pointer("account_id", "account.id", "by which account"),
    column("review_id", Id, "in which review, which may be gone by now", nullable=True),
    text("subject", "to what or whom, in words"),
    text("address", "from which machine"),
)
