"""A newcomer makes a first scheme of a topic, changes it in the editor, and takes it."""

import pytest
from playwright.sync_api import Page, expect

from evidence.steps.coding import schemes
from evidence.steps.coding.first_scheme import begun_schemes
from evidence.steps.desk import Desk
from scripts.serving import Server, still
from tests.browser.conftest import visit

pytestmark = [pytest.mark.browser, pytest.mark.journey]


def test_a_first_scheme_is_made_changed_and_taken(page: Page, server: Server, desk: Desk) -> None:
    visit(page, server, desk, "schemes")
    page.get_by_role("textbox", name="Topic").fill("River restoration")
    page.get_by_role("textbox", name="Outcomes").fill("Life:\nFish\n<b>Plants</b>")
    page.get_by_text("Expect process studies").click()
    expect(page.get_by_text("2 outcomes in 1 group")).to_be_visible()
    page.get_by_role("button", name="Make the scheme").click()
    expect(page.get_by_role("heading", name="Not in use yet")).to_be_visible()
    assert schemes.taken(desk) == []
    expect(page.get_by_role("treeitem").filter(has_text="How it works").first).to_be_visible()
    title = page.get_by_label("Title", exact=True)
    title.fill("Rivers made wild again")
    title.press("Tab")
    expect(page.get_by_text("You changed it in 1 place.")).to_be_visible()
    still(page)
    page.get_by_role("button", name="Use this scheme").click()
    expect(page.get_by_text("“Rivers made wild again” is in use")).to_be_visible()
    expect(page.get_by_role("heading", name="What changes")).to_be_visible()
    assert begun_schemes.begun(desk) == []
    (taken,) = schemes.taken(desk)
    assert taken.scheme.title == "Rivers made wild again"
