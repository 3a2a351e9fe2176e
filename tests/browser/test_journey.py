"""The whole road in a browser: from real exports to the map and the effect directions."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.serving import Server, still
from tests.browser.conftest import Go, begin
from tests.conftest import ROOT, SHARED

pytestmark = pytest.mark.browser
COMMITTED = (
    ROOT / "data" / "example" / "imports" / "pubmed.ris",
    ROOT / "data" / "example" / "imports" / "publishers.bib",
    ROOT / "data" / "example" / "imports" / "scie-digest.ris",
)
EXPORTS = SHARED / "citations" / "asreview_citation-file-formatting"
REAL = (EXPORTS / "_baseline_zotero.ris", EXPORTS / "_baseline_mendeley.ris")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(COMMITTED, id="committed"),
        pytest.param(
            REAL,
            id="real exports",
            marks=[
                pytest.mark.journey,
                pytest.mark.skipif(not REAL[0].exists(), reason="../shared is not here"),
            ],
        ),
    ],
)
def test_from_exports_to_the_map(
    page: Page, go: Go, server: Server, files: tuple[Path, ...], request: pytest.FixtureRequest
) -> None:
    page.goto(server.url)
    new_review(page, f"Journey {request.node.name}")
    works = import_files(page, go, files)
    works = settle_duplicates(page, go, works)
    included = screen(page, go, works)
    link(page, go, included)
    code(page, go)
    see(page, go)


def new_review(page: Page, title: str) -> None:
    page.get_by_text("New review").wait_for()
    still(page)
    box = page.get_by_test_id("stExpander").filter(has_text="New review")
    # What a closed box holds may still be seen while the box closes; its head says what it is.
    if box.locator("[aria-expanded=true], details[open]").count() == 0:
        page.get_by_text("New review").click()
    page.get_by_label("Title", exact=True).last.fill(title)
    page.get_by_label("Inclusion criteria").last.fill("About work\nAdults")
    page.get_by_label("Reasons for exclusion").last.fill("Not about work\nNot adults")
    page.get_by_label("Terms that speak for inclusion").last.fill("employ*\nhealth\nstud*")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_test_id("stSidebar")).to_contain_text(title)


def import_files(page: Page, go: Go, files: tuple[Path, ...]) -> int:
    go("Import")
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text("can be kept")).to_have_count(len(files))
    page.get_by_label("Database").first.fill("PubMed")
    page.get_by_role("button", name="Import ").click()
    expect(page.get_by_text(re.compile(r"records? kept\."))).to_have_count(len(files))
    page.locator("input[type=file]").set_input_files(files[0])
    expect(page.get_by_text("Nothing would be added")).to_be_visible()
    page.get_by_role("button", name="Leave out").click()
    go("Records")
    return int(page.get_by_text("works. Choose one to see it").inner_text().split()[0])


def settle_duplicates(page: Page, go: Go, works: int) -> int:
    go("Duplicates")
    page.get_by_role("button", name="Find duplicates").click()
    removed = page.get_by_test_id("stMetric").filter(has_text="Duplicates removed")
    expect(removed).to_be_visible()
    page.get_by_role("button", name="Compare again").wait_for()
    still(page)
    joined = int(removed.get_by_test_id("stMetricValue").inner_text())
    assert joined > 0
    page.get_by_role("tab", name="Joined").click()
    still(page)
    first = page.get_by_test_id("stExpander").first
    first.click()
    still(page)
    first.get_by_role("button", name="Split off").last.click()
    expect(removed.get_by_test_id("stMetricValue")).to_have_text(str(joined - 1))
    still(page)
    page.get_by_role("tab", name="Decided by people").click()
    still(page)
    page.get_by_role("button", name="Take back").first.click()
    expect(removed.get_by_test_id("stMetricValue")).to_have_text(str(joined))
    return works - joined


def screen(page: Page, go: Go, works: int) -> int:
    """Include by key, exclude by key and by click, undo, and all of it again at full text."""
    go("Screening")
    card = page.locator("#card")
    title = page.locator("#title")
    begin(page)
    expect(card).to_contain_text(f"{works} left here")
    first = title.inner_text()
    page.keyboard.press("i")
    expect(title).not_to_have_text(first)
    page.keyboard.press("u")
    expect(title).to_have_text(first)
    for key in ("i", "i", "i", "m", "2"):
        before = title.inner_text()
        page.keyboard.press(key)
        expect(title).not_to_have_text(before)
    page.get_by_role("button", name="Exclude", exact=True).click()
    expect(page.locator("#saved")).to_have_text("All saved")
    expect(page.get_by_text("Included 3 · Excluded 2 · Maybe 1")).to_be_visible()
    page.get_by_text("Full text", exact=True).click()
    begin(page)
    expect(card).to_contain_text("3 left here")
    page.keyboard.press("e")  # a reason is needed here
    expect(page.get_by_text("Choose the reason to exclude")).to_be_visible()
    page.keyboard.press("1")
    expect(card).to_contain_text("2 left here")
    page.keyboard.press("i")
    expect(card).to_contain_text("1 left here")
    page.keyboard.press("i")
    expect(title).to_have_text("Everything here is decided. Well done.")
    expect(page.locator("#saved")).to_have_text("All saved")
    return 2


def link(page: Page, go: Go, included: int) -> None:
    go("Studies")
    expect(page.get_by_text(f"Reports without a study: {included}")).to_be_visible()
    page.get_by_role("button", name="Each is a study of its own").click()
    expect(page.get_by_text(f"Studies: {included}")).to_be_visible()


def code(page: Page, go: Go) -> None:
    go("Coding")
    page.locator("[class*='st-key-take-recovery'] button").click()
    page.get_by_role("checkbox", name="Outcome evaluation").check()
    page.get_by_role("treeitem", name="Randomised controlled trial").click()
    page.keyboard.press("F2")
    page.keyboard.type("canada")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="+ Finding").click()
    for label, option in (
        ("Intervention", "clubhouse"),
        ("Outcome", "self-esteem"),
        ("Contrast", "between allocated"),
    ):
        page.get_by_role("combobox", name=label, exact=True).fill(option)
        page.keyboard.press("Enter")
    page.get_by_role("combobox", name="Direction (for people)").select_option("better")
    page.locator(".details").get_by_label("n, intervention").fill("74")
    page.locator(".top").get_by_role("button", name="Complete").click()
    expect(page.locator(".state")).to_have_text("Complete")
    expect(page.locator(".saved")).to_have_text("✓ All saved")
    expect(page.get_by_text("You completed 1 of 2 studies")).to_be_visible()


def see(page: Page, go: Go) -> None:
    go("Evidence map")
    expect(page.get_by_text("Rests on 1 of 2 studies; 1 not coded completely yet.")).to_be_visible()
    page.locator(".map-cell", has_text="1").first.click()
    panel = page.locator(".map-panel")
    expect(panel.locator("h3")).to_have_text("Clubhouse × Self-esteem")
    panel.locator(".map-study").first.click()
    expect(panel).to_contain_text("Canada")
    go("Effect directions")
    expect(page.get_by_role("img", name="1 of 1 favourable").first).to_be_visible()
    go("Counts")
    expect(page.get_by_role("img").last).to_be_visible()
    still(page)
