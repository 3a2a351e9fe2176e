"""What it costs that a decision outlives a power cut: SQLite's synchronous=FULL against NORMAL.

    python benchmarks/durability.py [--folder FOLDER] [--records 10000]

The folder must be on the disk that is meant, since a disk in memory writes nothing. Both ways take
turns, message by message, so that what else the machine does meets both. Figures go to
docs/benchmarks.md with the machine and the date.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sqlalchemy import event

from benchmarks.road import ris
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reviews
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision

LEVELS = ("NORMAL", "FULL")
MESSAGES = 300
TOGETHER = 20  # decisions that a browser sends in one message, after it was without a connection


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--folder", type=Path)
    options.add_argument("--records", type=int, default=10_000)
    given = options.parse_args()
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}; load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        desks = {level: desk_at(Path(folder) / f"{level}.db", level) for level in LEVELS}
        print(f"{'ms: fastest tenth, median':40}" + "".join(f"{level:>18}" for level in LEVELS))
        row("a transaction of one small row", desks, MESSAGES, person)
        data = ris(given.records)
        row(f"import {given.records:,} records", desks, 3, lambda desk, n: take_in(desk, data, n))
        row("a message of one decision", desks, MESSAGES, lambda desk, n: decide(desk, n, 1))
        words = f"a message of {TOGETHER} decisions"
        row(words, desks, MESSAGES // 3, lambda desk, n: decide(desk, MESSAGES + n, TOGETHER))
        for desk in desks.values():
            desk.store.close()


def desk_at(path: Path, level: str) -> Desk:
    """A review in a new store that writes in one of the ways."""
    store = Store.open(f"sqlite:///{path}")
    store.close()  # connections from now on are told how to write

    @event.listens_for(store.engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA synchronous={level}")

    anna = people.named(store, "Anna")
    return reviews.create(store, anna.id, Draft(title="Benchmark"))


def row(
    words: str, desks: dict[str, Desk], times: int, step: Callable[[Desk, int], object]
) -> None:
    """Take a step so many times in each way, in turns, and print how long most of them took."""
    seconds: dict[str, list[float]] = {level: [] for level in desks}
    for number in range(times):
        for level, desk in desks.items():
            begin = time.perf_counter()
            step(desk, number)
            seconds[level].append(time.perf_counter() - begin)
    cells = (
        f"{milliseconds(one, 0.1):9.2f}{milliseconds(one, 0.5):9.2f}" for one in seconds.values()
    )
    print(f"{words:40}" + "".join(cells), flush=True)


def milliseconds(seconds: list[float], share: float) -> float:
    """The time within which this share of the steps was taken."""
    return sorted(seconds)[int(share * len(seconds))] * 1000


def person(desk: Desk, number: int) -> None:
    """A transaction that does hardly anything else."""
    people.named(desk.store, f"Person {number}")


def take_in(desk: Desk, data: bytes, number: int) -> None:
    """Read a file and keep its records; each time its titles are others."""
    data = data.replace(b"TI  - ", f"TI  - {number} ".encode())
    look = uploads.add(desk, f"{number}.ris", data, Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(look, SourceDraft(name=f"Source {number}"))])


def decide(desk: Desk, number: int, together: int) -> None:
    """A message as the screening page sends it."""
    first = number * together + 1
    made = [
        NewDecision(
            work_id=work, stage=Stage.TITLE_ABSTRACT, verdict=Verdict.EXCLUDE, client_id=f"c{work}"
        )
        for work in range(first, first + together)
    ]
    decisions.decide(desk, made)


if __name__ == "__main__":
    main()
