"""The process that reads PDF files: it takes a request, answers it, and waits for the next.

Started by reader.py as `python -m evidence.documents.pdf.worker`. It ends when the server closes
its side, when it needs more memory than it may, and when one request needs too much of a processor.
"""

import os
import sys
from collections import OrderedDict
from typing import Any, BinaryIO

from evidence.documents.pages import to_json
from evidence.documents.pdf import messages
from evidence.documents.pdf.pdfium import Pdf
from evidence.documents.pdf.unreadable import UnreadablePdf

MOST_OPEN = 4  # files that are kept open, as people turn their pages
MOST_BYTES = 250_000_000  # of the files that are kept open; one may be larger
UNKNOWN_FILE = "unknown_file"
BROKEN = "broken"  # a fault of ours; the text is for the log

try:
    import resource
except ImportError:  # Windows has no such limits; the server's clock stops what takes long
    resource = None  # type: ignore[assignment]


class Shelf:
    """The files that were read last, open."""

    def __init__(self) -> None:
        self.files: OrderedDict[str, Pdf] = OrderedDict()

    def put(self, digest: str, content: bytes) -> None:
        """Open a file; others are closed for it, those first that were not asked for lately."""
        if digest in self.files:
            return
        pdf = Pdf(content)
        self.files[digest] = pdf
        while len(self.files) > 1 and (
            len(self.files) > MOST_OPEN or sum(f.size for f in self.files.values()) > MOST_BYTES
        ):
            _, oldest = self.files.popitem(last=False)
            oldest.close()

    def get(self, digest: str) -> Pdf | None:
        """An open file."""
        if digest in self.files:
            self.files.move_to_end(digest)
        return self.files.get(digest)


def answer(shelf: Shelf, request: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    """What a request gives: values, and the bytes of a picture."""
    try:
        if request["do"] == "open":
            shelf.put(request["digest"], content)
            return {}, b""
        pdf = shelf.get(request["digest"])
        if pdf is None:
            return {"failed": UNKNOWN_FILE}, b""
        return _of_file(pdf, request)
    except UnreadablePdf as error:
        return {"failed": error.reason.value}, b""


def _of_file(pdf: Pdf, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    if request["do"] == "sizes":
        return {"sizes": [[size.width, size.height] for size in pdf.page_sizes()]}, b""
    if request["do"] == "texts":
        last = min(int(request["last"]), pdf.pages)
        return {"texts": [_text(pdf, n) for n in range(int(request["first"]), last + 1)]}, b""
    number = int(request["page"])
    if not 1 <= number <= pdf.pages:
        return {"pages": pdf.pages}, b""
    if request["do"] == "page":
        return {"page": to_json(pdf.page(number))}, b""
    return {}, pdf.picture(number, int(request["width"]), request["kind"])


def _text(pdf: Pdf, number: int) -> str | None:
    try:
        return pdf.text(number)
    except UnreadablePdf:
        return None


def limit_memory(megabytes: int) -> None:
    """End this process rather than let it take more memory, and leave no dump of it."""
    if resource is not None:
        limit = megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_next_request(seconds: int) -> None:
    """End this process when the next request needs more of a processor, were the server gone."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(
            resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard)
        )


def main(megabytes: int, seconds: int) -> None:
    """Answer requests until the server closes its side."""
    requests: BinaryIO = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    limit_memory(megabytes)
    shelf = Shelf()
    messages.write(answers, {"ready": True})
    while True:
        try:
            request, content = messages.read(requests)
        except messages.BrokenOff:
            return
        limit_next_request(seconds)
        try:
            values, picture = answer(shelf, request, content)
        except MemoryError:
            os._exit(1)
        except Exception as error:  # noqa: BLE001  # the server logs it; the next file works
            values, picture = {"failed": BROKEN, "error": repr(error)}, b""
        messages.write(answers, values, picture)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
