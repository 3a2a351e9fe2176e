"""Searches on the map: written, combined and shown, by the keyboard alone, in the file, too."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Dialog, Page, expect

from evidence.exports.map_file import map_file
from tests.viewer.generated_map import generated_map

pytestmark = pytest.mark.browser
HOSTILE = '"<img src=x onerror=alert(1)>" or work'
Open = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the file of a map without any network; nothing may ask or fail in it."""
    trouble: list[str] = []
    file = tmp_path / "map.html"
    file.write_bytes(map_file(generated_map(120, 12, 9)))
    contexts = []

    def ask(dialog: Dialog) -> None:
        trouble.append(dialog.message)
        dialog.dismiss()

    def begin(address: str = "", *, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("dialog", ask)
        page.goto(address or file.as_uri())
        page.locator(".map-viewer").wait_for()
        return page

    yield begin
    for context in contexts:
        context.close()
    assert trouble == []


def tab_to(page: Page, name: str) -> None:
    """Go on by the Tab key until what has this name has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "() => { const at = document.activeElement;"
            " return at.getAttribute('aria-label') ?? (at.labels?.[0] ?? at).textContent; }"
        )
        if said == name:
            return
    raise AssertionError(name)


def write(page: Page, *texts: str) -> None:
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def found(page: Page) -> list[str]:
    return page.locator(".map-searches tbody .map-number").all_text_contents()


def cells(page: Page) -> list[str | None]:
    return [each.get_attribute("aria-label") for each in page.locator(".map-cell").all()]


def test_searches_are_written_combined_and_shown_by_the_keyboard_alone(opened: Open) -> None:
    page = opened()
    everything = cells(page)
    tab_to(page, "Searches")
    page.keyboard.press("Enter")
    tab_to(page, "New search")
    write(page, "housing", "[country: norway] year:2000-", "#1 and not #2")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"Search #3 finds \d+ studies\."))
    housing, norway, without = map(int, found(page))
    assert 0 < without < housing
    assert norway > 0
    assert cells(page) == everything
    tab_to(page, "Show search #3 on the map")
    page.keyboard.press("Enter")
    shown = page.get_by_role("button", name="Show search #3 on the map")
    expect(shown).to_have_attribute("aria-pressed", "true")
    expect(shown).to_be_focused()
    expect(page.locator(".map-passing")).to_have_text(
        f"{without} of 120 studies are found by search #3."
    )
    expect(page.locator(".map-caption")).to_contain_text("search #3: #1 and not #2, where #1: ho")
    narrowed = cells(page)
    assert narrowed != everything

    copy = opened(page.url)
    assert cells(copy) == narrowed
    copy.get_by_role("button", name="Searches (3)").click()
    assert found(copy) == [str(housing), str(norway), str(without)]
    copy.get_by_role("button", name="Take off: Search #3").click()
    assert cells(copy) == everything
    expect(copy.get_by_role("button", name="Searches (3)")).to_be_visible()


def test_what_cannot_be_read_or_removed_is_refused_in_words(opened: Open) -> None:
    page = opened(width=400)
    page.get_by_role("button", name="Searches").click()
    field = page.get_by_label("New search")
    field.fill("work or")
    page.get_by_role("button", name="Search", exact=True).click()
    alert = page.locator(".map-search-panel").get_by_role("alert")
    expect(alert).to_have_text("After “or” something must follow. (character 6)")
    assert page.evaluate("getSelection().toString()") == "or"
    field.fill(HOSTILE)
    page.keyboard.press("Enter")
    expect(alert).to_be_hidden()
    field.fill("peer*")
    page.keyboard.press("Enter")
    # A code from the lists goes in where the caret stands.
    field.fill("#1 not ")
    page.get_by_text("Add a code").click()
    page.get_by_role("combobox", name="Question").select_option("Country")
    page.get_by_role("combobox", name="Code").select_option("Peru")
    page.get_by_role("button", name="Put in").click()
    expect(field).to_have_value("#1 not [Country: Peru]")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Remove search #1").click()
    expect(alert).to_have_text("Search #1 is used by #3. Change or remove #3 first.")
    page.get_by_label("#1", exact=True).check()
    page.get_by_label("#3", exact=True).check()
    page.get_by_role("button", name="or", exact=True).click()
    expect(page.locator(".map-search-text")).to_have_text(
        [HOSTILE, "peer*", "#1 not [Country: Peru]", "#1 or #3"]
    )
    page.get_by_role("button", name="Remove search #2").click()
    expect(page.locator(".map-search-text")).to_have_text(
        [HOSTILE, "#1 not [Country: Peru]", "#1 or #2"]
    )
    page.get_by_role("button", name="Edit search #1").click()
    page.get_by_label("Change search #1").fill("xyz*")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.locator(".map-searches tbody .map-number")).to_have_text(["0", "0", "0"])
    expect(page.get_by_role("status")).to_contain_text("was counted again: #2, #3")


def test_nothing_is_hidden_from_a_screen_reader_and_nothing_overflows(opened: Open) -> None:
    address = "#rows=axis%3Aintervention&columns=axis%3Aoutcome&find=work&find=%231%20or&search=1"
    page = opened(opened().url.split("#")[0] + address, width=400)
    expect(page.get_by_role("alert").first).to_contain_text("Search #2 cannot be read")
    page.get_by_role("button", name="Searches (2)").click()
    for words in ("Add a code", "How to write a search"):
        page.get_by_text(words).click()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    # Under a search the list of rows tells what passes, as the map does.
    expect(page.locator(".map-list .total")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Searches as CSV").click()
    lines = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert lines[0] == 'Number,Search,Read as,"Studies, of 120"'
    assert lines[2] == "2,#1 or,After “or” something must follow. (character 4),"
