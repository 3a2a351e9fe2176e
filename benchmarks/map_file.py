"""How large the map as one file becomes, and how fast it opens and filters in a browser.

    python benchmarks/map_file.py [--studies 800 5000] [--times 5] [--file MAP.html]

Studies are invented: titles of words that no language has, so that packing has as much to do as
with real ones. Beside them stands, where ../shared is beside the repository, the published page of
EPPI-Mapper with 800 studies, in the same browser. “Opening” is the time from the beginning of the
navigation to the first frame after cells are drawn; “filter” from the click that applies a code to
the frame after the figures changed; there, 300 ms of it are a pause that the page itself makes.
Medians.
"""

import argparse
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from evidence.exports.map_file import map_file  # noqa: E402
from scripts.chromium import FLAGS, find  # noqa: E402
from tests.viewer.generated_map import generated_map  # noqa: E402

PUBLISHED = ROOT.parent / "shared/eppi/mapper_html/chi_homelessness_effectiveness_egm_v2.2.4.html"
SYLLABLES = tuple(first + second for first in "bdgklmnprstvw" for second in "aeiou")
WORDS, JOURNALS, NAMES = 4_000, 300, 6_000
# Said once the map has its cells and a frame was drawn since.
DRAWN = """(drawn) => new Promise((done) => {
    const look = () => document.querySelector(drawn)
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now())))
        : setTimeout(look, 5);
    look();
})"""
# A code is chosen, and where there is a button that applies the choice, this is pressed; then until
# the figures of the map are others, and a frame was drawn since.
PRESSED = """([codes, number, apply, figures]) => new Promise((done) => {
    const shown = () => document.querySelector(figures).innerHTML;
    const before = shown();
    const choices = [...document.querySelectorAll(codes)];
    if (apply) choices[number].click();
    const begin = performance.now();
    (apply ? document.querySelector(apply) : choices[number]).click();
    const look = () => {
        document.body.getBoundingClientRect();
        if (shown() === before && performance.now() < begin + 60000) setTimeout(look);
        else requestAnimationFrame(() => setTimeout(() => done(performance.now() - begin)));
    };
    look();
})"""
FILTERS = 5  # codes that are chosen, one after the other


def main() -> None:
    """Measure, and print the tables."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    options.add_argument("--studies", type=int, nargs="+", default=[800, 5000])
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--file", type=Path, nargs="*", default=[], help="other files of ours")
    asked = options.parse_args()
    print(f"Python {platform.python_version()}, {datetime.now(UTC):%Y-%m-%d}\n")
    print("| studies | long texts | file, kB | made in, s |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        files = list(_files(asked.studies, Path(folder)))
        print("\n| page | size, kB | opening, ms | filter, ms |\n|---|---|---|---|")
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
            others = [(f"ours, {path.name}", path.resolve()) for path in asked.file]
            for name, path in [*files, *others]:
                _print(name, path, [_ours(chromium, path) for _ in range(asked.times)])
            if PUBLISHED.exists():
                name = "published page of EPPI-Mapper, 800 studies"
                _print(name, PUBLISHED, [_theirs(chromium) for _ in range(asked.times)])
            chromium.close()


def _files(sizes: list[int], folder: Path) -> Iterator[tuple[str, Path]]:
    """Files without long texts, by what they are; all sizes are printed on the way."""
    for studies in sizes:
        kinds: dict[str, Callable[[dict[str, Any], Random], None]] = {
            "none": lambda _document, _random: None,
            "abstracts": _add_abstracts,
            "abstracts and quotations": add_both,
        }
        for kind, add in kinds.items():
            document = invented(studies)
            add(document, Random(studies))  # noqa: S311
            begin = time.process_time()
            data = map_file(document)
            took = time.process_time() - begin
            print(f"| {studies:,} | {kind} | {len(data) / 1000:,.0f} | {took:.2f} |")
            if kind == "none":
                path = folder / f"{studies}.html"
                path.write_bytes(data)
                yield f"ours, {studies:,} studies, 43 x 24 codes", path


def invented(studies: int) -> dict[str, Any]:
    """A document of that many studies, with findings, without long texts."""
    random = Random(studies)  # noqa: S311
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(WORDS)]
    names = ["".join(random.choices(SYLLABLES, k=2)).title() for _ in range(NAMES)]
    journals = [" ".join(random.choices(words, k=3)).title() for _ in range(JOURNALS)]
    document = generated_map(studies)
    del document["findings"]["quotation"]
    for number, reports in enumerate(document["studies"]["reports"]):
        authors = random.choices(names, k=random.randint(1, 7))
        reports[0] = {
            "type": "article",
            "title": " ".join(random.choices(words, k=random.randint(7, 18))).capitalize(),
            "authors": [f"{name}, {random.choice('ABCDEFGHJKLMNP')}." for name in authors],
            "year": document["studies"]["year"][number],
            "journal": random.choice(journals),
            "volume": str(random.randint(1, 90)),
            "issue": str(random.randint(1, 12)),
            "pages": f"{(first := random.randint(1, 900))}-{first + random.randint(1, 30)}",
            "doi": f"10.{random.randint(1000, 9999)}/{random.randrange(16**9):09x}",
        }
        document["studies"]["label"][number] = f"{authors[0]} {reports[0]['year']}"
    return document


def _add_abstracts(document: dict[str, Any], random: Random) -> None:
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(WORDS)]
    for reports in document["studies"]["reports"]:
        reports[0]["abstract"] = " ".join(random.choices(words, k=random.randint(120, 280)))


def add_both(document: dict[str, Any], random: Random) -> None:
    """Give an invented document abstracts and quotations."""
    _add_abstracts(document, random)
    words = ["".join(random.choices(SYLLABLES, k=random.randint(1, 4))) for _ in range(WORDS)]
    document["findings"]["quotation"] = [
        " ".join(random.choices(words, k=random.randint(10, 40)))
        for _ in document["findings"]["study"]
    ]


def _opened(chromium: Browser, path: Path, drawn: str) -> tuple[Page, float]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(180_000)
    page.goto(path.as_uri(), wait_until="commit")
    return page, page.evaluate(DRAWN, drawn)


def _ours(chromium: Browser, path: Path) -> tuple[float, float]:
    page, opening = _opened(chromium, path, ".map-table .map-cell")
    page.get_by_role("button", name="Filter").click()
    page.locator(".map-filter-section summary", has_text="Country").first.click()
    codes = ".map-codes input[type=checkbox]"
    page.locator(codes).first.wait_for(state="attached")
    asked = [[codes, number, "", ".map-table"] for number in range(FILTERS)]
    filters = [page.evaluate(PRESSED, each) for each in asked]
    page.context.close()
    return opening, median(filters)


def _theirs(chromium: Browser) -> tuple[float, float]:
    page, opening = _opened(chromium, PUBLISHED, "td.cell .data")
    codes = ".filter-wrapper ul ul li"
    asked = [[codes, number, "#update", ".pivot-table .body"] for number in range(FILTERS)]
    filters = [page.evaluate(PRESSED, each) for each in asked]
    page.context.close()
    return opening, median(filters)


def _print(name: str, path: Path, times: list[tuple[float, float]]) -> None:
    opening, filters = (median(column) for column in zip(*times, strict=True))
    size = path.stat().st_size / 1000
    print(f"| {name} | {size:,.0f} | {opening:,.0f} | {filters:,.0f} |")


if __name__ == "__main__":
    main()
