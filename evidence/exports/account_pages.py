"""The pages on which people sign in to a server for teams: plain HTML, before anything of a review.

They name nobody but whoever is signed in, and no review. Every text from outside is escaped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.exports import public_page
from evidence.exports.markup import text

SIGN_IN_TITLE = "Sign in to Waymark"
INVITED_TITLE = "You are invited"
ACCOUNT_TITLE = "Your account"
NO_ACCOUNT = (
    "No account yet? Open the link of your invitation. Who has forgotten their password asks "
    "whoever looks after this server."
)
REFUSED_TITLE = "You cannot come in this way"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A provider at which people sign in."""

    name: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody's own account, as they see it.

    Attributes:
        since: of each of their sessions, when it began; the newest first.
        has_password: they can change it here.
        is_administrator: they look after the server.
        session_days: after how many days a session ends by itself.
        keeps_times: whether it is kept how long works are on somebody's screen.
    """

    name: str
    email: str
    since: Sequence[str]
    has_password: bool
    is_administrator: bool
    session_days: int
    keeps_times: bool


def sign_in_page(
    ways: Sequence[Way], *, with_password: bool, told: str = "", email: str = ""
) -> bytes:
    """Where people say who they are.

    Args:
        ways: providers; empty for none.
        with_password: whether Waymark itself has accounts.
        told: a sentence above everything; empty for none.
        email: as it was typed before.
    """
    parts = [f"<h1>{SIGN_IN_TITLE}</h1>", public_page.wrong_band(told)]
    parts += [
        f'<p><a class="button" href="{text(way.address)}">Sign in with {text(way.name)}</a></p>'
        for way in ways
    ]
    if with_password:
        parts += [
            '<form method="post" action="sign-in" class="survey">',
            _field("email", "E-mail address", "email", value=email, complete="username"),
            _field("password", "Password", "password", complete="current-password"),
            '<button type="submit">Sign in</button></form>',
            f'<p class="soft">{NO_ACCOUNT}</p>',
        ]
    if not ways and not with_password:
        parts.append("<p>Please open Waymark at its own address; you sign in there.</p>")
    return page(SIGN_IN_TITLE, parts)


def invitation_page(what: str, *, is_signed_in: bool) -> bytes:
    """What an invitation gives, and the button that goes on."""
    words = "Take part" if is_signed_in else "Go on to sign in"
    return page(
        INVITED_TITLE,
        (
            f"<h1>{INVITED_TITLE}</h1>",
            f"<p>This invitation gives you access to {text(what)} on this server.</p>",
            f'<form method="post" action=""><button type="submit">{words}</button></form>',
        ),
    )


def make_account_page(*, told: str = "", email: str = "", name: str = "") -> bytes:
    """Where somebody who is invited makes an account of Waymark itself, or uses theirs."""
    return page(
        INVITED_TITLE,
        (
            "<h1>Make your account</h1>",
            public_page.wrong_band(told),
            '<form method="post" action="make" class="survey">',
            _field("email", "E-mail address", "email", value=email, complete="username"),
            _field("name", "Your name, as your colleagues know it", value=name, complete="name"),
            _field(
                "password",
                "A password of at least 12 letters; a few words do well",
                "password",
                complete="new-password",
            ),
            '<button type="submit">Make the account</button></form>',
            '<p>You have an account here? <a href="./">Sign in</a> to take the invitation up.</p>',
        ),
    )


def account_page(shown: SignedIn, *, told: str = "", is_wrong: bool = False) -> bytes:
    """Somebody's own account: who they are here, where they are signed in, and the ways out."""
    sessions = "".join(f"<li>since {text(each)}</li>" for each in shown.since)
    email = f" ({text(shown.email)})" if shown.email else ""
    return page(
        ACCOUNT_TITLE,
        (
            f"<h1>{ACCOUNT_TITLE}</h1>",
            public_page.wrong_band(told) if is_wrong else public_page.told_band(told),
            f'<p>You are signed in as <b dir="auto">{text(shown.name)}</b>{email}.</p>',
            '<p><a href="../">To the reviews</a></p>',
            '<p><a href="server">The server</a></p>' if shown.is_administrator else "",
            f"<h2>Where you are signed in</h2><ul>{sessions}</ul>",
            '<form method="post" action="sign-out"><button type="submit">Sign out here</button> ',
            '<button type="submit" name="everywhere" value="yes">Sign out everywhere</button>',
            "</form>",
            *(_change_password() if shown.has_password else ()),
            *_kept(shown),
        ),
    )


KEPT = (
    "Your name and by what you sign in; when and from which machine you did, and what the server "
    "answers for; your decisions, codings and whatever else you did in reviews, with the time."
)
FILE_OF_KEPT = "A ZIP of tables, with a list of what they hold. Nothing of other people is in it."
TIMES = (
    "How many seconds each work was on your screen before you decided is kept; your colleagues see "
    "it as your pace, and in files with decisions."
)
ASK = (
    "Whoever looks after the server can tell you how long backups are kept, and can give you a "
    "pseudonym when you leave."
)
NO_TIMES = "How long works are on your screen is not kept here."


def _kept(shown: SignedIn) -> Iterable[str]:
    days = f"{shown.session_days} days" if shown.session_days > 1 else "1 day"
    return (
        "<h2>What is kept about you</h2>",
        f"<p>{KEPT}</p>",
        f"<p>{TIMES if shown.keeps_times else NO_TIMES}</p>",
        f"<p>You are signed out after {days}. {ASK}</p>",
        '<form method="post" action="kept">',
        '<button type="submit">Everything about you as a file</button></form>',
        f'<p class="soft">{FILE_OF_KEPT}</p>',
    )


def refused_page(words: str, back: str = "") -> bytes:
    """Why somebody does not come in, and where to try again; `back` is empty for nowhere."""
    again = f'<p><a href="{text(back)}">Sign in in another way</a></p>' if back else ""
    return page(REFUSED_TITLE, (f"<h1>{REFUSED_TITLE}</h1>", f"<p>{text(words)}</p>", again))


def page(title: str, parts: Iterable[str]) -> bytes:
    """A plain page whose forms tell that they are ours."""
    return public_page.page(title, parts, referrer="same-origin")


def _change_password() -> Iterable[str]:
    return (
        "<h2>Another password</h2>",
        '<form method="post" action="password" class="survey">',
        _field("before", "Your password now", "password", complete="current-password"),
        _field(
            "password", "The new one, of at least 12 letters", "password", complete="new-password"
        ),
        '<button type="submit">Change it</button></form>',
        '<p class="soft">You are signed out everywhere else then.</p>',
    )


def _field(
    name: str, label: str, kind: str = "text", *, value: str = "", complete: str = "off"
) -> str:
    return (
        f'<p><label for="{name}">{text(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{text(value)}" '
        f'autocomplete="{complete}" required></p>'
    )
