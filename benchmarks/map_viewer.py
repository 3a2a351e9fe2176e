"""How long the map takes to be drawn in Chromium, and to be drawn again under a filter.

    python benchmarks/map_viewer.py

Two invented maps with every branch open: 800 studies, 52 rows by 31 columns, and 5,000 studies, 60
by 40; segments by design, in a window of 1280 by 900. Measured is the processor time of the page's
own thread, since the clock says as much of other programs: "work" is script, style and layout, the
rest painting; both until the next frame is drawn, and for a change by the clock from the change to
that frame, traced as it is. Median and slowest of some runs, in milliseconds.
"""

import json
import os
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright  # noqa: E402

from scripts.chromium import FLAGS, find  # noqa: E402
from tests.viewer.generated_map import generated_map  # noqa: E402
from tests.viewer.map_page import open_map  # noqa: E402

BEGIN = "rows=axis%3Aintervention&columns=axis%3Aoutcome"
BARE = "&openrows=*&opencolumns=*"
SEGMENT = "&segment=question%3Adesign"
OPEN = SEGMENT + BARE
MAPS = {"800 studies, 52 x 31": (800, 43, 24), "5,000 studies, 60 x 40": (5000, 51, 33)}
RUNS = 8
WINDOW: ViewportSize = {"width": 1280, "height": 900}
DIRECTIONS = ("better", "worse", "mixed", "no%20change")
ACTS = {
    "filter: a country": [f"{OPEN}&f=question%3Acountry~any~c{code}" for code in range(8)],
    "filter: a direction of findings": [
        f"{OPEN}&f=property%3Adirection~any~{code}" for code in DIRECTIONS
    ],
    "filter: two words": [f"{OPEN}&words=writer%20{number}" for number in range(1, 9)],
    "filter without segments": [f"{BARE}&f=question%3Acountry~any~c{code}" for code in range(8)],
    "another view (bubbles, numbers)": [f"{OPEN}&view=bubbles", OPEN],
    "rows opened, rows closed": [f"{SEGMENT}&opencolumns=*", OPEN],
    **{
        f"{page}: a country": [
            f"{behind}&page={page}&f=question%3Acountry~any~c{code}" for code in range(8)
        ]
        for page, behind in (("list", ""), ("frequencies", ""), ("crosstab", BARE + "&shares=row"))
    },
}
STILL = """async () => {
    while (document.querySelector("[aria-busy]")) await new Promise((done) => setTimeout(done, 5));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""
SHOW = """async (address) => {
    if (location.hash === `#${address}`) return 0;
    const begin = performance.now();
    const heard = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    location.hash = address;
    await heard;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begin;
}"""
WORK = ("FunctionCall", "UpdateLayoutTree", "Layout")
MAIN = "CrRendererMain"


def main() -> None:
    """Print a table for each map."""
    now = datetime.now(UTC)
    print(f"{now:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, (studies, rows, columns) in MAPS.items():
            print(f"\n{name}\n| what | work | slowest | with the frame | slowest | clock |")
            document = generated_map(studies, rows, columns)
            _row("first drawing", [_drawn(chromium, document) for _ in range(RUNS)])
            page = chromium.new_page(viewport=WINDOW)
            open_map(page, document, BEGIN + OPEN)
            for what, addresses in ACTS.items():
                page.evaluate(SHOW, BEGIN + addresses[-1])  # what the first needs is built
                _row(what, [_shown(chromium, page, address) for address in addresses])
            page.close()
        chromium.close()


def _drawn(chromium: Browser, document: dict[str, object]) -> tuple[float, float, float]:
    page = chromium.new_page(viewport=WINDOW)
    page.goto("about:blank")
    chromium.start_tracing(page=page, categories=["devtools.timeline", "toplevel"])
    open_map(page, document, BEGIN + OPEN)
    page.wait_for_function("window.drawn > 0")
    measured = _measured(chromium.stop_tracing(), page.evaluate("drawn"))
    page.close()
    return measured


def _shown(chromium: Browser, page: Page, address: str) -> tuple[float, float, float]:
    page.evaluate(STILL)
    chromium.start_tracing(page=page, categories=["devtools.timeline", "toplevel"])
    by_the_clock = page.evaluate(SHOW, BEGIN + address)
    return _measured(chromium.stop_tracing(), by_the_clock)


def _measured(trace: bytes, by_the_clock: float) -> tuple[float, float, float]:
    """Processor milliseconds of the page's thread: of script, style and layout; of everything."""
    events = json.loads(trace)["traceEvents"]
    threads = {
        (event["pid"], event["tid"])
        for event in events
        if event.get("name") == "thread_name" and event["args"]["name"] == MAIN
    }
    ours = [event for event in events if (event["pid"], event.get("tid")) in threads]
    spent: Counter[str] = Counter()
    for event in ours:
        if event.get("ph") == "X":
            spent[event["name"]] += event.get("tdur", 0) / 1000
    return sum(spent[name] for name in WORK), spent["ThreadControllerImpl::RunTask"], by_the_clock


def _row(what: str, measured: list[tuple[float, float, float]]) -> None:
    work, all_of_it, clock = zip(*measured, strict=True)
    figures = [median(work), max(work), median(all_of_it), max(all_of_it), median(clock)]
    print(f"| {what} | " + " | ".join(f"{figure:.0f}" for figure in figures) + " |", flush=True)


if __name__ == "__main__":
    main()
