"""What the coding desk needs in the browser with a large scheme, without a server.

The page is that of the browser tests; what it fetches is in memory before anything is measured.
Each key is measured twice: until all that it changed is laid out, and until the next frame is
drawn, which waits for the screen for up to 17 ms.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.coding_review import large_scheme
from evidence.coding.scheme import Scheme
from evidence.steps.coding.desk_sheet import scheme_data
from evidence.steps.coding.schemes import TakenScheme
from evidence.store.coding.schemes import SchemeVersion
from scripts.chromium import FLAGS, find
from tests.browser.desk_page import open_desk

DRAWN = 12  # times that a scheme is drawn anew
KEYS = 20  # times that each key is pressed
TICKED = 20  # codes of a coded study

# Notes when the page begins to draw (what it fetched is read) and when the first frame is drawn.
WATCH = """
window.drawing = { begin: 0, shown: 0 };
const json = Response.prototype.json;
Response.prototype.json = async function () {
    const text = await this.text();
    if (!window.drawing.shown) window.drawing.begin = performance.now();
    return JSON.parse(text);
};
window.kept = new Map();
const plain = window.fetch.bind(window);
window.fetch = async (address, options) => {
    const name = String(address);
    if (!name.includes("coding-desk/")) return plain(address, options);
    if (!window.kept.has(name)) window.kept.set(name, await (await plain(address, options)).text());
    const headers = { "content-type": "application/json" };
    return new Response(window.kept.get(name), { headers });
};
const watch = () => {
    const root = document.querySelector("#host")?.shadowRoot;
    const rows = root?.querySelectorAll(".panes:not([hidden]) .row").length;
    if (!rows) return requestAnimationFrame(watch);
    requestAnimationFrame(() => { window.drawing.shown = performance.now(); });
};
requestAnimationFrame(watch);
"""

PRESS = """
async ([act, times]) => {
    const root = document.querySelector("#host").shadowRoot;
    const frame = () => new Promise(requestAnimationFrame);
    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
    const press = (key) => {
        const options = { key, bubbles: true, composed: true, cancelable: true };
        (root.activeElement ?? document.body).dispatchEvent(new KeyboardEvent("keydown", options));
    };
    const tree = root.querySelector("[role=tree]");
    const focused = () => tree.querySelector("[tabindex='0']");
    const closed = () => [...tree.querySelectorAll("[aria-expanded=false]")];
    const search = root.querySelector("#pane-scheme input[type=search]");
    const words = ["o", "on", "of", "in", "st", "pro", "a", "as", "er", "data"];
    const acts = {
        tick: () => press(" "),
        move: () => press("ArrowDown"),
        branch: () => press(focused().getAttribute("aria-expanded") === "true" ? "ArrowLeft" : "ArrowRight"),
        filter: (n) => { search.value = words[n % words.length]; search.dispatchEvent(new Event("input", { bubbles: true })); },
        study: (n) => press(n % 2 ? "[" : "]"),
    };
    focused()?.focus();
    if (act === "branch") {
        const branch = closed()[0] ?? tree.querySelector("[aria-expanded=true]");
        branch.focus();
    }
    const work = [], shown = [];
    const label = root.querySelector(".about-study");
    for (let n = 0; n < times; n++) {
        await pause(60);
        await frame();
        await pause(2 + (n * 7) % 14);
        const before = label.textContent;
        const begin = performance.now();
        acts[act](n);
        if (act === "study") {
            for (let left = 2000; left && label.textContent === before; left--) await new Promise((done) => { const port = new MessageChannel(); port.port1.onmessage = done; port.port2.postMessage(0); });
            if (label.textContent === before) throw new Error("the study did not change");
        }
        root.host.getBoundingClientRect();
        tree.offsetHeight;
        work.push(performance.now() - begin);
        await frame();
        await new Promise((done) => { const port = new MessageChannel(); port.port1.onmessage = done; port.port2.postMessage(0); });
        shown.push(performance.now() - begin);
        if (act === "study") await pause(100);
    }
    if (act === "filter") { search.value = ""; search.dispatchEvent(new Event("input", { bubbles: true })); }
    return [work, shown];
}
"""  # noqa: E501 - one line for each act
ACTS = {
    "tick": "tick, untick",
    "move": "to the next code",
    "branch": "open, close a branch",
    "filter": "a letter of the filter",
    "study": "next study",
}


def in_browser(codeset: Path) -> dict[str, list[float]]:
    """Milliseconds by what was measured, for a study with some ticks and for one with all open."""
    scheme = large_scheme(codeset)
    codes = list(scheme.questions[0].walk())
    some = [code.id for code in codes[:: max(1, len(codes) // TICKED)]]
    everywhere = [code.id for code in codes if not code.options]
    measured: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
        for name, ticked in ((f"{len(some)} ticks", some), ("all open", everywhere)):
            first_drawings: list[float] = []
            for _ in range(DRAWN):
                page = _opened(chromium, scheme, ticked)
                first_drawings.append(page.evaluate("drawing.shown - drawing.begin"))
                rows = page.locator(".row").count()
                page.context.close()
            measured[f"{name}: first drawing ({rows:,} rows)"] = first_drawings
            page = _opened(chromium, scheme, ticked)
            for act, what in ACTS.items():
                work, shown = page.evaluate(PRESS, [act, KEYS])
                measured[f"{name}: {what}"] = work
                measured[f"{name}: {what}, frame"] = shown
            page.context.close()
        chromium.close()
    return measured


def _opened(chromium: Browser, scheme: Scheme, ticked: list[str]) -> Page:
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(WATCH)
    sheets = {1: _sheet(1, "First 2001", scheme, ticked), 2: _sheet(2, "Second 2003", scheme, [])}
    open_desk(page, _told(scheme), sheets)
    page.wait_for_function("drawing.shown > 0")
    page.evaluate("fetch('coding-desk/study/1?scheme=1'); fetch('coding-desk/study/2?scheme=1')")
    page.wait_for_function("kept.size >= 3")
    return page


def _told(scheme: Scheme) -> dict[str, Any]:
    version = SchemeVersion(
        id=1, scheme_id=1, name=scheme.id, number=1, version=scheme.version, yaml="", by="",
        at=datetime.now(UTC),
    )  # fmt: skip
    return scheme_data(TakenScheme(id=1, version=version, scheme=scheme))


def _sheet(study: int, label: str, scheme: Scheme, ticked: list[str]) -> dict[str, Any]:
    report = {"work_id": study, "title": "A report", "authors": "Example, A.", "year": 2001,
              "journal": "J", "abstract": "Of 143 people 74 were in the first group. " * 30,
              "documents": []}  # fmt: skip
    answers = [
        {"question": "codes", "code": code, "arm": "", "chosen": True, "value": "", "note": ""}
        for code in ticked
    ]
    return {"study": {"id": study, "label": label, "reports": [report]},
            "schemes": [{"id": 1, "title": scheme.title, "version_id": 1}], "scheme_id": 1,
            "version_id": 1, "state": "draft", "others": [], "arms": [], "time_points": [],
            "answers": answers, "findings": [], "quotations": []}  # fmt: skip
