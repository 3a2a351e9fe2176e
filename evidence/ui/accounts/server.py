"""The gate of a server for teams as a part of the server: made from settings, and its routes."""

import os
from collections.abc import Callable, Coroutine
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Message, Receive, Scope, Send

from evidence.errors import Invalid
from evidence.settings import Settings, SignIn
from evidence.ui.accounts import provider, routes
from evidence.ui.accounts.gate import CALLBACK, Gate
from evidence.ui.shell import visitor

PEERS_UNKNOWN = (
    "WAYMARK_SIGN_IN=proxy needs to know from which machine a request comes: start with "
    "`waymark serve`, or with the environment variable FORWARDED_ALLOW_IPS empty."
)
ERRORS = 400  # and above, of the statuses of answers
FORWARDED = "FORWARDED_ALLOW_IPS"  # uvicorn's; whose word on the sender it believes


def made_gate(settings: Settings, base: str) -> Gate:
    """The gate that the settings ask for.

    Args:
        settings: of a server on which people sign in.
        base: what stands before every address; ends in `/`.

    Raises:
        Invalid: what this way of signing in needs is not there.
    """
    if settings.sign_in == SignIn.OIDC:
        provider.names()
    if settings.sign_in == SignIn.PROXY and os.environ.get(FORWARDED) != "":
        raise Invalid(PEERS_UNKNOWN)
    return Gate(settings=settings, store=lambda: visitor.store(settings), base=base)


def account_routes(gate: Gate) -> list[Route]:
    """Where people sign in, and see their account."""
    return [
        *(
            Route(gate.base + path, _answering(gate, answer), methods=["GET"])
            for path, answer in routes.GET.items()
        ),
        *(
            Route(gate.base + path, _taking(gate, take), methods=["POST"])
            for path, take in routes.POST.items()
        ),
    ]


def is_callback(gate: Gate, scope: Scope) -> bool:
    """Whether a provider sends somebody back with this request."""
    return bool(scope["path"] == gate.base + CALLBACK)


def signing_in(gate: Gate, scope: Scope, receive: Receive, send: Send) -> Send:
    """Lets a session of ours take the place of the cookies of a provider's sign-in."""
    is_refused = False

    async def answer(message: Message) -> None:
        nonlocal is_refused
        if message["type"] != "http.response.start":
            if not is_refused:
                await send(message)
            return
        changed = await run_in_threadpool(gate.after_callback, scope, message)
        if isinstance(changed, Response):
            is_refused = True
            await changed(scope, receive, send)
        else:
            await send(changed)

    return answer


def noting(gate: Gate, scope: Scope, send: Send) -> Send:
    """Writes down in the audit who takes a file away, or opens a full text."""

    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < ERRORS:
            taken = gate.taken_away(scope, message)
            if taken is not None:
                await run_in_threadpool(gate.note, scope, *taken)
        await send(message)

    return answer


def _answering(
    gate: Gate, answer: routes.Answer
) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def give(request: Request) -> Response:
        return await run_in_threadpool(answer, gate, request)

    return give


def _taking(gate: Gate, take: routes.Take) -> Callable[[Request], Coroutine[Any, Any, Response]]:
    async def give(request: Request) -> Response:
        body = b""
        async for piece in request.stream():
            body = (body + piece)[: routes.LONGEST_FORM + 1]
        return await run_in_threadpool(routes.taken, gate, request, body, take)

    return give
