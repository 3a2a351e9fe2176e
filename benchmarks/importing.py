"""How long it takes to read many records into the store and to keep them, and how much memory.

    python benchmarks/importing.py [--records 100000] [--database ADDRESS]

The records are those that reading.py invents. The file is read as the page does it: two processes
read, a third one stores, while this one asks how far it is, as the page does once a second; how
long it waits for the answer says whether the app stays usable. CPU seconds are those of all
processes together, because others may use the machine as well.
"""

import argparse
import os
import platform
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import SEED, ris_entry
from evidence.settings import Settings
from evidence.steps import jobs
from evidence.steps.desk import Desk
from evidence.steps.records import sources
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft

T = TypeVar("T")
ASKING = 0.5  # seconds between two questions how far it is


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--database", help="an empty one; else a SQLite file is made")
    args = options.parse_args()
    dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
    with tempfile.TemporaryFile("w+b") as file:  # not all as text: memory is measured here
        file.writelines(ris_entry(number, dice).encode() for number in range(args.records))
        file.seek(0)
        data = file.read()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    print(f"{args.records:,} RIS records, {len(data) / 1e6:,.0f} MB; {machine}; "
          f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}\n")  # fmt: skip
    print(f"{'':44} {'s':>8} {'CPU s':>8}")
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(args.database or f"sqlite:///{folder}/benchmark.db")
        person = people.named(store, "Benchmark")
        desk = reviews.create(store, person.id, Draft(title="Benchmark"))
        settings = Settings(max_upload_mb=10_000, workers=1)
        answers = timed("read, and store in batches", lambda: read(desk, data, settings))
        storing, reading = of_others()
        (look,) = previews.listing(desk)
        choice = imports.Choice(preview_id=look.id, source=SourceDraft(name="One"))
        (imported,) = timed("keep", lambda: imports.import_files(desk, [choice]))
        timed("history", lambda: sources.listing(desk))
        (there,) = sources.listing(desk)
        timed("undo", lambda: imports.undo(desk, there.files[0].id))
        store.close()
        jobs.executor().shutdown()
    print(f"\n{imported.records:,} of {imported.seen:,} entries kept")
    print(f"asked {len(answers)} times how far it is: median {statistics.median(answers) * 1e3:.0f}"
          f" ms, slowest {max(answers) * 1e3:.0f} ms")  # fmt: skip
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"CPU s: processes that read {reading:.2f}, the one that stores {storing:.2f}")
    print(f"peak memory: one that reads or stores {reader:,.0f} MB, this one {here:,.0f} MB")


def read(desk: Desk, data: bytes, settings: Settings) -> list[float]:
    """Read the file in the background; gives how long each answer on the way took, in seconds."""
    uploads.add(desk, "benchmark.ris", data, settings)
    took = []
    going = True
    while going:
        begin = time.perf_counter()
        (look,) = previews.listing(desk)
        took.append(time.perf_counter() - begin)
        going = look.file.job.going
        time.sleep(ASKING if going else 0)
    if not look.can_be_imported:
        raise RuntimeError(look.file.job.message)
    return took


def timed(what: str, act: Callable[[], T]) -> T:
    """Run once and print the seconds."""
    before, begin = worked(), time.perf_counter()
    result = act()
    print(f"{what:44} {time.perf_counter() - begin:8.2f} {worked() - before:8.2f}", flush=True)
    return result


def worked() -> float:
    """CPU seconds of this process and of those that work for it, also while they still live."""
    return sum(os.times()[:4]) + sum(of_others())


def of_others() -> tuple[float, float]:
    """CPU seconds of the processes of the executor, and of what they began and saw end."""
    ticks = os.sysconf("SC_CLK_TCK")
    own = children = 0.0
    for process in getattr(jobs.executor(), "_processes", None) or {}:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
        own += sum(map(int, fields[11:13])) / ticks
        children += sum(map(int, fields[13:15])) / ticks
    return own, children


if __name__ == "__main__":
    main()
