"""The server: Streamlit around evidence/ui/shell/main.py, with what a plain `streamlit run` lacks.

The script lives in another folder than pages/ on purpose. Streamlit would otherwise run a page that
a deep link names without running the frame around it (see tests/browser/test_frame.py).
"""

import asyncio
import gc
import secrets
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.convertors import IntegerConvertor, register_url_convertor
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request, cookie_parser
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

import evidence
from evidence.errors import Invalid
from evidence.hosts import (
    OPEN_TO_OTHERS,
    host_names,
    is_allowed,
    is_same_origin,
    stays_on_this_machine,
)
from evidence.settings import Settings
from evidence.ui.results.public_page.server import public_routes
from evidence.ui.shell import logs
from evidence.ui.shell.probes import Probed

if TYPE_CHECKING:
    from evidence.store import Store
    from evidence.store.review.people import Person
    from evidence.ui.accounts.gate import Gate

COOKIE = "waymark"  # as in evidence/ui/shell/identity.py, which is loaded later
UPLOADS = "/_stcore/upload_file/"  # Streamlit's own route, by which files come in
WRONG_HOST = (
    "Waymark does not answer under this address. Whoever runs it can add the address to the "
    "setting WAYMARK_HOSTS (docs/deploy.md)."
)
REFUSED = 1008  # of a websocket: against the policy
NOBODY = "Please open Waymark and say who you are."
TOO_LARGE = "A file may have at most {megabytes:,} MB here (setting WAYMARK_MAX_UPLOAD_MB)."
MEGABYTE = 2**20  # bytes, as the box for files counts; what is read has its own limit
AROUND_A_FILE = 10_000  # bytes that a request has beside its file
WITHOUT_WAITING = frozenset(
    {"file", "scheme", "study", "history", "reconciling", "map"}
    | {"section", "signs", "studies", "parts", "figure"}
)  # parts that no other program reads
PAGES_AT_ONCE = asyncio.Semaphore(8)  # requests that hold a thread of the server
A_YEAR = 365 * 24 * 60 * 60
BASE = "/" + str(st.get_option("server.baseUrlPath") or "").strip("/")  # "/" or such as "/wm"
PUBLIC = BASE.rstrip("/") + "/public/"  # as in evidence/ui/results/public_page/routes.py

# Streamlit builds its page from inline styles, and components and plotly from blobs and workers.
POLICY = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-inline' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' ws: wss: blob: data:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'self'",
}
HEADERS = {
    "content-security-policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()),
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


class Guarded:
    """Stands before everything: refuses what other sites send, and adds the security headers.

    It also gives a random token by which a browser is known again.

    The token says nothing about a person and cannot be read by scripts; the store keeps its hash.
    Files are taken only from browsers that belong to somebody.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        settings = Settings.from_environment()
        self.names = host_names(settings.hosts)
        self.megabytes = settings.max_upload_mb
        self.gate = _gate(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it before anything else looks at it."""
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith(PUBLIC):
            await self._public(scope, receive, send)
        elif scope["type"] == "http":
            await self._gated(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        allowed = is_allowed(hosts, self.names) and is_same_origin(headers.getlist("origin"), hosts)
        if allowed and self.gate is not None:
            allowed = await run_in_threadpool(self.gate.may_connect, scope, _peer(scope))
            from evidence.ui.accounts import stream  # noqa: PLC0415

            receive = stream.hearing(self.gate, scope, receive)
        if allowed:
            await self.app(_without_origin(scope), receive, send)
        else:
            await send({"type": "websocket.close", "code": REFUSED})

    async def _public(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What readers without an account ask for has headers of its own, and gives no cookie."""
        if is_allowed(Headers(scope=scope).getlist("host"), self.names):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse(WRONG_HOST, 400)(scope, receive, send)

    def _too_large(self, scope: Scope) -> Response | None:
        """Refuses a file by the length that is announced, of which no more is read."""
        length = Headers(scope=scope).get("content-length", "")
        if scope["method"] == "DELETE" or (
            length.isdecimal() and int(length) <= self.megabytes * MEGABYTE + AROUND_A_FILE
        ):
            return None
        return PlainTextResponse(TOO_LARGE.format(megabytes=self.megabytes), 413)

    async def _gated(self, scope: Scope, receive: Receive, send: Send) -> None:
        """On a server for teams nothing but signing in is answered before sign-in."""
        if self.gate is not None and is_allowed(Headers(scope=scope).getlist("host"), self.names):
            from evidence.ui.accounts import server  # noqa: PLC0415

            if server.is_callback(self.gate, scope):
                send = server.signing_in(self.gate, scope, receive, send)
            elif not self.gate.is_open(scope["path"]):
                refusal = await run_in_threadpool(self.gate.refusal, scope, _peer(scope))
                if refusal is not None:
                    await refusal(scope, receive, send)
                    return
                send = server.noting(self.gate, scope, send)
        await self._request(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not is_allowed(Headers(scope=scope).getlist("host"), self.names):
            await PlainTextResponse(WRONG_HOST, 400, HEADERS)(scope, receive, send)
            return
        cookies = cookie_parser(Headers(scope=scope).get("cookie", ""))
        known = COOKIE in cookies or self.gate is not None  # there signing in gives the token
        if UPLOADS in scope["path"] and scope["method"] not in {"GET", "OPTIONS"}:
            refusal = self._too_large(scope) or await run_in_threadpool(_refusal, cookies)
            if refusal is not None:
                await refusal(scope, receive, send)
                return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)  # plain pages of ours have stricter ones
                if not known and headers.get("content-type", "").startswith("text/html"):
                    headers.append("set-cookie", _cookie(secure=scope["scheme"] == "https"))
            await send(message)

        await self.app(scope, receive, answer)


def _gate(settings: Settings) -> "Gate | None":
    """Who passes on a server for teams; None on one's own machine, where nobody signs in."""
    if not settings.is_private:
        address = str(st.get_option("server.address") or "")
        if not stays_on_this_machine(address):
            raise Invalid(OPEN_TO_OTHERS.format(address=address or "every address"))
        return None
    from evidence.ui.accounts import server  # noqa: PLC0415

    return server.made_gate(settings, BASE.rstrip("/") + "/")


def _peer(scope: Scope) -> str:
    """The machine that a request came from, before a proxy's word on it was believed."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _without_origin(scope: Scope) -> Scope:
    """A websocket's scope after its Origin was judged.

    Streamlit would judge it again, letter by letter, and where a port or a capital is written
    otherwise ask another machine for the address of this one.
    """
    headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    return {**scope, "headers": headers}


def own_route(
    answer: Callable[[str, "Store", "Person", Request], Response], part: str
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """A route that gives a part of a full text, of the coding desk, of a map or of a report, to the
    people of its review.

    Requests for pages wait for each other, so that a slow file holds nothing else up.
    """
    waiting = nullcontext() if part in WITHOUT_WAITING else PAGES_AT_ONCE

    async def give(request: Request) -> Response:
        from evidence.errors import Unavailable  # noqa: PLC0415

        async with waiting:
            try:
                store, person = await run_in_threadpool(_who_asks, request.cookies)
            except Unavailable as error:
                return PlainTextResponse(str(error), 503)
            if person is None:
                return PlainTextResponse(NOBODY, 403)
            return await run_in_threadpool(answer, part, store, person, request)

    return give


def _of_full_text(part: str, store: "Store", person: "Person", request: Request) -> Response:
    from evidence.ui.screening import full_text_routes  # noqa: PLC0415

    return full_text_routes.answer(part, store, person, request)


def _of_coding_desk(part: str, store: "Store", person: "Person", request: Request) -> Response:
    from evidence.ui.coding import desk_routes  # noqa: PLC0415

    return desk_routes.answer(part, store, person, request)


def _of_map(part: str, store: "Store", person: "Person", request: Request) -> Response:
    from evidence.ui.results import map_routes  # noqa: PLC0415

    return map_routes.answer(part, store, person, request)


def _of_report(part: str, store: "Store", person: "Person", request: Request) -> Response:
    from evidence.ui.results import report_routes  # noqa: PLC0415

    return report_routes.answer(part, store, person, request)


async def _own_script(request: Request) -> Response:
    """The script of a component of ours (evidence/ui/shell/scripts.py)."""
    from evidence.ui.coding import desk, reconcile  # noqa: PLC0415
    from evidence.ui.results import map_viewer, report_editor  # noqa: PLC0415
    from evidence.ui.screening import deck  # noqa: PLC0415

    ours = (each.own_script() for each in (desk, reconcile, deck, map_viewer, report_editor))
    scripts = {each.name: each for each in ours}
    found = scripts.get(request.path_params["name"])
    return found.answer(request) if found else PlainTextResponse("There is no such script.", 404)


def _public_store() -> "Store":
    """The store of public pages, which asks nobody who they are."""
    from evidence.ui.shell import visitor  # noqa: PLC0415

    return visitor.store(Settings.from_environment())


def _who_asks(cookies: Mapping[str, str]) -> "tuple[Store, Person | None]":
    """The store, and the person whose browser sent these cookies."""
    from evidence.ui.shell import identity, visitor  # noqa: PLC0415

    store = visitor.store(Settings.from_environment())
    return store, identity.person_of(store, cookies)


def _refusal(cookies: Mapping[str, str]) -> Response | None:
    """Why no file is taken from the browser that sent these cookies; None where one is."""
    from evidence.errors import Unavailable  # noqa: PLC0415

    try:
        _, person = _who_asks(cookies)
    except Unavailable as error:
        return PlainTextResponse(str(error), 503)
    return None if person else PlainTextResponse(NOBODY, 403)


def _cookie(*, secure: bool) -> str:
    value = (
        f"{COOKIE}={secrets.token_urlsafe(24)}; Path={BASE}; Max-Age={A_YEAR}; "
        "HttpOnly; SameSite=Lax"
    )
    return value + ("; Secure" if secure else "")


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, object]]:
    """Load what every page needs before the first visitor; leave one whole file when it stops.

    Python collects garbage now and then; with everything that was loaded at the start set aside,
    that takes a few milliseconds in place of a hundred.
    """
    import pandas as pd  # noqa: F401, PLC0415
    import plotly.graph_objects as go  # noqa: F401, PLC0415

    from evidence.steps.caretaker import Caretaker  # noqa: PLC0415
    from evidence.ui.shell import preload  # noqa: PLC0415

    preload.everything()
    gc.collect()
    gc.freeze()
    caretaker = Caretaker(Settings.from_environment())
    caretaker.start()
    try:
        yield {}
    finally:
        caretaker.stop()
        _leave_one_file()


def _leave_one_file() -> None:
    """Move what is committed into the database's one file, as somebody may copy it now."""
    from evidence.errors import WaymarkError  # noqa: PLC0415
    from evidence.store import Store  # noqa: PLC0415

    try:
        store = Store.open(Settings.from_environment().database)
    except WaymarkError:  # then no page could write, either
        return
    store.checkpoint()
    store.close()


def _refuse_impossible_cluster() -> None:
    """End before anybody is served, where no cluster can work with these settings.

    Raises:
        Invalid: with what to do about it.
    """
    settings = Settings.from_environment()
    if settings.cluster:
        from evidence.steps import cluster  # noqa: PLC0415

        cluster.check(settings)


class RowNumber(IntegerConvertor):
    """A number in an address, of so few digits that reading it can neither fail nor take long."""

    regex = "[0-9]{1,40}"


def _account_routes() -> list[Route]:
    """Where people sign in on a server for teams; nothing on one's own machine."""
    gate = _gate(Settings.from_environment())
    if gate is None:
        return []
    from evidence.ui.accounts import server  # noqa: PLC0415

    return server.account_routes(gate)


logs.begin(Settings.from_environment())
_refuse_impossible_cluster()
register_url_convertor("row", RowNumber())
OWN_ROUTES = {
    "/full-text/{number:row}": own_route(_of_full_text, "file"),
    "/full-text/{number:row}/pages": own_route(_of_full_text, "pages"),
    "/full-text/{number:row}/pages/{page:row}": own_route(_of_full_text, "words"),
    "/full-text/{number:row}/pages/{page:row}/picture": own_route(_of_full_text, "picture"),
    "/full-text/{number:row}/search": own_route(_of_full_text, "search"),
    "/coding-desk/scheme/{number:row}": own_route(_of_coding_desk, "scheme"),
    "/coding-desk/study/{number:row}": own_route(_of_coding_desk, "study"),
    "/coding-desk/quotation/{number:row}": own_route(_of_coding_desk, "quotation"),
    "/coding-desk/reconciling/{number:row}": own_route(_of_coding_desk, "reconciling"),
    "/coding-desk/history/{number:row}": own_route(_of_coding_desk, "history"),
    "/map-document/{number:row}": own_route(_of_map, "map"),
    "/map-abstracts/{number:row}": own_route(_of_map, "abstracts"),
    "/report-section/{number:row}/{section}": own_route(_of_report, "section"),
    "/report-signs/{number:row}": own_route(_of_report, "signs"),
    "/report-history/{number:row}/{section}": own_route(_of_report, "history"),
    "/report-studies/{number:row}": own_route(_of_report, "studies"),
    "/report-parts/{number:row}": own_route(_of_report, "parts"),
    "/report-figure/{number:row}": own_route(_of_report, "figure"),
    "/own-script/{name}/{version}.js": _own_script,
}
app = st.App(
    str(Path(evidence.__file__).parent / "ui" / "shell" / "main.py"),
    lifespan=lifespan,
    routes=[
        *(Route(BASE.rstrip("/") + path, give) for path, give in OWN_ROUTES.items()),
        *public_routes(_public_store, BASE.rstrip("/")),
        *_account_routes(),
    ],
    middleware=[
        Middleware(
            Probed,
            store=_public_store,
            settings=Settings.from_environment(),
            base=BASE.rstrip("/"),
        ),
        Middleware(Guarded),
    ],
)
