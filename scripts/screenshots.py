"""Take the pictures of README.md and docs/: every page of the example review.

    python scripts/screenshots.py [PAGE ...]

Light, dark and narrow (400 px); the files in docs/screenshots are named <page>-<kind>.png. Beside
the pages of the menu, `public` is the page that readers without an account open. The pages of
practice come last and show invented services of an exercise, which say so in their names.
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Browser, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.ui.shell.menu import PAGES
from scripts.chromium import FLAGS, find
from scripts.exercise_services import put_exercise_on
from scripts.serving import ROOT, Server, free_port, name_oneself, still
from scripts.written_example import write_on_example

FOLDER = ROOT / "docs" / "screenshots"
Scheme = Literal["light", "dark"]
KINDS: dict[str, tuple[int, Scheme]] = {
    "light": (1280, "light"),
    "dark": (1280, "dark"),
    "narrow": (400, "light"),
}
TALLEST = 2200
PRACTICE = "Practice"
VIEWS = {
    "fidelity": {"fidelity-report": "One assessment", "fidelity-trend": "Over time"},
    "monitoring": {"monitoring-published": "Published figures"},
}
"""Further pictures of a page, each with the button or tab that leads there."""


def main() -> None:
    """All pages in all kinds, or those that are named."""
    wanted = set(sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port(), example=True)
        server.start()
        try:
            token = write_on_example(server.database, "Eva")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                for kind in KINDS:
                    pictures(browser, server, kind, wanted)
                    if not wanted or "public" in wanted:
                        public_pictures(browser, f"{server.url}/public/{token}/", kind)
                put_exercise_on(server.database, "Eva")
                for kind in KINDS:
                    practice_pictures(browser, server, kind, wanted)
        finally:
            server.kill()


def public_pictures(browser: Browser, address: str, kind: str) -> None:
    """What readers open, in one kind."""
    width, scheme = KINDS[kind]
    context = browser.new_context(viewport={"width": width, "height": 600}, color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    kept(page, FOLDER / f"public-{kind}.png", full_page=True)
    context.close()


def pictures(browser: Browser, server: Server, kind: str, wanted: set[str]) -> None:
    """All pages in one kind, or those that are wanted, but for those of practice."""
    width, scheme = KINDS[kind]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    name_oneself(page, server.url, "Eva")
    for button in ("Take part in this review", "Begin"):  # the pages of somebody who works here
        page.goto(f"{server.url}/screening?review=1")
        page.get_by_role("heading", level=1).wait_for()
        still(page)
        page.wait_for_timeout(1500)
        button_there = page.get_by_role("button", name=button)
        if button_there.count():  # in the first kind only
            button_there.first.click()
            still(page)
    for section, rows in PAGES.items():
        for name, _, _, address in rows:
            if section != PRACTICE and (not wanted or name in wanted):
                page_picture(page, server, (name, address), kind)
    context.close()


def practice_pictures(browser: Browser, server: Server, kind: str, wanted: set[str]) -> None:
    """The pages of practice in one kind, with their further views."""
    width, scheme = KINDS[kind]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    name_oneself(page, server.url, "Eva")
    for name, _, _, address in PAGES[PRACTICE]:
        if wanted and name not in wanted:
            continue
        page_picture(page, server, (name, address), kind)
        for view, words in VIEWS.get(name, {}).items():
            page.get_by_text(words, exact=True).first.click()
            still(page)
            page.wait_for_timeout(1500)
            whole(page, width, FOLDER / f"{view}-{kind}.png")
    context.close()


def page_picture(page: Page, server: Server, named: tuple[str, str], kind: str) -> None:
    """A page of the menu, by its name and its address."""
    name, address = named
    page.goto(f"{server.url}/{address if name != 'reviews' else ''}?review=1")
    page.get_by_role("heading", level=1).wait_for()
    still(page)
    page.wait_for_timeout(1500)
    whole(page, KINDS[kind][0], FOLDER / f"{name}-{kind}.png")


def whole(page: Page, width: int, path: Path) -> None:
    """The whole page, as far as it is not endless, when all of it has come."""
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(tall, 600), TALLEST)})
    page.wait_for_timeout(400)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=60_000)
    kept(page, path)
    page.set_viewport_size({"width": width, "height": 900})


def kept(page: Page, path: Path, *, full_page: bool = False) -> None:
    """Take a picture and keep it small: pages have few colours."""
    page.screenshot(path=path, full_page=full_page)
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
