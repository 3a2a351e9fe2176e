"""How long pages of PDF files take: their words, their pictures, and search over all of them.

    python benchmarks/documents.py [--files ../shared/pdfs] [--pages 20]

Files of others are read where they are, beside two written here: a full page of 5,700 characters,
and 400 pages. CPU times are of PDFium and our own code in this process; wall times are those of a
server that asks the process that reads PDF files. Figures go to docs/benchmarks.md with the machine
and the date.
"""

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.documents.folding import fold
from evidence.documents.pdf.pdfium import Pdf
from evidence.documents.pdf.reader import PdfFile, PdfReader, PictureKind
from evidence.documents.pdf.unreadable import UnreadablePdf
from evidence.documents.search import search
from tests.documents.pdf_writer import PageSource, lines, write

ROOT = Path(__file__).resolve().parents[1]
WIDTH = 1_200  # pixels of a picture, as the routes give it
LINE = (
    "the effect on work was small and nobody could say for whom it was so and for whom it was not"
)
FULL = PageSource(content=lines(30, 820, [LINE] * 61, size=8.5))  # about 5,700 characters


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=Path, default=ROOT.parent / "shared" / "pdfs")
    options.add_argument("--pages", type=int, default=20, help="of each file that are drawn")
    given = options.parse_args()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}; load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}\n")
    files = {
        "one full page": write([FULL] * 10),
        "400 pages": write([long_page(number) for number in range(400)]),
    }
    files |= {path.name: path.read_bytes() for path in sorted(given.files.glob("*.pdf"))}
    print("| file | pages | characters | words CPU | JPEG CPU | PNG CPU | words | JPEG |")
    print("|---|---|---|---|---|---|---|---|")
    reader = PdfReader()
    for name, content in files.items():
        row(name, content, reader, given.pages)
    search_all(files["400 pages"], reader)
    reader.close()


def long_page(number: int) -> PageSource:
    """A page like no other."""
    return PageSource(content=lines(50, 800, [f"{number} {LINE[:76]}"] * 40, size=11))


def row(name: str, content: bytes, reader: PdfReader, most: int) -> None:
    """Print the fastest tenth and the median of some pages of a file, in ms."""
    try:
        pdf = Pdf(content)
    except UnreadablePdf as error:
        print(f"| {name} | {error.reason.value} |")
        return
    numbers = range(1, min(pdf.pages, most) + 1)
    file = PdfFile.of(content)
    characters = statistics.mean(len(reader.page(file, n).text) for n in numbers)
    words, jpeg = (partial(reader.page, file), partial(drawn, reader, file))
    cpu = [
        times(time.process_time, ask, numbers)
        for ask in (pdf.page, partial(picture, pdf, "JPEG"), partial(picture, pdf, "PNG"))
    ]
    wall = [times(time.perf_counter, ask, numbers) for ask in (words, jpeg)]
    shown = [f"{each[len(each) // 10]:.1f}, {statistics.median(each):.1f}" for each in cpu + wall]
    print(f"| {name} | {pdf.pages} | {characters:,.0f} | {' | '.join(shown)} |")
    pdf.close()


def picture(pdf: Pdf, kind: str, number: int) -> bytes:
    """A page drawn in this process."""
    return pdf.picture(number, WIDTH, kind)


def drawn(reader: PdfReader, file: PdfFile, number: int) -> bytes:
    """A page drawn by the process that reads PDF files."""
    return reader.picture(file, number, WIDTH, PictureKind.JPEG)


def times(
    clock: Callable[[], float], ask: Callable[[int], object], numbers: Iterable[int]
) -> list[float]:
    """How long a question takes for each of these pages, in ms, the shortest first."""
    return sorted(took(clock, partial(ask, number)) for number in numbers)


def search_all(content: bytes, reader: PdfReader) -> None:
    """Print how long a search over a whole file takes, the first time and again."""
    file = PdfFile.of(content)
    first = took(time.perf_counter, lambda: reader.texts(file))
    texts = reader.texts(file)
    fold.cache_clear()
    folding = took(time.perf_counter, lambda: list(search("no such words", texts)))
    again = took(time.perf_counter, lambda: list(search("nor these", texts)))
    print(f"\n400 pages, {sum(len(page.text) for page in texts):,} characters (ms):")
    print(f"texts {first:.0f}, first search {folding:.0f}, next search {again:.0f}")


def took(clock: Callable[[], float], act: Callable[[], object]) -> float:
    """How long an act takes on a clock, in ms."""
    start = clock()
    act()
    return (clock() - start) * 1000


if __name__ == "__main__":
    main()
