"""The report of fidelity and the page of monitoring, with data, on a telephone as well."""

import pytest
from playwright.sync_api import Page, expect

from evidence.steps.desk import Desk
from scripts.exercise_services import exercise
from scripts.serving import Server, still
from tests.browser.conftest import visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]
NARROW = 400


def fits(page: Page) -> bool:
    """Whether all figures are in sight on a telephone, none of them in a frame that scrolls."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    still(page)
    figures = page.locator("[class*='st-key-on-phone-'] img:visible")
    expect(figures.first).to_be_visible()
    expect(page.locator("[class*='st-key-scroll-page-']:visible")).to_have_count(0)
    boxes = [figures.nth(at).bounding_box() for at in range(figures.count())]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW for box in boxes)
    return bool(page.evaluate("document.documentElement.scrollWidth") == NARROW)


def test_an_assessment_is_read_as_a_report_and_taken_along(
    page: Page, server: Server, desk: Desk
) -> None:
    exercise(desk)
    visit(page, server, desk, "fidelity")
    page.get_by_text("One assessment", exact=True).click()
    still(page)
    expect(page.get_by_role("img", name="74 of 25 to 125: fair.")).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name="PNG").click()
    assert taken.value.suggested_filename == ("fidelity-exercise-service-a-invented-2025-06-02.png")
    page.get_by_text("Over time", exact=True).click()
    still(page)
    expect(page.get_by_role("img", name="2025-06-02 74, 2026-06-01 99")).to_be_visible()
    assert fits(page)


def test_quarters_users_who_took_part_and_published_figures_are_seen(
    page: Page, server: Server, desk: Desk
) -> None:
    exercise(desk)
    visit(page, server, desk, "monitoring")
    expect(page.get_by_role("img", name="Retained paid employment: 2025-Q4 9")).to_be_visible()
    took_part = "Exercise service A (invented): 2025-Q4 2, 2026-Q1 3, 2026-Q2 5"
    expect(page.get_by_role("img", name=took_part)).to_be_visible()
    page.get_by_role("tab", name="Published figures").click()
    still(page)
    beside = page.get_by_role("img", name="(invented) beside published figures")
    expect(beside).to_be_visible()
    for words in ("2026-Q2: 15 of 17 (88.2%)", "2004/05, Kept paid employment", "237 of 263"):
        assert words in (beside.get_attribute("alt") or "")
    assert fits(page)
