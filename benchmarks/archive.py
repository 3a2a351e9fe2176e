"""How long an archive takes, and how much memory, with many records.

    python benchmarks/archive.py [RECORDS]      (100,000 unless told)

The records are those of benchmarks/road.py, each with a decision; they are imported, compared for
duplicates and screened before. Writing and taking in are processes of their own, with their peak
memory. Figures go to docs/benchmarks.md with the machine and the date.
"""

import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.road import machine, ris
from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import archive, people, reviews
from evidence.steps.screening import decisions
from evidence.store import Store
from evidence.store.records import works
from evidence.store.records.filters import Filter
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision

AT_ONCE = 2_000


def main(records: int) -> None:
    """Make the review, then measure each way in a process of its own."""
    print(f"{records:,} records; {machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/source.db"
        _fill(database, records)
        size = Path(folder, "source.db").stat().st_size / 1e6
        print(f"database {size:,.0f} MB")
        file = f"{folder}/review.zip"
        for way, address in (("out", database), ("in", f"sqlite:///{folder}/target.db")):
            command = [sys.executable, __file__, way, address, file]
            subprocess.run(command, check=True)


def _fill(database: str, records: int) -> None:
    store = Store.open(database)
    person = people.named(store, "Benchmark")
    desk = reviews.create(store, person.id, Draft(title="Benchmark"))
    preview = uploads.add(desk, "records.ris", ris(records), Settings(), wait=True)
    imports.import_files(desk, [imports.Choice(preview, SourceDraft(name="Invented"))])
    with store.reading_outside() as c:
        batches = works.references_in_batches(c, desk.review_id, Filter(), AT_ONCE)
        ids = [work_id for batch in batches for work_id, _ in batch]
    for start in range(0, len(ids), AT_ONCE):
        decisions.decide(
            desk,
            [
                NewDecision(
                    work_id=work_id,
                    stage=Stage.TITLE_ABSTRACT,
                    verdict=Verdict.EXCLUDE,
                    client_id=f"benchmark-{work_id}",
                )
                for work_id in ids[start : start + AT_ONCE]
            ],
        )
    store.close()


def measure(way: str, database: str, file: str) -> None:
    """One way, with its time and peak memory; of taking in also how long others cannot save."""
    store, path = Store.open(database), Path(file)
    before = _peak()
    clock, cpu = time.perf_counter(), time.process_time()
    if way == "out":
        made = archive.save(Desk(store=store, review_id=1, person_id=0), path, on_the_machine=True)
        told = f"{made.rows:,} rows, {made.size / 1e6:,.1f} MB"
    else:
        begun: list[float] = []

        def tell(done: float, _doing: str) -> None:
            if done > archive.CHECKED:
                begun.append(time.perf_counter())

        taken = archive.take_in(store, path, tell=tell)
        alone = time.perf_counter() - begun[0]
        told = f"{taken.rows:,} rows; for {alone:.1f} s nobody else can save"
    seconds = time.perf_counter() - clock
    spent = time.process_time() - cpu
    peak = f"peak {_peak():,} MB, {before:,} before"
    print(f"{way:4} {spent:6.1f} CPU s {seconds:6.1f} s; {peak}; {told}")


def _peak() -> int:
    """In MB; what getrusage says begins with the peak of the process that made this one."""
    (line,) = (
        line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line
    )
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    if sys.argv[1:2] in (["out"], ["in"]):
        measure(*sys.argv[1:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
