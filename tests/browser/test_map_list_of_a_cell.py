"""The list of a cell's studies beside the map: the cell stays in sight, and one comes back."""

import re
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


@pytest.mark.parametrize("width", [1280, 900, 760])
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


@pytest.mark.parametrize("shown", ["map", "crosstab"])
def test_the_cell_whose_studies_are_listed_is_marked_and_no_other(page: Page, shown: str) -> None:
    open_map(page, generated_map(60, 12, 9), f"rows=axis%3Aintervention&page={shown}")
    cells = page.locator(".map-cell" if shown == "map" else ".map-cross")
    marked = page.locator("[aria-current=true]")
    for at in (1, 3):
        cells.nth(at).focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(marked).to_have_count(1)
        assert cells.nth(at).get_attribute("aria-current") == "true"
        assert marked.evaluate("one => getComputedStyle(one).outlineWidth") == "3px"
    page.keyboard.press("Escape")
    expect(marked).to_have_count(0)
    page.emulate_media(forced_colors="active")
    cells.nth(2).click()
    assert marked.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_no_hint_of_another_cell_stays_where_the_map_scrolls_under_the_pointer(page: Page) -> None:
    open_map(page, generated_map(200, 43, 24), AXES)
    page.locator(".map-scroll").evaluate("one => one.scrollTo(one.scrollWidth, 300)")
    page.locator("[data-part=cell][data-row='20'][data-column='30']").click()
    box = page.locator(".map-table")
    expect(box).to_have_class(re.compile("resting"))
    page.wait_for_timeout(500)  # the hint waits, too
    expect(page.get_by_role("tooltip")).to_be_hidden()
    assert page.locator("th.here").count() == 0
    page.locator("tbody .map-cell").nth(40).hover()
    expect(box).not_to_have_class(re.compile("resting"))
    expect(page.get_by_role("tooltip")).to_be_visible()


def test_a_study_that_is_opened_with_the_keyboard_shows_its_citation(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 640})
    open_map(page, generated_map(200, 12, 9), "")
    page.locator(".map-cell").last.click()
    inside = page.locator(".map-panel-inside")
    for at in (9, 4, 12):
        page.locator(".map-study").nth(at).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".map-card")).to_be_visible()
        box, study, line = (
            one.bounding_box()
            for one in (
                inside,
                page.locator(".map-study").nth(at),
                page.locator(".map-card p").first,
            )
        )
        assert box
        assert study
        assert line
        assert box["y"] <= study["y"]
        assert line["y"] + line["height"] <= box["y"] + box["height"]
        page.keyboard.press("Enter")


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


def test_the_legend_has_the_segments_that_a_study_has_and_no_other(page: Page) -> None:
    document = generated_map(40, 12, 9)
    design = next(one for one in document["dimensions"] if one["id"] == "question:design")
    design["codes"] = [min(code, 2) for code in design["codes"]]
    open_map(page, document, f"{AXES}&segment=question%3Adesign&view=bubbles")
    legend = page.get_by_role("list", name="Legend")
    expect(legend).to_contain_text("Before and after")
    expect(legend).not_to_contain_text("Ongoing")
    expect(legend.locator(".swatch")).to_have_count(3)


@pytest.mark.parametrize("width", [1280, 960])
def test_drawer_and_list_stand_beside_the_map_and_not_over_it(page: Page, width: int) -> None:
    """At 960, too, which is the app's column in a window of 1,280."""
    page.set_viewport_size({"width": width, "height": 900})
    open_map(page, generated_map(60, 12, 9), "rows=axis%3Aintervention")
    boxes = [page.locator(f".map-{part}") for part in ("scroll", "drawer", "panel")]

    def apart() -> list[bool]:
        """Of each of them that is seen, whether it lies over another."""
        seen = [box for box in (one.bounding_box() for one in boxes) if box]
        return [
            a["x"] + a["width"] <= b["x"]
            or b["x"] + b["width"] <= a["x"]
            or a["y"] + a["height"] <= b["y"]
            for at, a in enumerate(seen)
            for b in seen[at + 1 :]
        ]

    page.get_by_role("button", name="Filter").click()
    assert apart() == [True]
    assert page.locator(".map-cell").first.evaluate(IS_SEEN)
    page.locator(".map-cell").first.click()
    assert apart() == [True] * 3
    assert page.locator(".map-cell").first.evaluate(IS_SEEN)
    page.get_by_role("button", name="Filter").click()
    assert apart() == [True]
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_an_empty_cell_says_once_that_it_has_no_study(page: Page) -> None:
    open_map(page, generated_map(6, 12, 9), "rows=axis%3Aintervention")
    expect(page.locator(".map-table")).not_to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name=re.compile(": no study$")).first.click()
    inside = page.locator(".map-panel-inside")
    assert len(re.findall("stud(y|ies)", inside.inner_text())) == 1
