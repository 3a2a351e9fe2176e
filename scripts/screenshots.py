"""Take the pictures of README.md and docs/: every page of the example review.

    python scripts/screenshots.py [PAGE ...]

Light, dark and narrow (400 px); the files in docs/screenshots are named <page>-<kind>.png. Beside
the pages of the menu, `public` is the page that readers without an account open.
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
    """All pages in one kind, or those that are wanted."""
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
    for rows in PAGES.values():
        for name, _, _, address in rows:
            if wanted and name not in wanted:
                continue
            page.goto(f"{server.url}/{address if name != 'reviews' else ''}?review=1")
            page.get_by_role("heading", level=1).wait_for()
            still(page)
            page.wait_for_timeout(1500)
            path = FOLDER / f"{name}-{kind}.png"
            whole(page, width, path)
    context.close()


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
