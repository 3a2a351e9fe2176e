"""Take the pictures of README.md and docs/: every page of the example review.

    python scripts/screenshots.py

Light, dark and narrow (400 px); the files in docs/screenshots are named <page>-<kind>.png.
"""

import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from evidence.ui.shell.menu import PAGES
from scripts.chromium import FLAGS, find
from scripts.serving import ROOT, Server, free_port, name_oneself, still

FOLDER = ROOT / "docs" / "screenshots"
Scheme = Literal["light", "dark"]
KINDS: dict[str, tuple[int, Scheme]] = {
    "light": (1280, "light"),
    "dark": (1280, "dark"),
    "narrow": (400, "light"),
}
TALLEST = 2200


def main() -> None:
    """All pages in all kinds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port(), example=True)
        server.start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                for kind in KINDS:
                    pictures(browser, server, kind)
        finally:
            server.kill()


def pictures(browser: Browser, server: Server, kind: str) -> None:
    """All pages in one kind."""
    width, scheme = KINDS[kind]
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    name_oneself(page, server.url, "Eva")
    for button in ("Take part in this review", "Begin"):  # the pages of somebody who works here
        page.goto(f"{server.url}/screening?review=1")
        page.get_by_role("heading", level=1).wait_for()
        still(page)
        page.wait_for_timeout(1500)
        wanted = page.get_by_role("button", name=button)
        if wanted.count():  # in the first kind only
            wanted.first.click()
            still(page)
    for rows in PAGES.values():
        for name, _, _, address in rows:
            page.goto(f"{server.url}/{address if name != 'reviews' else ''}?review=1")
            page.get_by_role("heading", level=1).wait_for()
            still(page)
            page.wait_for_timeout(1500)
            path = FOLDER / f"{name}-{kind}.png"
            whole(page, width, path)
            print(path.relative_to(ROOT))
    context.close()


def whole(page: Page, width: int, path: Path) -> None:
    """The whole page, as far as it is not endless."""
    tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(max(tall, 600), TALLEST)})
    page.wait_for_timeout(400)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})


if __name__ == "__main__":
    main()
