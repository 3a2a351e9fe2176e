"""Take the pictures of the map's views in docs/: from the example's map as one file.

    python -m scripts.map_screenshots

Every view and page, light and dark, and on a phone and on paper; the files in docs/screenshots are
named map-<what>-<kind>.png.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2 as pdfium
from playwright.sync_api import Browser, Page, sync_playwright

from scripts.chromium import FLAGS, find
from scripts.screenshots import FOLDER, KINDS
from scripts.serving import ROOT

VIEWS = ("numbers", "bubbles", "table", "directions", "mosaic", "donut")
PAGES = ("list", "frequencies", "crosstab")
AXES = "rows=axis%3Aintervention&columns=axis%3Aoutcome&segment=question%3Adesign"
HIGH = 900
PAPER_SCALE = 1.4  # pixels for each point of the printed page


def main() -> None:
    """All views and pages in all kinds."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        file = made_map(Path(folder))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find(), args=FLAGS)
            for kind in KINDS:
                pictures(browser, file, kind)
            on_paper(browser, file)


def made_map(folder: Path) -> Path:
    """The example's map as one file."""
    file = folder / "map.html"
    for arguments in (["review", "example"], ["map", "1", "--out", str(file)]):
        subprocess.run(
            [sys.executable, "-m", "evidence", *arguments],
            check=True,
            cwd=ROOT,
            env={"WAYMARK_DATABASE": f"sqlite:///{folder / 'map.db'}"},
            stdout=subprocess.DEVNULL,
        )
    return file


def pictures(browser: Browser, file: Path, kind: str) -> None:
    """All views and pages in one kind."""
    width, scheme = KINDS[kind]
    page = browser.new_page(viewport={"width": width, "height": HIGH}, color_scheme=scheme)
    shown = {view: f"view={view}" for view in VIEWS} | {name: f"page={name}" for name in PAGES}
    for name, part in shown.items():
        if kind == "narrow" and name in VIEWS[1:]:
            continue  # on a phone the map is one list of rows, whatever the view
        look_at(page, file, f"{AXES}&{part}")
        taken(page, FOLDER / f"map-{name}-{kind}.png")
    page.close()


def look_at(page: Page, file: Path, address: str) -> None:
    """Open the map at an address, as a link does."""
    page.goto("about:blank")
    page.goto(f"{file.as_uri()}#{address}")
    page.locator(".map-viewer").wait_for()
    page.wait_for_timeout(800)


def taken(page: Page, path: Path) -> None:
    """What is in sight."""
    page.screenshot(path=path)
    print(path.relative_to(ROOT))


def on_paper(browser: Browser, file: Path) -> None:
    """The first printed page of the map."""
    page = browser.new_page(viewport={"width": 1280, "height": HIGH})
    look_at(page, file, f"{AXES}&empty=hide")
    printed = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    path = FOLDER / "map-numbers-print.png"
    printed[0].render(scale=PAPER_SCALE).to_pil().save(path)
    print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
