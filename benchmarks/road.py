"""How long the road takes: import, de-duplicate, and open each page with many records.

    python benchmarks/road.py [RECORDS]      (10,000 unless told)

The records are invented here; about a fifth are copies that differ as exports of databases do.
Figures go to docs/benchmarks.md with the machine and the date.
"""

import platform
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.screening.verdicts import Stage, Verdict
from evidence.settings import Settings
from evidence.steps.desk import Desk
from evidence.steps.records.duplicates import duplicates
from evidence.steps.records.importing import imports, uploads
from evidence.steps.review import people, reviews
from evidence.steps.screening import common_queue, decisions, screening_page
from evidence.store import Store
from evidence.store.records.sources import SourceDraft
from evidence.store.review.reviews import Draft
from evidence.store.screening.decisions import NewDecision
from evidence.ui.shell.menu import PAGES
from scripts.chromium import FLAGS, find
from scripts.serving import Server, free_port, name_oneself, still

SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "il")]
VISITS = 7


def main(records: int) -> None:
    """Measure and print."""
    print(f"{records:,} records; {machine()}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port())
        store = Store.open(server.database)
        person = people.named(store, "Benchmark")
        desk = reviews.create(store, person.id, Draft(title="Benchmark"))
        steps(desk, ris(records))
        store.close()
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                visits(browser, server, desk.review_id)
        finally:
            server.kill()


def steps(desk: Desk, data: bytes) -> None:
    """The steps without the browser."""
    print(f"{'read and store ' + format(len(data) / 1e6, '.0f') + ' MB of RIS':40}", end="")
    begin = time.perf_counter()
    look = uploads.add(desk, "b.ris", data, Settings(max_upload_mb=2000), wait=True)
    print(f"{time.perf_counter() - begin:8.2f} s")
    choice = imports.Choice(preview_id=look, source=SourceDraft(name="B"))
    timed("keep them", lambda: imports.import_files(desk, [choice]))
    timed("find duplicates and join", lambda: duplicates.run(desk))
    state = duplicates.counts(desk)
    print(f"  {state.records:,} records, {state.works:,} works, {state.possible:,} possible pairs")
    timed("the screening page's queries", lambda: screening_page.load(desk, Stage.FULL_TEXT))
    common_queue.begin(desk, Stage.TITLE_ABSTRACT)
    waiting = screening_page.load(desk, Stage.TITLE_ABSTRACT).waiting
    new = [
        NewDecision(
            work_id=line.id,
            stage=Stage.TITLE_ABSTRACT,
            verdict=Verdict.INCLUDE,
            client_id=str(line.id),
        )
        for line in waiting
    ]
    timed("keep 20 decisions", lambda: decisions.decide(desk, new))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB\n")


def timed(what: str, act: object) -> None:
    """Run once and print the seconds."""
    begin = time.perf_counter()
    act()  # type: ignore[operator]  # a function without arguments
    print(f"{what:40}{time.perf_counter() - begin:8.2f} s")


def visits(browser: Browser, server: Server, review_id: int) -> None:
    """Median time from a click at the side until the page's script has run."""
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    name_oneself(page, server.url, "Benchmark")
    page.goto(f"{server.url}/?review={review_id}")
    still(page)
    links = page.get_by_test_id("stSidebarNav")
    for rows in PAGES.values():
        for name, title, _, _ in rows:
            seconds = []
            for _ in range(VISITS):
                away = "Counts" if name != "counts" else "Reviews"
                links.get_by_role("link", name=away).click()
                page.get_by_role("heading", name=away, level=1).wait_for()
                still(page)
                begin = time.perf_counter()
                links.get_by_role("link", name=title).click()
                page.get_by_role("heading", name=title, level=1).wait_for()
                still(page)
                seconds.append(time.perf_counter() - begin)
            middle = sorted(seconds)[VISITS // 2]
            print(f"open {title:35}{middle * 1000:8.0f} ms (slowest {max(seconds) * 1000:.0f})")


def ris(records: int) -> bytes:
    """Invented records as a database would export them."""
    rnd = random.Random(7)  # noqa: S311 - the same records in every run
    words = ["".join(rnd.choices(SYLLABLES, k=rnd.choice((2, 2, 3)))) for _ in range(8000)]
    return "".join(_entries(rnd, words, records)).encode()


def _entries(rnd: random.Random, words: list[str], records: int) -> Iterator[str]:
    before: list[str] = []
    for number in range(records):
        if before and rnd.random() < 0.2:  # noqa: PLR2004 - a fifth are copies
            yield rnd.choice(before).replace("JO  - ", "JF  - The ").replace("SP  - ", "SP  - ")
            continue
        title = " ".join(rnd.choices(words, k=rnd.randint(7, 14))).capitalize()
        names = (f"{rnd.choice(words).capitalize()}, {rnd.choice('ABCDEFG')}." for _ in range(4))
        entry = (
            f"TY  - JOUR\nTI  - {title}\n"
            + "".join(f"AU  - {name}\n" for name in names)
            + f"PY  - {rnd.randint(1980, 2025)}\nJO  - {rnd.choice(words).capitalize()} Journal\n"
            f"VL  - {rnd.randint(1, 60)}\nSP  - {number}\nEP  - {number + 9}\n"
            f"AB  - {' '.join(rnd.choices(words, k=180))}.\nER  - \n"
        )
        before.append(entry)
        yield entry


def machine() -> str:
    """What it was measured on."""
    return f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
