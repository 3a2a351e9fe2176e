"""All studies as a table on the page Coding: ticking some, coding them at once, opening one."""

import pytest
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as TooLate

from evidence.steps.coding import coding
from evidence.steps.desk import Desk
from scripts.serving import Server, still
from tests.browser.conftest import visit
from tests.browser.test_coding import people_field, stored, two_studies
from tests.browser.test_screening import eva

pytestmark = [pytest.mark.browser, pytest.mark.journey]
ROW = 33  # pixels of a row of the table
BOXES = 20  # pixels from its left edge to the boxes


def all_studies(page: Page) -> None:
    page.get_by_test_id("stExpander").get_by_text("All studies").click()
    still(page)


def click_row(page: Page, row: int, right: int) -> None:
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    table.click(position={"x": right, "y": ROW * (row + 1.5)})
    still(page)


def choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    wanted = page.get_by_role("option", name=option)
    for _ in range(3):  # a page that is drawn anew just then closes the list
        box.click()
        box.fill(option)
        try:
            wanted.click(timeout=3_000)
            break
        except TooLate:
            page.keyboard.press("Escape")
    still(page)


def test_ticked_studies_are_coded_at_once_the_desk_shows_it_and_undo_outlives_a_reload(
    page: Page, server: Server, desk: Desk
) -> None:
    first, second = two_studies(desk)
    visit(page, server, desk, "coding")
    yes = page.get_by_role("radio", name="Yes")
    expect(yes).not_to_be_checked()
    people_field(page).fill("about 14")  # is not left yet when the desk looks again
    all_studies(page)
    click_row(page, 0, BOXES)
    page.get_by_role("radio", name="Put a code on or off").click()
    still(page)
    choose(page, "Question", "Were they told?")
    choose(page, "Code", "Yes")
    expect(page.get_by_text("1 study gets the code")).to_be_visible()
    page.get_by_role("button", name="Put the code on in 1 study").click()
    expect(yes).to_be_checked()
    expect(people_field(page)).to_have_value("about 14")
    stored(page, desk, first, {"people": "about 14", "told": "yes"})
    assert not coding.sheet(eva(desk), second).rows
    page.reload()
    still(page)
    all_studies(page)
    page.get_by_role("button", name="Undo in 1 study").click()
    expect(yes).not_to_be_checked()
    stored(page, desk, first, {"people": "about 14"})


def test_a_click_on_a_study_opens_it_once_and_does_not_call_one_back(
    page: Page, server: Server, desk: Desk
) -> None:
    two_studies(desk)
    visit(page, server, desk, "coding")
    place = page.locator(".place")
    all_studies(page)
    click_row(page, 1, 120)
    expect(place).to_contain_text("2 of 2")
    page.locator(".about-study").click()
    page.get_by_role("button", name="Previous study").click()
    expect(place).to_contain_text("1 of 2")
    still(page)
    expect(place).to_contain_text("1 of 2")
