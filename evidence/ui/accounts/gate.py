"""The gate of a server for teams: who passes, asked before Streamlit or a route answers anything.

A session is asked for at every page, websocket, file and route. Before sign-in only plain pages of
our own are answered (routes.py), those of public readers (evidence/ui/results/public_page), and
what the provider's sign-in needs.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Scope

from evidence.errors import Invalid, NotAllowed, Unavailable
from evidence.exports import account_pages
from evidence.settings import Settings, SignIn
from evidence.steps.accounts import signing_in
from evidence.steps.accounts.signing_in import Admission
from evidence.store import Store
from evidence.store.accounts.accounts import PROXY_ISSUER, Identity
from evidence.store.accounts.sessions import Session
from evidence.store.audit import AuditKind
from evidence.ui.accounts import cookies, provider
from evidence.ui.accounts.plain import page
from evidence.ui.shell.identity import COOKIE

ACCOUNT = "account/"  # below which our own pages of signing in stand
CALLBACK = "oauth2callback"
OPEN = frozenset(
    {"auth/login", CALLBACK, "favicon.png", "favicon.ico", "health", "ready", "_stcore/health"}
)
OPEN_BELOW = (ACCOUNT, "static/")
"""What is answered before sign-in, below the base; nothing of it knows a review."""
NOBODY = "Please sign in to Waymark."
NO_HEADER = (
    "Waymark is behind a sign-in of its own address here; please open it there. Whoever looks "
    "after it finds the settings in docs/deploy.md, under “Behind a proxy that signs people in”."
)
FULL_TEXT = re.compile(r"full-text/[0-9]+")
FILE_NAME = re.compile(r"filename\*?=(?:utf-8'')?\"?([^\";]+)", re.IGNORECASE)
LONGEST_NEXT = 1000  # letters of an address to come back to


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Who passes.

    Attributes:
        settings: of the server.
        store: gives its reviews.
        base: what stands before every address, such as `/wm/`; `/` for nothing.
    """

    settings: Settings
    store: Callable[[], Store]
    base: str

    @property
    def admission(self) -> Admission:
        """Who gets an account without an invitation."""
        named = [each.strip().casefold() for each in self.settings.admits.split(",")]
        domains = [each.removeprefix("@") for each in named if "." in each]
        return Admission(everybody=named == ["everybody"], domains=domains)

    def is_open(self, path: str) -> bool:
        """Whether an address is answered before sign-in."""
        below = path.removeprefix(self.base)
        return below in OPEN or (below.startswith(OPEN_BELOW) and ".." not in below)

    def refusal(self, scope: Scope, peer: str) -> Response | None:
        """What is answered instead of what was asked for; None for who may pass."""
        try:
            found = self.session(scope)
            if self.settings.sign_in == SignIn.PROXY:
                return self._of_proxy(scope, peer, found)
        except Unavailable as error:
            return PlainTextResponse(str(error), 503)
        if found is not None:
            return None
        return self._to_sign_in(scope) if _is_page(scope) else PlainTextResponse(NOBODY, 403)

    def may_connect(self, scope: Scope, peer: str) -> bool:
        """Whether a websocket is somebody's."""
        try:
            found = self.session(scope)
        except Unavailable:
            return False
        if found is None:
            return False
        told = self.told_by_proxy(scope, peer)
        return self.settings.sign_in != SignIn.PROXY or self._is_theirs(found, told)

    def is_over(self, scope: Scope) -> bool:
        """Whether the session ended by which an open page was let in. Where the database does not
        answer it is not over: then nothing that the page sends can be kept, either, and it says so.
        """
        try:
            return self.session(scope) is None
        except Unavailable:
            return False

    def session(self, scope: Scope) -> Session | None:
        """Whose browser sent a request."""
        return signing_in.who_holds(self.store(), cookies_of(scope).get(COOKIE, ""))

    def told_by_proxy(self, scope: Scope, peer: str) -> Identity | None:
        """Whom the proxy tells; None where a request did not come by it, or it tells nobody."""
        if peer not in [each.strip() for each in self.settings.proxy_addresses.split(",")]:
            return None
        headers = Headers(scope=scope)
        subjects = headers.getlist(self.settings.proxy_header)
        if len(subjects) != 1 or not subjects[0].strip():
            return None

        def told(name: str) -> str:
            return _decoded(headers.get(name, "")) if name else ""

        subject = _decoded(subjects[0].strip())
        email = told(self.settings.proxy_email_header)
        return Identity(
            issuer=PROXY_ISSUER,
            subject=subject,
            name=told(self.settings.proxy_name_header) or email or subject,
            email=email,
            email_is_verified=bool(email),
        )

    def taken_away(self, scope: Scope, message: Message) -> tuple[AuditKind, str] | None:
        """What an answer gives away that the server answers for: a file, or a full text."""
        below = scope["path"].removeprefix(self.base)
        if FULL_TEXT.fullmatch(below):
            return AuditKind.DOCUMENT_SEEN, below.replace("-", " ").replace("/", " ")
        given = Headers(raw=message["headers"]).get("content-disposition", "")
        if not given.startswith("attachment"):
            return None
        name = FILE_NAME.search(given)
        return AuditKind.EXPORTED, unquote(name[1]) if name else below

    def note(self, scope: Scope, kind: AuditKind, subject: str) -> None:
        """Write down what somebody did who is signed in."""
        found = self.session(scope)
        if found is not None:
            signing_in.note(self.store(), found, kind, subject, address_of(scope))

    def after_callback(self, scope: Scope, message: Message) -> Message | Response:
        """The provider's answer with a session of ours in place of Streamlit's cookies.

        Those would be valid for 30 days, whatever happens here; they never reach the browser.
        """
        headers = MutableHeaders(scope=message)
        told = provider.told_by(headers.getlist("set-cookie"))
        kept = [each for each in headers.getlist("set-cookie") if not provider.is_its_own(each)]
        del headers["set-cookie"]
        for each in kept:
            headers.append("set-cookie", each)
        if told is None:
            headers["location"] = f"{self.base}{ACCOUNT}?told=failed"
            return message
        try:
            made = self.sign_in(scope, told)
        except (NotAllowed, Invalid) as error:
            return page(account_pages.refused_page(str(error), f"{self.base}{ACCOUNT}"), 403)
        except Unavailable as error:
            return PlainTextResponse(str(error), 503)
        headers["location"] = self.next_of(scope)
        for each in made:
            headers.append("set-cookie", each)
        return message

    def sign_in(self, scope: Scope, told: Identity) -> list[str]:
        """Sign in whom an issuer tells; gives the cookies that say so.

        Raises:
            NotAllowed: they may not come in.
            Invalid: the issuer tells nobody.
        """
        sent = cookies_of(scope)
        token = signing_in.sign_in(
            self.store(),
            told,
            self.admission,
            lasts=self.settings.session_lasts,
            address=address_of(scope),
            invitation=sent.get(cookies.INVITATION, ""),
            token_before=sent.get(COOKIE, ""),
        )
        return self.cookies_of_session(scope, token)

    def cookies_of_session(self, scope: Scope, token: str) -> list[str]:
        """What makes a browser somebody's, and forgets what signing in needed."""
        secure = is_secure(scope)
        seconds = int(self.settings.session_lasts.total_seconds())
        return [
            cookies.session(self.base, token, seconds, secure=secure),
            cookies.passing(self.base, cookies.INVITATION, "", secure=secure),
            cookies.passing(self.base, cookies.NEXT, "", secure=secure),
        ]

    def next_of(self, scope: Scope) -> str:
        """Where somebody wanted to go before they had to sign in; the front page otherwise."""
        wanted = cookies_of(scope).get(cookies.NEXT, "")
        return wanted if self._is_ours(wanted) else self.base

    def _of_proxy(self, scope: Scope, peer: str, found: Session | None) -> Response | None:
        told = self.told_by_proxy(scope, peer)
        if told is None:
            return page(account_pages.refused_page(NO_HEADER), 403)
        if found is not None and self._is_theirs(found, told):
            return None
        if not _is_page(scope):
            return PlainTextResponse(NOBODY, 403)
        try:
            made = self.sign_in(scope, told)
        except (NotAllowed, Invalid) as error:
            return page(account_pages.refused_page(str(error)), 403)
        wanted = asked_for(scope)
        where = wanted if self._is_ours(wanted) else self.base
        answer = Response(status_code=303, headers={"location": where})
        for each in made:
            answer.headers.append("set-cookie", each)
        return answer

    def _is_theirs(self, found: Session, told: Identity | None) -> bool:
        """Whether a session is of whom the proxy tells now."""
        if told is None:
            return False
        return (found.issuer, found.subject) == (told.issuer, told.subject)

    def _to_sign_in(self, scope: Scope) -> Response:
        wanted = asked_for(scope)
        answer = Response(status_code=303, headers={"location": f"{self.base}{ACCOUNT}"})
        if self._is_ours(wanted) and wanted != self.base:
            kept = cookies.passing(self.base, cookies.NEXT, wanted, secure=is_secure(scope))
            answer.headers.append("set-cookie", kept)
        return answer

    def _is_ours(self, address: str) -> bool:
        """Whether an address stays on this server, and can stand in a cookie as it is."""
        return (
            address.startswith(self.base)
            and not address.startswith("//")
            and len(address) <= LONGEST_NEXT
            and address.isascii()
            and address.isprintable()
            and not set(address) & set('\\;," ')
        )


def cookies_of(scope: Scope) -> Mapping[str, str]:
    """The cookies of a request."""
    return cookie_parser(Headers(scope=scope).get("cookie", ""))


def address_of(scope: Scope) -> str:
    """From which machine a request came; empty where that is not known."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def is_secure(scope: Scope) -> bool:
    """Whether a request came over TLS."""
    return scope["scheme"] in {"https", "wss"}


def asked_for(scope: Scope) -> str:
    """The address of a request on its server, with its query."""
    query = scope["query_string"].decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")


def _is_page(scope: Scope) -> bool:
    """Whether a browser opens an address as a page, so that it can be led elsewhere."""
    wanted = Headers(scope=scope).get("accept", "")
    return scope["method"] in {"GET", "HEAD"} and "text/html" in wanted


def _decoded(value: str) -> str:
    """A header's value: UTF-8 where it is, as proxies send names."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
