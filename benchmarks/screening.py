"""How quick the screening page is with many records.

    python benchmarks/screening.py [RECORDS] [--no-browser]      (100,000 unless told)

First the server's work for one decision, without a browser: keep it, count, fill the deck again;
with no decisions and with half of the works decided, alone and in pairs. Then a browser: from the
key to the frame that shows the next record, for one session and for twenty at a time, each of
another person, all pages of one Chromium on the same machine. The records are invented here.
Figures go to docs/benchmarks.md with the machine and the date.
"""

import os
import platform
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.citations.formats import OpenedFile
from evidence.citations.record import Name, Record, Reference
from evidence.screening.stage_settings import StageSettings
from evidence.screening.verdicts import Stage, Verdict
from evidence.steps.desk import Desk
from evidence.steps.review import people, reasons, reviews
from evidence.steps.screening import (
    common_queue,
    decisions,
    messages,
    progress,
    screening_page,
    screening_preferences,
)
from evidence.store import Role, Store
from evidence.store.records import import_previews, record_rows, sources, works
from evidence.store.records.filters import Filter
from evidence.store.review.reviews import Draft
from evidence.store.screening import stage_settings
from evidence.store.screening.decisions import NewDecision
from scripts.chromium import FLAGS, find
from scripts.serving import Server, free_port, name_oneself, still

T = TypeVar("T")
STAGE = Stage.TITLE_ABSTRACT
DECISIONS = 60  # measured in each line
SESSIONS = 20
THINK = 2000  # milliseconds between two keys of a person
PRESS = """
async ([count, think]) => {
    const seen = [];
    const saved = [];
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    const find = (root, id) => root.querySelector(id) ?? [...root.querySelectorAll("*")]
        .map((one) => one.shadowRoot && find(one.shadowRoot, id)).find(Boolean);
    const title = find(document, "#title");
    const status = find(document, "#saved");
    await pause(Math.random() * think);
    for (let number = 0; number < count; number++) {
        const before = title.textContent;
        const begin = performance.now();
        const key = new KeyboardEvent("keydown", { key: "i", bubbles: true, composed: true });
        document.body.dispatchEvent(key);
        while (title.textContent === before) await new Promise(requestAnimationFrame);
        await new Promise(requestAnimationFrame);
        seen.push(performance.now() - begin);
        while (status.textContent !== "All saved") await pause(5);
        saved.push(performance.now() - begin);
        await pause(Math.max(0, think - (performance.now() - begin)));
    }
    return [seen, saved];
}
"""


def main(records: int, *, browser: bool) -> None:
    """Measure and print."""
    load = os.getloadavg()[0]
    print(f"{records:,} records; {machine()}; load {load:.1f}; {datetime.now(UTC):%Y-%m-%d}\n")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port())
        store = Store.open(server.database)
        desk = filled(store, records)
        for voices, name in ((1, "alone"), (2, "in pairs")):
            with desk.writing(Role.REVIEWER) as w:
                stage_settings.change(w, STAGE, StageSettings(voices=voices))
            server_side(desk, name, 0 if voices == 1 else records // 2)
            if voices == 1:
                decide_many(desk, records // 2)
                server_side(desk, name, records // 2)
        with desk.writing(Role.REVIEWER) as w:
            stage_settings.change(w, STAGE, StageSettings())
        store.close()
        if browser:
            server.start()
            try:
                in_browser(server, desk.review_id)
            finally:
                server.kill()


def filled(store: Store, records: int) -> Desk:
    """A review with so many invented records, each a work of its own."""
    person = people.named(store, "Benchmark")
    desk = reviews.create(store, person.id, Draft(title="Benchmark", criteria=("One",)))
    reasons.replace(desk, ["Not about work", "Not adults"])
    with desk.writing(Role.REVIEWER) as w:
        source_id = sources.add(w, sources.SourceDraft(name="Invented"))
        opened = OpenedFile(
            file="b.ris", format="ris", encoding="utf-8", seen=records, problems=(), clean=b""
        )
        file_id = import_previews.add_file(w, "b.ris", source_id)
        import_previews.open_file(w, file_id, opened)
        for number, some in enumerate(batched(invented(records), 5000)):
            record_rows.add(w, file_id, record_rows.prepare(some), number * 5000)
        import_previews.close_file(w, file_id, records, "hash")
    return desk


def invented(records: int) -> Iterator[Record]:
    """Records whose words are made of syllables; the same in every run."""
    rnd = random.Random(7)  # noqa: S311 - the same records in every run
    syllables = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")]
    words = ["".join(rnd.choices(syllables, k=3)) for _ in range(8000)]
    for number in range(records):
        reference = Reference(
            title=f"{number} {' '.join(rnd.choices(words, k=12))}",
            authors=(Name(rnd.choice(words).capitalize(), "A."),),
            year=rnd.randint(1980, 2025),
            abstract=" ".join(rnd.choices(words, k=180)),
        )
        yield Record(reference=reference, line=1 + number, raw="", fields=())


def decide_many(desk: Desk, count: int) -> None:
    """Let the person at the desk decide so many works."""
    with desk.reading() as c:
        lines = works.page(c, desk.review_id, Filter(), limit=count)
    for some in batched(lines, 5000):
        decisions.decide(
            desk,
            [
                NewDecision(
                    work_id=line.id,
                    stage=STAGE,
                    verdict=Verdict.EXCLUDE,
                    client_id=f"many-{line.id}",
                    seconds=20.0,
                )
                for line in some
            ],
        )


def server_side(desk: Desk, name: str, decided: int) -> None:
    """Milliseconds of the steps that one decision on the page takes."""
    parts: dict[str, list[float]] = {}

    def timed(part: str, act: Callable[[], object]) -> object:
        begin = time.perf_counter()
        result = act()
        parts.setdefault(part, []).append((time.perf_counter() - begin) * 1000)
        return result

    common_queue.begin(desk, STAGE)
    waiting = screening_page.load(desk, STAGE).waiting
    for number in range(DECISIONS):
        item = {
            "kind": "decision",
            "client_id": f"{name}-{decided}-{number}",
            "id": waiting[0].id,
            "stage": STAGE.value,
            "verdict": "include",
            "reasons": [],
            "seconds": 5.0,
        }
        begin = time.perf_counter()
        timed("keep the decision", lambda item=item: messages.apply(desk, [item]))  # type: ignore[misc]
        timed("count all", lambda: decisions.tally(desk, STAGE))
        timed("own progress and what is left", lambda: progress.own_progress(desk, STAGE))
        timed("own choices", lambda: screening_preferences.get(desk))
        filled_again = timed("fill the deck", lambda: screening_page.load(desk, STAGE))
        waiting = filled_again.waiting  # type: ignore[attr-defined]
        parts.setdefault("together", []).append((time.perf_counter() - begin) * 1000)
    print(f"one person decides {name}, {decided:,} decided before (ms)")
    for part, values in parts.items():
        print_times(part, values)


def in_browser(server: Server, review_id: int) -> None:
    """From the key to the next record, and to the word that it is saved."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for sessions, think in ((1, 300), (SESSIONS, THINK)):
            pages = [opened(chromium, server, review_id, f"P{n}") for n in range(sessions)]
            seen: list[float] = []
            saved: list[float] = []
            for page in pages:  # kept on the window, so that all run at the same time
                page.evaluate(
                    f"() => {{ window.measured = ({PRESS})([{DECISIONS // 2}, {think}]); }}"
                )
            for page in pages:
                next_shown, acknowledged = page.evaluate("window.measured")
                seen += next_shown
                saved += acknowledged
            print(f"{sessions} session(s), a key each {think} ms (ms)")
            print_times("next record shown", seen)
            print_times("saved by the server", saved)
            for page in pages:
                page.context.close()


def opened(chromium: Browser, server: Server, review_id: int, name: str) -> Page:
    """The deck of a person, ready."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(120_000)
    name_oneself(page, server.url, name)
    page.goto(f"{server.url}/screening?review={review_id}")
    still(page)
    page.get_by_role("button", name="Begin").click()
    page.locator("#include:enabled").wait_for()
    return page


def print_times(what: str, values: list[float]) -> None:
    """One line of the table."""
    print(f"  {what:24}p50 {quantile(values, 0.5):8.1f}  p95 {quantile(values, 0.95):8.1f}")


def batched(all_of_them: Iterable[T], many: int) -> Iterator[list[T]]:
    """As many at a time."""
    rest = iter(all_of_them)
    while some := list(islice(rest, many)):
        yield some


def quantile(values: list[float], share: float) -> float:
    """The value below which this share lies."""
    return sorted(values)[min(len(values) - 1, round(share * len(values)))]


def machine() -> str:
    """What it was measured on."""
    return f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"


if __name__ == "__main__":
    sizes = [argument for argument in sys.argv[1:] if argument.isdigit()]
    main(int(sizes[0]) if sizes else 100_000, browser="--no-browser" not in sys.argv)
