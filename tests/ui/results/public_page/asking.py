"""A reader who asks the public pages."""

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlencode

from starlette.types import ASGIApp


@dataclass
class Answer:
    """What the server sent; a header that stands several times is joined."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(
    server: ASGIApp,
    path: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | None = b"",
    client: str = "192.0.2.1",
) -> Answer:
    """Send a request; a long body comes in pieces; with None the reader goes away before it."""
    answer = Answer()
    path, _, query = path.partition("?")
    sent = {"host": "localhost", **(headers or {})}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": unquote(path),
        "root_path": "",
        "query_string": query.encode(),
        "client": (client, 1),
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    whole = body or b""
    pieces = [whole[at : at + 65536] for at in range(0, len(whole), 65536)] or [b""]

    async def receive() -> MutableMapping[str, Any]:
        if body is None:
            return {"type": "http.disconnect"}
        piece = pieces.pop(0)
        return {"type": "http.request", "body": piece, "more_body": bool(pieces)}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            for key, value in message["headers"]:
                name = key.decode()
                answer.headers[name] = "; ".join(
                    filter(None, [answer.headers.get(name, ""), value.decode()])
                )
        else:
            answer.body += message.get("body", b"")

    async def go() -> None:
        await server(scope, receive, send)

    with ThreadPoolExecutor(1) as own:  # this thread has a loop while a browser is open in it
        own.submit(asyncio.run, go()).result()
    return answer


def fill_in(server: ASGIApp, path: str, client: str = "192.0.2.1", **fields: str) -> Answer:
    """Send a form."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return ask(server, path, "POST", kind, urlencode(fields).encode(), client)
