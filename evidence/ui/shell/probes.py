"""What tells a machine that the server is well: `/health` and `/ready`; and who may read metrics.

Both are plain text, the same for everybody, without a cookie, under any host name, and never kept.
"""

import asyncio
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from evidence.errors import WaymarkError
from evidence.settings import Metrics, Settings
from evidence.store import Store
from evidence.store.installation import readiness

METRICS = "/_stcore/metrics"  # Streamlit's own route
HOLDS = 1.0  # seconds for which an answer of the database is given again
PATIENCE = 5.0  # seconds that a database has to answer
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
}
CLOSED = "Metrics are closed here (setting WAYMARK_METRICS)."


class Probed:
    """Answers before everything else, and lets all other requests pass."""

    def __init__(
        self, app: ASGIApp, store: Callable[[], Store], settings: Settings, base: str = ""
    ) -> None:
        self.app = app
        self.store = store
        self.metrics_open = settings.metrics == Metrics.OPEN
        self.base = base
        self._asks = asyncio.Lock()  # however many ask, one question at a time is the database's
        self._asked: asyncio.Task[str | None] | None = None  # which may not come back for minutes
        self._answered: tuple[float, str | None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a probe, or pass the request on."""
        answer = await self._answer(scope) if scope["type"] == "http" else None
        await (answer or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope) -> Response | None:
        path = scope["path"].removeprefix(self.base)
        if path.rstrip("/") == METRICS and not self.metrics_open:
            return PlainTextResponse(CLOSED, 404, HEADERS)
        if path not in {"/health", "/ready"}:
            return None
        if scope["method"] not in {"GET", "HEAD"}:
            return PlainTextResponse("", 405, HEADERS | {"allow": "GET, HEAD"})
        if path == "/health":
            return PlainTextResponse("healthy\n", 200, HEADERS)
        trouble = await self._trouble()
        if trouble is None:
            return PlainTextResponse("ready\n", 200, HEADERS)
        return PlainTextResponse(f"not ready: {trouble}\n", 503, HEADERS)

    async def _trouble(self) -> str | None:
        """Why no page can be answered now; None where all is well."""
        async with self._asks:
            if self._answered and time.monotonic() - self._answered[0] < HOLDS:
                return self._answered[1]
            if self._asked is None:
                self._asked = asyncio.create_task(run_in_threadpool(self._ask))
            done, _ = await asyncio.wait({self._asked}, timeout=PATIENCE)
            if done:
                self._asked = None
            found = done.pop().result() if done else readiness.SILENT
            self._answered = (time.monotonic(), found)
            return found

    def _ask(self) -> str | None:
        try:
            return readiness.trouble(self.store())
        except WaymarkError:  # it says where the database is, which is nobody's business here
            return readiness.SILENT
