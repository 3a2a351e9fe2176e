"""Reading PDF files from any thread: requests stand in a line before one process that reads them.

The process starts when something is asked first, and anew when it died, hung, or read for long. It
gets neither the environment of the server nor its database, only bytes; what it sends back is data.
"""

import hashlib
import logging
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Event, Lock, Timer
from typing import Any, BinaryIO, cast

import evidence
from evidence.documents.pages import TEXT_VERSION, Page, PageSize, PageText, from_json
from evidence.documents.pdf import messages
from evidence.documents.pdf.unreadable import LARGEST, Reason, UnreadablePdf
from evidence.errors import NotFound, Unavailable

NARROWEST, WIDEST = 16, 3_000  # pixels of a picture
BUSY = "Many pages are being read at this moment. Try again in a few seconds."
FAULT = "This PDF could not be read, by a fault of Waymark's own; the server's log has the details."
_UNKNOWN_FILE, _BROKEN = "unknown_file", "broken"  # as in worker.py, which only its process loads
MOST_REMEMBERED = 5_000_000  # characters of texts: some thousand pages
_AT_ONCE = 8  # pages of which the text is asked for before others have their turn
_START = 60  # seconds in which the process must be ready, however busy the machine is
_MOST_BROKEN = 4  # times that the process may break over the texts of one file
_FAILURES = 2  # times a page may crash or hang the process before it is not tried for a while
_MOST_FAILED = 1_000  # pages that are remembered
_INHERITED = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "HOME", "LANG", "LD_LIBRARY_PATH")
log = logging.getLogger("waymark")


@cache
def text_version() -> str:
    """Changes whenever the same file may give another text, as PDFium and our own code move on."""
    return f"{TEXT_VERSION}-{version('pypdfium2')}"


class PictureKind(StrEnum):
    """How a picture of a page is written; the value is what a browser is told."""

    PNG = "image/png"
    JPEG = "image/jpeg"


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile:
    """A PDF file that can be fetched.

    Attributes:
        digest: SHA-256 of its bytes, by which it is known.
        load: fetches its bytes; called only where the process does not hold the file.
    """

    digest: str
    load: Callable[[], bytes] = field(repr=False)

    @classmethod
    def of(cls, content: bytes) -> "PdfFile":
        """A file that is in memory."""
        return cls(digest=hashlib.sha256(content).hexdigest(), load=lambda: content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What the process may use.

    Attributes:
        seconds: of one request, once it is its turn.
        wait: seconds until a request that stands in the line is given up.
        line: requests that may stand in the line.
        megabytes: of memory.
        requests: after so many a fresh process goes on.
        rest: seconds in which a page is not tried again that broke the process twice.
    """

    seconds: float = 20
    wait: float = 60
    line: int = 200
    megabytes: int = 1_500
    requests: int = 5_000
    rest: float = 600


class PdfReader:
    """Reads PDF files in a process of its own; any thread may ask.

    All that are asked raise UnreadablePdf where the file or the page cannot be read, NotFound
    where there is no such page, and Unavailable where too many ask at once.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._turns = ThreadPoolExecutor(1, thread_name_prefix="pdf")
        self._standing = 0
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answered = 0
        self._texts: dict[str, tuple[PageText, ...]] = {}
        self._failures: dict[str, tuple[int, float, Reason]] = {}

    @property
    def process_id(self) -> int | None:
        """The number of the process that reads, where one runs."""
        process = self._process
        return process.pid if process and process.poll() is None else None

    def page_sizes(self, file: PdfFile) -> tuple[PageSize, ...]:
        """How large each page of a file is shown, from the first."""
        values, _ = self._ask(file, {"do": "sizes"})
        return tuple(PageSize(width=width, height=height) for width, height in values["sizes"])

    def page(self, file: PdfFile, number: int) -> Page:
        """A page's text and words; pages count from 1."""
        values, _ = self._ask(file, {"do": "page", "page": number})
        return from_json(values["page"])

    def texts(self, file: PdfFile) -> tuple[PageText, ...]:
        """The text of every page; a page that cannot be read is told as such.

        Others may ask in between. The texts of the last files are remembered.
        """
        with self._lock:
            known = self._texts.pop(file.digest, None)
            if known is not None:
                self._texts[file.digest] = known
                return known
        texts = [
            PageText(number=number, text=text or "", is_readable=text is not None)
            for number, text in enumerate(self._all_texts(file), start=1)
        ]
        with self._lock:
            self._texts[file.digest] = tuple(texts)
            while _characters(self._texts) > MOST_REMEMBERED and len(self._texts) > 1:
                del self._texts[next(iter(self._texts))]
        return tuple(texts)

    def picture(
        self, file: PdfFile, number: int, width: int, kind: PictureKind = PictureKind.PNG
    ) -> bytes:
        """A page as a picture so many pixels wide; narrower where it would be too large."""
        width = min(max(width, NARROWEST), WIDEST)
        request = {"do": "picture", "page": number, "width": width, "kind": kind.name}
        _, content = self._ask(file, request)
        return content

    def close(self) -> None:
        """End the process, once what was begun is done."""
        self._turns.shutdown(wait=True, cancel_futures=True)
        self._stop()

    def _all_texts(self, file: PdfFile) -> Iterator[str | None]:
        """Texts, some pages at once; those among which one broke the process, page by page."""
        count, broke = len(self.page_sizes(file)), 0
        stretches = deque((n, min(n + _AT_ONCE - 1, count)) for n in range(1, count + 1, _AT_ONCE))
        while stretches:
            first, last = stretches.popleft()
            try:
                values, _ = self._ask(file, {"do": "texts", "first": first, "last": last})
                yield from values["texts"]
            except UnreadablePdf as error:
                broke += 1
                if error.reason not in {Reason.TOO_SLOW, Reason.CRASHED} or broke > _MOST_BROKEN:
                    raise
                if first == last:
                    yield None
                else:
                    stretches.extendleft((n, n) for n in range(last, first - 1, -1))

    def _ask(self, file: PdfFile, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Stand in the line, and give the answer."""
        self._refuse_if_it_broke_the_process(_name_of(request | {"digest": file.digest}))
        turn = self._stand_in_line(file, request)
        try:
            return turn.result(self.limits.wait)
        except TimeoutError:
            if not turn.cancel() and turn.done():
                return turn.result()
            raise Unavailable(BUSY) from None

    def _stand_in_line(
        self, file: PdfFile, request: dict[str, Any]
    ) -> Future[tuple[dict[str, Any], bytes]]:
        with self._lock:
            if self._standing >= self.limits.line:
                raise Unavailable(BUSY)
            self._standing += 1
        try:
            turn = self._turns.submit(self._answer, file, request | {"digest": file.digest})
        except RuntimeError as error:  # closed
            self._leave_line()
            raise Unavailable(BUSY) from error
        turn.add_done_callback(lambda _: self._leave_line())
        return turn

    def _leave_line(self) -> None:
        with self._lock:
            self._standing -= 1

    # What follows runs in the one thread that speaks with the process.

    def _answer(self, file: PdfFile, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        if self._answered >= self.limits.requests:
            self._stop()  # here, since a fresh process does not hold the file that was just sent
        values, content = self._exchange(request)
        if values.get("failed") == _UNKNOWN_FILE:
            pdf = file.load()
            if len(pdf) > LARGEST:
                raise UnreadablePdf(Reason.TOO_LARGE)
            values, content = self._exchange({"do": "open", "digest": file.digest}, pdf)
            if "failed" not in values:
                values, content = self._exchange(request)
        failed = values.get("failed")
        if failed in set(Reason):
            raise UnreadablePdf(Reason(failed))
        if failed is not None:
            log.error("A PDF could not be read: %s", values.get("error", failed))
            raise Unavailable(FAULT)
        if "pages" in values:
            raise NotFound("page", request["page"])
        return values, content

    def _exchange(
        self, request: dict[str, Any], content: bytes = b""
    ) -> tuple[dict[str, Any], bytes]:
        """One message to the process and one back; the process is killed when it takes too long."""
        process = self._running()
        try:
            with _stopped_after(self.limits.seconds, process) as stopped:
                messages.write(cast("BinaryIO", process.stdin), request, content)
                answer = messages.read(cast("BinaryIO", process.stdout))
        except messages.BrokenOff as error:
            self._stop()
            reason = Reason.TOO_SLOW if stopped.is_set() else Reason.CRASHED
            self._remember_failure(_name_of(request), reason)
            raise UnreadablePdf(reason) from error
        self._answered += 1
        return answer

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; a fresh one where there is none."""
        if self.process_id is None:
            self._stop()
            self._answered = 0
            try:
                self._process = _start(self.limits)
                with _stopped_after(_START, self._process):
                    messages.read(cast("BinaryIO", self._process.stdout))
            except (messages.BrokenOff, OSError) as error:
                self._stop()
                log.exception("The process that reads PDF files does not start")
                raise Unavailable(FAULT) from error
        return cast("subprocess.Popen[bytes]", self._process)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()

    def _remember_failure(self, name: str, reason: Reason) -> None:
        with self._lock:
            times = self._failures.pop(name, (0, 0.0, reason))[0] + 1
            self._failures[name] = (times, time.monotonic(), reason)
            if len(self._failures) > _MOST_FAILED:
                del self._failures[next(iter(self._failures))]

    def _refuse_if_it_broke_the_process(self, name: str) -> None:
        """Others wait while a process starts anew, so a page may not break it again and again."""
        with self._lock:
            times, at, reason = self._failures.get(name, (0, 0.0, Reason.CRASHED))
            if times and time.monotonic() - at > self.limits.rest:
                del self._failures[name]
            elif times >= _FAILURES:
                raise UnreadablePdf(reason)


@contextmanager
def _stopped_after(seconds: float, process: "subprocess.Popen[bytes]") -> Iterator[Event]:
    """Kill a process that needs longer; the event says whether that was so."""
    stopped = Event()

    def stop() -> None:
        stopped.set()
        process.kill()

    clock = Timer(seconds, stop)
    clock.start()
    try:
        yield stopped
    finally:
        clock.cancel()


def _name_of(request: Mapping[str, Any]) -> str:
    """What is asked of: a file as a whole, or some of its pages."""
    values = (request.get(name, "") for name in ("digest", "do", "page", "first", "last"))
    return " ".join(map(str, values))


def _characters(texts: Mapping[str, tuple[PageText, ...]]) -> int:
    return sum(len(page.text) for pages in texts.values() for page in pages)


def _start(limits: Limits) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    environment["PYTHONPATH"] = str(Path(evidence.__file__).resolve().parents[1])
    seconds = int(limits.seconds) + 1
    return subprocess.Popen(  # noqa: S603  # our own program, and numbers
        [
            sys.executable,
            "-m",
            "evidence.documents.pdf.worker",
            str(limits.megabytes),
            str(seconds),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )
