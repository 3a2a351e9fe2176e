"""The public pages as a server: beside the app's own pages, or on a port of their own."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from evidence.errors import Unavailable
from evidence.hosts import host_names, is_allowed
from evidence.settings import LogForm, Settings
from evidence.store import Store
from evidence.ui.practice import survey_routes
from evidence.ui.results.public_page import routes
from evidence.ui.shell import logs
from evidence.ui.shell.probes import Probed

AT_ONCE = 4  # requests of readers that hold a thread and a connection; all others wait in line
DISCARDED = 4_000_000  # bytes of a form that is too long are read and dropped before it ends
BASE_PATH = "STREAMLIT_SERVER_BASE_URL_PATH"
WRONG_HOST = (
    "Nothing is published under this address. Whoever runs Waymark can add the address to the "
    "setting WAYMARK_HOSTS (docs/deploy.md)."
)

Answer = Callable[[Store, Request], Response]
Keep = Callable[[Store, Request, bytes | None], Response]


def public_routes(store: Callable[[], Store], base: str = "") -> list[Route]:
    """What answers readers.

    Args:
        store: gives the reviews.
        base: what stands before every address, such as `/wm`; empty for nothing.
    """
    waiting = asyncio.Semaphore(AT_ONCE)
    before = f"{base}{routes.BEFORE}"
    takes_comment = _taking(store, waiting, routes.send_comment, routes.LONGEST_FORM)
    return [
        *(
            Route(
                f"{before}{path}",
                _taking(store, waiting, take, survey_routes.LONGEST_FORM),
                methods=["POST"],
            )
            for path, take in survey_routes.POST.items()
        ),
        *(
            Route(f"{before}{path}", _answering(store, answer, waiting), methods=["GET"])
            for path, answer in survey_routes.GET.items()
        ),
        Route(f"{before}{{token}}/comment", takes_comment, methods=["POST"]),
        *(
            Route(f"{before}{path}", _answering(store, answer, waiting), methods=["GET"])
            for path, answer in routes.ROUTES.items()
        ),
    ]


def public_app(store: Store, settings: Settings, base: str = "") -> Starlette:
    """A server of nothing but public pages.

    Args:
        store: with the reviews; closed when the server stops.
        settings: names under which it answers.
        base: as for `public_routes`.
    """

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        store.close()

    nothing_else = Route("/{rest:path}", _answering(lambda: store, routes.not_there, None))
    return Starlette(
        routes=[*public_routes(lambda: store, base), nothing_else],
        middleware=[
            Middleware(Probed, store=lambda: store, settings=settings, base=base),
            Middleware(_KnownHosts, names=host_names(settings.hosts)),
        ],
        lifespan=lifespan,
    )


def serve(address: str, port: int) -> None:
    """Answer readers until the process is stopped."""
    import uvicorn.config  # noqa: PLC0415 - only this command needs it

    settings = Settings.from_environment()
    base = os.environ.get(BASE_PATH, "").strip("/")
    app = public_app(Store.open(settings.database), settings, f"/{base}" if base else "")
    logs.begin(settings)
    uvicorn.run(
        app,
        host=address,
        port=port,
        log_level="warning",
        log_config=uvicorn.config.LOGGING_CONFIG if settings.log == LogForm.TEXT else None,
        server_header=False,
    )


def _answering(
    store: Callable[[], Store], answer: Answer, waiting: asyncio.Semaphore | None
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def give(request: Request) -> Response:
        if waiting is None:
            return answer(store(), request)
        async with waiting:
            try:
                return await run_in_threadpool(lambda: answer(store(), request))
            except Unavailable as error:  # the store itself cannot be opened
                return PlainTextResponse(str(error), 503)

    return give


def _taking(
    store: Callable[[], Store], waiting: asyncio.Semaphore, keep: Keep, longest: int
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    """Takes a form; of one that is too long nothing is kept in memory."""

    async def take(request: Request) -> Response:
        try:
            body = await _form_of(request, longest)
        except ClientDisconnect:  # a line in the log for each would be an attack of its own
            return PlainTextResponse("", 400)
        async with waiting:
            try:
                return await run_in_threadpool(lambda: keep(store(), request, body))
            except Unavailable as error:
                return PlainTextResponse(str(error), 503)

    return take


async def _form_of(request: Request, longest: int) -> bytes | None:
    """The bytes of a form; None where it is too long."""
    body: bytes | None = b""
    seen = 0
    async for piece in request.stream():
        seen += len(piece)
        body = None if body is None or seen > longest else body + piece
        if seen > DISCARDED:
            break
    return body


class _KnownHosts:
    """Refuses requests that are meant for another name (evidence/hosts.py)."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        headers = [
            value.decode("latin-1") for name, value in scope.get("headers", ()) if name == b"host"
        ]
        if scope["type"] != "http" or is_allowed(headers, self.names):
            await self.app(scope, receive, send)
        else:
            await PlainTextResponse(WRONG_HOST, 400)(scope, receive, send)
