"""What a browser makes of hostile text of people and files: nothing but text, on every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from evidence.ui.shell.menu import PAGES
from evidence.ui.shell.wording import JOINER
from scripts.serving import Server, free_port, name_oneself, still
from tests.pages.hostile import make

pytestmark = pytest.mark.journey
ADDRESSES = {name: address for rows in PAGES.values() for name, *_, address in rows}
MADE_OF_TEXT = (
    "a[href*='evil']:not([href^='#'])",  # those with # lead to a heading of the page
    ".katex",
    "img[src='x']",
    "[class*=stMarkdownColored]",
    "[aria-label='home icon']",
    "img[alt='Streamlit logo']",
    "h1:text('head')",
)
FOLDED = "[data-testid=stExpander] details:not([open]) > summary"
IN_TABLES = {
    "counts",
    "decisions",
    "team",
    "records",
    "directions",
    "evidence_map",
    "appraisal",
    "summary_of_findings",
}
IN_THE_DECK = {"screening"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    served = Server(folder=tmp_path_factory.mktemp("hostile"), port=free_port())
    make(served.database)
    served.start()
    yield served
    served.kill()


@pytest.fixture(scope="module")
def visiting(hostile: Server, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    name_oneself(page, hostile.url, "Example reader")
    yield page
    context.close()


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_text_becomes_more_than_text(visiting: Page, hostile: Server, name: str) -> None:
    address = "" if name == "reviews" else ADDRESSES[name]
    visiting.goto(f"{hostile.url}/{address}?review=1")
    visiting.get_by_role("heading", level=1).wait_for()
    still(visiting)
    for _ in range(min(visiting.locator(FOLDED).count(), 2)):
        visiting.locator(FOLDED).first.click()
        still(visiting)
    for made in MADE_OF_TEXT:
        assert visiting.locator(made).count() == 0, made
    assert visiting.evaluate("window.hacked") is None
    shown = visiting.locator("[data-testid=stMain]").inner_text().replace(JOINER, "")
    assert "\\" not in shown
    if name not in IN_TABLES | IN_THE_DECK:
        assert "evil" in shown
