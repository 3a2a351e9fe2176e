"""How long it takes to write works as files of references, how large those are, and the memory.

    python benchmarks/exporting.py [--works 10000]

The works are the RIS records that reading.py invents. Each format is written in a process of its
own, as the page Records does it: from the store to a file, piece by piece. "before" is the memory
of that process when its store is open and nothing is written yet.
"""

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.reading import SEED, ris_entry  # noqa: E402
from evidence.citations.formats import WRITERS  # noqa: E402
from evidence.settings import Settings  # noqa: E402
from evidence.steps.desk import Desk  # noqa: E402
from evidence.steps.records import exporting  # noqa: E402
from evidence.steps.records.importing import imports, uploads  # noqa: E402
from evidence.steps.review import people, reviews  # noqa: E402
from evidence.store import Store  # noqa: E402
from evidence.store.records.sources import SourceDraft  # noqa: E402
from evidence.store.review.reviews import Draft  # noqa: E402


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--works", type=int, default=10_000)
    options.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    args = options.parse_args()
    if args.one:
        write(*args.one)
        return
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    print(f"{args.works:,} works; {machine}; {busy}")
    print("\n| format | works | s | CPU s | MB | peak MB | before MB |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/benchmark.db"
        desk = filled(address, args.works)
        for name in WRITERS:
            where = [address, str(desk.review_id), str(desk.person_id)]
            subprocess.run([sys.executable, __file__, "--one", name, *where], check=True)


def filled(address: str, size: int) -> Desk:
    """A review with so many works."""
    store = Store.open(address)
    person = people.named(store, "Benchmark")
    desk = reviews.create(store, person.id, Draft(title="Benchmark"))
    dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
    data = "".join(ris_entry(number, dice) for number in range(size)).encode()
    settings = Settings(max_upload_mb=10_000)
    look = uploads.add(desk, "benchmark.ris", data, settings, wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="One"))])
    store.close()
    return desk


def write(name: str, address: str, review_id: str, person_id: str) -> None:
    """Write one file and print its row."""
    desk = Desk(store=Store.open(address), review_id=int(review_id), person_id=int(person_id))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "works"
        before = peak()
        began, worked = time.perf_counter(), time.process_time()
        written = exporting.save(desk, exporting.filter_of("all"), name, out)
        took, cpu = time.perf_counter() - began, time.process_time() - worked
        size = out.stat().st_size / 1e6
    print(f"| {name} | {written:,} | {took:.2f} | {cpu:.2f} | {size:.1f} "
          f"| {peak():,.0f} | {before:,.0f} |", flush=True)  # fmt: skip


def peak() -> float:
    """The most memory that this process had so far, in MB; without that of the one that began it,
    which Linux counts in getrusage().
    """
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    main()
