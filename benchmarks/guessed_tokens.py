"""How long a guessed, a withdrawn and an ended address take to be answered, and whether alike.

    .venv/bin/python -m benchmarks.guessed_tokens [--times 300]

Publishes the example's report three times, withdraws one and lets one end, starts the server of
public pages alone, and asks each kind of address so often, in mixed order, on one connection.
"""

import argparse
import http.client
import random
import secrets
import statistics
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.public_page import start
from evidence.steps import example
from evidence.steps.results.publishing import publish
from evidence.steps.results.publishing.publish import PublicChoice
from evidence.store import Store
from scripts.serving import free_port

WARMING = 30  # answers that nobody counts


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'waymark.db'}"
        desk = example.load(Store.open(address))
        pages = [publish.publish(desk, PublicChoice(map=False)).publication for _ in range(2)]
        publish.withdraw(desk, pages[0].id)
        publish.end_on(desk, pages[1].id, date(2020, 1, 1))
        port = free_port()
        server = start(address, port, alone=True)
        try:
            measure(port, times, {"withdrawn": pages[0].token, "ended": pages[1].token})
        finally:
            server.terminate()
            server.wait()


def measure(port: int, times: int, gone: dict[str, str]) -> None:
    """Ask for all kinds of address, and print how long each took."""
    kinds = ["guessed", *gone]
    order = kinds * times
    random.Random(1).shuffle(order)  # noqa: S311 - an order, no secret
    reader = http.client.HTTPConnection("127.0.0.1", port)
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    answers = set()
    for number, kind in enumerate([*kinds * WARMING, *order]):
        token = gone.get(kind) or secrets.token_urlsafe(32)
        began = time.perf_counter()
        reader.request("GET", f"/public/{token}/")
        answer = reader.getresponse()
        body = answer.read()
        if number >= len(kinds) * WARMING:
            took[kind].append((time.perf_counter() - began) * 1000)
        headers = tuple(each for each in answer.getheaders() if each[0] != "date")
        answers.add((answer.status, headers, body))
    for kind, each in took.items():
        low, *_, high = statistics.quantiles(each, n=20)
        middle = statistics.median(each)
        print(f"{kind:9} {len(each)} answers: {middle:.2f} ms, 90 % in {low:.2f} to {high:.2f}")
    print(f"different answers, but for their date: {len(answers)}")


if __name__ == "__main__":
    main()
