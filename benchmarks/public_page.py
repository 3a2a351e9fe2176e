"""Two hundred readers of a public page at once, and a reviewer who goes on saving meanwhile.

    .venv/bin/python -m benchmarks.public_page [--readers 200] [--alone]

Publishes the example review, starts the server (with --alone only that of the public pages, beside
that of the app), lets every reader open index, map and report once, packed, each on a connection of
its own, and measures how long a reviewer's write in the store and a short question to the server
take before and meanwhile. Readers and reviewer share this machine, and this process.
"""

import argparse
import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from evidence.steps import example
from evidence.steps.desk import Desk
from evidence.steps.results import map_settings
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.store import Store
from evidence.synthesis.map_settings import MapSettings
from scripts.serving import ROOT, free_port

LONGEST = 60.0  # seconds
PARTS = ("", "map", "report")
HEALTH = "/_stcore/health"  # the shortest answer of the app; alone it is that nothing is there
MEASURED = ("a write in the store", "a short question to the server")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=200)
    parser.add_argument("--alone", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'waymark.db'}"
        store = Store.open(address)
        desk = example.load(store)
        page = publish.publish(desk, PublicChoice()).publication
        measure(desk, page.token, address, min(asked.readers, 500), alone=asked.alone)


def measure(desk: Desk, token: str, address: str, readers: int, *, alone: bool) -> None:
    """Let readers read, and a reviewer write, at the same time."""
    port = free_port()
    server = start(address, port, alone=alone)
    try:
        quiet = reviewer(desk, port, threading.Event(), most=100)
        over = threading.Event()
        with ThreadPoolExecutor(readers + 1) as pool:
            busy = pool.submit(reviewer, desk, port, over, most=100_000)
            began = time.perf_counter()
            reading = [pool.submit(read, port, token) for _ in range(readers)]
            seconds = sorted(each.result() for each in reading)
            whole = time.perf_counter() - began
            over.set()
            for what, before, meanwhile in zip(MEASURED, quiet, busy.result(), strict=True):
                told(f"{what}, nobody reads", before)
                told(f"{what}, {readers} read", meanwhile)
        told(f"index, map and report, {readers} readers at once", seconds)
        print(f"all readers: {whole:.1f} s, {readers * len(PARTS) / whole:.0f} answers a second")
    finally:
        server.terminate()
        server.wait(10)


def start(address: str, port: int, *, alone: bool) -> subprocess.Popen[bytes]:
    """The server, once it answers."""
    command = [sys.executable, "-m", "evidence", "serve", "--no-example", "--port", str(port)]
    server = subprocess.Popen(
        [*command, *(["--public"] if alone else [])],
        cwd=ROOT,
        env={**os.environ, "WAYMARK_DATABASE": address},
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        try:
            ask(port, "/public/nobody/")
        except OSError:
            time.sleep(0.2)
        else:
            return server
    server.kill()
    raise RuntimeError("The server does not answer.")


def read(port: int, token: str) -> float:
    """Seconds that a reader waits for all parts, one after the other."""
    began = time.perf_counter()
    for part in PARTS:
        status = ask(port, f"/public/{token}/{part}")
        if status != http.client.OK:
            raise RuntimeError(f"{part or 'index'} answers {status}.")
    return time.perf_counter() - began


def ask(port: int, path: str) -> int:
    """Ask for a page; gives its status."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    try:
        wire.request("GET", path, headers={"accept-encoding": "gzip"})
        answer = wire.getresponse()
        answer.read()
    finally:
        wire.close()
    return answer.status


def reviewer(desk: Desk, port: int, over: threading.Event, most: int) -> list[list[float]]:
    """Seconds that each write in the store takes, and each short question to the server."""
    wrote: list[float] = []
    asked: list[float] = []
    end = time.monotonic() + LONGEST
    now = map_settings.current(desk)
    while not over.is_set() and len(wrote) < most and time.monotonic() < end:
        new = MapSettings(few=(now.few + 1) % 4)
        began = time.perf_counter()
        map_settings.change(desk, new, now)
        wrote.append(time.perf_counter() - began)
        now, began = new, time.perf_counter()
        ask(port, HEALTH)
        asked.append(time.perf_counter() - began)
        time.sleep(0.02)
    return [sorted(wrote), sorted(asked)]


def told(what: str, seconds: list[float]) -> None:
    """Print the middle and the slowest of sorted times."""
    middle = statistics.median(seconds) * 1000
    late = seconds[int(len(seconds) * 0.95)] * 1000
    print(
        f"{what}: median {middle:,.0f} ms, 95 % {late:,.0f} ms, slowest {seconds[-1] * 1000:,.0f} "
        f"ms ({len(seconds)} times)"
    )


if __name__ == "__main__":
    main()
