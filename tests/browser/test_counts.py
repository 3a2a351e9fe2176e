"""Counts are explored by mouse and by keyboard; what is explored keeps nobody out."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts.accessibility import found_in_all_modes, opened
from scripts.serving import Server, free_port, name_oneself, still
from tests.steps.prepared import example_database

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Page]:
    """The tab Studies of the example, whose charts may ask nothing of other machines."""
    folder = tmp_path_factory.mktemp("counts")
    served = Server(folder=folder, port=free_port(), closed=True)
    (folder / "waymark.db").write_bytes(example_database())
    served.start()
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    name_oneself(page, served.url, "Eva")
    opened(page, served.url, "counts")
    page.get_by_role("tab", name="Studies").click()
    still(page)
    yield page
    assert served.tried() == []
    context.close()
    served.kill()


def press(page: Page, group: str, name: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_role("radio", name=name, exact=True).click()
    still(page)


def click(mark: Locator) -> None:
    """Below the layer that takes the pointer; plotly looks what is there before it is pressed."""
    mark.page.wait_for_timeout(500)  # plotly draws what came anew a moment after the page is still
    mark.hover(force=True)
    expect(mark.page.locator(".hoverlayer .hovertext")).to_be_visible()
    mark.click(force=True)
    still(mark.page)


def choose_by_key(page: Page, box: str, words: str) -> None:
    page.get_by_role("combobox", name=box).focus()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    still(page)


def test_a_bar_that_is_clicked_or_chosen_by_key_lists_its_studies(studies: Page) -> None:
    press(studies, "Count studies by", "Question")
    press(studies, "Show as", "Explore")
    choose_by_key(studies, "Studies of", "Canada")
    expect(studies.get_by_text("1 study", exact=True)).to_be_visible()
    expect(studies.get_by_role("listitem").filter(has_text="2006").first).to_be_visible()
    click(studies.locator(".barlayer .point path").nth(1))
    expect(studies.get_by_text("5 studies", exact=True)).to_be_visible()
    choose_by_key(studies, "Read the coding of a study", "South Carolina")
    expect(studies.get_by_role("heading", name="South Carolina")).to_be_visible()


def test_a_cell_that_is_clicked_or_chosen_by_key_lists_its_studies(studies: Page) -> None:
    press(studies, "Count studies by", "Two questions")
    press(studies, "Show as", "Explore")
    choose_by_key(studies, "Studies of the row", "Canada")
    expect(studies.get_by_text("1 study", exact=True)).to_be_visible()
    click(studies.locator(".scatterlayer .point").first)
    expect(studies.get_by_role("combobox", name="And of the column")).not_to_have_value("")


@pytest.mark.parametrize("view", ["Question", "Year", "Two questions"])
def test_axe_finds_nothing_serious(studies: Page, view: str) -> None:
    press(studies, "Count studies by", view)
    press(studies, "Show as", "Explore")
    assert found_in_all_modes(studies) == {}
