"""What a browser makes of hostile text of people and files: nothing but text, on every page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
    "services",
    "directions",
    "evidence_map",
    "appraisal",
    "summary_of_findings",
}
IN_THE_DECK = {"screening"}
IN_SECTIONS = {"report"}  # it opens with one that is empty; a test of its own looks into all


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    served = Server(folder=tmp_path_factory.mktemp("hostile"), port=free_port())
    make(served.folder / "waymark.db")
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
    for _ in range(min(visiting.locator(FOLDED).count(), 3)):
        visiting.locator(FOLDED).first.click()
        still(visiting)
    shown = nothing_but_text(visiting)
    if name not in IN_TABLES | IN_THE_DECK | IN_SECTIONS:
        assert "evil" in shown


def nothing_but_text(page: Page) -> str:
    """What the page shows, after a look for what no text may become."""
    for made in MADE_OF_TEXT:
        assert page.locator(made).count() == 0, made
    assert page.evaluate("window.hacked") is None
    shown = page.locator("[data-testid=stMain]").inner_text().replace(JOINER, "")
    assert "\\" not in shown
    return shown


def test_no_text_becomes_more_than_text_in_a_section_of_the_report(
    visiting: Page, hostile: Server
) -> None:
    visiting.goto(f"{hostile.url}/{ADDRESSES['report']}?review=1")
    preview = visiting.get_by_role("region", name="Preview").last
    sections = visiting.locator(".report-editor").get_by_role("option")
    sections.first.wait_for()
    hostile_ones = 0
    for section in sections.all():
        section.click()
        expect(section).to_have_attribute("aria-selected", "true")
        expect(preview.get_by_text("The section is being fetched")).to_have_count(0)
        nothing_but_text(visiting)
        hostile_ones += "evil" in preview.inner_text().replace(JOINER, "")
    assert hostile_ones > 5
