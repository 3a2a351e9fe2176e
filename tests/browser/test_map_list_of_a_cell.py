"""The list of a cell's studies beside the map: the cell stays in sight, and one comes back."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.viewer.generated_map import generated_map
from tests.viewer.map_page import open_map

pytestmark = pytest.mark.browser
AXES = "rows=axis%3Aintervention&columns=axis%3Aoutcome&openrows=*&opencolumns=*"
FAR = "[data-part=cell][data-row='46'][data-column='28']"
PLACE = "one => [one.scrollLeft, one.scrollTop]"
# Whether a cell can be clicked: nothing lies over it, neither heads, totals nor the list.
IS_SEEN = """one => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return [[1, 1], [width - 1, height - 1]]
        .every(([x, y]) => one.contains(document.elementFromPoint(left + x, top + y)));
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


def heads_are_seen(page: Page) -> bool:
    heads = ("th[data-head=row][data-position='46']", "th[data-head=column][data-position='28']")
    return all(page.locator(head).evaluate(IS_SEEN) for head in heads)


@pytest.mark.parametrize("width", [1280, 900])
def test_a_clicked_cell_stays_in_sight_and_closing_leads_back(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_map(page, generated_map(200, 43, 24), AXES)
    scroll = page.locator(".map-scroll")
    scroll.evaluate("one => one.scrollTo(one.scrollWidth, one.scrollHeight)")
    before = scroll.evaluate(PLACE)
    page.locator(FAR).click()
    expect(page.get_by_role("region", name="Studies")).to_be_visible()
    assert page.locator(FAR).evaluate(IS_SEEN)
    assert heads_are_seen(page)
    page.keyboard.press("Escape")
    assert scroll.evaluate(PLACE) == before
    assert page.locator(FAR).evaluate("one => one === document.activeElement")
    # Who went elsewhere meanwhile comes back to where they went.
    page.locator(FAR).click()
    scroll.evaluate("one => one.scrollTo(0, 0)")
    page.locator("tbody .map-cell").first.click()
    assert page.locator("tbody .map-cell").first.evaluate(IS_SEEN)
    page.get_by_role("button", name="Close the list").click()
    assert scroll.evaluate(PLACE) == [0, 0]


def test_a_link_to_a_cell_shows_it_beside_its_list(page: Page) -> None:
    open_map(page, generated_map(200, 43, 24), f"{AXES}&at=i7.34,o6.6")
    cell = page.locator("[data-part=cell][data-row='46'][data-column='28']")
    assert cell.evaluate(IS_SEEN)


def test_codes_that_the_scheme_does_not_have_are_told_where_studies_are_that_stand_nowhere(
    page: Page,
) -> None:
    strays: list[Any] = [["axis:intervention", "<b>retired", 2], ["question:country", "lost", 1]]
    open_map(page, generated_map(20, 9, 7, strays=strays), "")
    page.get_by_role("button", name="2 codes not in the scheme").click()
    panel = page.get_by_role("region", name="Studies")
    expect(panel.get_by_role("heading", name="Not on this map")).to_be_focused()
    lines = panel.locator(".map-strays li")
    expect(lines).to_have_text(["Intervention: <b>retired (2 studies)", "Country: lost (1 study)"])
    open_map(page, generated_map(20, 9, 7), "")
    expect(page.get_by_role("button", name="not in the scheme")).to_be_hidden()


def test_small_marks_say_which_view_can_be_read_better(page: Page) -> None:
    segmented = f"{AXES}&segment=question%3Adesign"
    open_map(page, generated_map(50, 43, 24), f"{segmented}&view=donut")
    told = "the marks are small: Numbers or Table can be read better"
    expect(page.locator(".map-caption")).to_contain_text(f"31 columns and 5 segments {told}")
    page.get_by_role("button", name="Numbers").click()
    expect(page.locator(".map-caption")).not_to_contain_text(told)
