"""Look for what keeps people out, with axe-core: every page of the example review in every mode.

    python -m scripts.accessibility

writes the table of docs/accessibility.md. The browser's tests ask the same of every page.
"""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, sync_playwright

from evidence.ui.shell.menu import PAGES
from scripts.chromium import FLAGS, find
from scripts.serving import ROOT, Server, free_port, name_oneself, still

DOCUMENT = ROOT / "docs" / "accessibility.md"
BEGIN = "<!-- made by scripts/accessibility.py from here on -->"
Scheme = Literal["light", "dark"]
MODES: dict[str, tuple[int, Scheme]] = {
    "light": (1300, "light"),
    "dark": (1300, "dark"),
    "400 px": (400, "light"),
}
ADDRESSES = {
    name: "" if name == "reviews" else address
    for rows in PAGES.values()
    for name, _, _, address in rows
}
TITLES = {name: title for rows in PAGES.values() for name, title, *_ in rows}
SERIOUS = {"serious", "critical"}
ASKED = {"heading-order"}  # axe calls it moderate; who listens to a page goes by its headings


@dataclass(frozen=True, slots=True)
class Excepted:
    """What is Streamlit's own and cannot be mended here.

    Attributes:
        rules: of axe.
        within: a selector; what it holds is excepted.
        why: in a sentence.
    """

    rules: frozenset[str]
    within: str
    why: str


EXCEPTED = (
    Excepted(
        frozenset({"list", "listitem"}),
        "[data-testid=stSidebarNavItems]",
        "Streamlit's list of pages has its headings of sections inside of the list.",
    ),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What axe found at one element.

    Attributes:
        is_excepted: whether it is Streamlit's own.
    """

    rule: str
    html: str
    is_excepted: bool

    def __str__(self) -> str:
        return f"{self.rule}: {self.html[:300]}"


def findings(page: Page) -> list[Finding]:
    """What is serious on the page as it stands, and what is asked of headings."""
    found = []
    for violation in Axe().run(page).response["violations"]:
        rule = violation["id"]
        if violation["impact"] not in SERIOUS and rule not in ASKED:
            continue
        for node in violation["nodes"]:
            excepted = any(
                rule in one.rules and _stands_in(page, node["target"], one.within)
                for one in EXCEPTED
            )
            found.append(Finding(rule, node["html"], excepted))
    return found


def _stands_in(page: Page, target: list[str | list[str]], within: str) -> bool:
    """Whether an element, as axe names it, is the place or in it; not in a component of ours."""
    if len(target) != 1 or not isinstance(target[0], str):
        return False
    script = "([at, within]) => !!document.querySelector(at)?.closest(within)"
    return bool(page.evaluate(script, [target[0], within]))


def opened(page: Page, url: str, name: str) -> None:
    """A page of the example review, drawn to its end."""
    page.goto(f"{url}/{ADDRESSES[name]}?review=1")
    page.get_by_role("heading", level=1).wait_for()
    still(page)
    page.get_by_test_id("stSkeleton").first.wait_for(state="detached")  # what is still being loaded


def modes(page: Page) -> Iterator[str]:
    """The page that is open in one mode after the other."""
    for mode, (width, scheme) in MODES.items():
        page.set_viewport_size({"width": width, "height": 1000})
        page.emulate_media(color_scheme=scheme)
        page.wait_for_timeout(300)
        still(page)
        yield mode


def main() -> None:
    """Measure all pages and write the table."""
    with tempfile.TemporaryDirectory() as folder:
        server = Server(folder=Path(folder), port=free_port(), example=True)
        server.start()
        try:
            with sync_playwright() as playwright:
                chromium = playwright.chromium.launch(executable_path=find(), args=FLAGS)
                rows = list(_rows(chromium, server.url))
        finally:
            server.kill()
    heads = ["page", *MODES]
    lines = [heads, ["---"] * len(heads), *rows]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    reasons = "\n".join(f"- {', '.join(sorted(one.rules))}: {one.why}" for one in EXCEPTED)
    kept = DOCUMENT.read_text(encoding="utf-8").split(BEGIN)[0]
    DOCUMENT.write_text(f"{kept}{BEGIN}\n\n{table}\n\n{reasons}\n", encoding="utf-8")


def _rows(chromium: Browser, url: str) -> Iterator[list[str]]:
    page = chromium.new_context().new_page()
    name_oneself(page, url, "Eva")
    for name, title in TITLES.items():
        opened(page, url, name)
        cells = []
        for _ in modes(page):
            found = findings(page)
            ours = sum(not finding.is_excepted for finding in found)
            cells.append(f"{ours} ({len(found) - ours})")
        print(name, *cells)
        yield [re.sub(r"\s+", " ", title), *cells]


if __name__ == "__main__":
    main()
